"""Acts on sets of criteria: drafts, freezing, versions, which bloc uses which."""

from campaigns.actions.criteria.sets import choose_criteria, freeze, move_part, start_set, write_parts
from campaigns.actions.criteria.versions import adopt_version, begin_version

__all__ = [
    "adopt_version",
    "begin_version",
    "choose_criteria",
    "freeze",
    "move_part",
    "start_set",
    "write_parts",
]
