"""Scores: criteria, sheets, checks, corrections, evidence, rankings."""

from campaigns.scores.models.checks import CheckAssignment, Inspection, InspectionMember
from campaigns.scores.models.corrections import Correction, CorrectionPoint, Explanation, Reopening
from campaigns.scores.models.criteria import (
    ChosenCriteria,
    CriteriaSection,
    CriteriaSet,
    Criterion,
    Measure,
    Tier,
)
from campaigns.scores.models.evidence import Evidence
from campaigns.scores.models.rankings import KnownResult, Ranking
from campaigns.scores.models.sheets import CorrectedScore, Score, ScoreSheet, SheetVersion

__all__ = [
    "CheckAssignment",
    "ChosenCriteria",
    "Correction",
    "CorrectedScore",
    "CorrectionPoint",
    "CriteriaSection",
    "CriteriaSet",
    "Criterion",
    "Evidence",
    "Explanation",
    "Inspection",
    "InspectionMember",
    "KnownResult",
    "Measure",
    "Ranking",
    "Reopening",
    "Score",
    "ScoreSheet",
    "SheetVersion",
    "Tier",
]
