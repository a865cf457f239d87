from datetime import date, timedelta
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from blocs.journal import Paper
from blocs.models import Entry, IssuedDocument, NumberSeries
from blocs.permissions import Refused
from blocs.versions import Stale
from tests.blocs.papers import ISSUED_ON, SIGNED_ON, TODAY, give_number
from tests.factories import (
    IssuedDocumentFactory,
    StoredFileFactory,
    UnitFactory,
)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(f"{TODAY} 09:00 +0700", tick=False):
        yield


def test_clerk_gives_number_and_day(make, clerk):
    document = give_number(make("signed"), by=clerk)

    assert (document.state, document.number, document.issued_on) == ("numbered", 5, ISSUED_ON)
    assert document.number_as_printed == "Số: 05/BC-ĐV"


def test_number_given_by_who_is_no_clerk_is_recorded_from_paper(make, secretary):
    document = make("signed")
    with pytest.raises(Refused, match="Số và ngày do văn thư cấp: hãy ghi nhận từ văn bản giấy"):
        give_number(document, by=secretary)

    assert give_number(document, by=secretary, paper=Paper(ISSUED_ON)).number == 5
    assert Entry.objects.get().paper.day == ISSUED_ON


@pytest.mark.parametrize("state", ["draft", "for-signature"])
def test_number_before_the_signature_is_refused(make, clerk, state):
    with pytest.raises(Refused, match="Không làm được khi đang ở trạng thái"):
        give_number(make(state), by=clerk)


@pytest.mark.parametrize(
    ("issued_on", "refusal"),
    [
        (SIGNED_ON - timedelta(days=1), "trước ngày ký. (Nghị định 30/2020/NĐ-CP Điều 15)"),
        (TODAY + timedelta(days=1), "sau hôm nay."),
    ],
)
def test_day_outside_signature_and_today_is_refused(make, clerk, issued_on, refusal):
    with pytest.raises(Refused) as refused:
        give_number(make("signed"), by=clerk, issued_on=issued_on)

    assert str(refused.value) == f"Ngày ban hành không được {refusal}"


def test_number_of_the_day_of_signature(make, clerk):
    assert give_number(make("signed"), by=clerk, issued_on=SIGNED_ON).issued_on == SIGNED_ON


def test_changing_a_number_asks_for_a_reason(make, clerk):
    document = make("numbered", number=4)
    with pytest.raises(Refused, match="Cần ghi lý do sửa số, ngày"):
        give_number(document, by=clerk)

    assert give_number(document, by=clerk, reason="Ghi nhầm").number == 5
    assert Entry.objects.get().payload.data["before"]["number"] == 4


def test_day_alone_is_mended_under_the_same_number(make, clerk):
    document = make("numbered", number=5)

    mended = give_number(document, by=clerk, issued_on=SIGNED_ON, reason="Ghi nhầm ngày")

    assert (mended.number, mended.issued_on) == (5, SIGNED_ON)


@pytest.mark.parametrize(
    ("same", "taken"),
    [
        ({}, True),
        ({"type_code": "TTr"}, False),
        ({"issuer": UnitFactory}, False),
        ({"issued_on": date(2021, 1, 4)}, False),
        ({"number": 6}, False),
    ],
)
def test_number_is_unique_for_unit_type_and_calendar_year(make, clerk, same, taken):
    other = {name: value() if callable(value) else value for name, value in same.items()}
    make("released", **{"number": 5, "kind": "other", "issued_on": ISSUED_ON} | other)
    document = make("signed")

    if taken:
        with pytest.raises(Refused) as refused:
            give_number(document, by=clerk)
        assert str(refused.value) == (
            "Số 5 đã cấp cho văn bản khác cùng loại trong năm 2020. (Nghị định 30/2020/NĐ-CP Điều 15)"
        )
    else:
        assert give_number(document, by=clerk).number == 5


def test_number_twice_is_refused_by_the_database_too(make):
    make("released", number=5)

    with pytest.raises(IntegrityError, match="document_number_once_a_year"):
        make("numbered", number=5, issued_on=date(2020, 12, 31))


