"""The screens of a spreadsheet on its way in: sent, its columns named where need be, mended, applied."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from blocs.actions.imports import apply_spreadsheet, keep_spreadsheet
from blocs.forms.imports import TOP, ColumnsForm, HeaderForm, PaperApplyForm, UploadForm, named
from blocs.imports.keeping import keep_letters, keep_mapping, keep_mends, keep_taken
from blocs.imports.preview import (
    ADDED,
    AS_TYPED,
    CHANGED,
    CONVERTED,
    PARKED,
    SAME,
    WRONG,
    Preview,
    found_mapping,
    kept_mapping,
)
from blocs.imports.sheets import sheet_of
from blocs.models import SpreadsheetImport
from blocs.permissions import Refused, require

ROWS_OF_A_PAGE = 50
FORMS_OF_A_PAGE = 20
SHOWN_LETTERS = 20
ALL_HIDDEN = "hidden"
STATES = {
    ADDED: gettext_lazy("thêm mới"),
    CHANGED: gettext_lazy("thay đổi"),
    SAME: gettext_lazy("giữ nguyên"),
    PARKED: gettext_lazy("để lại, không ghi"),
    WRONG: gettext_lazy("phải sửa"),
}


def upload(request, sheet, template=(), choices=()):
    """The page on which a file is sent for a sheet.

    `template` is a table to fill in: (words, address); `choices` are other sheets: (title, address, current).
    """
    require(sheet.may(request.user))
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (words := sheet.belongs_elsewhere(form.grids)):
        form.add_error("file", words)
    if request.method == "POST" and form.is_valid():
        kept = keep_spreadsheet(
            sheet=sheet,
            content=form.cleaned_data["file"],
            file_name=form.file_name,
            mapping=found_mapping(form.grids, sheet, request.user),
            by=request.user,
        )
        return redirect("import" if kept.mapping else "import-columns", kept.pk)
    waiting = SpreadsheetImport.objects.visible_to(request.user).filter(
        kind=sheet.kind, about=sheet.about, applied_at__isnull=True
    )
    context = {"sheet": sheet, "form": form, "template": template, "waiting": waiting[:5]}
    context["choices"] = choices
    return render(request, "blocs/imports/upload.html", context | _around(sheet))


@require_http_methods(["GET", "POST"])
def columns(request, pk):
    """Name the columns of a table whose header is not known, or was taken wrongly."""
    spreadsheet, sheet = _find(request, pk)
    preview = Preview(spreadsheet, sheet)
    header = HeaderForm(_chosen(request, preview.mapping), grids=preview.grids)
    grid, row = header.chosen
    asked = request.GET.get("mau", str(spreadsheet.mapping.get("layout", 0)))
    layout = int(asked == "1" and len(sheet.layouts) > 1)
    form = ColumnsForm(
        request.POST or None,
        grid=grid,
        header=row,
        columns=sheet.layouts[layout],
        initial=spreadsheet.mapping.get("columns"),
    )
    if request.method == "POST" and form.is_valid():
        keep_mapping(spreadsheet, kept_mapping(preview.grids, form.mapping(), layout))
        return redirect("import", pk)
    context = {
        "sheet": sheet,
        "spreadsheet": spreadsheet,
        "header": header,
        "form": form,
        "layout": layout,
        "layouts": len(sheet.layouts),
        "top": [(number, [cell.text for cell in line]) for number, line in enumerate(grid.lines[:TOP], 1)],
    }
    return render(request, "blocs/imports/columns.html", context | _around(sheet))


@require_http_methods(["GET", "POST"])
def preview(request, pk):
    """What a file would change: wrong rows to mend, every row beside what is stored; applied from here."""
    spreadsheet, sheet = _find(request, pk)
    if not spreadsheet.mapping:
        return redirect("import-columns", pk)
    found = Preview(spreadsheet, sheet)
    if request.method == "POST" and "mend" in request.POST:
        keep_mends(spreadsheet, _posted(found, request.POST), request.POST)
        messages.success(request, _("Đã lưu chỗ sửa."))
        return redirect("import", pk)
    if request.method == "POST" and request.POST.get("letters") in (CONVERTED, AS_TYPED):
        keep_letters(spreadsheet, request.POST["letters"])
        messages.success(request, _("Đã ghi nhận cách đọc chữ."))
        return redirect("import", pk)
    if request.method == "POST" and "take" in request.POST:
        asked = set(request.POST.getlist("take"))
        if ALL_HIDDEN in asked:
            asked |= {str(each.row) for each in found.held if each.hidden}
        keep_taken(spreadsheet, [each.row for each in found.held if str(each.row) in asked])
        messages.success(request, _("Đã đọc thêm dòng anh/chị chọn. Hãy xem lại bảng so sánh."))
        return redirect("import", pk)
    form = _apply_form(request, sheet, found)
    if request.method == "POST" and form.is_valid():
        try:
            apply_spreadsheet(
                spreadsheet=spreadsheet,
                sheet=sheet,
                by=request.user,
                shown=request.POST.get("shown", ""),
                paper=form.paper() if sheet.takes_paper else None,
                reason=form.cleaned_data.get("reason", ""),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã ghi bảng tính vào hệ thống."))
            return redirect(sheet.places()[-1][1])
    return render(request, "blocs/imports/preview.html", _shown(request, spreadsheet, sheet, found, form))


def _shown(request, spreadsheet, sheet, found, form):
    asked = request.GET.get("dong", "")
    open_lines = [line for line in found.lines if line.state == WRONG][:FORMS_OF_A_PAGE]
    asked_line = next(
        (line for line in found.lines if line.row.name == asked and line not in open_lines), None
    )
    page = Paginator(found.lines, ROWS_OF_A_PAGE).get_page(request.GET.get("page"))
    wrong = found.count(WRONG)
    return _around(sheet) | {
        "sheet": sheet,
        "spreadsheet": spreadsheet,
        "form": form,
        "facts": [
            (
                _("Đọc từ"),
                _("trang “%(sheet)s”, tiêu đề ở dòng %(row)s")
                % {"sheet": named(found.grid, found.grids), "row": found.mapping.header},
            ),
            *([(_("Trang khác cũng có bảng"), _others(found))] if found.others else []),
            (_("So với hệ thống"), _tally(found)),
        ],
        "wrong": wrong,
        "to_mend": [*([asked_line] if asked_line else []), *open_lines],
        "more_wrong": max(wrong - len(open_lines), 0),
        "hints": found.hints,
        "page": page,
        "missing": found.missing,
        "held": found.held,
        "asks_for_letters": found.asks_for_letters,
        "letters": found.grid.converted[:SHOWN_LETTERS],
        "more_letters": max(len(found.grid.converted) - SHOWN_LETTERS, 0),
        "hidden": sum(each.hidden for each in found.held),
        "around": found.around,
        "shown": found.mark,
        "nothing_new": sheet.compares_all and bool(found.lines) and found.count(SAME) == len(found.lines),
        "kept": len(found.rows),
        "apply_words": ngettext("Ghi %(count)s dòng", "Ghi %(count)s dòng", len(found.rows))
        % {"count": len(found.rows)},
    }


def _others(found):
    """The other sheets that hold such a table, and how to read one of them."""
    names = ", ".join(f"“{named(grid, found.grids)}”" for grid in found.others)
    return _("%(sheets)s. Muốn đọc trang khác, bấm “Đọc lại với cột khác”.") % {"sheets": names}


def _find(request, pk):
    """(file, sheet) of an address: a person's own file that is not applied; 404 otherwise."""
    own = SpreadsheetImport.objects.visible_to(request.user).filter(applied_at__isnull=True)
    spreadsheet = get_object_or_404(own.select_related("file"), pk=pk)
    sheet = sheet_of(spreadsheet, request.user)
    require(sheet.may(request.user))
    return spreadsheet, sheet


def _around(sheet):
    """The way to where a sheet belongs."""
    places = sheet.places()
    return {"places": places, "back": places[-1][1]}


def _chosen(request, mapping):
    if "trang" in request.GET:
        return request.GET
    return {"trang": str(mapping.place), "dong": mapping.header} if mapping else None


def _posted(found, posted):
    """The rows whose forms were sent."""
    sent = set(posted.getlist("row"))
    return [line.row for line in found.lines if line.row.name in sent]


def _tally(found):
    """How many rows stand how, in words."""
    counts = [(each, found.count(state)) for state, each in STATES.items()]
    return "; ".join(f"{words}: {count}" for words, count in counts if count) or _("không có dòng nào")


def _apply_form(request, sheet, found):
    posted = request.POST if request.method == "POST" else None
    if not sheet.takes_paper:
        return forms.Form(posted)
    form = PaperApplyForm(posted, request.FILES or None)
    form.needs_paper = sheet.needs_paper(found.rows)
    return form
