from datetime import date, timedelta
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, transaction

from blocs import actions
from blocs.actions.documents import Outdated
from blocs.journal import Paper
from blocs.models import DocumentVersion, Entry, IssuedDocument
from blocs.permissions import Refused
from blocs.states import DOCUMENT
from campaigns.actions import close_bloc_year
from tests.blocs.papers import ISSUED_ON, MADE, SIGNED_ON, TODAY, draft, file_signed, give_number, release
from tests.factories import (
    UnitFactory,
)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(f"{TODAY} 09:00 +0700", tick=False):
        yield


# Who may take which step in which state ---------------------------------------------------------------------

KEEPERS = {"staff", "secretary", "officer"}
OF_THE_ISSUER = "Việc này thuộc về đơn vị ban hành văn bản."
OF_ITS_KEEPERS = "Việc này do thư ký hoặc cán bộ thi đua, khen thưởng của đơn vị làm; văn thư cấp số, ngày."
OF_THE_LEADER = "Việc này thuộc về đơn vị Khối trưởng của năm đó."
STATES = IssuedDocument.State

# action: the states in which it may be taken, who may take it, what the others are told
STEPS = {
    "make_draft": (["draft", "released", "superseded"], KEEPERS | {"operator"}, OF_THE_LEADER),
    "send_to_signature": (["draft"], KEEPERS, OF_THE_ISSUER),
    "take_back": (["for-signature"], KEEPERS, OF_THE_ISSUER),
    "file_signed": (["for-signature", "signed", "numbered"], KEEPERS | {"clerk"}, OF_THE_ISSUER),
    "assign_number": (["signed", "numbered"], KEEPERS | {"clerk"}, OF_THE_ISSUER),
    "release": (["numbered"], KEEPERS | {"clerk"}, OF_THE_ISSUER),
}


def test_every_action_of_the_state_table_is_tried():
    assert {row.action for row in DOCUMENT.transitions} == set(STEPS)
    assert {str(row.state) for row in DOCUMENT.transitions} <= set(STATES.values)


def take(action, document, *, by):
    """Take a step with all that it needs."""
    # After a release a new document begins.
    begins = document.state in IssuedDocument.RELEASED_STATES
    step = {
        "make_draft": partial(
            draft, document.subject, document.issuer, number=1 if begins else 2, reason="Sửa"
        ),
        "send_to_signature": partial(actions.send_to_signature, document=document, draft_number=1, made=MADE),
        "take_back": partial(actions.take_back, document=document, reason="Sửa số liệu"),
        "file_signed": partial(file_signed, document, reason="Bản trước mờ"),
        "assign_number": partial(give_number, document, paper=Paper(ISSUED_ON), reason="Ghi nhầm"),
        "release": partial(release, document),
    }[action]
    try:
        with transaction.atomic():
            step(by=by)
            transaction.set_rollback(True)
    except Refused as refused:
        return str(refused)
    return "done"


@pytest.mark.parametrize("action", STEPS)
@pytest.mark.parametrize("state", STATES.values)
def test_step_in_a_state_by_each_kind_of_user(make, people, state, action):
    document = make(state)
    states, allowed, told = STEPS[action]
    of_ones_own = {"clerk": OF_ITS_KEEPERS} if told == OF_THE_ISSUER else {}
    in_state = "done" if state in states else f"Không làm được khi đang ở trạng thái “{STATES(state).label}”."

    assert {who: take(action, document, by=user) for who, user in people.items()} == {
        who: in_state if who in allowed else of_ones_own.get(who, told) for who in people
    }


@pytest.mark.parametrize("action", STEPS)
@pytest.mark.parametrize(
    "state", [state for state in STATES.values if state not in IssuedDocument.RELEASED_STATES]
)
def test_page_offers_what_the_act_allows(make, people, state, action):
    document = make(state)

    for user in people.values():
        refusal = DOCUMENT.refusal(document, action, user, TODAY)
        assert (refusal is None) == (take(action, document, by=user) == "done")


# Drafts -----------------------------------------------------------------------------------------------------


def test_first_draft_begins_the_document(bloc_year, issuer, secretary):
    version = draft(bloc_year, issuer, by=secretary)

    document = IssuedDocument.objects.get()
    assert version.document == document
    assert (document.state, document.draft_number, document.subject, document.issuer) == (
        "draft",
        1,
        bloc_year,
        issuer,
    )
    assert (document.number, document.issued_on, document.supersedes) == (None, None, None)
    assert (version.stage, version.draft_number, version.data) == ("draft", 1, MADE.data)
    assert (bytes(version.pdf.content), bytes(version.docx.content)) == (MADE.pdf, MADE.docx)
    assert Entry.objects.get().payload.data["after"] == {
        "draft": 1,
        "pdf": version.pdf_id,
        "docx": version.docx_id,
    }


