"""Preparing a check: the plan of all sittings, who sits at one, who checks whom, what is opened again."""

from collections import defaultdict

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from blocs import notation
from blocs.forms import PaperFields
from blocs.permissions import Refused, require
from blocs.versions import Stale
from campaigns.meetings.views.attendance import explain
from campaigns.models import Phase
from campaigns.scores import actions
from campaigns.scores.checks.forms.planning import AssignForm, MemberRow, PlanRow, ReopenForm
from campaigns.scores.checks.inspections import members_of, team_seats
from campaigns.scores.criteria.chosen import WITH_SET, chosen_set
from campaigns.scores.models import (
    CheckAssignment,
    CriteriaSet,
    Inspection,
    InspectionMember,
    ScoreSheet,
    Tier,
)
from campaigns.scores.permissions import may_assign_checks, may_edit_inspection, may_reopen_scores
from campaigns.scores.windows import OF_TIER
from campaigns.windows import closed_words
from campaigns.years.views.bloc_years import find_bloc_year

Side = InspectionMember.Side
SPARE = 2  # empty rows for each side
STALE = gettext_lazy("Người khác vừa sửa lịch kiểm tra. Chưa lưu gì: hãy mở lại trang để xem bản mới.")


@require_http_methods(["GET", "POST"])
def inspections(request, year, bloc):
    """The sittings of all units on one screen: days, hours, places, teams."""
    bloc_year = find_bloc_year(request.user, year, bloc, WITH_SET)
    require(may_edit_inspection(request.user, Inspection(bloc_year=bloc_year), timezone.localdate()))
    posted = request.POST if request.method == "POST" else None
    seats = _seats(bloc_year)
    rows = _plan_rows(bloc_year, seats, posted)
    form = PaperFields(posted, request.FILES or None)
    if posted is not None:
        if all([form.is_valid(), *(row.is_valid() for row in rows if row.is_open)]):
            plans = [plan for row in rows if row.is_open and (plan := row.plan(seats))]
            if _done(form, actions.plan_inspections, bloc_year=bloc_year, plans=plans, by=request.user):
                messages.success(request, _("Đã lưu lịch kiểm tra."))
                return redirect("score-inspections", year, bloc)
        explain(form, [(row.name, row) for row in rows if row.is_open])
    context = {
        "bloc_year": bloc_year,
        "form": form,
        "rows": rows,
        "window": closed_words(bloc_year, Phase.Kind.CHECK, before=False),
        "scores": reverse("scores", args=[year, bloc]),
    }
    return render(request, "scores/inspections.html", context)


@require_http_methods(["GET", "POST"])
def members(request, year, bloc, unit):
    """Who sits at the sitting of one unit: the team and the unit, by name, post and unit."""
    bloc_year = find_bloc_year(request.user, year, bloc, WITH_SET)
    found = find_inspection(request.user, bloc_year, unit)
    require(may_edit_inspection(request.user, found, timezone.localdate()))
    posted = request.POST if request.method == "POST" else None
    form = PaperFields(posted, request.FILES or None)
    sides = {side: _member_rows(bloc_year, found, side, posted) for side in Side}
    rows = [row for each in sides.values() for row in each]
    if posted is not None:
        if all([form.is_valid(), *(row.is_valid() for row in rows)]):
            shown = posted.get("shown_version", "")[:9]
            found.version = int(shown) if shown.isdecimal() else 0
            told = [member for row in rows if (member := row.member())]
            if _done(
                form, actions.plan_inspections, bloc_year=bloc_year, plans=[(found, told)], by=request.user
            ):
                messages.success(request, _("Đã lưu thành phần buổi kiểm tra."))
                return redirect(found)
        explain(form, [(row.side.label, row) for row in rows])
    context = {
        "bloc_year": bloc_year,
        "inspection": found,
        "name": found.unit.name(bloc_year.year.last_day),
        "form": form,
        "sides": [(side.label, sides[side]) for side in Side],
    }
    return render(request, "scores/members.html", context)


