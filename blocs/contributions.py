"""What lower pages show of upper apps, registered upward in each app's `AppConfig.ready()`.

A page of this app or of campaigns asks the registry and never imports an upper app. Every provider answers
for many objects, and of what waits for many people, in a constant number of queries.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import partial

from blocs.registers import NothingRegistered, Register, RegisterByKey


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
    how many of how many are done, where a step is not done as a whole. `reopened` are the units for which its
    window was opened again, each with the last day of that: (unit key, day).
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
    reopened: tuple[tuple[int, date], ...] = ()

    def having(self, **facts):
        """The same step with some facts told otherwise; as replace() gives it, at a tenth of the cost."""
        made = object.__new__(type(self))
        made.__dict__.update(self.__dict__, **facts)
        return made


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person: what, of which object, until when, where, and a note beside it.

    `step` is the step of a timeline, (key of its object, key of the step), of which it says what is to be
    done there. One that `gives_way` is left out where another says it of the same step more exactly.
    """

    title: str
    about: str
    address: str
    due: date | None = None
    note: str = ""
    step: tuple[int, str] | None = None
    gives_way: bool = False


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
class Carried:
    """What of one kind goes along, of an upper app, when a year is opened from another one.

    `rows` are the objects, each with the key of its `bloc_id`, None where it is of all blocs; `title`, `note`
    (of each) and `nothing` (where there are none) tell of them on the page, `kind` in the journal.
    `carry(row, year, by)` does it, within the act that opens the year.
    """

    kind: str
    title: str
    note: str
    nothing: str
    rows: list
    carry: Callable


@dataclass(frozen=True)
class Reach:
    """Keys of the units and blocs that people of some units meet in their work, as unevaluated queries.

    `people` are the units whose people they name: those of the blocs that they lead.
    """

    units: Iterable[int] = ()
    blocs: Iterable[int] = ()
    people: Iterable[int] = ()


def register(name, kind=Register):
    """A register of the registry, empty."""
    return field(default_factory=partial(kind, name))


def unknown_reach(unit_ids):
    """No app has said yet what people meet in their work."""
    raise NothingRegistered("reach")


@dataclass
class Registry:
    """Providers by what they provide. Buttons answer {object key: [contribution]}.

    `waitings` answer {user key: what waits} of many people; whoever is left out has nothing waiting. `steps`
    read at once what the steps of many objects rest on, as far as many people may see it: (objects, users) ->
    a function that writes those of one object for one person, (object, user) -> steps, and asks the database
    nothing more. `recording` are the screens in which a meeting held on paper is recorded: (meeting, user) ->
    steps. `openings` say what goes along when a year is opened: (bloc-years of the old year, new year or
    None) -> carried. `ways` say where units do what a phase asks, by its kind: (kind, bloc-year, one unit or
    None) -> address or "". `reopened` say which phases were opened again for some units, asked after the
    steps: (bloc-years) -> {bloc-year key: {phase: (unit key, day)}}. `left_open` say what of a unit that ends
    is for somebody to settle: (unit, day) -> sentences.
    """

    steps: Register = register("steps")
    waitings: Register = register("waitings")
    ticks: Register = register("ticks")
    buttons: dict[str, list[Callable]] = register("buttons", RegisterByKey)
    recording: Register = register("recording")
    openings: Register = register("openings")
    reopened: Register = register("reopened")
    ways: dict[str, Callable] = register("ways", RegisterByKey)
    left_open: Register = register("left_open")
    reach: Callable = unknown_reach

    def steps_of(self, objects, users):
        """What writes the steps of one of many objects for one of many people, in their order.

        Each provider reads once for all of them: (object, user) -> steps asks the database nothing more.
        """
        writers = [provider(objects, users) for provider in self.steps]

        def write(each, user):
            steps = [step for writer in writers for step in writer(each, user)]
            return sorted(steps, key=lambda step: step.place)

        return write

    def waiting_for(self, users):
        """{user key: everything that waits for each, soonest due first}, each provider asked once for all."""
        users = list(users)
        found = {each.pk: [] for each in users}
        for provider in self.waitings:
            for key, waitings in provider(users).items():
                found[key].extend(waitings)
        return {key: _soonest_first(_most_exact(waitings)) for key, waitings in found.items()}

    def buttons_of(self, label, objects, user):
        """{key: buttons} for many objects of one model, named as "app.model"."""
        objects = list(objects)
        found = {each.pk: [] for each in objects}
        for provider in self.buttons.get(label, []):
            for key, buttons in provider(objects, user).items():
                found[key].extend(buttons)
        return {key: sorted(buttons, key=lambda button: button.place) for key, buttons in found.items()}

    def reopened_of(self, bloc_years):
        """{(bloc-year key, phase): ((unit key, last day), ...)} of the phases opened again for some units."""
        return {
            (key, kind): tuple(units)
            for provider in self.reopened
            for key, kinds in provider(bloc_years).items()
            for kind, units in kinds.items()
        }

    def carried_into(self, year, bloc_years):
        """What goes along into a year that is opened from these bloc-years; the year is None while unmade."""
        return [carried for provider in self.openings for carried in provider(bloc_years, year)]

    def left_open_by(self, unit, day):
        """What of a unit that ends on a day is for somebody to settle, in sentences."""
        return [words for provider in self.left_open for words in provider(unit, day)]

    def reach_of(self, unit_ids):
        """The units and blocs within reach of some units; the app that knows of seats answers."""
        return self.reach(unit_ids)


def _most_exact(waitings):
    """Without those that give way to another that says the same."""
    exact = {each.step for each in waitings if not each.gives_way}
    return [each for each in waitings if not (each.gives_way and each.step in exact)]


def _soonest_first(waitings):
    return sorted(waitings, key=lambda each: (each.due is None, each.due or date.max))


registry = Registry()
