"""Scores of a bloc whose data could leak: sheets of every tier in each state, and who sees which of them."""

from django.utils import timezone

from campaigns.scores import models as scores
from tests import factories as make
from tests.factories.year import choose

# {label: (unit that is scored, what its sheet is)}
SHEETS = {
    "own draft": ("member", {}),
    "sent": ("both", {"state": "sent", "sent_at": True}),
    "sitting": ("member", {"tier": "check"}),
    "checked": ("both", {"tier": "check", "state": "released"}),
    "across": ("member", {"tier": "check", "checker": "both"}),
    "leader draft": ("member", {"tier": "leader"}),
    "reopened": ("member", {"tier": "conference", "number": 1}),
    "department draft": ("member", {"tier": "department"}),
    "department paper": ("both", {"tier": "department", "from_paper": True}),
    "department released": ("leader", {"tier": "department", "state": "released"}),
}
# Only what was sent or released has a version; what was given across was released before it was opened again.
VERSIONS = {"sent", "checked", "across", "reopened", "department released"}

OF_SHEET = [
    scores.ScoreSheet,
    scores.Score,
    scores.Correction,
    scores.CorrectionPoint,
    scores.Evidence,
]
OF_SET = [
    scores.CriteriaSet,
    scores.CriteriaSection,
    scores.Criterion,
    scores.Measure,
]
# What does not follow the bloc-year alone.
SCORING = [
    *OF_SHEET,
    *OF_SET,
    scores.CorrectedScore,
    scores.SheetVersion,
    scores.Explanation,
    scores.ChosenCriteria,
    scores.Inspection,
    scores.InspectionMember,
    scores.CheckAssignment,
    scores.Reopening,
    scores.Ranking,
]

SEES_SHEETS = {
    "leader": {"sent", "sitting", "checked", "leader draft", "reopened", "department released"},
    "member": {"own draft"},
    "both": {"sent", "checked", "across", "sitting"},
}
ONCE_RANKED = {"sent", "checked", "department released"}
# A unit keeps reading what was released to it, also while the sheet is open again; but what was given across,
# only while all who check it have released.
READS_VERSIONS = {
    "leader": {"sent", "checked", "reopened", "department released"},
    "member": {"reopened"},
    "both": {"sent", "checked", "across"},
}
# What is corrected is read by the unit alone that corrects it, until it is sent.
CORRECTS = {who: {label for label, (unit, _values) in SHEETS.items() if unit == who} for who in SEES_SHEETS}
SEES_EXPLANATIONS = {
    "leader": set(SHEETS) - {"department draft", "department paper"},
    "member": {label for label, (unit, _values) in SHEETS.items() if unit == "member"},
    "both": {"sent", "checked", "department paper", "across", "sitting"},
}
RANKED = "b"  # the bloc whose ranking is released


def lay_scores(world, name, bloc_year):
    """Criteria, sheets of every tier, checks and a ranking in a bloc's year."""
    units = {who: world.units[f"{who} {name}"] for who in ("leader", "member")} | {
        "both": world.units["both"]
    }
    criterion = _criteria(world, name, bloc_year)
    choose(bloc_year, criterion.criteria_set)
    world.keep(name, bloc_year.chosen_criteria)
    for label, (unit, values) in SHEETS.items():
        _sheet(world, f"{label} {name}", bloc_year, units, criterion, unit=unit, **values)
    inspection = make.InspectionFactory(bloc_year=bloc_year, unit=units["member"])
    world.keep(name, inspection)
    world.keep(name, make.InspectionMemberFactory(inspection=inspection, side="unit"))
    world.keep(name, make.InspectionMemberFactory(inspection=inspection, unit=units["both"]))
    world.keep(
        name,
        make.CheckAssignmentFactory(bloc_year=bloc_year, unit=units["member"], checker=units["both"]),
    )
    world.keep(name, make.ReopeningFactory(bloc_year=bloc_year, units=[units["member"]]))
    world.keep(name, make.KnownResultFactory(bloc_year=bloc_year, unit=units["member"]))
    world.keep(f"ranking {name}", make.RankingFactory(bloc_year=bloc_year))
    if name == RANKED:
        released = make.RankingFactory(
            bloc_year=bloc_year, number=2, state="released", released_at=timezone.now()
        )
        world.keep(f"released {name}", released)


