from datetime import date

import pytest
from django.db import IntegrityError

from awards.models import AwardKind, AwardName
from tests.factories import AwardKindFactory, AwardNameFactory, UnitStateFactory

pytestmark = pytest.mark.django_db

BEFORE, AFTER = date(2023, 12, 31), date(2024, 1, 1)
# fmt: off
CODES = [
    "AHLD", "NGND", "NGUT", "TTND", "TTUT", "NSND", "NSUT", "HCDL1", "HCDL2", "HCDL3", "HCLD1", "HCLD2",
    "HCLD3", "CTDCP", "CSTDTQ", "BKTTG", "CTDB", "TTLDXS", "CSTDB", "BKB", "KNC", "TTLDTT", "CSTDCS",
    "LDTT", "GK",
]
# fmt: on


@pytest.fixture
def authority():
    """The awarding body, renamed in 2025."""
    unit = UnitStateFactory(official_name="Bộ Cũ", last_day=date(2025, 2, 28)).unit
    UnitStateFactory(unit=unit, official_name="Bộ Mới", first_day=date(2025, 3, 1))
    return unit


def test_catalogue_stands_from_high_to_low():
    assert list(AwardKind.objects.values_list("code", flat=True)) == CODES


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("CTDCP", BEFORE, "Cờ thi đua của Chính phủ"),
        ("CTDCP", AFTER, "Cờ thi đua của Chính phủ"),
        ("CTDB", date(2020, 12, 15), "Cờ thi đua của Bộ"),
        ("BKB", date(2020, 12, 15), "Bằng khen của Bộ trưởng"),
        ("BKB", BEFORE, "Bằng khen của Bộ trưởng"),
        ("BKB", AFTER, "Bằng khen của Bộ Cũ"),
        ("BKB", date(2025, 3, 1), "Bằng khen của Bộ Mới"),
        ("CSTDB", BEFORE, "Chiến sĩ thi đua cấp Bộ"),
        ("CSTDB", AFTER, "Chiến sĩ thi đua Bộ Cũ"),
        ("CSTDB", date(2025, 3, 1), "Chiến sĩ thi đua Bộ Mới"),
        ("HCLD3", AFTER, "Huân chương Lao động hạng Ba"),
        ("LDTT", date(2004, 1, 1), "Lao động tiên tiến"),
    ],
)
def test_name_printed_on_a_day(authority, code, day, name):
    assert AwardKind.objects.get(code=code).name(day, authority=authority) == name


def test_name_without_an_awarding_body():
    assert AwardKind.objects.get(code="BKB").name(AFTER) == "Bằng khen của Bộ"


def test_name_that_is_not_known_on_a_day_is_the_code():
    kind = AwardNameFactory(kind=AwardKindFactory(code="HCM"), first_day=AFTER).kind

    assert (kind.name(BEFORE), kind.name(AFTER)) == ("HCM", "Danh hiệu thử")


def test_every_kind_has_one_name_on_every_day_and_says_whether_it_was_verified():
    for kind in AwardKind.objects.prefetch_related("names"):
        for day in (date(2004, 1, 1), BEFORE, AFTER, date(2050, 1, 1)):
            assert [name.holds_on(day) for name in kind.names.all()].count(True) == 1, (kind.code, day)
    unverified = AwardName.objects.filter(is_verified=True, citation="")
    assert [name.name for name in unverified] == []


def test_names_in_one_query_for_all(authority, django_assert_num_queries):
    with django_assert_num_queries(2):
        [kind.name(BEFORE) for kind in AwardKind.objects.prefetch_related("names")]


@pytest.mark.parametrize(
    ("first_day", "last_day", "overlaps"),
    [(AFTER, None, False), (BEFORE, None, True), (None, None, True), (None, BEFORE, True)],
)
def test_names_of_a_kind_do_not_overlap(first_day, last_day, overlaps):
    kind = AwardNameFactory(last_day=BEFORE).kind
    name = AwardNameFactory.build(kind=kind, first_day=first_day, last_day=last_day)
    if overlaps:
        with pytest.raises(IntegrityError, match="award_names_do_not_overlap"):
            name.save()
    else:
        name.save()
        assert kind.names.count() == 2


def test_name_that_ends_before_it_begins():
    with pytest.raises(IntegrityError):
        AwardNameFactory(first_day=AFTER, last_day=BEFORE)


def test_place_in_the_catalogue_is_held_once():
    kind = AwardKindFactory()

    with pytest.raises(IntegrityError):
        AwardKindFactory(place=kind.place)
