"""Acts on spreadsheets that are read in."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.exports import XLSX
from blocs.imports.preview import WRONG, Preview
from blocs.journal import act, record
from blocs.models import SpreadsheetImport, StoredFile
from blocs.permissions import refuse, require


@act("import.keep", gettext_lazy("Tải bảng tính lên"), any_day="nothing of it counts yet")
def keep_spreadsheet(*, sheet, content, file_name, mapping, by):
    """Keep a file that is to be read into the sheet's object; nothing of it counts yet."""
    post = require(sheet.may(by))
    spreadsheet = SpreadsheetImport.objects.create(
        user=by,
        kind=sheet.kind,
        about=sheet.about,
        file=StoredFile.objects.keep(content, media_type=XLSX),
        file_name=file_name,
        mapping=mapping or {},
    )
    after = {"kind": sheet.kind, "about": sheet.about, "file": spreadsheet.file_id}
    record(spreadsheet, by=by, post=post, after=after)
    return spreadsheet


@act("import.apply", gettext_lazy("Ghi bảng tính vào hệ thống"), any_day="the acts of its rows ask")
def apply_spreadsheet(*, spreadsheet, sheet, by, shown, paper=None, reason=""):
    """Keep every row that is not parked, through the acts of its kind; one refused row refuses all of them.

    `shown` is the mark of the comparison that the page showed: where it is another now, nothing is kept.
    """
    kept = SpreadsheetImport.objects.locked(spreadsheet.pk)
    post = require(sheet.may(by))
    if kept.applied_at:
        refuse(_("Tệp này đã được ghi vào hệ thống."))
    preview = Preview(kept, sheet)
    if preview.asks_for_letters:
        refuse(_("Chữ của phông cũ đã được chuyển: hãy xác nhận chữ đã chuyển là đúng. Chưa ghi gì."))
    if wrong := preview.count(WRONG):
        refuse(_("Còn %(count)s dòng phải sửa hoặc để lại. Chưa ghi gì.") % {"count": wrong})
    if preview.mark != shown:
        refuse(_("Dữ liệu vừa thay đổi sau khi anh/chị mở trang. Chưa ghi gì: hãy xem lại bảng so sánh."))
    if not preview.rows:
        refuse(_("Không có dòng nào để ghi."))
    sheet.apply(preview.rows, by=by, paper=paper, reason=reason)
    kept.applied_at = timezone.now()
    kept.save(update_fields=["applied_at"])
    after = {"kind": kept.kind, "about": kept.about, "file": kept.file_id, "rows": len(preview.rows)}
    after |= {"parked": kept.parked, "mends": kept.mends, "taken": list(preview.mapping.taken)}
    after |= {"letters": kept.mapping["letters"]} if "letters" in kept.mapping else {}
    record(kept, by=by, post=post, after=after, reason=reason, paper=paper)
    return kept
