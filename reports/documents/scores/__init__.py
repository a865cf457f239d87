"""The papers of a bloc's scores: its table, a unit's sheet, the minutes of a sitting, the ranking."""

from reports.documents.scores.minutes import INSPECTION, INSPECTION_COPIES
from reports.documents.scores.ranking import RANKING
from reports.documents.scores.sheet import SHEET
from reports.documents.scores.table import SCORE_TABLE

__all__ = ["INSPECTION", "INSPECTION_COPIES", "RANKING", "SCORE_PAPERS", "SCORE_TABLE", "SHEET"]

SCORE_PAPERS = (SCORE_TABLE, SHEET, INSPECTION, INSPECTION_COPIES, RANKING)
