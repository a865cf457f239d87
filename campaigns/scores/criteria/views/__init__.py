"""The pages of a year's sets of criteria."""

from campaigns.scores.criteria.views import editing, sets, trying, versions

__all__ = ["editing", "sets", "trying", "versions"]
