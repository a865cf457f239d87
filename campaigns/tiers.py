"""The tiers of a set: which of them score anything."""

from campaigns.models import Tier
from campaigns.scoring.plan import of_tier


def tiers_of_set(plan):
    """The tiers that score any of a plan's criteria, in their order."""
    return [tier for tier in Tier if of_tier(plan, tier).sections]
