"""Acts of this app: one verb, one function, one journal entry."""

from campaigns.actions.accounts import make_trial_accounts
from campaigns.actions.handovers import complete_handover
from campaigns.actions.phases import extend_phase, set_phases
from campaigns.actions.reminders import log_call, send_reminders
from campaigns.actions.years import close_bloc_year, record_plan

__all__ = [
    "close_bloc_year",
    "complete_handover",
    "extend_phase",
    "log_call",
    "make_trial_accounts",
    "record_plan",
    "send_reminders",
    "set_phases",
]
