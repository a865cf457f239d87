"""What is known of a bloc's scores, gathered for its papers in a constant number of queries."""

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from blocs.models import User
from campaigns.models import BlocYear, Seat
from campaigns.scores.criteria.chosen import WITH_SET, chosen_set
from campaigns.scores.models import (
    Explanation,
    Inspection,
    KnownResult,
    Ranking,
    Reopening,
    Score,
    ScoreSheet,
    Tier,
)
from campaigns.scores.scoring.rounding import rounded
from campaigns.scores.sheets.counting import scores_of
from reports.blocks import Figure
from reports.documents.facts import Facts

State = Ranking.State
RELATED = ("year", "bloc", "organiser", WITH_SET)


@dataclass
class ScoreFacts(Facts):
    """A bloc's year and its scores as far as a reader may see them; without a reader as far as they count."""

    reader: User | None = None
    with_drafts: bool = True

    @classmethod
    def of(cls, bloc_year, reader=None, *, with_drafts=True):
        """The facts of a bloc-year; without drafts a ranking is none before it is released."""
        return cls(BlocYear.objects.select_related(*RELATED).get(pk=bloc_year.pk), reader, with_drafts)

    @classmethod
    def beside(cls, facts, *, with_drafts=True):
        """The scores of the year that other facts tell of: what those have found is not asked for again."""
        found = cls(facts.bloc_year, with_drafts=with_drafts)
        found.root, found.seats = facts.root, facts.seats
        return found

    def seen(self, model):
        """The rows of a model that the reader may see."""
        return model.objects.visible_to(self.reader) if self.reader else model.objects.all()

    @cached_property
    def scores(self):
        """The sheets with their scores and the plan."""
        return scores_of([self.bloc_year], self.seen(ScoreSheet))[self.bloc_year.pk]

    @property
    def plan(self):
        return self.scores.plan

    @property
    def criteria_set(self):
        return chosen_set(self.bloc_year)

    @cached_property
    def units(self):
        """The units of the bloc in the decree's order, each once whatever its seats."""
        seated = dict.fromkeys(seat.unit for seat in self.members)
        return sorted(seated, key=lambda unit: (unit.place(self.day), unit.pk))

    @cached_property
    def ranking(self):
        """The ranking in force; else the draft of it, for whom it is open; None where there is none."""
        states = [State.RELEASED, *([State.DRAFT] if self.with_drafts else [])]
        known = self.seen(Ranking).filter(bloc_year=self.bloc_year, state__in=states)
        return max(known, key=lambda each: (each.state == State.RELEASED, each.pk), default=None)

    @property
    def rank_of(self):
        """{unit key: its row} of the ranking."""
        return {row["unit"]: row for row in self.ranking.rows} if self.ranking else {}

    @cached_property
    def known_results(self):
        """What is known of a year whose scores by criterion are not, in the order of places and totals."""
        known = self.seen(KnownResult).filter(bloc_year=self.bloc_year).select_related("unit")
        return sorted(
            known.prefetch_related("unit__states"),
            key=lambda each: (
                each.rank or len(self.units) + 1,
                -(each.total or 0),
                each.unit.place(self.day),
            ),
        )

    def points(self, value):
        """Points as a figure with the decimals of the set; None stays empty."""
        if value is None:
            return None
        return Figure(rounded(value, self.plan.digits if self.plan else 2))


@dataclass
class UnitFacts(ScoreFacts):
    """The same of one unit, as its sheet says it."""

    seat: Seat | None = None

    @classmethod
    def of(cls, seat, reader):
        """The facts of a unit's seat."""
        bloc_year = BlocYear.objects.select_related(*RELATED).get(pk=seat.bloc_year_id)
        return cls(bloc_year, reader, seat=seat)

    @property
    def unit(self):
        return self.seat.unit

    @cached_property
    def sheets(self):
        """[(sheet, {criterion key: result})] of what counts, in the order of the tiers."""
        found = [(each, self.scores.counted(each)) for each in self.scores.sheets_of[self.unit.pk]]
        return [(sheet, results) for sheet, results in found if results]

    @cached_property
    def inspection(self):
        """The sitting of the team with the unit, or None."""
        known = Inspection.objects.filter(bloc_year=self.bloc_year, unit=self.unit)
        return known.prefetch_related("members__unit__states").first()

    def reason(self, sheet, key):
        """Why a figure that counts differs, as the sheet says, or as its last version does."""
        if sheet.counts:
            return self.scores.scores[sheet.pk][key].reason_words
        kept = next(row for row in self.scores.versions[sheet.pk].scores if row["key"] == key)
        return Score(reason_code=kept["reason_code"], reason=kept["reason"]).reason_words

    @cached_property
    def explanations(self):
        """Questions about released figures and their answers."""
        known = self.seen(Explanation).filter(
            sheet__bloc_year=self.bloc_year, sheet__unit=self.unit, sheet__in=self.scores.sheets
        )
        return list(known.select_related("criterion").order_by("asked_at", "pk"))

    @cached_property
    def reopened(self):
        """The newest running reopening of the unit's scores, or None."""
        known = Reopening.objects.filter(bloc_year=self.bloc_year, units=self.unit)
        return known.filter(last_day__gte=timezone.localdate()).order_by("-pk").first()


@dataclass
class InspectionFacts(ScoreFacts):
    """A team's sitting with a unit: what the unit gave itself, what was agreed."""

    inspection: Inspection | None = None

    @classmethod
    def of(cls, inspection):
        """The facts of a sitting."""
        bloc_year = BlocYear.objects.select_related(*RELATED).get(pk=inspection.bloc_year_id)
        return cls(bloc_year, inspection=inspection)

    @property
    def day(self):
        return self.inspection.day or super().day

    @property
    def year_of_signing(self):
        return self.inspection.day.year if self.inspection.day else None

    @property
    def unit(self):
        return self.inspection.unit

    @cached_property
    def people(self):
        """Who sat there, both sides."""
        return list(self.inspection.members.select_related("unit").prefetch_related("unit__states"))

    def side(self, side):
        return [each for each in self.people if each.side == side]

    @cached_property
    def own(self):
        """The unit's own sheet, or None."""
        return self.scores.sheet(self.unit.pk, Tier.SELF)

    @cached_property
    def checked(self):
        """The sheet of the sitting, or None."""
        return self.scores.sheet(self.unit.pk, Tier.CHECK)

    def results(self, sheet):
        """{criterion key: result} of one of the two, also while it is open."""
        return self.scores.results_of(sheet) if sheet else {}

    @property
    def deviations(self):
        """[(criterion, self, check, reason)] where the points agreed are not those the unit gave itself."""
        own, checked = self.results(self.own), self.results(self.checked)
        return [
            (criterion, own.get(key), result, self.scores.scores[self.checked.pk][key].reason_words)
            for key, criterion in self.plan.criteria.items()
            if (result := checked.get(key)) is not None and (own.get(key) is None or differ(own[key], result))
        ]


def differ(one, other):
    """Whether two results give different points."""
    return (one.points, one.not_applicable) != (other.points, other.not_applicable)