def test_next_draft_keeps_the_earlier_one(bloc_year, issuer, secretary):
    draft(bloc_year, issuer, by=secretary)
    draft(bloc_year, issuer, by=secretary, number=2)

    document = IssuedDocument.objects.get()
    assert document.draft_number == 2
    assert list(document.versions.order_by("pk").values_list("draft_number", flat=True)) == [1, 2]


@pytest.mark.parametrize("drafts", [0, 1, 2])
@pytest.mark.parametrize("step", [-1, 0, 2])
def test_draft_of_a_number_that_is_not_the_next_is_outdated(bloc_year, issuer, secretary, drafts, step):
    for made in range(drafts):
        draft(bloc_year, issuer, by=secretary, number=made + 1)

    with pytest.raises(Outdated, match="Văn bản đã thay đổi trong lúc lập bản này"):
        draft(bloc_year, issuer, by=secretary, number=drafts + step)
    assert DocumentVersion.objects.count() == drafts


def test_draft_after_the_year_was_closed_in_another_window(bloc_year, issuer, secretary, staff):
    assert bloc_year.closed_on is None
    close_bloc_year(bloc_year=bloc_year, by=staff)

    with pytest.raises(Refused, match="Hồ sơ năm của Khối đã khoá"):
        draft(bloc_year, issuer, by=secretary)


def test_older_draft_is_not_sent_to_signature(make, secretary):
    document = make(draft_number=2)

    with pytest.raises(Outdated):
        actions.send_to_signature(document=document, draft_number=1, made=MADE, by=secretary)


def test_document_without_a_draft_is_not_sent_to_signature(make, secretary):
    document = make(draft_number=0)

    with pytest.raises(Refused, match="Chưa có dự thảo nào để trình ký"):
        actions.send_to_signature(document=document, draft_number=0, made=MADE, by=secretary)


def test_copy_that_goes_to_signature_is_kept(make, secretary):
    document = actions.send_to_signature(document=make(), draft_number=1, made=MADE, by=secretary)

    version = document.versions.get()
    assert (document.state, version.stage, version.draft_number) == ("for-signature", "for-signature", 1)
    assert (document.number, document.issued_on, document.number_as_printed) == (
        None,
        None,
        "Số:      /BC-ĐV",
    )
    assert Entry.objects.get().payload.data == {
        "before": {"state": "draft"},
        "after": {"state": "for-signature", "pdf": version.pdf_id, "docx": version.docx_id},
    }


@pytest.mark.parametrize("reason", ["", "  "])
def test_take_back_asks_for_a_reason(make, secretary, reason):
    with pytest.raises(Refused, match="Cần ghi lý do rút về"):
        actions.take_back(document=make("for-signature"), reason=reason, by=secretary)


def test_draft_that_came_back_is_mended_and_sent_again(make, bloc_year, issuer, secretary):
    document = make()
    actions.send_to_signature(document=document, draft_number=1, made=MADE, by=secretary)
    actions.take_back(document=document, reason="Sửa số liệu", by=secretary)
    draft(bloc_year, issuer, by=secretary, number=2)
    actions.send_to_signature(document=document, draft_number=2, made=MADE, by=secretary)

    stages = document.versions.order_by("pk").values_list("stage", "draft_number")
    assert list(stages) == [("for-signature", 1), ("draft", 2), ("for-signature", 2)]


# Signature --------------------------------------------------------------------------------------------------


def test_signed_copy_is_filed_with_the_day_of_the_paper(make, secretary):
    document = file_signed(make("for-signature"), by=secretary)

    assert document.state == "signed"
    assert (document.signed_on, document.signer_name, document.signer_title) == (
        SIGNED_ON,
        "Trần Thị Bình",
        "Cục trưởng",
    )
    assert bytes(document.signed_file.content) == b"%PDF-1.7 scan"
    assert Entry.objects.get().paper.day == SIGNED_ON


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"signer_name": ""}, "Cần bản đã ký, ngày ký và người ký"),
        ({"day": TODAY + timedelta(days=1)}, "Ngày ký không được sau hôm nay"),
    ],
)
def test_signed_copy_is_not_filed(make, secretary, options, refusal):
    with pytest.raises(Refused, match=refusal):
        file_signed(make("for-signature"), by=secretary, **options)


