"""The desk of whoever keeps records: the blocs of the year that the person's unit leads, and what waits."""

from dataclasses import dataclass

from django.contrib import admin
from django.utils import timezone

from blocs.contributions import Step, registry
from campaigns.desk.work import own
from campaigns.keeping import is_department
from campaigns.models import BlocYear
from campaigns.timeline.timelines import next_step

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
    return {"today": today, "timelines": _timelines(user), "waitings": registry.waiting_for([user])[user.pk]}


def _timelines(user):
    """The open years of the blocs that the person's unit leads; for staff, who keep all blocs, none."""
    if is_department(user):
        return []
    work = own(user)
    bloc_years, steps = [each for each in work.bloc_years if each.pk in work.kept][:MOST], work.steps
    return [Timeline(each, steps[each.pk], next_step(steps[each.pk])) for each in bloc_years]
