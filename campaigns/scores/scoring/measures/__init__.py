"""Measures: the ways in which points come about. KINDS has them all by their codes."""

from campaigns.scores.scoring.measures import answers, bands, cases, lateness, ratios
from campaigns.scores.scoring.measures.kind import KINDS

__all__ = ["KINDS", "answers", "bands", "cases", "lateness", "ratios"]
