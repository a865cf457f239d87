"""Measures: the ways in which points come about. KINDS has them all by their codes."""

from campaigns.scoring.measures import answers, bands, cases, lateness, ratios
from campaigns.scoring.measures.kind import KINDS

__all__ = ["KINDS", "answers", "bands", "cases", "lateness", "ratios"]
