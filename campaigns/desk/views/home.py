"""The home page: what waits for a person, then the blocs of the person's units and, for staff, the phases."""

from datetime import date, timedelta

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from blocs.contributions import Progress, registry
from blocs.permissions import has_post, is_staff
from campaigns.desk.boards import in_words
from campaigns.desk.work import own
from campaigns.models import EmulationYear, Phase
from campaigns.timeline.timelines import next_step, next_step_of

MOST = 6  # blocs below what waits
WEEK = timedelta(days=7)


@require_GET
def home(request):
    """What waits for me, nothing else first."""
    user, today = request.user, timezone.localdate()
    staff, post = is_staff(user, None, today), has_post(user, None, today)
    steps = own(user).steps
    waitings = registry.waiting_for([user])[user.pk] if post else []
    context = {
        "today": today,
        "post": post,
        "is_staff": bool(staff),
        "year": EmulationYear.objects.visible_to(user).first(),
        "count": len(waitings),
        "groups": [(title, name, found) for title, name, found in _groups(waitings, today) if found],
        "bloc_years": [
            (each, next_step_of(steps[each.pk], own(user).units), next_step(steps[each.pk]))
            for each in own(user).bloc_years[:MOST]
        ],
        "coming": _coming(steps, today),
        "phases": _phases(user) if staff else [],
    }
    return render(request, "campaigns/home.html", context)


def _groups(waitings, today):
    """What waits: late, within a week, the rest."""
    late = [each for each in waitings if each.due and each.due < today]
    soon = [each for each in waitings if each.due and today <= each.due <= today + WEEK]
    rest = [each for each in waitings if not each.due or each.due > today + WEEK]
    return [
        (_("Quá hạn"), "late", late),
        (_("Hôm nay và 7 ngày tới"), "soon", soon),
        (_("Còn lại"), "rest", rest),
    ]


def _coming(steps, today):
    """The step that is due next of all blocs, for whom nothing waits."""
    coming = [
        step
        for found in steps.values()
        for step in found
        if step.progress is not Progress.DONE and step.due and step.due >= today
    ]
    return min(coming, key=lambda step: step.due, default=None)


def _phases(user):
    """[(year, [(kind, who has not sent, how many, due, the board)], kinds that are done)] of open years.

    What is open stands in the order in which it is due.
    """
    found = []
    for year, board in own(user).boards:
        address = reverse("board", args=[year.code])
        still_open = [
            (kind.label, in_words(tally, kind), tally, board.due(kind), f"{address}?giai-doan={kind}")
            for kind in Phase.Kind
            if (tally := board.summary(kind)).open
        ]
        still_open.sort(key=lambda row: row[3] or date.max)
        done = [kind.label for kind in Phase.Kind if (tally := board.summary(kind)).total and not tally.open]
        found.append((year, still_open, done))
    return found
