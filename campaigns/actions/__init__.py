"""Acts of this app: one verb, one function, one journal entry."""

from campaigns.actions.accounts import make_trial_accounts
from campaigns.actions.years import close_bloc_year

__all__ = ["close_bloc_year", "make_trial_accounts"]
