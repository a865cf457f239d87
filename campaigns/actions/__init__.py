"""Acts of this app: one verb, one function, one journal entry."""

from campaigns.actions.accounts import make_trial_accounts
from campaigns.actions.elections import open_next_year, record_election
from campaigns.actions.handovers import complete_handover
from campaigns.actions.meetings import (
    conclude,
    invite,
    note_attendance,
    note_outcomes,
    note_reply,
    note_statement,
    plan_meeting,
    record_meeting,
)
from campaigns.actions.phases import extend_phase, set_phases
from campaigns.actions.pledges import sign_pledge
from campaigns.actions.reminders import log_call, send_reminders
from campaigns.actions.tasks import finish_task, reopen_task
from campaigns.actions.years import close_bloc_year, record_plan

__all__ = [
    "close_bloc_year",
    "complete_handover",
    "conclude",
    "extend_phase",
    "finish_task",
    "invite",
    "log_call",
    "make_trial_accounts",
    "note_attendance",
    "note_outcomes",
    "note_reply",
    "note_statement",
    "open_next_year",
    "plan_meeting",
    "record_election",
    "record_meeting",
    "record_plan",
    "reopen_task",
    "send_reminders",
    "set_phases",
    "sign_pledge",
]
