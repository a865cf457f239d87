"""Acts on scores: one verb, one function, one journal entry. Each stands in the room of its matter."""

from campaigns.scores.checks.actions import (
    assign_checks,
    conclude_inspection,
    plan_inspections,
    withdraw_checks,
)
from campaigns.scores.criteria.actions import (
    adopt_version,
    begin_version,
    choose_criteria,
    freeze,
    move_part,
    start_set,
    write_parts,
)
from campaigns.scores.rankings.actions import make_ranking, rank_part_year, release_ranking, settle_tie
from campaigns.scores.sheets.actions.evidence import add_evidence, remove_evidence
from campaigns.scores.sheets.actions.explanations import answer_explanation, ask_explanation
from campaigns.scores.sheets.actions.releases import (
    confirm_scores,
    release_sheet,
    release_tier,
    reopen_scores,
    reopen_sheet,
)
from campaigns.scores.sheets.actions.sending import (
    close_correction,
    open_sheet,
    recall_sheet,
    return_sheet,
    send_sheet,
)
from campaigns.scores.sheets.actions.sheets import begin_sheet, save_score, save_scores

__all__ = [
    "add_evidence",
    "adopt_version",
    "answer_explanation",
    "ask_explanation",
    "assign_checks",
    "begin_sheet",
    "begin_version",
    "choose_criteria",
    "close_correction",
    "conclude_inspection",
    "confirm_scores",
    "freeze",
    "make_ranking",
    "move_part",
    "open_sheet",
    "plan_inspections",
    "rank_part_year",
    "recall_sheet",
    "release_ranking",
    "release_sheet",
    "release_tier",
    "remove_evidence",
    "reopen_scores",
    "reopen_sheet",
    "return_sheet",
    "save_score",
    "save_scores",
    "send_sheet",
    "settle_tie",
    "start_set",
    "withdraw_checks",
    "write_parts",
]
