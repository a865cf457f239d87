"""What is known of a bloc's year, gathered for its documents in a constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.urls import reverse

from awards.decisions.models import Exemplar
from awards.nominations.models import Nomination
from blocs.models import Unit, UnitKind
from campaigns.models import BlocYear, Campaign, Meeting, Observation, Seat, Statement
from campaigns.scores.criteria.chosen import WITH_SET
from reports.blocks import Figure, Rows


@dataclass
class Facts:
    """One bloc-year and everything its year-end documents say; names are those of the year's last day."""

    bloc_year: BlocYear

    @classmethod
    def of(cls, bloc_year):
        """The facts of a bloc-year."""
        related = BlocYear.objects.select_related("year", "bloc", "organiser", WITH_SET)
        return cls(related.get(pk=bloc_year.pk))

    @property
    def day(self):
        """The day whose names and rules speak: the last of the emulation year."""
        return self.bloc_year.year.last_day

    @property
    def year(self):
        return self.bloc_year.year.code

    @cached_property
    def next_year(self):
        """The code of the year that follows: the one that is known of this bloc, else counted on."""
        return self.successor.year.code if self.successor else self.bloc_year.year.next_code

    @property
    def year_of_signing(self):
        """The year printed while the day of signing is open: that of the conference, None while not known."""
        held = self.conference and self.conference.last_day
        return held.year if held else None

    @cached_property
    def root(self):
        return Unit.objects.prefetch_related("states__standing_department__states").get(is_root=True)

    @cached_property
    def standing_department(self):
        return self.root.state(self.day).standing_department

    @cached_property
    def seats(self):
        return self.bloc_year.seats_in_order()

    @cached_property
    def leader(self):
        """The leader's seat on the facts' day, or None while it is not known which unit holds it."""
        leaders = [seat for seat in self.seats if seat.role == Seat.Role.LEADER and seat.unit]
        return next((seat for seat in leaders if seat.holds_on(self.day)), next(iter(leaders), None))

    @property
    def letterhead_unit(self):
        """The unit named on a bloc's papers: the leader's, and who organises the bloc while none is known."""
        return self.leader.unit if self.leader else self.bloc_year.organiser

    @property
    def deputies(self):
        return [seat for seat in self.seats if seat.role == Seat.Role.DEPUTY and seat.unit]

    @property
    def bloc_word(self):
        """What the bloc calls itself within a sentence: "Khối", "Cụm"."""
        return self.bloc_year.word

    @property
    def leader_and_deputy(self):
        """The two labels of that year: "Khối trưởng, Khối phó"."""
        return f"{self.bloc_year.leader_label}, {self.bloc_year.deputy_label}"

    @property
    def members(self):
        """The seats of all units of the bloc, leader and deputies included."""
        return [seat for seat in self.seats if seat.unit]

    @property
    def member_count(self):
        """How many units the bloc has: what a source says, else as many as are listed."""
        return self.bloc_year.known_member_count or len(self.members)

    @property
    def lists_all_members(self):
        """Whether every unit that the bloc has is listed."""
        return len(self.members) == self.member_count

    @property
    def members_by_kind(self):
        """[(kind of unit in words, seats)] from the largest kind of unit to the smallest."""
        found = defaultdict(list)
        for seat in self.members:
            found[seat.unit.state(self.day).kind].append(seat)
        return [(each.label, found[each.code]) for each in UnitKind.objects.all() if each.code in found]

    @cached_property
    def observations(self):
        """{kind: observations in their order}."""
        found = defaultdict(list)
        for observation in self.bloc_year.observations.order_by("place", "pk"):
            found[observation.kind].append(observation)
        return found

    @cached_property
    def meetings(self):
        parts = ("agendaitems", "attendances", "statements")
        meetings = self.bloc_year.meetings.prefetch_related(*parts)
        return list(meetings.order_by("first_day", "pk"))

    @property
    def conference(self):
        """The year-end conference, or None."""
        return next((each for each in self.meetings if each.kind == Meeting.Kind.YEAR_END), None)

    @property
    def activities(self):
        """What the bloc did together besides its year-end conference."""
        return [each for each in self.meetings if each.kind != Meeting.Kind.YEAR_END]

    @property
    def requests(self):
        """What was asked for at the year-end conference, the direction of the higher rank first."""
        if self.conference is None:
            return []
        found = [each for each in self.conference.statements.all() if each.is_request]
        ranks = [Statement.Kind.DIRECTION, Statement.Kind.DEPARTMENT]
        return sorted(found, key=lambda each: ranks.index(each.kind) if each.kind in ranks else len(ranks))

    @cached_property
    def pledges(self):
        return list(self.bloc_year.pledges.prefetch_related("contents"))

    @cached_property
    def campaigns(self):
        """Campaigns of the ministry and of this bloc that run in this year or the next."""
        known = Campaign.objects.select_related("launched_by").prefetch_related("launched_by__states")
        own = [each.pk for each in (self.bloc_year, self.successor) if each]
        return [each for each in known if each.bloc_year_id is None or each.bloc_year_id in own]

    def campaigns_of(self, year):
        """Those of the campaigns whose period meets an emulation year."""
        return [
            each
            for each in self.campaigns
            if year and each.first_day <= year.last_day and each.last_day >= year.first_day
        ]

    @cached_property
    def nominations(self):
        """What the bloc proposes, high to low, with the dated names of the awards at hand."""
        known = Nomination.objects.filter(bloc_year=self.bloc_year).select_related("award", "unit", "person")
        return list(known.prefetch_related("award__names", "unit__states").in_print_order())

    @property
    def nominations_by_award(self):
        """[(award, nominations)] high to low."""
        return [(award, list(rows)) for award, rows in groupby(self.nominations, key=lambda each: each.award)]

    @cached_property
    def exemplars(self):
        known = Exemplar.objects.filter(bloc_year=self.bloc_year).select_related("unit", "person")
        return list(known.prefetch_related("unit__states").order_by("place", "pk"))

    def exemplars_of(self, kind):
        return [each for each in self.exemplars if each.kind == kind]

    @cached_property
    def successor(self):
        """The same bloc in the very next year, or None while nothing of it is known."""
        found = self.bloc_year.successor()
        _first, last = self.bloc_year.year.next_period
        return found if found and found.year.first_day <= last else None

    @cached_property
    def next_seats(self):
        """Leader and deputies elected for the next year; a unit may be empty: elected, not named."""
        if self.successor is None:
            return []
        return [seat for seat in self.successor.seats_in_order() if seat.role != Seat.Role.MEMBER]

    @property
    def way_to_lead(self):
        """How next year's leader is found: as that year says, while it is not known as this one does."""
        return (self.successor or self.bloc_year).leader_chosen_by

    @cached_property
    def next_pledge(self):
        """The pledge of the next year, or None."""
        return self.successor.pledges.prefetch_related("contents").first() if self.successor else None

    def address(self, name):
        """The page of this bloc-year with this name."""
        return reverse(name, args=[self.year, self.bloc_year.bloc.code])

    def counted(self, rows, address, unit=""):
        """How many rows there are, as a figure that opens to them."""
        rows = list(rows)
        model = rows[0]._meta.label_lower if rows else ""
        return Figure(len(rows), unit, Rows(model, tuple(each.pk for each in rows), address))


def entry_of(model, bloc_year, **values):
    """The admin's form where a row of a bloc-year is entered, with these values filled in."""
    query = "&".join(f"{name}={value}" for name, value in {"bloc_year": bloc_year.pk, **values}.items())
    return f"{reverse(f'admin:{model._meta.app_label}_{model._meta.model_name}_add')}?{query}"


def observation_entry(facts, kind):
    """Where an observation of this kind is entered."""
    return entry_of(Observation, facts.bloc_year, kind=kind, place=len(facts.observations[kind]) + 1)