@require_http_methods(["GET", "POST"])
def assignments(request, year, bloc):
    """Who checks whom: drawn by the system, or told from paper; shown as a table with each unit's load."""
    bloc_year = find_bloc_year(request.user, year, bloc, WITH_SET)
    today = timezone.localdate()
    require(may_assign_checks(request.user, bloc_year, today))
    criteria_set = chosen_set(bloc_year)
    if criteria_set is None or criteria_set.check_mode == CriteriaSet.CheckMode.SITTING:
        raise Http404
    units = [seat.unit for seat in bloc_year.seats_in_order() if seat.unit_id and seat.holds_on(today)]
    day = bloc_year.year.last_day
    posted = request.POST if request.method == "POST" else None
    form = AssignForm(posted, request.FILES or None, units=units, day=day, checkers=criteria_set.checkers)
    if (
        posted is not None
        and form.is_valid()
        and _done(form, actions.assign_checks, bloc_year=bloc_year, pairs=form.pairs(), by=request.user)
    ):
        messages.success(request, _("Đã phân công chấm chéo."))
        return redirect("score-assignments", year, bloc)
    assigned = CheckAssignment.objects.visible_to(request.user).filter(bloc_year=bloc_year)
    drawn = bloc_year.check_assignments.exists()
    context = {
        "bloc_year": bloc_year,
        "mode": criteria_set.get_check_mode_display(),
        "checkers": criteria_set.checkers,
        "rows": _drawn(bloc_year, units, list(assigned)) if drawn else [],
        "form": None if drawn else form,
        "may_withdraw": drawn and not _check_began(bloc_year),
        "withdraw": reverse("score-assignments-withdraw", args=[year, bloc]),
        "window": closed_words(bloc_year, Phase.Kind.CHECK, before=False),
        "scores": reverse("scores", args=[year, bloc]),
    }
    return render(request, "scores/assignments.html", context)


@require_POST
def withdraw(request, year, bloc):
    """Take the draw back, as long as nobody has begun to check."""
    bloc_year = find_bloc_year(request.user, year, bloc, WITH_SET)
    actions.withdraw_checks(bloc_year=bloc_year, by=request.user)
    messages.success(request, _("Đã rút lại phân công chấm chéo."))
    return redirect("score-assignments", year, bloc)


@require_http_methods(["GET", "POST"])
def reopen(request, year, bloc):
    """Open a phase of scoring again for named units, with a reason and a new end."""
    bloc_year = find_bloc_year(request.user, year, bloc, WITH_SET)
    today = timezone.localdate()
    kinds = _kinds_to_reopen(request.user, bloc_year, today)
    units = [seat.unit for seat in bloc_year.seats_in_order() if seat.unit_id]
    day = bloc_year.year.last_day
    form = ReopenForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        units=units,
        day=day,
        kinds=kinds,
        initial={
            "units": request.GET.getlist("don-vi"),
            "phase_kind": request.GET.get("giai-doan", kinds[0]),
        },
    )
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("units", "phase_kind", "last_day")}
        if _done(form, actions.reopen_scores, bloc_year=bloc_year, by=request.user, **told):
            messages.success(request, _("Đã mở lại. Điểm đã công bố vẫn xem được ở phiên bản của phiếu."))
            return redirect("scores", year, bloc)
    context = {
        "bloc_year": bloc_year,
        "form": form,
        "known": _reopenings(request.user, bloc_year),
        "extend": reverse("phase-extend", args=[year]) + f"?khoi={bloc}",
        "scores": reverse("scores", args=[year, bloc]),
    }
    return render(request, "scores/reopen.html", context)


def find_inspection(user, bloc_year, unit):
    """The inspection of a unit as far as this person may see it, with its members; 404 otherwise."""
    known = Inspection.objects.visible_to(user).filter(bloc_year=bloc_year, unit__code=unit)
    found = known.select_related("unit").prefetch_related("unit__states", _members()).first()
    if found is None:
        raise Http404
    found.bloc_year = bloc_year
    return found


def _members():
    known = InspectionMember.objects.select_related("unit").prefetch_related("unit__states")
    return Prefetch("members", known)


def _seats(bloc_year):
    """{unit key: seat} of those who sit in the bloc today, in their order."""
    today = bloc_year.nearest_day(timezone.localdate())
    return {
        seat.unit_id: seat for seat in bloc_year.seats_in_order() if seat.unit_id and seat.holds_on(today)
    }


