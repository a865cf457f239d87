"""The overview of a bloc's scoring, and the release of a tier for all of its units at once."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from blocs.contributions import Button
from blocs.forms import PaperFields
from blocs.permissions import Refused, is_staff, require
from campaigns.scores import actions
from campaigns.scores.criteria.chosen import WITH_SET, chosen_set
from campaigns.scores.models import ScoreSheet, Tier
from campaigns.scores.permissions import (
    may_assign_checks,
    may_edit_inspection,
    may_release_sheet,
    may_reopen_scores,
    may_see_differences,
)
from campaigns.scores.scoring import wording
from campaigns.scores.tables.overview import Overview
from campaigns.scores.windows import OF_TIER
from campaigns.windows import closed_words
from campaigns.years.views.bloc_years import find_bloc_year, places_of
from config.masthead import address_of


@require_GET
def overview(request, year, bloc):
    """How far each unit is at each tier, what is next and whose turn it is."""
    bloc_year = find_bloc_year(request.user, year, bloc, WITH_SET)
    today = timezone.localdate()
    context = {
        "bloc_year": bloc_year,
        "places": places_of(bloc_year, request.user),
        "today": today,
        "here": request.path,
    }
    if chosen_set(bloc_year) is None:
        may = is_staff(request.user, bloc_year, today)
        context["choose"] = Button(_("Chọn bộ tiêu chí"), address_of("criteria-sets", year)) if may else None
        return render(request, "scores/none.html", context)
    found = Overview(bloc_year, request.user)
    rows = found.rows()
    context |= {
        "criteria_set": chosen_set(bloc_year),
        "criteria": address_of("criteria-set", year, chosen_set(bloc_year).pk),
        "tiers": [tier.label for tier in found.tiers],
        "rows": [(row, address_of("score-unit", year, bloc, row.unit.code)) for row in rows],
        "phases": found.phases(),
        "next": _next(found, rows),
        "buttons": _buttons(request.user, bloc_year, found),
    }
    return render(request, "scores/overview.html", context)


@require_http_methods(["GET", "POST"])
def release(request, year, bloc, tier):
    """Release a tier: the complete sheets that are listed, all of them or none; the others are named."""
    bloc_year = find_bloc_year(request.user, year, bloc, WITH_SET)
    if tier not in Tier.values or tier == Tier.SELF or chosen_set(bloc_year) is None:
        raise Http404
    tier = Tier(tier)
    asked = ScoreSheet(bloc_year=bloc_year, tier=tier)
    require(may_release_sheet(request.user, asked, timezone.localdate()))
    found = Overview(bloc_year, request.user)
    if tier not in found.tiers:
        raise Http404
    complete = found.complete(tier)
    form = PaperFields(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        chosen = set(request.POST.getlist("sheet"))
        sheets = [each for each in complete if str(each.pk) in chosen]
        if len(sheets) < len(chosen):
            form.add_error(None, _("Danh sách phiếu vừa thay đổi. Hãy xem lại rồi công bố."))
        elif _released(form, bloc_year, tier, sheets, request.user):
            messages.success(request, _("Đã công bố điểm của %(count)s đơn vị.") % {"count": len(sheets)})
            return redirect("scores", year, bloc)
    day = bloc_year.year.last_day
    context = {
        "bloc_year": bloc_year,
        "tier": tier.label,
        "form": form,
        "complete": [(each.pk, each.unit.name(day), wording.number(each.total)) for each in complete],
        "incomplete": [each.unit.name(day) for each in found.incomplete(tier)],
        "not_begun": [unit.name(day) for unit in found.not_begun(tier)],
        "window": closed_words(bloc_year, OF_TIER[tier]),
        "scores": reverse("scores", args=[year, bloc]),
    }
    return render(request, "scores/release.html", context)


def _released(form, bloc_year, tier, sheets, user):
    try:
        actions.release_tier(
            bloc_year=bloc_year,
            tier=tier,
            sheets=sheets,
            by=user,
            paper=form.paper(),
            reason=form.cleaned_data["reason"],
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _next(found, rows):
    """The one next thing of this person: the own unit's first, then what others wait for."""
    for row in sorted(rows, key=lambda row: not row.is_own):
        if row.address and row.is_own:
            return Button(row.next, row.address)
    if found.is_across and found.keeps.get(Tier.CHECK) and not found.bloc_year.check_assignments.exists():
        return Button(_("Phân công chấm chéo"), _page(found.bloc_year, "score-assignments"))
    sent = [row for row in rows if row.address]
    if sent:
        return Button(f"{sent[0].next}: {sent[0].unit.short_name()}", sent[0].address)
    return None


def _buttons(user, bloc_year, found):
    """The ways to act on the whole bloc, as far as this person may."""
    today = timezone.localdate()
    ways = [(_("Lưới điểm"), "score-grid", [], True), (_("Bảng xếp hạng"), "ranking", [], True)]
    may_keep = bool(may_assign_checks(user, bloc_year, today))
    if Tier.CHECK in found.tiers:
        across = (_("Phân công chấm chéo"), "score-assignments", [], may_keep)
        plans = (
            _("Lịch kiểm tra"),
            "score-inspections",
            [],
            bool(may_edit_inspection(user, bloc_year, today)),
        )
        ways.insert(0, across if found.is_across else plans)
    for tier in found.tiers:
        asked = ScoreSheet(bloc_year=bloc_year, tier=tier)
        if tier != Tier.SELF and found.complete(tier) and may_release_sheet(user, asked, today):
            words = pgettext("act", "Công bố điểm: %(tier)s") % {"tier": tier.label}
            ways.append((words, "score-release", [tier], True))
    may_reopen = may_reopen_scores(user, ScoreSheet(bloc_year=bloc_year, tier=Tier.SELF), today)
    ways += [
        (_("Nhập từ bảng tính"), "score-import", [], may_keep),
        (_("Mở lại"), "score-reopen", [], bool(may_reopen)),
        (_("Chênh lệch điểm"), "score-differences", [], bool(may_see_differences(user, bloc_year, today))),
    ]
    found = [Button(title, _page(bloc_year, name, *more)) for title, name, more, may in ways if may]
    return [button for button in found if button.address]


def _page(bloc_year, name, *more):
    return address_of(name, bloc_year.year.code, bloc_year.bloc.code, *more)
