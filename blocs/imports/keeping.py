"""What a person says of a file in preview: how its columns are read, what is mended, what is left out.

Typed text like any draft: read by nobody else, no act, and nothing of it counts before the file is applied.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.drafts import KEPT_DAYS
from blocs.forms.numbers import NumberInput
from blocs.models import SpreadsheetImport


def keep_mapping(spreadsheet, mapping):
    """Keep how the columns are read; what was mended, and what was said of old fonts, stays."""
    said = {"letters": spreadsheet.mapping["letters"]} if "letters" in spreadsheet.mapping else {}
    spreadsheet.mapping = said | mapping
    spreadsheet.save(update_fields=["mapping"])


def keep_letters(spreadsheet, said):
    """Keep whether text of old fonts is read as it was put into Unicode, or as it was typed."""
    keep_mapping(spreadsheet, spreadsheet.mapping | {"letters": said})


def keep_taken(spreadsheet, rows):
    """Keep that these rows, which were left aside, are read after all."""
    taken = {*spreadsheet.mapping.get("taken", ()), *rows}
    keep_mapping(spreadsheet, spreadsheet.mapping | {"taken": sorted(taken)})


def keep_mends(spreadsheet, rows, posted):
    """Keep what a page of forms says of its rows: cells that differ from the file, and rows left out.

    `rows` are those that the page showed; the others keep what was said of them before.
    """
    mends, parked = dict(spreadsheet.mends), set(spreadsheet.parked)
    for row in rows:
        said = {name: _typed(posted, f"{row.name}-{name}") for name in row.fields}
        differs = {
            name: text
            for name, text in said.items()
            if text is not None and (text != row.fields[name] or name in row.faults and text)
        }
        mends[row.name] = differs
        (parked.add if f"{row.name}-park" in posted else parked.discard)(row.name)
    spreadsheet.mends = {name: cells for name, cells in mends.items() if cells}
    spreadsheet.parked = sorted(parked)
    spreadsheet.save(update_fields=["mends", "parked"])


def drop_old_imports():
    """Forget files in preview that nobody has applied for a month; their bytes stay with the journal."""
    old = SpreadsheetImport.objects.filter(
        applied_at__isnull=True, made_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)
    )
    dropped, _of_models = old.delete()
    return _("Đã bỏ %(count)s bảng tính chưa ghi.") % {"count": dropped}


def _typed(posted, name):
    """What was typed into a box; of a number that was asked about, the reading that was picked."""
    text = NumberInput().value_from_datadict(posted, None, name)
    return text if text is None else text.replace("\r\n", "\n")
