"""Nominations: the awards that are proposed, and for whom."""
