"""Acts of this app: one verb, one function, one journal entry. Each stands in the room of its matter."""

from campaigns.desk.actions import log_call, send_reminders
from campaigns.handovers.actions import complete_handover
from campaigns.meetings.actions.meetings import (
    conclude,
    invite,
    note_attendance,
    note_outcomes,
    note_reply,
    note_statement,
    plan_meeting,
    record_meeting,
)
from campaigns.meetings.actions.tasks import finish_task, reopen_task
from campaigns.pledges.actions import sign_pledge
from campaigns.years.actions.accounts import make_trial_accounts
from campaigns.years.actions.elections import open_next_year, record_election
from campaigns.years.actions.members import join_bloc, leave_bloc, reorganise
from campaigns.years.actions.openings import open_year
from campaigns.years.actions.phases import extend_phase, set_phases
from campaigns.years.actions.years import close_bloc_year, record_plan

__all__ = [
    "close_bloc_year",
    "complete_handover",
    "conclude",
    "extend_phase",
    "finish_task",
    "invite",
    "join_bloc",
    "leave_bloc",
    "log_call",
    "make_trial_accounts",
    "note_attendance",
    "note_outcomes",
    "note_reply",
    "note_statement",
    "open_next_year",
    "open_year",
    "plan_meeting",
    "record_election",
    "record_meeting",
    "record_plan",
    "reopen_task",
    "reorganise",
    "send_reminders",
    "set_phases",
    "sign_pledge",
]
