"""Acts on sets of criteria: drafts, freezing, versions, which bloc uses which."""

from campaigns.scores.criteria.actions.sets import choose_criteria, freeze, move_part, start_set, write_parts
from campaigns.scores.criteria.actions.versions import adopt_version, begin_version

__all__ = [
    "adopt_version",
    "begin_version",
    "choose_criteria",
    "freeze",
    "move_part",
    "start_set",
    "write_parts",
]
