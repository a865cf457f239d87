"""Scores: from the criteria of a year to the ranking of a bloc."""
