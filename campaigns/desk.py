"""The desk of whoever keeps records: the blocs of the year that the person's unit leads, and what waits."""

from dataclasses import dataclass

from django.contrib import admin
from django.utils import timezone

from blocs.contributions import Step, registry
from campaigns.keeping import is_department, kept_bloc_years
from campaigns.models import BlocYear, Seat
from campaigns.timeline import next_step, timelines

MOST = 3  # timelines on one page


@dataclass(frozen=True)
class Timeline:
    """A bloc's year on the desk: its steps and the one to be taken next."""

    bloc_year: BlocYear
    steps: list[Step]
    next: Step | None


def register():
    """Put the desk on the index of the records."""
    admin.site.desk = desk


def desk(user):
    """What the index shows above the records: timelines for the leader's unit, what waits for everybody."""
    today = timezone.localdate()
    return {"today": today, "timelines": _timelines(user), "waitings": registry.waiting_for(user)}


def _timelines(user):
    """The open years of the blocs that the person's unit leads; for staff, who keep all blocs, none."""
    if is_department(user):
        return []
    seated = Seat.objects.filter(unit__isnull=False).values("bloc_year")
    kept = kept_bloc_years(user).filter(pk__in=seated).select_related("year", "bloc")
    bloc_years = list(kept.order_by("-year__first_day", "bloc__place", "pk")[:MOST])
    steps = timelines(bloc_years, user)
    return [Timeline(each, steps[each.pk], next_step(steps[each.pk])) for each in bloc_years]
