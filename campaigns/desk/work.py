"""The year's work of people: their units, the blocs of these with what is to do, for staff the boards."""

from collections import defaultdict
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from blocs.models import Post, User
from blocs.models.base import of_each
from campaigns.desk.boards import Board
from campaigns.keeping import is_department, kept_bloc_years
from campaigns.leaders import seats_with_units
from campaigns.models import BlocYear, Handover, Phase, Seat
from campaigns.timeline.timelines import Timelines

MINE = (Post.Role.SECRETARY, Post.Role.OFFICER)


class SharedWork:
    """What the work of some people rests on: each part is asked of the database once for all of them."""

    def __init__(self, users):
        User.objects.read_standings(users)
        self.users = users
        self.units = {each.pk: _units_of(each) for each in users}

    @cached_property
    def units_of_all(self):
        """The units of all these people."""
        return set().union(*self.units.values())

    @cached_property
    def leaders(self):
        """The named leaders' seats, of all years, of the blocs that one of the units has ever led."""
        if not self.units_of_all:
            return []
        seats = Seat.objects.filter(role=Seat.Role.LEADER, unit__isnull=False)
        ours = seats.filter(unit__in=self.units_of_all).values("bloc_year__bloc")
        return list(
            seats.filter(bloc_year__bloc__in=ours).select_related("bloc_year__year", "bloc_year__bloc")
        )

    @cached_property
    def kept(self):
        """{user key: keys of the bloc-years that each keeps}; not of the department, which keeps all.

        Whose units have never led a bloc keeps none, and is not asked for.
        """
        led = {seat.unit_id for seat in self.leaders}
        keepers = [each for each in self.users if self.units[each.pk] & led and not is_department(each)]
        return {
            key: {pk for (pk,) in found} for key, found in of_each(keepers, kept_bloc_years, "pk").items()
        }

    @cached_property
    def handovers(self):
        """[(bloc-year, units that give it, units that take it)] of open ones whose next leader is named."""
        named = defaultdict(dict)  # {bloc: {bloc-year: units}}
        for seat in self.leaders:
            named[seat.bloc_year.bloc_id].setdefault(seat.bloc_year, set()).add(seat.unit_id)
        done = set(Handover.objects.filter(completed_on__isnull=False).values_list("bloc_year", flat=True))
        in_order = [sorted(years, key=lambda each: each.year.first_day) for years in named.values()]
        return [
            (given, named[given.bloc_id][given], named[given.bloc_id][taken])
            for years in in_order
            for given, taken in zip(years, years[1:], strict=False)
            if not (given.pk in done or given.closed_on)
        ]

    @cached_property
    def bloc_years(self):
        """The open years of blocs in which any of the units sit, or which anybody keeps, newest first."""
        if not self.units_of_all:
            return []
        is_own = Q(pk__in=Seat.objects.filter(unit__in=self.units_of_all).values("bloc_year"))
        if kept := set().union(*self.kept.values()):
            seated = Seat.objects.filter(unit__isnull=False).values("bloc_year")
            is_own |= Q(pk__in=kept) & Q(pk__in=seated)
        found = BlocYear.objects.filter(is_own, closed_on=None)
        return list(_with_seats(found))

    @cached_property
    def seated(self):
        """[(bloc-year, keys of the units that sit in it at any time of it)]."""
        return [(each, {seat.unit_id for seat in each.seats.all()} - {None}) for each in self.bloc_years]

    @cached_property
    def timelines(self):
        """Those of these bloc-years."""
        return Timelines(self.bloc_years, self.users)

    @cached_property
    def of_all(self):
        """{year with dates: those of its blocs' years if they are not all closed}, newest first."""
        dated = Phase.objects.filter(bloc_year__isnull=True)
        by_year = defaultdict(list)
        for each in _with_seats(BlocYear.objects.filter(closed_on=None, year__in=dated.values("year"))):
            by_year[each.year].append(each)
        return by_year

    @cached_property
    def timelines_of_all(self):
        """Those of all these blocs, for the department."""
        bloc_years = [each for found in self.of_all.values() for each in found]
        return Timelines(bloc_years, [each for each in self.users if is_department(each)])


class Work:
    """The year's work of one person, of what was read for some together."""

    def __init__(self, user, shared):
        self.user = user
        self._shared = shared

    @property
    def units(self):
        """The keys of the units whose emulation work the person does."""
        return self._shared.units[self.user.pk]

    @property
    def kept(self):
        """The keys of the bloc-years that the person keeps; none for the department, which keeps all."""
        return self._shared.kept.get(self.user.pk, set())

    @cached_property
    def bloc_years(self):
        """The open years of the blocs in which these units sit, or which they keep, newest first."""
        if not self.units:
            return []
        known = self._shared.seated
        return [each for each, seated in known if seated & self.units or (seated and each.pk in self.kept)]

    @property
    def handovers(self):
        """[(bloc-year, whether the units take it)] of those in which these units give or take a bloc."""
        return [
            (bloc_year, bool(self.units & takers))
            for bloc_year, givers, takers in (self._shared.handovers if self.units else [])
            if self.units & (givers | takers) and not givers & takers
        ]

    @cached_property
    def steps(self):
        """{bloc-year key: its timeline}."""
        return {each.pk: self._shared.timelines.of(each, self.user) for each in self.bloc_years}

    @cached_property
    def boards(self):
        """For staff, [(year, its board)] of the years with dates whose blocs are not all closed."""
        return [
            (
                year,
                Board(found, {each.pk: self._shared.timelines_of_all.of(each, self.user) for each in found}),
            )
            for year, found in self._shared.of_all.items()
        ]


def works_of(users):
    """{user key: the year's work of each}, read for all of them together.

    It is kept with each instance of a user for the day, like the standing.
    """
    today = timezone.localdate()
    unread = [each for each in users if getattr(each, "_work", (None,))[0] != today]
    shared = SharedWork(unread)
    for each in unread:
        each._work = (today, Work(each, shared))
    return {each.pk: each._work[1] for each in users}


def own(user):
    """The year's work of one person."""
    return works_of([user])[user.pk]


def _units_of(user):
    return {each.unit_id for each in user.standing().posts if each.role in MINE}


def _with_seats(bloc_years):
    known = bloc_years.select_related("year", "bloc").prefetch_related(seats_with_units())
    return known.order_by("-year__first_day", "bloc__place", "pk")
