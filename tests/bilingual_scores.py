"""The scores of a bloc's year for the reader of two languages: every word of data begins with Zq."""

from datetime import date

from django.utils import timezone

from campaigns.models import Phase
from campaigns.scores import actions
from campaigns.scores.criteria.files import shipped
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.criteria.words import conditions_in_words, in_words
from campaigns.scores.models import CriteriaSet, Inspection, Ranking, Score
from campaigns.scores.scoring.ranking import in_words as ties_in_words
from campaigns.scores.sheets.filling import Row
from tests import factories as make
from tests.factories.year import choose

LAST_DAY = date(2099, 12, 31)
TIE_BREAKS = [{"kind": "section", "section": "a"}, {"kind": "fewer-deductions"}]


class Scores:
    """Three units of a world's bloc: one has scored itself, one was checked, the leading one has begun."""

    def __init__(self, world):
        self.world, self.bloc_year = world, world.bloc_year
        for kind in ("scoring", "check", "explanation", "conference"):
            reason = {"last_day": LAST_DAY, "reason": "ZqReason"}
            make.PhaseFactory(bloc_year=self.bloc_year, kind=Phase.Kind(kind), **reason)
        self.criteria_set = self.criteria(bloc=self.bloc_year.bloc)
        self.draft = self.criteria(freeze=False)
        choose(self.bloc_year, self.criteria_set)
        self.amended = self.version()
        self.checked = world.unit("ZqChecked")
        make.SeatFactory(bloc_year=self.bloc_year, unit=self.checked)
        make.SeatFactory(bloc_year=self.bloc_year, unit=world.unit("ZqLate"), first_day=date(2020, 7, 1))
        self.checked_officer = make.user_with("officer", self.checked, title="ZqPost")
        self.checked_officer.person.full_name = "ZqChecking"
        self.checked_officer.person.save()
        self.sheets()
        self.across()
        make.KnownResultFactory(bloc_year=world.following, unit=world.member, note="ZqNote")
        self.ranking = actions.make_ranking(bloc_year=self.bloc_year, by=world.staff)

    def across(self):
        """The year after, in which units check one another."""
        following = self.world.following
        choose(following, self.criteria(year=following.year, check_mode="async"))
        for unit in (self.world.leader, self.checked):
            make.SeatFactory(bloc_year=following, unit=unit)
        actions.assign_checks(bloc_year=following, by=self.world.staff)

    def criteria(self, freeze=True, **fields):
        """A small set of which no word is Vietnamese but what its measures are called in print."""
        shared = {"name": "ZqSet", "tie_breaks": TIE_BREAKS, "reference": "ZqPaper", **fields}
        criteria_set = make.draft_set(**{"year": self.bloc_year.year, **shared})
        for section in criteria_set.sections.all():
            section.title, section.code = f"Zq{section.key}", f"Zq{section.code}"
            section.assessor = "ZqAssessor"
            section.save()
        for criterion in criteria_set.criteria.all():
            criterion.text = "ZqCriterion"
            criterion.save()
            for measure in criterion.measures.all():
                settings = measure.settings
                measure.settings = settings | ({"unit": "zqunit"} if "unit" in settings else {})
                for each in measure.settings.get("grades", ()):
                    each["label"] = f"Zq{each['grade']}"
                measure.text = "ZqMeasure"
                measure.save()
        if freeze:
            criteria_set.frozen_on = criteria_set.year.first_day
            criteria_set.move_to("frozen")
        return criteria_set

    def version(self):
        """The next version of the bloc's set, a draft in which each part of one criterion has changed."""
        amended = actions.begin_version(
            criteria_set=self.criteria_set, reason="ZqReason", by=self.world.staff
        )
        criterion = amended.criteria.get(key="a1")
        criterion.text, criterion.needs_evidence, criterion.may_be_not_applicable = "ZqChanged", False, True
        criterion.save()
        criterion.measures.update(text="ZqChanged", cap=30, settings={"plan": "50"})
        amended.criteria.get(key="b3").delete()
        return amended

    def sheets(self):
        world = self.world
        self.own = self.sent(world.member, world.officer)
        checked = self.sent(self.checked, self.checked_officer)
        self.begun = self.score(world.leader, "self", world.secretary, complete=False)
        self.inspection = make.InspectionFactory(
            bloc_year=self.bloc_year,
            unit=world.member,
            day=timezone.localdate(),
            team_name="ZqTeam",
            place_name="ZqPlace",
        )
        told = {"name": "ZqName", "title": "ZqPost", "unit": world.leader}
        make.InspectionMemberFactory(inspection=self.inspection, side="team", **told)
        self.check = self.score(self.checked, "check", world.staff, figures={"a2": {"loai": {"grade": "C"}}})
        actions.release_sheet(sheet=self.check, by=world.staff)
        self.check.refresh_from_db()
        criterion = self.criteria_set.criteria.get(key="a2")
        ask = {"criterion": criterion, "question": "ZqQuestion", "by": self.checked_officer}
        self.explanation = actions.ask_explanation(sheet=self.check, **ask)
        points = [(criterion, "ZqWrong")]
        due = {"due": LAST_DAY, "reason": "ZqReason"}
        actions.return_sheet(sheet=checked, points=points, by=world.staff, **due)

    def score(self, unit, tier, by, complete=True, figures=None):
        sheet = actions.begin_sheet(bloc_year=self.bloc_year, unit=unit, tier=tier, by=by)
        figures = make.FIGURES | (figures or {})
        keys = list(figures) if complete else ["a1", "a2"]
        found = {each.key: each for each in self.criteria_set.criteria.all()}
        rows = [Row(found[key], figures=figures[key], grounds="ZqGrounds") for key in keys]
        actions.save_scores(sheet=sheet, rows=rows, by=by)
        sheet.refresh_from_db()
        return sheet

    def sent(self, unit, officer):
        """The unit's own sheet, with evidence, sent and received."""
        sheet = self.score(unit, "self", officer)
        criterion = self.criteria_set.criteria.get(key="a1")
        make.EvidenceFactory(sheet=sheet, criterion=criterion, file_name="zq.pdf")
        make.EvidenceFactory(sheet=sheet, criterion=criterion, kind="text", file=None, text="ZqText")
        actions.send_sheet(sheet=sheet, by=officer)
        return actions.open_sheet(sheet=sheet, by=self.world.staff)


def printed():
    """What is kept and printed in Vietnamese.

    Workings, how measures give points, why a unit has no rank, what a team is called, names of ready sets.
    """
    found = {line for each in Score.objects.all() for line in each.working.splitlines()}
    found |= {Inspection().team_name} | {each.content.plan.name for each in shipped()}
    for criteria_set in CriteriaSet.objects.all():
        plan = plan_of(criteria_set)
        found.add(ties_in_words(plan.tie_breaks, plan))
        for criterion in plan.criteria.values():
            for measure in criterion.measures:
                found |= {in_words(measure, criterion), conditions_in_words(measure, criterion)}
    for ranking in Ranking.objects.all():
        found |= {row["out"] for row in ranking.rows} | {row["stay"] for row in ranking.rows}
        found |= {row["decided_by"] for row in ranking.rows} | {ranking.tie_words}
        found |= set(ranking.provisional_reason.splitlines())
    return sorted(found - {""}, key=len, reverse=True)
