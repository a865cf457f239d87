"""The timeline of a bloc's year: the steps that every app knows, with the days by which they are due."""

from django.db.models import prefetch_related_objects
from django.utils import timezone

from blocs.contributions import Progress, registry
from campaigns.leaders import leading_units
from campaigns.windows import phases_of


class Timelines:
    """The timelines of many bloc-years as many people are shown them, read in constant queries.

    A step is due on the last day of its phase; where it does not say who must still act, the leader's unit
    must. The phases of each are kept with it as `governing`, the units that lead it today as `leading`, for
    what else a page asks.
    """

    def __init__(self, bloc_years, users):
        bloc_years = list(bloc_years)
        prefetch_related_objects(bloc_years, "year", "bloc")
        self._phases = phases_of(bloc_years)
        self._leaders = leading_units(bloc_years, timezone.localdate())
        for each in bloc_years:
            each.governing, each.leading = self._phases[each.pk], self._leaders[each.pk]
        self._write = registry.steps_of(bloc_years, users)
        self._reopened = registry.reopened_of(bloc_years)

    def of(self, bloc_year, user):
        """The steps of one of the bloc-years for one of the people, in order; asks the database nothing.

        With the days by which they are due and the units that must act.
        """
        key = bloc_year.pk
        phases, leaders = self._phases[key], self._leaders[key]
        return [
            _pending(_due(step, phases, self._reopened.get((key, step.phase or step.key))), leaders)
            for step in self._write(bloc_year, user)
        ]


def timelines(bloc_years, user):
    """{bloc-year key: its steps as one person is shown them}, in constant queries."""
    bloc_years = list(bloc_years)
    found = Timelines(bloc_years, [user])
    return {each.pk: found.of(each, user) for each in bloc_years}


def next_step(steps):
    """The first step that one of the units must still take, or None.

    After these come what a past year left unknown, and what others must do first.
    """
    open_steps = [step for step in steps if step.progress is not Progress.DONE]
    return min(
        open_steps,
        key=lambda step: (not step.pending, step.progress is Progress.UNKNOWN),
        default=None,
    )


def next_step_of(steps, units):
    """The step that is next for some units: one that they must take, else one that is not others' alone.

    None where all is done, or where only others must still act.
    """
    open_steps = [step for step in steps if step.progress is not Progress.DONE]
    own = [step for step in open_steps if units & set(step.pending)]
    return next_step(own or [step for step in open_steps if not step.pending])


def _due(step, phases, reopened):
    """The step with the last day of its phase, and for whom that was opened again."""
    phase, told = phases.get(step.phase or step.key), {}
    if phase:
        told["due"] = phase.last_day
    if reopened:
        told["reopened"] = reopened
    return step.having(**told) if told else step


def _pending(step, leaders):
    if step.pending is None:
        return step.having(pending=())
    if step.progress is Progress.DONE or step.pending:
        return step
    return step.having(pending=tuple(sorted(leaders)))
