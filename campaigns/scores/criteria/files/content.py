"""What a set of criteria says, apart from the database: the plan and what stands beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from campaigns.scores.scoring.plan import Plan


@dataclass(frozen=True)
class Beside:
    """What a section or criterion says that gives no points: who assesses it, whether evidence is needed."""

    assessor: str = ""
    needs_evidence: bool = False
    note: str = ""


@dataclass(frozen=True)
class Content:
    """A whole set: its plan, {key of a section or criterion: what stands beside it}, and its own fields.

    `beside` leaves out those that say nothing.
    """

    plan: Plan
    beside: Mapping[str, Beside] = field(default_factory=dict)
    check_mode: str = "sitting"
    checkers: int = 1
    reference: str = ""
    issued_on: date | None = None
    note: str = ""
