"""The timeline of a bloc's year: the steps that every app knows, with the days by which they are due."""

from dataclasses import replace

from blocs.contributions import Progress, registry
from campaigns.windows import phases_of


def timelines(bloc_years, user):
    """{bloc-year key: steps in their order, each due on the last day of its phase}, in constant queries."""
    bloc_years = list(bloc_years)
    phases = phases_of(bloc_years)
    return {
        key: [_due(step, phases[key]) for step in steps]
        for key, steps in registry.steps_of(bloc_years, user).items()
    }


def next_step(steps):
    """The first step that somebody must still take, or None; what a past year left unknown comes last."""
    open_steps = [step for step in steps if step.progress is not Progress.DONE]
    return min(open_steps, key=lambda step: step.progress is Progress.UNKNOWN, default=None)


def _due(step, phases):
    phase = phases.get(step.phase or step.key)
    return replace(step, due=phase.last_day) if phase else step
