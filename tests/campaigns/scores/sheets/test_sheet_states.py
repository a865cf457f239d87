"""Who may take which action on a sheet in which state: each row of the state table against one of ours."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from blocs.permissions import Refused
from campaigns.scores import actions
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import ScoreSheet
from campaigns.scores.states import SHEET
from tests.campaigns.scores.sheets.conftest import rows_of
from tests.factories import (
    CorrectionFactory,
    InspectionFactory,
    InspectionMemberFactory,
    PostFactory,
    ReopeningFactory,
    ScoreFactory,
    ScoreSheetFactory,
    SeatFactory,
    SheetVersionFactory,
    UserFactory,
    user_with,
)

OWN = {"own officer", "own secretary"}
LED = {"staff", "leader's secretary"}
NEXT_DESKS = LED | {"team's officer"}
ASKED = {"leader's secretary"}

# {(state, action): who may}, of a unit's own sheet to which nobody has asked a correction.
OWN_SHEET = {
    ("draft", "send"): OWN,
    ("sent", "recall"): OWN,
    ("sent", "recall_correction"): set(),
    ("sent", "open"): NEXT_DESKS,
    ("sent", "reopen"): LED,
    ("opened", "return"): NEXT_DESKS,
    ("opened", "reopen"): LED,
    ("returned", "send"): OWN,
    ("draft", "release"): set(),
    ("released", "reopen"): None,  # there is no such sheet
}
# Of one that the leader's unit has returned: only it reviews again.
CORRECTED_SHEET = OWN_SHEET | {
    ("sent", "recall"): set(),
    ("sent", "recall_correction"): OWN,
    ("sent", "open"): ASKED,
    ("opened", "return"): ASKED,
}
# Of one that the leader's unit recorded from paper, acts on paper too.
PAPER_SHEET = OWN_SHEET | {
    ("draft", "send"): OWN | LED,
    ("returned", "send"): OWN | LED,
}
# Of the sheets above: nothing is sent, returned or recalled.
NONE_OF = dict.fromkeys(OWN_SHEET, None) | {("draft", "send"): set()}
CHECK_SHEET = NONE_OF | {("draft", "release"): NEXT_DESKS, ("released", "reopen"): LED}
LEADER_SHEET = NONE_OF | {("draft", "release"): {"leader's secretary"}, ("released", "reopen"): LED}
CONFERENCE_SHEET = NONE_OF | {("draft", "release"): LED, ("released", "reopen"): LED}
DEPARTMENT_SHEET = NONE_OF | {("draft", "release"): {"staff"}, ("released", "reopen"): {"staff"}}

ACTIONS = sorted({row.action for row in SHEET.transitions})
STATES = {
    "self": ["draft", "sent", "opened", "returned"],
    "other": ["draft", "released"],
}


@pytest.fixture
def people(bloc_year, member, secretary, staff):
    team = SeatFactory(bloc_year=bloc_year).unit
    inspection = InspectionFactory(bloc_year=bloc_year, unit=member.unit)
    InspectionMemberFactory(inspection=inspection, unit=team, side="team")
    InspectionMemberFactory(inspection=inspection, unit=member.unit, side="unit")
    foreign = SeatFactory(role="leader", bloc_year__year=bloc_year.year)
    return {
        "own officer": user_with("officer", member.unit),
        "own secretary": user_with("secretary", member.unit),
        "own clerk": user_with("clerk", member.unit),
        "leader's secretary": secretary,
        "team's officer": user_with("officer", team),
        "team's clerk": user_with("clerk", team),
        "another member's officer": user_with("officer", SeatFactory(bloc_year=bloc_year).unit),
        "another bloc's secretary": user_with("secretary", foreign.unit),
        "staff": staff,
        "administrator": user_with("administrator"),
        "nobody": UserFactory(),
    }


def perform(action, sheet, by, paper):
    told = {"sheet": sheet, "by": by, "paper": paper}
    today = timezone.localdate()
    if action == "return":
        points = [(sheet.criteria_set.criteria.get(key="a1"), "")]
        actions.return_sheet(**told, points=points, due=today, reason="Thiếu minh chứng")
    elif action == "reopen":
        reopening = ReopeningFactory(bloc_year=sheet.bloc_year, made_by=PostFactory())
        actions.reopen_sheet(**told, reopening=reopening)
    else:
        acts = {
            "send": actions.send_sheet,
            "recall": actions.recall_sheet,
            "recall_correction": actions.recall_sheet,
            "open": actions.open_sheet,
            "release": actions.release_sheet,
        }
        acts[action](**told)


def may_do(action, sheet, by, paper):
    """Whether the act moves the sheet as its row of the table says; all of it undone again."""
    done = False
    with suppress(Refused), transaction.atomic():
        perform(action, sheet, by, paper)
        row = SHEET.find(sheet.state, action)
        done = row is not None and ScoreSheet.objects.get(pk=sheet.pk).state == row.next
        transaction.set_rollback(True)
    return done


@pytest.fixture
def sheet_in(bloc_year, member):
    """A whole sheet of a tier in a state."""

    def sheet_in(tier, state, **fields):
        now = timezone.now()
        times = {"sent_at": now if state in ("sent", "opened", "returned") else None}
        if state == "released":
            times |= {"released_at": now, "number": 1}
        sheet = ScoreSheetFactory(
            bloc_year=bloc_year,
            unit=member.unit,
            tier=tier,
            criteria_set=chosen_set(bloc_year),
            is_complete=True,
            **fields,
        )
        for row in rows_of(chosen_set(bloc_year)):
            ScoreFactory(sheet=sheet, criterion=row.criterion, points=1, figures=row.figures, reason="Vì")
        ScoreSheet.objects.filter(pk=sheet.pk).update(state=state, **times)
        if state == "released":
            SheetVersionFactory(sheet=sheet)
        return ScoreSheet.objects.select_related("bloc_year").get(pk=sheet.pk)

    return sheet_in


def test_every_move_of_the_table_is_told_here():
    rows = {(row.state, row.action) for row in SHEET.transitions}
    for table in (OWN_SHEET, CORRECTED_SHEET, PAPER_SHEET, CHECK_SHEET, LEADER_SHEET, DEPARTMENT_SHEET):
        assert set(table) == rows


@pytest.mark.parametrize(
    ("table", "tier", "variant"),
    [
        (OWN_SHEET, "self", "plain"),
        (CORRECTED_SHEET, "self", "corrected"),
        (PAPER_SHEET, "self", "paper"),
        (CHECK_SHEET, "check", "plain"),
        (LEADER_SHEET, "leader", "plain"),
        (CONFERENCE_SHEET, "conference", "plain"),
        (DEPARTMENT_SHEET, "department", "plain"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_who_may_move_a_sheet(table, tier, variant, people, sheet_in, secretary, paper):
    found, expected = {}, {}
    for state in STATES["self" if tier == "self" else "other"]:
        with transaction.atomic():
            sheet = sheet_in(tier, state, from_paper=variant == "paper")
            if variant == "corrected":
                asked = secretary.person.posts.get()
                answered = timezone.now() if state in ("sent", "opened") else None
                CorrectionFactory(sheet=sheet, asked_by=asked, answered_at=answered)
            for action in ACTIONS:
                # the one act of recalling takes back what there is to take back
                if action.startswith("recall") and (action == "recall") == (variant == "corrected"):
                    continue
                found[state, action] = {
                    who
                    for who, user in people.items()
                    if may_do(action, sheet, user, paper if variant == "paper" else None)
                }
                expected[state, action] = table.get((state, action)) or set()
            transaction.set_rollback(True)
    assert found == expected


def test_a_sheet_that_is_not_whole_is_not_sent(sheet, officer):
    with pytest.raises(Refused, match="chưa chấm đủ|còn tiêu chí chưa chấm"):
        actions.send_sheet(sheet=sheet, by=officer)


def test_what_was_sent_stays_readable(filled, officer):
    sent = actions.send_sheet(sheet=filled, by=officer)
    assert (sent.state, sent.number, sent.sent_at is None) == ("sent", 1, False)
    version = sent.versions.get()
    assert (version.number, version.total, len(version.scores)) == (1, filled.total, 6)
    actions.recall_sheet(sheet=sent, by=officer)
    again = actions.send_sheet(sheet=sent, by=officer)
    assert list(again.versions.values_list("number", flat=True)) == [1, 2]


def test_what_could_not_be_sent_again_is_not_recalled(filled, officer):
    sent = actions.send_sheet(sheet=filled, by=officer)
    sent.bloc_year.year.phases.filter(kind="scoring").update(
        last_day=timezone.localdate() - timedelta(days=1)
    )
    with pytest.raises(Refused, match="đã hết hạn"):
        actions.recall_sheet(sheet=sent, by=officer)
