"""What lower pages show of upper apps, registered upward in each app's `AppConfig.ready()`.

A page of this app or of campaigns asks the registry and never imports an upper app. Every provider answers
for many objects in a constant number of queries.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class Progress(Enum):
    """How far a step of the year is."""

    DONE = "done"
    UNDER_WAY = "under-way"
    WAITING = "waiting"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Step:
    """One step on the timeline of a bloc-year: state, due, who must act, what is known, where it is shown.

    `action` says what to do there, to whoever may, until the step is done; `paper` is the address where the
    same is recorded from paper. `phase` is the phase whose last day is its due day, where that is not named
    like the step. `pending` are the keys of the units that must still act, None while nobody need. `tally` is
    how many of how many are done, where a step is not done as a whole.
    """

    key: str
    place: int
    title: str
    progress: Progress
    summary: str = ""
    day: date | None = None
    due: date | None = None
    who: str = ""
    address: str = ""
    action: str = ""
    paper: str = ""
    phase: str = ""
    pending: tuple[int, ...] | None = ()
    tally: tuple[int, int] | None = None

    def having(self, **facts):
        """The same step with some facts told otherwise; as replace() gives it, at a tenth of the cost."""
        made = object.__new__(type(self))
        made.__dict__.update(self.__dict__, **facts)
        return made


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person: what, of which object, until when, where, and a note beside it.

    `step` is the step of a timeline, (key of its object, key of the step), of which it says more exactly what
    is to be done there.
    """

    title: str
    about: str
    address: str
    due: date | None = None
    note: str = ""
    step: tuple[int, str] | None = None


@dataclass(frozen=True)
class Tick:
    """Work of the timer: run at every tick, safe to run twice."""

    name: str
    run: Callable[[], str]


@dataclass(frozen=True)
class Button:
    """A way from an object's page to an act or page of an upper app; one that `posts` does it at once."""

    title: str
    address: str
    refusal: str = ""
    place: int = 0
    posts: bool = False


@dataclass(frozen=True)
class Reach:
    """Keys of the units and blocs that people of some units meet in their work, as unevaluated queries.

    `people` are the units whose people they name: those of the blocs that they lead.
    """

    units: Iterable[int] = ()
    blocs: Iterable[int] = ()
    people: Iterable[int] = ()


@dataclass
class Registry:
    """Providers by what they provide. Steps and buttons answer {object key: [contribution]}.

    `recording` are the screens in which a meeting held on paper is recorded: (meeting, user) -> steps.
    """

    steps: list[Callable] = field(default_factory=list)
    waitings: list[Callable] = field(default_factory=list)
    ticks: list[Tick] = field(default_factory=list)
    buttons: dict[str, list[Callable]] = field(default_factory=dict)
    recording: list[Callable] = field(default_factory=list)
    reach: Callable = lambda unit_ids: Reach()

    def steps_of(self, objects, user):
        """{key: steps in their order} for many objects, each provider asked once for all of them."""
        objects = list(objects)
        found = {each.pk: [] for each in objects}
        for provider in self.steps:
            for key, steps in provider(objects, user).items():
                found[key].extend(steps)
        return {key: sorted(steps, key=lambda step: step.place) for key, steps in found.items()}

    def waiting_for(self, user):
        """Everything that waits for a person, soonest due first."""
        found = [waiting for provider in self.waitings for waiting in provider(user)]
        return sorted(found, key=lambda waiting: (waiting.due is None, waiting.due or date.max))

    def buttons_of(self, label, objects, user):
        """{key: buttons} for many objects of one model, named as "app.model"."""
        objects = list(objects)
        found = {each.pk: [] for each in objects}
        for provider in self.buttons.get(label, []):
            for key, buttons in provider(objects, user).items():
                found[key].extend(buttons)
        return {key: sorted(buttons, key=lambda button: button.place) for key, buttons in found.items()}

    def reach_of(self, unit_ids):
        """The units and blocs within reach of some units; the app that knows of seats answers."""
        return self.reach(unit_ids)


registry = Registry()
