"""Tables that are handed out to fill in: a unit's own one, and the whole one of a bloc."""

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from blocs.exports import FACE, download, fill
from campaigns.scores.spreadsheets.figures import cell_value, named_choices, yes_or_no
from campaigns.scores.spreadsheets.units import GIVEN

WIDTHS = {"code": 10, "text": 45, "how": 45, "label": 32, "by": 26, "value": 16, "out": 12, "note": 32}
OF_SECTIONS = PatternFill("solid", fgColor="EDEDED")
LONGEST_LIST = 250  # letters of a list that a cell offers; Excel takes 255


def unit_table(sheet):
    """The table of a unit: a row for each figure that is asked, below its section; known ones filled in."""
    book, page = _begun(_("Tự chấm điểm"), [(each.key, str(each.title)) for each in GIVEN])
    places = {each.key: place for place, each in enumerate(GIVEN, 1)}
    kept, of_criterion = sheet.targets[sheet.unit.pk].filling.scores, {}
    for figure, (key, measure, question) in sheet.asked.items():
        of_criterion.setdefault(key, []).append((figure, measure, question))
    for criterion in _below_sections(page, sheet.plan):
        texts, score = {each.key: each.text for each in criterion.measures}, kept.get(criterion.key)
        for number, (figure, measure, question) in enumerate(of_criterion.get(criterion.key, ())):
            value = score.figures.get(measure, {}).get(question.name) if score else None
            row = {
                "code": _code(sheet.plan, criterion),
                "text": criterion.text,
                "how": texts[measure],
                "label": f"{question.label} ({question.unit})" if question.unit else question.label,
                "by": _how_to_write(question, criterion, number == 0),
                "value": None if value is None else cell_value(question, value),
                "out": "x" if score and score.not_applicable and number == 0 else None,
                "note": score.reason if score else "",
                "figure": figure,
            }
            _append(page, [row[each.key] for each in GIVEN])
            _offer(page, page.cell(page.max_row, places["value"]), question)
    page.column_dimensions[get_column_letter(places["figure"])].hidden = True
    year, bloc = sheet.bloc_year.year, sheet.bloc_year.bloc
    return download(book, f"bang-tu-cham-{bloc.code}-{sheet.unit.code}-{year.code}")


def bloc_table(sheet):
    """The table of a bloc: a row for each criterion below its section, an empty column for each unit."""
    columns = sheet.layouts[0]
    book, page = _begun(_("Điểm của khối"), [(each.key, str(each.title)) for each in columns])
    for criterion in _below_sections(page, sheet.plan):
        _append(page, [_code(sheet.plan, criterion), criterion.text])
    year, bloc = sheet.bloc_year.year, sheet.bloc_year.bloc
    return download(book, f"bang-diem-{bloc.code}-{sheet.tier}-{year.code}")


def _begun(title, columns):
    book = Workbook()
    page = book.active
    page.title, page.freeze_panes = title, "C2"
    _append(page, [words for _key, words in columns], bold=True)
    for place, (key, _words) in enumerate(columns, 1):
        page.column_dimensions[get_column_letter(place)].width = WIDTHS.get(key, 16)
    return book, page


def _below_sections(page, plan):
    """Every criterion in order, once its sections stand above it in rows of their own."""
    said = set()
    for sections, criterion in plan.walk():
        for section in sections:
            if section.key not in said:
                said.add(section.key)
                _append(page, [section.code, section.title], bold=True)
                for cell in page[page.max_row]:
                    cell.fill = OF_SECTIONS
        yield criterion


def _append(page, values, bold=False):
    """A row of numbers, days and texts that never become formulas."""
    page.append([""] * len(values))
    for cell, value in zip(page[page.max_row], values, strict=False):
        fill(cell, value)
        cell.font = Font(name=FACE, bold=bold)
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _code(plan, criterion):
    return plan.codes[criterion.key] if criterion.code else ""


def _how_to_write(question, criterion, is_first):
    """What may be written into the cell of a figure, and into the one beside it."""
    words = {
        "yes-no": " / ".join(yes_or_no().values()),
        "choice": " / ".join(named_choices(question).values()),
        "day": _("ngày/tháng/năm"),
        "whole": _("số nguyên"),
    }.get(question.kind, _("số"))
    if is_first and criterion.may_be_not_applicable:
        return _("%(words)s; không có việc này thì ghi x ở cột bên") % {"words": words}
    return words


def _offer(page, cell, question):
    """Let the cell offer its answers, and write days as days."""
    if question.kind == "day":
        cell.number_format = "dd/mm/yyyy"
    answers = {"yes-no": yes_or_no, "choice": lambda: named_choices(question)}.get(question.kind)
    words = list(answers().values()) if answers else []
    listed = ",".join(words)
    if words and len(listed) <= LONGEST_LIST and not any("," in each or '"' in each for each in words):
        offered = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
        offered.showErrorMessage = False  # what else people write is read or asked about when it is sent
        page.add_data_validation(offered)
        offered.add(cell)