def _plan_rows(bloc_year, seats, posted):
    """A row for each unit; a sitting that was held is shown and not planned again."""
    day, today = bloc_year.year.last_day, bloc_year.nearest_day(timezone.localdate())
    known = list(bloc_year.inspections.select_related("unit").prefetch_related("unit__states", _members()))
    by_unit = {each.unit_id: each for each in known}
    rows = []
    for key, seat in seats.items():
        inspection = by_unit.get(key) or Inspection(bloc_year=bloc_year, unit=seat.unit)
        inspection.bloc_year = bloc_year
        team = [each.unit for each in team_seats(bloc_year, key, today)]
        if inspection.pk:
            there = [each.unit for each in members_of(inspection) if each.side == Side.TEAM and each.unit]
        else:
            there = team
        choices = {unit.pk: unit.name(day) for unit in (*team, *there)}
        row = PlanRow(
            posted,
            inspection=inspection,
            name=seat.unit.name(day),
            team=[unit.pk for unit in there],
            choices=choices.items(),
            proposed={
                "place_name": _("Trụ sở %(unit)s") % {"unit": seat.unit.name(day)},
                "team_name": inspection.team_name,
            },
        )
        row.is_open = inspection.held_on is None
        row.told = ", ".join(choices[unit.pk] for unit in there)
        rows.append(row)
    return rows


def _member_rows(bloc_year, inspection, side, posted):
    units = [seat.unit for seat in bloc_year.seats_in_order() if seat.unit_id]
    if side == Side.TEAM:
        units = [unit for unit in units if unit.pk != inspection.unit_id]
    known = [each for each in members_of(inspection) if each.side == side]
    units += [each.unit for each in known if each.unit and each.unit not in units]
    day = bloc_year.year.last_day
    return [
        MemberRow(posted, prefix=f"{side}-{number}", side=side, units=units, day=day, member=member)
        for number, member in enumerate([*known, *[None] * SPARE])
    ]


def _drawn(bloc_year, units, assigned):
    """[(unit, names of those that check it, [(unit that it checks, where its paper is recorded)])].

    As far as this person may know: nobody is told there who checks the own unit.
    """
    names = {unit.pk: unit.name(bloc_year.year.last_day) for unit in units}
    codes = {unit.pk: unit.code for unit in units}
    checked_by, checks = defaultdict(list), defaultdict(list)
    for each in assigned:
        if each.unit_id in names and each.checker_id in names:
            place = [bloc_year.year.code, bloc_year.bloc.code, codes[each.unit_id]]
            paper = reverse("score-sitting", args=place) + f"?cham={codes[each.checker_id]}&giay=1"
            checked_by[each.unit_id].append(names[each.checker_id])
            checks[each.checker_id].append((names[each.unit_id], paper))
    return [(names[key], checked_by[key], checks[key]) for key in names]


def _check_began(bloc_year):
    sheets = ScoreSheet.objects.filter(bloc_year=bloc_year, tier=Tier.CHECK, checker__isnull=False)
    return sheets.exists()


def _kinds_to_reopen(user, bloc_year, day):
    """The phases that this person may open again; refuses whoever may open none."""
    answers = {
        tier: may_reopen_scores(user, ScoreSheet(bloc_year=bloc_year, tier=tier), day) for tier in Tier
    }
    require(next((each for each in answers.values() if each), answers[Tier.SELF]))
    return list(dict.fromkeys(OF_TIER[tier] for tier, answer in answers.items() if answer))


def _reopenings(user, bloc_year):
    """[(phase, until when, names of the units, reason)] of what was opened again before."""
    known = list(bloc_year.reopenings.visible_to(user).order_by("-pk"))
    prefetch_related_objects(known, "units__states")
    day = bloc_year.year.last_day
    return [
        (
            each.get_phase_kind_display(),
            notation.day(each.last_day),
            ", ".join(unit.name(day) for unit in each.units.all()),
            each.reason,
        )
        for each in known
    ]


def _done(form, action, **arguments):
    """Whether an act was done; a refusal is shown above what was typed."""
    try:
        action(**arguments, paper=form.paper(), reason=form.cleaned_data["reason"])
    except Stale:
        form.add_error(None, STALE)
        return False
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