def test_replacing_the_signed_copy_asks_for_a_reason(make, secretary):
    document = make("signed")
    with pytest.raises(Refused, match="Cần ghi lý do thay bản đã ký"):
        file_signed(document, by=secretary, reason=" ")

    replaced = file_signed(document, by=secretary, reason="Bản trước thiếu trang")

    assert replaced.signed_file != document.signed_file
    entry = Entry.objects.get()
    assert entry.reason == "Bản trước thiếu trang"
    assert entry.payload.data["before"]["signed_file"] == document.signed_file_id
    assert entry.payload.data["after"]["signed_file"] == replaced.signed_file_id


# Release ----------------------------------------------------------------------------------------------------


def test_release_freezes_bytes_data_head_and_recipients(make, secretary):
    members = [UnitFactory(), UnitFactory()]
    document = release(make("numbered"), by=secretary, recipients=members)

    version = document.versions.get()
    assert (version.stage, version.data, bytes(version.pdf.content)) == ("released", MADE.data, MADE.pdf)
    assert (document.state, document.journal_head, document.rulebook_day) == (
        "released",
        "a" * 64,
        date(2020, 12, 31),
    )
    assert [each.unit for each in document.recipients.all()] == members
    assert Entry.objects.get().payload.data["after"] == {
        "state": "released",
        "released_at": "2020-12-20T02:00:00Z",
        "journal_head": "a" * 64,
        "rulebook_day": "2020-12-31",
        "pdf": version.pdf_id,
        "docx": version.docx_id,
        "recipients": [unit.pk for unit in members],
        "supersedes": None,
    }


def test_draft_after_a_release_asks_for_a_reason(make, bloc_year, issuer, secretary):
    make("released")

    with pytest.raises(Refused, match="Bản trước đã phát hành. Hãy ghi lý do lập bản thay thế"):
        draft(bloc_year, issuer, by=secretary, reason=" ")


def test_released_document_stays_in_force_until_the_next_is_released(make, bloc_year, issuer, secretary):
    first = make("released")
    second = draft(bloc_year, issuer, by=secretary, reason="Sai số liệu").document
    in_force = partial(IssuedDocument.objects.in_force, bloc_year, first.kind, "")
    in_preparation = partial(IssuedDocument.objects.in_preparation, bloc_year, first.kind, "")
    assert (second.supersedes, in_force(), in_preparation()) == (first, first, second)

    actions.send_to_signature(document=second, draft_number=1, made=MADE, by=secretary)
    file_signed(second, by=secretary)
    give_number(second, by=secretary, number=99, paper=Paper(ISSUED_ON))
    assert in_force() == first
    release(second, by=secretary)

    assert (in_force(), in_preparation()) == (second, None)
    first.refresh_from_db()
    assert (first.state, first.superseded_by) == ("superseded", second)
    assert Entry.objects.first().payload.data["after"]["supersedes"] == first.pk


def test_editions_are_documents_of_their_own(make, bloc_year, issuer, secretary):
    make("released", edition="official")
    conference = draft(bloc_year, issuer, by=secretary, edition="conference").document

    assert conference.supersedes is None
    assert IssuedDocument.objects.in_preparation(bloc_year, "year-end-summary", "official") is None


def test_two_documents_in_preparation_are_refused_by_the_database(make):
    make()

    with pytest.raises(IntegrityError, match="one_document_in_preparation"):
        make("signed")


# At the same time -------------------------------------------------------------------------------------------


def test_two_drafts_at_once(first_then, world):
    issuer, bloc_year, secretary, _clerk = world
    make_draft = partial(draft, bloc_year, issuer, by=secretary)

    with pytest.raises(Outdated):
        first_then(make_draft, make_draft).outcome()
    assert DocumentVersion.objects.get().draft_number == 1


def test_draft_while_the_document_goes_to_signature(first_then, world):
    issuer, bloc_year, secretary, _clerk = world
    document = draft(bloc_year, issuer, by=secretary).document
    send = partial(actions.send_to_signature, document=document, draft_number=1, made=MADE, by=secretary)

    follower = first_then(send, partial(draft, bloc_year, issuer, by=secretary, number=2))

    with pytest.raises(Refused, match="Không làm được khi đang ở trạng thái “Trình ký”"):
        follower.outcome()
    document.refresh_from_db()
    assert (document.state, document.draft_number) == ("for-signature", 1)


def test_signed_copy_of_a_numbered_paper_is_replaced_in_its_state(make, secretary):
    document = make("numbered")

    replaced = file_signed(document, by=secretary, reason="Quét lại cho rõ")

    assert (replaced.state, replaced.number) == ("numbered", document.number)
    assert replaced.signed_file != document.signed_file


def test_signature_after_the_day_of_issue_is_refused(make, secretary):
    document = make("numbered")

    with pytest.raises(Refused, match="Ngày ban hành không được trước ngày ký"):
        file_signed(document, by=secretary, day=document.issued_on + timedelta(days=1), reason="Sửa ngày")
