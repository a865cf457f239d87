"""Measures: the ways in which points come about. KINDS has them all by their codes."""

from campaigns.scores.scoring.measures import among, answers, bands, cases, lateness, ratios
from campaigns.scores.scoring.measures.kind import KINDS

__all__ = ["KINDS", "among", "answers", "bands", "cases", "lateness", "ratios"]
