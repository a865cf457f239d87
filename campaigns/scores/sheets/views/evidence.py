"""Evidence beside a unit's own scoring: added to a criterion, dropped many at once, read, taken away."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from blocs import notation
from blocs.permissions import Refused, require
from blocs.text import slug
from campaigns.scores import actions
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.models import Evidence
from campaigns.scores.permissions import scores_own_unit
from campaigns.scores.sheets.actions.evidence import Piece
from campaigns.scores.sheets.filling import filling_of
from campaigns.scores.sheets.forms.sheets import DropForm, EvidenceForm
from campaigns.scores.sheets.views.units import context_of, find_own_sheet, find_unit, way_to


@require_http_methods(["GET", "POST"])
def add(request, year, bloc, unit, key):
    """Lay files, an address or a paragraph beside one criterion."""
    sheet = find_own_sheet(request.user, year, bloc, unit)
    require(scores_own_unit(request.user, sheet, timezone.localdate()))
    criterion = get_object_or_404(sheet.criteria_set.criteria, key=key)
    posted = request.method == "POST"
    form = EvidenceForm(
        request.POST if posted else None, request.FILES if posted else None, prefix=f"minh-chung-{key}"
    )
    if posted and form.is_valid() and _added(form, sheet, form.pieces(criterion), request.user):
        messages.success(request, _("Đã thêm minh chứng."))
        return redirect(way_to(sheet, criterion))
    context = context_of(sheet.bloc_year, sheet.unit, request.user)
    name = plan_of(sheet.criteria_set).name_of(criterion)
    context |= {"form": form, "criterion": name, "back": way_to(sheet, criterion)}
    return render(request, "scores/evidence.html", context)


@require_http_methods(["GET", "POST"])
def drop(request, year, bloc, unit):
    """Lay many files beside the criteria that their names begin with; the others are told, not kept."""
    sheet = find_own_sheet(request.user, year, bloc, unit)
    require(scores_own_unit(request.user, sheet, timezone.localdate()))
    posted = request.method == "POST"
    form = DropForm(request.POST if posted else None, request.FILES if posted else None, prefix="drop")
    placed, astray, filling = [], [], filling_of(sheet)
    if posted and form.is_valid():
        criteria = filling.criteria()
        if filling.named is not None:
            criteria = [each for each in criteria if each.key in filling.named]
        for name, file in form.cleaned_data["files"]:
            criterion = criterion_of(name, criteria, filling.plan)
            if criterion:
                placed.append(Piece(criterion, file=file, file_name=name))
            else:
                astray.append(name)
        if not placed:
            form.add_error("files", _("Không tệp nào có tên bắt đầu bằng số, ký hiệu của một tiêu chí."))
        elif _added(form, sheet, placed, request.user):
            words = ngettext("Đã thêm %(count)s tệp.", "Đã thêm %(count)s tệp.", len(placed))
            messages.success(request, words % {"count": notation.count(len(placed))})
            if not astray:
                return redirect("score-own", year, bloc, unit)
    added = [] if form.errors else placed
    told = [(each.file_name, filling.plan.name_of(each.criterion)) for each in added]
    context = context_of(sheet.bloc_year, sheet.unit, request.user)
    context |= {"form": form, "placed": told, "astray": astray if added else []}
    return render(request, "scores/evidence_drop.html", context)


@require_GET
def file(request, year, bloc, unit, pk):
    """The file of a piece of evidence: saved, never opened in the page."""
    found = _find(request.user, year, bloc, unit, pk)
    if found.file is None:
        raise Http404
    headers = {
        "Content-Disposition": content_disposition_header(True, found.file_name),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(bytes(found.file.content), content_type=found.file.media_type, headers=headers)


@require_POST
def remove(request, year, bloc, unit, pk):
    """Take a piece of evidence away."""
    found = _find(request.user, year, bloc, unit, pk)
    actions.remove_evidence(evidence=found, by=request.user)
    messages.success(request, _("Đã bỏ minh chứng."))
    return redirect(way_to(found.sheet, found.criterion))


def criterion_of(file_name, criteria, plan):
    """The criterion whose code or key a file's name begins with, the longest one; None where several do."""
    words = slug(file_name.rpartition(".")[0])
    fitting = {}
    for each in criteria:
        for mark in {slug(each.code), slug(plan.code_of(each)), each.key}:
            if mark and (words == mark or words.startswith(f"{mark}-")):
                fitting.setdefault(len(mark), []).append(each)
    found = fitting[max(fitting)] if fitting else []
    return found[0] if len(found) == 1 else None


def _find(user, year, bloc, unit, pk):
    bloc_year, found = find_unit(user, year, bloc, unit)
    known = Evidence.objects.visible_to(user).filter(sheet__bloc_year=bloc_year, sheet__unit=found)
    evidence = get_object_or_404(known.select_related("sheet", "criterion", "file"), pk=pk)
    evidence.sheet.bloc_year, evidence.sheet.unit = bloc_year, found
    return evidence


def _added(form, sheet, pieces, user):
    told = form.cleaned_data["is_free_of_secrets"]
    try:
        actions.add_evidence(sheet=sheet, pieces=pieces, is_free_of_secrets=told, by=user)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
