"""The sets of criteria of a year: listed, begun, read, given to blocs, kept as files, compared."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from blocs.contributions import Button
from blocs.permissions import Refused, require
from campaigns.models import BlocYear
from campaigns.scores import actions
from campaigns.scores.criteria.changes import changes
from campaigns.scores.criteria.chosen import WITH_SET, chosen_set
from campaigns.scores.criteria.files import write
from campaigns.scores.criteria.forms.sets import ChooseForm, StartForm
from campaigns.scores.criteria.sets import content_of
from campaigns.scores.criteria.views.finding import address, find_set
from campaigns.scores.criteria.views.reading import badge_of, buttons_of, facts_of
from campaigns.scores.criteria.views.table import shown
from campaigns.scores.models import CriteriaSet, ScoreSheet
from campaigns.scores.permissions import may_choose_criteria, may_start_criteria
from campaigns.years.views.years import find_year, places_of_year


@require_GET
def sets(request, year):
    """The sets of a year with their versions and the blocs that use them."""
    found = find_year(request.user, year)
    listed = CriteriaSet.objects.visible_to(request.user).filter(year=found).select_related("bloc", "year")
    listed = listed.annotate(size=Count("criteria")).order_by("bloc__place", "pk")
    bloc_years = _bloc_years(request.user, found)
    names = {each.bloc_id: each.name for each in bloc_years}
    may_share, own = _may_start(request.user, found, bloc_years)
    context = {
        "year": found,
        "places": places_of_year(found, request.user),
        "rows": [
            (
                each,
                badge_of(each),
                names.get(each.bloc_id, ""),
                sum(chosen_set(bloc_year) == each for bloc_year in bloc_years),
            )
            for each in listed
        ],
        "blocs": [(each, chosen_set(each)) for each in bloc_years],
        "next": Button(_("Lập bộ tiêu chí"), reverse("criteria-start", args=[year]))
        if may_share or own
        else None,
        "may_choose": bool(may_choose_criteria(request.user, found, timezone.localdate())),
    }
    return render(request, "scores/criteria/sets.html", context)


@require_http_methods(["GET", "POST"])
def start(request, year):
    """Begin a set: from one that comes along, from another of any year, or empty."""
    found = find_year(request.user, year)
    may_share, own = _may_start(request.user, found, _bloc_years(request.user, found))
    if not own:
        require(may_share)
    known = CriteriaSet.objects.visible_to(request.user).select_related("year")
    form = StartForm(
        request.POST or None,
        request.FILES or None,
        sets=known.order_by("-year__first_day", "-pk"),
        blocs=own,
        may_share=bool(may_share),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.start_set(year=found, by=request.user, **form.begins_with())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã lập bộ tiêu chí. Hãy xem lại từng mục rồi ban hành."))
            return redirect(made)
    context = {"year": found, "form": form, "back": reverse("criteria-sets", args=[year])}
    return render(request, "scores/criteria/start.html", context)


@require_GET
def criteria_set(request, year, pk):
    """A set as officials' table, with what is wrong in it and what may be done with it."""
    found = find_set(request.user, year, pk)
    table = shown(found)
    buttons = buttons_of(found, request.user, table.faults)
    may_edit = any(button.address == address("fields", found) and not button.refusal for button in buttons)
    context = {
        "year": found.year,
        "set": found,
        "badge": badge_of(found),
        "facts": facts_of(found, table.plan, request.user),
        "table": table,
        "next": next(iter(buttons), None),
        "buttons": buttons[1:],
        "may_edit": may_edit,
        "is_frozen": found.is_frozen,
        "new_section": address("section-new", found),
        "file": address("file", found),
    }
    return render(request, "scores/criteria/set.html", context)


@require_GET
def file(request, year, pk):
    """The set as a file that can be read back."""
    found = find_set(request.user, year, pk)
    response = HttpResponse(write(content_of(found)), content_type="application/toml; charset=utf-8")
    name = f"bo-tieu-chi-{found.year.code}-{found.pk}-{found.number}.toml"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
def compare(request, year, pk):
    """What a version says otherwise than the one before it, or a clone than what it was made from."""
    found = find_set(request.user, year, pk)
    other = found.previous or found.cloned_from
    if other is None or not CriteriaSet.objects.visible_to(request.user).filter(pk=other.pk).exists():
        raise Http404
    context = {
        "year": found.year,
        "set": found,
        "other": other,
        "changes": changes(content_of(other), content_of(found)),
    }
    return render(request, "scores/criteria/compare.html", context)


@require_http_methods(["GET", "POST"])
def choose(request, year):
    """Which bloc of the year uses which set, all on one screen."""
    found = find_year(request.user, year)
    require(may_choose_criteria(request.user, found, timezone.localdate()))
    bloc_years = _bloc_years(request.user, found)
    form = ChooseForm(
        request.POST or None,
        bloc_years=[each for each in bloc_years if not each.closed_on],
        sets=CriteriaSet.objects.filter(year=found, state=CriteriaSet.State.FROZEN).order_by("pk"),
        scored=set(ScoreSheet.objects.filter(bloc_year__in=bloc_years).values_list("bloc_year", flat=True)),
    )
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.choose_criteria(
                year=found, chosen=form.chosen(), by=request.user, paper=form.paper(), reason=reason
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã giao bộ tiêu chí cho các khối."))
            return redirect("criteria-sets", year)
    context = {"year": found, "form": form, "back": reverse("criteria-sets", args=[year])}
    return render(request, "scores/criteria/choose.html", context)


def _bloc_years(user, year):
    found = BlocYear.objects.visible_to(user).filter(year=year)
    return list(found.select_related("bloc", "year", WITH_SET).order_by("bloc__place", "pk"))


def _may_start(user, year, bloc_years):
    """(whether for all blocs, the bloc-years for which a set of their own may be begun)."""
    day = timezone.localdate()
    may_share = may_start_criteria(user, CriteriaSet(year=year), day)
    if may_share:
        return may_share, bloc_years
    led = set(
        BlocYear.objects.led_by(user.standing().unit_ids).filter(year=year).values_list("pk", flat=True)
    )
    own = [each for each in bloc_years if each.pk in led]
    return may_share, [
        each for each in own if may_start_criteria(user, CriteriaSet(year=year, bloc=each.bloc), day)
    ]
