"""Acts of evidence beside a unit's own scoring: files, links, pasted paragraphs."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.files.classified import refuse_classified
from blocs.journal import act, record
from blocs.models import StoredFile
from blocs.permissions import refuse
from blocs.text import nfc
from campaigns.scores.models import Criterion, Evidence, Tier
from campaigns.scores.sheets.citations import citations
from campaigns.scores.sheets.filling import named_criteria
from campaigns.scores.sheets.locking import locked, require_desk, require_open_sheet

LONGEST_NAME = 200


@dataclass(frozen=True)
class Piece:
    """Evidence for a criterion: a file as (bytes, media type) with its name, or an address, or a text."""

    criterion: Criterion
    file: tuple[bytes, str] | None = None
    file_name: str = ""
    address: str = ""
    text: str = ""

    @property
    def kind(self):
        if self.file:
            return Evidence.Kind.FILE
        return Evidence.Kind.LINK if self.address else Evidence.Kind.TEXT


@act("evidence.add", gettext_lazy("Thêm minh chứng"))
def add_evidence(*, sheet, pieces, is_free_of_secrets, by, paper=None, reason=""):
    """Lay evidence beside criteria, all pieces or none; who adds it says that no state secret is in it."""
    sheet = locked(sheet)
    post = require_desk(sheet, by, paper)
    require_open_sheet(sheet, paper, reason)
    if sheet.tier != Tier.SELF:
        refuse(_("Minh chứng do đơn vị gửi cùng phiếu tự chấm điểm."))
    if not is_free_of_secrets:
        refuse(
            _("Hãy xác nhận tài liệu không chứa bí mật nhà nước. Tài liệu mật không đưa lên hệ thống này.")
        )
    pieces = list(pieces)
    if not pieces:
        refuse(_("Hãy chọn tệp, ghi đường dẫn hoặc dán đoạn văn."))
    named = named_criteria(sheet)
    for piece in pieces:
        _check(sheet, piece, named)
    now = timezone.now()
    added = [_add(sheet, piece, post, now) for piece in pieces]
    sheet.save()
    after = {"evidence": [_told(each) for each in added]}
    record(sheet, by=by, post=post, after=after, reason=reason, paper=paper)
    return added


@act("evidence.remove", gettext_lazy("Bỏ minh chứng"))
def remove_evidence(*, evidence, by, paper=None, reason=""):
    """Take evidence away that was laid beside a criterion by mistake; the journal keeps what it was."""
    sheet = locked(evidence.sheet)
    post = require_desk(sheet, by, paper)
    require_open_sheet(sheet, paper, reason)
    evidence = sheet.evidence.locked(evidence.pk, "criterion")
    _require_named(evidence.criterion, named_criteria(sheet))
    sheet.save()
    record(sheet, by=by, post=post, before={"evidence": [_told(evidence)]}, reason=reason, paper=paper)
    evidence.delete()


def _check(sheet, piece, named):
    if piece.criterion.criteria_set_id != sheet.criteria_set_id:
        refuse(_("Có tiêu chí không thuộc bộ tiêu chí của phiếu này."))
    _require_named(piece.criterion, named)
    if piece.kind == Evidence.Kind.TEXT and not piece.text.strip():
        refuse(_("Hãy chọn tệp, ghi đường dẫn hoặc dán đoạn văn."))
    content, media_type = piece.file or (b"", "")
    text = "\n".join([piece.address, piece.text])
    try:
        refuse_classified(name=piece.file_name, text=text, content=content, media_type=media_type)
    except ValidationError as error:
        refuse(" ".join(error.messages))


def _require_named(criterion, named):
    if named is not None and criterion.key not in named:
        refuse(_("Chỉ sửa được các tiêu chí mà nơi trả lại đã nêu."))


def _add(sheet, piece, post, now):
    kept = None
    if piece.file:
        content, media_type = piece.file
        kept = StoredFile.objects.keep(content, media_type=media_type)
    return Evidence.objects.create(
        sheet=sheet,
        criterion=piece.criterion,
        kind=piece.kind,
        file=kept,
        file_name=_shortened(nfc(piece.file_name)),
        address=piece.address.strip(),
        text=piece.text.strip(),
        documents=[each.kept() for each in citations(piece.text)],
        added_at=now,
        added_by=post,
    )


def _shortened(name):
    """The name of a file within its length, its ending kept."""
    stem, dot, ending = name.rpartition(".")
    return name if len(name) <= LONGEST_NAME else stem[: LONGEST_NAME - len(ending) - 1] + dot + ending


def _told(evidence):
    return {
        "criterion": evidence.criterion.key,
        "kind": evidence.kind,
        "file": evidence.file_id,
        "file_name": evidence.file_name,
        "address": evidence.address,
        "text": evidence.text,
    }