@pytest.mark.parametrize(
    ("state", "change", "fault"),
    [
        ("draft", "number = 1, issued_on = '2020-12-16'", "document_number_with_day_after_signature"),
        ("for-signature", "number = 1, issued_on = '2020-12-16'", "document_number_with_day_after_signature"),
        ("draft", "state = 'numbered', number = 1, issued_on = '2020-12-16'", "document_number_with_day"),
        ("signed", "number = 1, issued_on = '2020-12-16'", "document_numbered_when_said"),
        ("signed", "state = 'numbered'", "document_numbered_when_said"),
        ("signed", "number = 1", "document_number_with_day_after_signature"),
        ("numbered", "number = 0", "document_number_with_day_after_signature"),
        ("numbered", "issued_on = '2020-12-14'", "document_day_not_before_signature"),
        ("numbered", "signed_on = NULL", "document_number_with_day_after_signature"),
        ("for-signature", "state = 'signed'", "document_signed_when_filed"),
        ("signed", "state = 'draft'", "document_signed_when_filed"),
        ("numbered", "state = 'released'", "document_released_when_said"),
        ("numbered", "released_at = now()", "document_released_when_said"),
        ("draft", "state = 'burnt'", "document_"),
    ],
)
def test_database_refuses_a_life_out_of_order(make, state, change, fault):
    make(state)

    with pytest.raises(IntegrityError, match=fault), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE blocs_issueddocument SET {change}")


def test_proposed_number_is_one_more_than_the_last_given(make, clerk):
    proposed = partial(IssuedDocument.objects.next_number, make("signed"))
    assert proposed(2020) == 1
    give_number(make("signed", kind="a"), by=clerk, number=7)
    give_number(make("signed", kind="b"), by=clerk, number=3)

    assert (proposed(2020), proposed(2021)) == (8, 1)
    assert IssuedDocument.objects.next_number(make("signed", kind="c", type_code="TTr"), 2020) == 1
    assert IssuedDocument.objects.next_number(make("signed", kind="d", issuer=UnitFactory()), 2020) == 1


@pytest.mark.parametrize("known", [True, False])
def test_one_number_for_two_documents_at_once(first_then, world, known):
    issuer, bloc_year, _secretary, clerk = world
    if known:  # a series that exists is locked, a new one is made by both
        NumberSeries.objects.create(issuer=issuer, type_code="BC", year=2020)
    scan = StoredFileFactory()
    first, second = (
        IssuedDocumentFactory(signed=True, issuer=issuer, subject=bloc_year, kind=kind, signed_file=scan)
        for kind in ("a", "b")
    )

    follower = first_then(partial(give_number, first, by=clerk), partial(give_number, second, by=clerk))

    with pytest.raises(Refused, match="Số 5 đã cấp cho văn bản khác cùng loại trong năm 2020"):
        follower.outcome()
    assert IssuedDocument.objects.filter(number=5).get() == first
    assert IssuedDocument.objects.next_number(second, 2020) == 6


@pytest.mark.parametrize("number", [0, -1, 100_000, 2**31, 10**30])
def test_number_that_no_series_reaches_is_refused(make, clerk, number):
    with pytest.raises(Refused, match="Số văn bản lớn nhất là 99999"):
        give_number(make("signed"), by=clerk, number=number)


def test_number_that_somebody_else_gave_since_is_told_of(make, clerk):
    document = make("signed")
    give_number(document, by=clerk, number=15, shown=(None, None))
    give_number(document, by=clerk, number=41, reason="Sửa", shown=(15, ISSUED_ON))

    with pytest.raises(Stale) as stale:
        give_number(document, by=clerk, number=55, reason="Sửa", shown=(15, ISSUED_ON))
    assert (stale.value.theirs["number"], stale.value.yours["number"]) == (41, 55)
    assert "số: bản đã lưu “41”, bản của anh/chị “55”" in str(stale.value)
    assert IssuedDocument.objects.get().number == 41


def test_number_mistyped_before_is_not_the_base_of_the_next(make, clerk):
    document = give_number(make("signed"), by=clerk, number=500)
    give_number(document, by=clerk, number=5, reason="Gõ nhầm")

    assert IssuedDocument.objects.next_number(document, ISSUED_ON.year) == 6


def test_number_moved_to_another_year_leaves_the_series_of_before(make, clerk):
    make("released", number=3, kind="other")
    proposed = partial(IssuedDocument.objects.next_number, make("signed", kind="a"))
    moved = give_number(make("signed"), by=clerk, number=5)
    assert (proposed(2020), proposed(2021)) == (6, 1)

    with time_machine.travel("2021-01-05 09:00 +0700", tick=False):
        give_number(moved, by=clerk, number=5, issued_on=date(2021, 1, 4), reason="Ghi nhầm năm")

    assert (proposed(2020), proposed(2021)) == (4, 6)
