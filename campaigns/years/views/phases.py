"""The page of a year's phases: from when to when what is due, for all blocs and by exception for one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blocs.actions import remove
from blocs.permissions import Refused, require
from campaigns import actions
from campaigns.models import BlocYear, Phase
from campaigns.permissions import may_edit_year
from campaigns.years.calendar import day_off, proposed_days
from campaigns.years.forms.phases import ExtendForm, PhasesForm
from campaigns.years.views.years import find_year, places_of_year


@require_http_methods(["GET", "POST"])
def phases(request, year):
    """The phases of a year; the department sets them all on one form."""
    found = find_year(request.user, year)
    may = may_edit_year(request.user, found, timezone.localdate())
    known = {
        phase.kind: (phase.first_day, phase.last_day) for phase in found.phases.filter(bloc_year__isnull=True)
    }
    form = None
    if may or request.method == "POST":
        require(may)
        proposed = proposed_days(found) if not known else {}
        form = PhasesForm(request.POST or None, year=found, known=known, proposed=proposed)
        if request.method == "POST" and form.is_valid():
            try:
                actions.set_phases(
                    year=found,
                    days=form.days(),
                    shown_version=form.cleaned_data["shown_version"],
                    by=request.user,
                )
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("Đã lưu thời hạn của năm %(year)s.") % {"year": found})
                return redirect("phases", year)
    context = {
        "year": found,
        "places": places_of_year(found, request.user),
        "form": form,
        "is_proposed": bool(form and form.proposed),
        "rows": [
            (label, *known[kind], day_off(known[kind][1]))
            for kind, label in Phase.Kind.choices
            if kind in known
        ],
        "exceptions": _exceptions(found, request.user),
        "may": bool(may),
        "may_extend": bool(may and known),
    }
    return render(request, "campaigns/phases.html", context)


@require_http_methods(["GET", "POST"])
def extend(request, year):
    """Move the last day of a phase further, for one bloc or the whole year."""
    found = find_year(request.user, year)
    require(may_edit_year(request.user, found, timezone.localdate()))
    bloc_years = BlocYear.objects.visible_to(request.user).filter(year=found).select_related("year")
    initial = {
        "bloc_year": bloc_years.filter(bloc__code=request.GET.get("khoi", ""))
        .values_list("pk", flat=True)
        .first(),
        "kind": request.GET.get("giai-doan", ""),
    }
    form = ExtendForm(
        request.POST or None,
        request.FILES or None,
        bloc_years=bloc_years.order_by("bloc__place", "pk"),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        wanted = {name: form.cleaned_data[name] for name in ("bloc_year", "kind", "last_day", "reason")}
        try:
            actions.extend_phase(year=found, by=request.user, paper=form.paper(), **wanted)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã gia hạn."))
            return redirect(wanted["bloc_year"] or reverse("phases", args=[year]))
    context = {"year": found, "form": form}
    return render(request, "campaigns/phase_extend.html", context)


@require_POST
def end_exception(request, year, pk):
    """Take a bloc's own last day away: the year's holds again."""
    found = find_year(request.user, year)
    exceptions = Phase.objects.visible_to(request.user).filter(year=found, bloc_year__isnull=False)
    remove(obj=get_object_or_404(exceptions.select_related("bloc_year"), pk=pk), by=request.user)
    messages.success(request, _("Đã bỏ thời hạn riêng; thời hạn chung của năm được áp dụng."))
    return redirect("phases", year)


def _exceptions(year, user):
    own = Phase.objects.visible_to(user).filter(year=year, bloc_year__isnull=False)
    own = own.select_related("bloc_year__bloc", "bloc_year__year")
    return own.order_by("bloc_year__bloc__place", "last_day", "pk")
