"""What opening an emulation year from an earlier one will do: blocs, their units, who leads, days, and
what goes along of upper apps.

Read in a constant number of queries, whatever the number of blocs and units; the act that opens the year
does what stands here.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from blocs.contributions import registry
from blocs.models import Succession, Unit
from campaigns.leaders import MOST_DEPUTIES, seats_with_units
from campaigns.models import BlocYear, EmulationYear, Phase, Seat
from campaigns.years.calendar import day_off, moved_days

Role, Choice = Seat.Role, BlocYear.LeaderChoice


@dataclass(frozen=True)
class Ended:
    """A unit that is no more on the first day: how it ended, and which units take its seat."""

    unit: Unit
    succession: Succession
    replaced_by: tuple[Unit, ...] = ()


@dataclass
class BlocOpening:
    """A bloc in the year to be opened. `after` is its year where an election has made it already."""

    before: BlocYear
    after: BlocYear | None
    seats: list = field(default_factory=list)  # [(unit, the seat of the year before that it takes over)]
    renamed: list = field(default_factory=list)  # [(old name, new name)]
    ended: list = field(default_factory=list)  # [Ended]
    left: list = field(default_factory=list)  # units that had left before the last day
    led: dict = field(default_factory=dict)  # {unit key: the first day of the last year in which it led}

    @property
    def name(self):
        """The bloc's name in the new year."""
        return (self.after or self.before).name

    @property
    def units(self):
        """The units that are carried over, in their order."""
        return [unit for unit, _seat in self.seats]

    @property
    def is_whole(self):
        """Whether the bloc has its units in the new year already."""
        return self.after is not None and any(seat.role == Role.MEMBER for seat in self.after.seats.all())

    @property
    def known(self):
        """The seats of leader and deputies that are settled already."""
        seats = self.after.seats.all() if self.after else []
        return sorted(
            (seat for seat in seats if seat.role != Role.MEMBER), key=lambda seat: seat.role != Role.LEADER
        )

    @property
    def asks_who_leads(self):
        """Whether the leader is chosen while the year is opened: neither elected nor known."""
        return self.before.leader_chosen_by != Choice.ELECTION and not self.known

    @cached_property
    def proposed(self):
        """[leader, deputies]: by rotation the units that are next, as many as lead now; else nobody."""
        if self.before.leader_chosen_by != Choice.ROTATION or not self.asks_who_leads:
            return []
        deputies = sum(seat.role == Role.DEPUTY for seat in self.before.seats.all())
        return self._in_turn()[: 1 + min(deputies, MOST_DEPUTIES)]

    def _in_turn(self):
        """Units that never led, then those that led longest ago; in the order after the present leader."""
        units = self.units
        leaders = [seat.unit_id for seat in self.before.seats.all() if seat.role == Role.LEADER]
        at = next((place for place, unit in enumerate(units) if unit.pk in leaders), -1)
        turn = units[at + 1 :] + units[: at + 1]
        return sorted(turn, key=lambda unit: self.led.get(unit.pk, date.min))


@dataclass
class Opening:
    """The whole of a year to be opened from another one."""

    source: EmulationYear
    code: str
    first_day: date
    last_day: date
    year: EmulationYear | None  # the year itself, where it was made already
    blocs: list = field(default_factory=list)
    days: dict = field(default_factory=dict)  # {kind: (first day or None, last day)}
    carried: list = field(default_factory=list)  # what goes along of upper apps, by kind

    @property
    def is_whole(self):
        """Whether the year has been opened already."""
        return self.year is not None and all(each.is_whole for each in self.blocs)

    def phases(self):
        """[(words, first day, last day, what is to be known of it)] of the phases with their days."""
        return [
            (kind.label, *self.days[kind], day_off(self.days[kind][1]))
            for kind in Phase.Kind
            if kind in self.days
        ]


def opening_of(source, code, first_day, last_day):
    """What opening a year from `source` will do. Days of a year that exists already go before those told."""
    year = EmulationYear.objects.filter(code=code).first()
    if year:
        first_day, last_day = year.first_day, year.last_day
    opening = Opening(source, code, first_day, last_day, year)
    blocs = _with_seats(source.bloc_years.all())
    after = {each.bloc_id: each for each in _with_seats(BlocYear.objects.filter(year=year))} if year else {}
    successions, led = _Successions(first_day), _led({each.bloc_id for each in blocs}, first_day)
    seated = {seat.unit_id for each in blocs for seat in each.seats.all() if seat.holds_on(source.last_day)}
    for before in blocs:
        opened = BlocOpening(before, after.get(before.bloc_id), led=led[before.bloc_id])
        _carry(opened, first_day, successions, seated)
        opening.blocs.append(opened)
    if year is None or not year.phases.filter(bloc_year=None).exists():
        target = year or EmulationYear(code=code, first_day=first_day, last_day=last_day)
        opening.days = moved_days(source, target)
    opening.carried = registry.carried_into(year, blocs)
    return opening


def _with_seats(bloc_years):
    found = bloc_years.select_related("bloc", "year", "organiser")
    return list(found.prefetch_related(seats_with_units()).order_by("bloc__place", "pk"))


def _carry(opened, first_day, successions, seated):
    """Take the units that sat on the last day, in their order; those that ended give way to who follows."""
    last_day, taken = opened.before.year.last_day, set()
    seats = [seat for seat in opened.before.seats.all() if seat.unit_id]
    own = {seat.unit_id for seat in seats if seat.holds_on(last_day)}
    for seat in sorted(seats, key=lambda seat: (seat.unit.place(first_day), seat.pk)):
        unit = seat.unit
        if not seat.holds_on(last_day):
            if unit.pk not in own:
                opened.left.append(unit)
            continue
        ending = successions.of(unit)
        if ending is None:
            opened.seats.append((unit, seat))
            taken.add(unit.pk)
            old, new = unit.name(opened.before.year.first_day), unit.name(first_day)
            if old != new:
                opened.renamed.append((old, new))
            continue
        following = [each for each in successions.follow(unit) if each.pk not in seated | taken]
        opened.ended.append(Ended(unit, ending, tuple(following)))
        opened.seats += [(each, seat) for each in following]
        taken |= {each.pk for each in following}


class _Successions:
    """Which units ended up to a day, and into which they went in the end."""

    def __init__(self, day):
        known = Succession.objects.filter(on__lte=day).select_related("to_unit").order_by("on", "pk")
        self.by_unit = defaultdict(list)
        for each in known.prefetch_related("to_unit__states"):
            self.by_unit[each.from_unit_id].append(each)

    def of(self, unit):
        """How a unit ended, or None."""
        return next(iter(self.by_unit.get(unit.pk, [])), None)

    def follow(self, unit):
        """The units that exist on the day in the place of one that ended, through all that ended between."""
        found, waiting, seen = [], [unit], {unit.pk}
        while waiting:
            ended = waiting.pop(0)
            for each in self.by_unit[ended.pk]:
                follower = each.to_unit
                if follower is None or follower.pk in seen:
                    continue
                seen.add(follower.pk)
                (waiting if self.of(follower) else found).append(follower)
        return found


def _led(blocs, day):
    """{bloc: {unit: the first day of the last year in which it led}} of the years before a day."""
    found = defaultdict(dict)
    seats = Seat.objects.filter(role=Role.LEADER, unit__isnull=False, bloc_year__bloc__in=blocs)
    seats = seats.filter(bloc_year__year__first_day__lt=day).order_by("bloc_year__year__first_day")
    for bloc, unit, first_day in seats.values_list("bloc_year__bloc", "unit", "bloc_year__year__first_day"):
        found[bloc][unit] = first_day
    return found
