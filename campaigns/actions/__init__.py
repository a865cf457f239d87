"""Acts of this app: one verb, one function, one journal entry."""

from campaigns.actions.accounts import make_trial_accounts
from campaigns.actions.checks import assign_checks, conclude_inspection, plan_inspections, withdraw_checks
from campaigns.actions.criteria import (
    adopt_version,
    begin_version,
    choose_criteria,
    freeze,
    move_part,
    start_set,
    write_parts,
)
from campaigns.actions.elections import open_next_year, record_election
from campaigns.actions.evidence import add_evidence, remove_evidence
from campaigns.actions.explanations import answer_explanation, ask_explanation
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
from campaigns.actions.members import join_bloc, leave_bloc, reorganise
from campaigns.actions.openings import open_year
from campaigns.actions.phases import extend_phase, set_phases
from campaigns.actions.pledges import sign_pledge
from campaigns.actions.rankings import make_ranking, rank_part_year, release_ranking, settle_tie
from campaigns.actions.releases import (
    confirm_scores,
    release_sheet,
    release_tier,
    reopen_scores,
    reopen_sheet,
)
from campaigns.actions.reminders import log_call, send_reminders
from campaigns.actions.sending import close_correction, open_sheet, recall_sheet, return_sheet, send_sheet
from campaigns.actions.sheets import begin_sheet, save_score, save_scores
from campaigns.actions.tasks import finish_task, reopen_task
from campaigns.actions.years import close_bloc_year, record_plan

__all__ = [
    "add_evidence",
    "adopt_version",
    "answer_explanation",
    "ask_explanation",
    "assign_checks",
    "begin_sheet",
    "begin_version",
    "choose_criteria",
    "close_bloc_year",
    "close_correction",
    "complete_handover",
    "conclude",
    "conclude_inspection",
    "confirm_scores",
    "extend_phase",
    "finish_task",
    "freeze",
    "invite",
    "join_bloc",
    "leave_bloc",
    "log_call",
    "make_ranking",
    "make_trial_accounts",
    "move_part",
    "note_attendance",
    "note_outcomes",
    "note_reply",
    "note_statement",
    "open_next_year",
    "open_year",
    "open_sheet",
    "plan_inspections",
    "plan_meeting",
    "rank_part_year",
    "recall_sheet",
    "record_election",
    "record_meeting",
    "record_plan",
    "release_ranking",
    "release_sheet",
    "release_tier",
    "remove_evidence",
    "reopen_scores",
    "reopen_sheet",
    "reopen_task",
    "reorganise",
    "return_sheet",
    "save_score",
    "save_scores",
    "send_reminders",
    "send_sheet",
    "set_phases",
    "settle_tie",
    "sign_pledge",
    "start_set",
    "withdraw_checks",
    "write_parts",
]
