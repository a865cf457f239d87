from datetime import date

import pytest
from django.db import IntegrityError
from django.urls import reverse

from awards.models import AwardKind, AwardName
from blocs.models import Entry
from tests.factories import AwardKindFactory, AwardNameFactory, UnitStateFactory, user_with

pytestmark = pytest.mark.django_db

BEFORE, AFTER = date(2023, 12, 31), date(2024, 1, 1)
# fmt: off
CODES = [
    "AHLD", "NGND", "NGUT", "TTND", "TTUT", "NSND", "NSUT", "HCDL1", "HCDL2", "HCDL3", "HCLD1", "HCLD2",
    "HCLD3", "CTDCP", "CSTDTQ", "BKTTG", "CTDB", "CTDT", "CTDN", "CTDDT", "TTLDXS", "CSTDB", "CSTDT",
    "CSTDDT", "BKB", "BKT", "BKN", "BKDT", "KNC", "TTLDTT", "CSTDCS", "LDTT", "GK",
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


def test_what_other_authorities_award_is_at_hand_and_not_in_use():
    others = AwardKind.objects.filter(in_use=False)
    assert [each.code for each in others] == [
        "CTDT", "CTDN", "CTDDT", "CSTDT", "CSTDDT", "BKT", "BKN", "BKDT",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("CTDCP", ["CTDCP"]),
        ("Cờ thi đua của Chính phủ", ["CTDCP"]),
        ("Cờ thi đua Chính phủ", ["CTDCP"]),
        ("Cờ thi đua của UBND tỉnh", ["CTDT"]),
        ("cờ thi đua của Ủy ban nhân dân tỉnh", ["CTDT"]),
        ("danh hiệu “Lao động tiên tiến”", ["LDTT"]),
        ("Bằng khen của Bộ trưởng", ["BKB"]),
        ("Bằng khen của Bộ Mẫu", ["BKB"]),
        ("Chiến sĩ thi đua Bộ Mẫu", ["CSTDB"]),
        ("Cờ đỏ", []),
        ("", []),
    ],
)
def test_award_is_found_by_its_code_or_by_any_of_its_names(words, codes):
    found = AwardKind.objects.called(words, "Bộ Mẫu")
    assert [each.code for each in found] == codes


def test_name_that_two_awards_have_finds_both():
    for code in ("MOT", "HAI"):
        AwardNameFactory(kind__code=code, name="Cờ đơn vị dẫn đầu")

    assert {each.code for each in AwardKind.objects.called("Cờ đơn vị dẫn đầu")} == {"MOT", "HAI"}


# The department keeps it -----------------------------------------------------------------------------------

NEW = {
    "code": "CTDTG",
    "level": "ministry",
    "form": "title",
    "recipients": ["collective"],
    "aliases": "Cờ của tỉnh Thử\nCờ dẫn đầu",
    "place": "205",
    "in_use": "on",
    "shown_version": "1",
    "names-TOTAL_FORMS": "1",
    "names-INITIAL_FORMS": "0",
    "names-0-name": "Cờ thi đua của UBND tỉnh Thử",
    "names-0-first_day": "2024-01-01",
    "names-0-is_verified": "on",
    "names-0-shown_version": "1",
}


def test_department_adds_an_award_of_its_own_through_an_act(client):
    client.force_login(user_with("staff"))

    response = client.post(reverse("admin:awards_awardkind_add"), NEW)

    assert response.status_code == 302, response.context["errors"]
    kind = AwardKind.objects.get(code="CTDTG")
    assert (kind.recipients, kind.aliases, kind.in_use) == (
        ["collective"],
        ["Cờ của tỉnh Thử", "Cờ dẫn đầu"],
        True,
    )
    assert kind.name(AFTER) == "Cờ thi đua của UBND tỉnh Thử"
    assert Entry.objects.latest("pk").act == "record.edit"


def test_department_takes_an_award_out_of_use_and_its_code_stays(client):
    client.force_login(user_with("staff"))
    kind = AwardKind.objects.get(code="GK")
    typed = {
        "code": "KHAC",
        "level": kind.level,
        "form": kind.form,
        "recipients": kind.recipients,
        "aliases": "",
        "place": str(kind.place),
        "shown_version": str(kind.version),
        "names-TOTAL_FORMS": "0",
        "names-INITIAL_FORMS": "0",
    }

    response = client.post(reverse("admin:awards_awardkind_change", args=[kind.pk]), typed)

    assert response.status_code == 302, response.context["errors"]
    kind.refresh_from_db()
    assert (kind.code, kind.in_use, kind.version) == ("GK", False, 2)


@pytest.mark.parametrize("role", ["secretary", "officer", "leader"])
def test_others_look_things_up_and_change_nothing(client, role):
    client.force_login(user_with(role))
    kind = AwardKind.objects.get(code="GK")
    page = reverse("admin:awards_awardkind_change", args=[kind.pk])

    assert client.get(page).status_code == 200
    assert client.post(page, {"in_use": ""}).status_code == 403
    assert client.get(reverse("admin:awards_awardkind_add")).status_code == 403