def _criteria(world, name, bloc_year):
    """The bloc's own set with a part of each kind; sets of others in the same year; a set for all blocs."""
    section = make.CriteriaSectionFactory(
        criteria_set__bloc=bloc_year.bloc, criteria_set__year=bloc_year.year
    )
    criterion = make.CriterionFactory(section=section)
    for row in (section.criteria_set, section, criterion, make.MeasureFactory(criterion=criterion)):
        world.keep(name, row)
    other = make.EmulationYearFactory(code="2021" if name == "a" else "2020")
    sets = {
        f"shared {name}": {"year": bloc_year.year, "state": "frozen", "frozen_on": timezone.localdate()},
        f"shared draft {name}": {"year": bloc_year.year},
        f"other year {name}": {"year": other, "bloc": bloc_year.bloc},
    }
    for label, values in sets.items():
        world.keep(label, make.CriteriaSetFactory(**values))
    return criterion


def _sheet(world, label, bloc_year, units, criterion, *, unit, state="draft", **values):
    """A sheet with all its parts, then moved to its state: a released one takes no score any more."""
    values |= {"sent_at": timezone.now()} if "sent_at" in values else {}
    values |= {"checker": units[values["checker"]]} if "checker" in values else {}
    sheet = make.ScoreSheetFactory(
        bloc_year=bloc_year, unit=units[unit], criteria_set=criterion.criteria_set, **values
    )
    correction = make.CorrectionFactory(sheet=sheet)
    parts = [
        sheet,
        correction,
        make.ScoreFactory(sheet=sheet, criterion=criterion),
        make.CorrectedScoreFactory(sheet=sheet, criterion=criterion),
        make.EvidenceFactory(sheet=sheet, criterion=criterion),
        make.ExplanationFactory(sheet=sheet, criterion=criterion),
        make.CorrectionPointFactory(correction=correction, criterion=criterion),
    ]
    if label.rpartition(" ")[0] in VERSIONS:
        parts.append(make.SheetVersionFactory(sheet=sheet))
    for row in parts:
        world.keep(label, row)
    if state == "released":
        values = {"released_at": timezone.now(), "number": 1}
        scores.ScoreSheet.objects.filter(pk=sheet.pk).update(state=state, **values)
    elif state != "draft":
        scores.ScoreSheet.objects.filter(pk=sheet.pk).update(state=state)


def of_scores(who, *names):
    """What a unit sees of the scores of the blocs in which it sits as leader, member or member of both."""

    def labels(table, ranked=frozenset()):
        return {
            f"{label} {name}"
            for name in names
            for label in table[who] | (ranked if name == RANKED else set())
        }

    seen = dict.fromkeys(OF_SHEET, labels(SEES_SHEETS, ONCE_RANKED))
    seen |= dict.fromkeys(OF_SET, set(names))
    seen |= {
        scores.CriteriaSet: {*names, *(f"shared {name}" for name in names)},
        scores.CorrectedScore: labels(CORRECTS),
        scores.SheetVersion: labels(READS_VERSIONS, ONCE_RANKED),
        scores.Explanation: labels(SEES_EXPLANATIONS),
        scores.ChosenCriteria: set(names),
        scores.Inspection: set(names),
        scores.InspectionMember: set(names),
        scores.KnownResult: set(names),
    }
    rankings = {f"released {name}" for name in names if name == RANKED}
    if who == "leader":
        rankings |= {f"ranking {name}" for name in names}
    if rankings:
        seen[scores.Ranking] = rankings
    if who != "member":
        seen[scores.CheckAssignment] = set(names)
    if who != "both":
        seen[scores.Reopening] = set(names)
    return seen
