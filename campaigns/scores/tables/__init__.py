"""Scores of a whole bloc side by side: overview, grid, differences."""
