"""Units that join, leave, are renamed or give way to others in mid-year, with what follows in the blocs."""

from datetime import date

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from blocs.models import Entry, Succession
from blocs.permissions import Refused
from campaigns import actions
from campaigns.models import Seat
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.years.reorganising import left_open
from tests import factories as make
from tests.factories.year import choose
from tests.pages import Page, read

pytestmark = pytest.mark.django_db

DAY = date(2020, 7, 1)
BASIS = "Nghị định 01/2020/NĐ-CP"


@pytest.fixture(autouse=True)
def _in_july():
    with time_machine.travel("2020-07-15 08:00+07:00"):
        yield


@pytest.fixture
def units(bloc_year, leader, member):
    """Units by name: One leads, Two is a member, New and Newer sit nowhere yet."""
    found = {"One": leader.unit, "Two": member.unit} | {name: make.UnitFactory() for name in ("New", "Newer")}
    for name, unit in found.items():
        make.UnitStateFactory(unit=unit, official_name=name, short_name="")
    return found


def seats(bloc_year):
    """[(name, role, first day, last day)] of a bloc's year, in the order in which they begin."""
    found = [
        (seat.unit.name(seat.last_day or DAY), str(seat.role), seat.first_day, seat.last_day)
        for seat in bloc_year.seats.order_by("pk")
    ]
    return sorted(found, key=lambda row: (row[2] or date.min, row[0]))


def reorganise(units, name, kind, *followers, by, on=DAY):
    return actions.reorganise(
        unit=units[name],
        kind=kind,
        on=on,
        successors=[units[each] for each in followers],
        basis=BASIS,
        by=by,
    )


# Joining and leaving ----------------------------------------------------------------------------------------


def test_unit_joins_from_a_day_and_leaves_with_one(bloc_year, units, staff):
    seat = actions.join_bloc(
        bloc_year=bloc_year, unit=units["New"], first_day=DAY, group="Nhóm 2", reason=BASIS, by=staff
    )
    actions.leave_bloc(seat=seat, last_day=date(2020, 9, 30), reason="Chuyển khối", by=staff)
    again = actions.join_bloc(
        bloc_year=bloc_year, unit=units["New"], first_day=date(2020, 11, 1), reason=BASIS, by=staff
    )

    assert [row for row in seats(bloc_year) if row[0] == "New"] == [
        ("New", "member", DAY, date(2020, 9, 30)),
        ("New", "member", date(2020, 11, 1), None),
    ]
    assert (Seat.objects.get(pk=seat.pk).group, again.group) == ("Nhóm 2", "")
    entries = Entry.objects.order_by("pk")
    assert [(entry.act, entry.reason) for entry in entries] == [
        ("member.join", BASIS),
        ("member.leave", "Chuyển khối"),
        ("member.join", BASIS),
    ]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"unit": "Two"}, "đã có trong khối"),
        ({"reason": " "}, "lý do hoặc căn cứ"),
        ({"first_day": date(2021, 1, 1)}, "không thuộc năm thi đua"),
        ({"unit": "Ended"}, "không còn hoạt động"),
    ],
)
def test_unit_that_cannot_join_is_refused(bloc_year, units, staff, told, said):
    units["Ended"] = make.SuccessionFactory(on=date(2020, 6, 1)).from_unit
    options = {"unit": "New", "first_day": DAY, "reason": BASIS} | told
    count = bloc_year.seats.count()

    with pytest.raises(Refused, match=said):
        actions.join_bloc(bloc_year=bloc_year, by=staff, **options | {"unit": units[options["unit"]]})
    assert bloc_year.seats.count() == count


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"reason": ""}, "lý do hoặc căn cứ"),
        ({"last_day": date(2019, 12, 31)}, "không thuộc năm thi đua"),
        ({"last_day": date(2020, 8, 1)}, "không có trong khối"),
    ],
)
def test_unit_that_cannot_leave_is_refused(bloc_year, member, staff, told, said):
    member.last_day = date(2020, 7, 31)
    member.save()

    with pytest.raises(Refused, match=said):
        actions.leave_bloc(**{"seat": member, "last_day": DAY, "reason": BASIS, "by": staff} | told)
    member.refresh_from_db()
    assert member.last_day == date(2020, 7, 31)


def test_closed_year_keeps_its_units(bloc_year, member, units, staff):
    bloc_year.closed_on = DAY
    bloc_year.save()

    for attempt in (
        lambda: actions.join_bloc(
            bloc_year=bloc_year, unit=units["New"], first_day=DAY, reason=BASIS, by=staff
        ),
        lambda: actions.leave_bloc(seat=member, last_day=DAY, reason=BASIS, by=staff),
    ):
        with pytest.raises(Refused, match="đã khoá"):
            attempt()
    before = seats(bloc_year)
    reorganise(units, "Two", "merger", "New", by=staff)
    assert seats(bloc_year) == before


@pytest.mark.parametrize("who", ["secretary", "officer", "clerk", "member's officer", "administrator"])
def test_only_staff_changes_who_sits(people, bloc_year, member, units, who):
    attempts = [
        lambda: actions.join_bloc(
            bloc_year=bloc_year, unit=units["New"], first_day=DAY, reason=BASIS, by=people[who]
        ),
        lambda: actions.leave_bloc(seat=member, last_day=DAY, reason=BASIS, by=people[who]),
        lambda: reorganise(units, "Two", "merger", "New", by=people[who]),
    ]
    for attempt in attempts:
        with pytest.raises(Refused), transaction.atomic():
            attempt()
    assert not Entry.objects.exists()


# Units that give way ----------------------------------------------------------------------------------------

EVE = date(2020, 6, 30)


@pytest.mark.parametrize(
    ("name", "kind", "followers", "expected"),
    [
        (
            "Two",
            "merger",
            ["New"],
            [("One", "leader", None, None), ("Two", "member", None, EVE), ("New", "member", DAY, None)],
        ),
        ("Two", "merger", ["One"], [("One", "leader", None, None), ("Two", "member", None, EVE)]),
        (
            "One",
            "transfer",
            ["New"],
            [("One", "leader", None, EVE), ("Two", "member", None, None), ("New", "leader", DAY, None)],
        ),
        (
            "One",
            "merger",
            ["Two"],
            [("One", "leader", None, EVE), ("Two", "member", None, EVE), ("Two", "leader", DAY, None)],
        ),
        (
            "One",
            "split",
            ["New", "Newer"],
            [
                ("One", "leader", None, EVE),
                ("Two", "member", None, None),
                ("New", "member", DAY, None),
                ("Newer", "member", DAY, None),
            ],
        ),
        ("Two", "dissolution", [], [("One", "leader", None, None), ("Two", "member", None, EVE)]),
    ],
)
def test_seats_end_the_day_before_and_those_of_the_followers_begin(
    bloc_year, units, staff, name, kind, followers, expected
):
    reorganise(units, name, kind, *followers, by=staff)

    assert seats(bloc_year) == expected
    assert Succession.objects.filter(from_unit=units[name], on=DAY, kind=kind).count() == max(
        len(followers), 1
    )
    assert [entry.act for entry in Entry.objects.order_by("pk")] == ["unit.succeed", "unit.reorganise"]


def test_seat_that_had_not_begun_passes_on_whole(bloc_year, units, staff):
    following = make.BlocYearFactory(bloc=bloc_year.bloc, year__code="2021")
    make.SeatFactory(bloc_year=following, unit=units["Two"], role="leader", group="Nhóm 1")
    over = make.SeatFactory(bloc_year=make.BlocYearFactory(year__code="2019"), unit=units["Two"])

    reorganise(units, "Two", "merger", "New", by=staff)

    assert seats(following) == [("New", "leader", None, None)]
    assert following.seats.get().group == "Nhóm 1"
    over.refresh_from_db()
    assert (over.unit, over.last_day) == (units["Two"], None)


def test_refused_succession_leaves_the_seats(bloc_year, units, staff):
    before = seats(bloc_year)

    with pytest.raises(Refused, match="chọn từ hai đơn vị mới"):
        reorganise(units, "Two", "split", "New", by=staff)
    assert seats(bloc_year) == before
    assert not Entry.objects.exists()


# What is told before ----------------------------------------------------------------------------------------


def test_what_stays_open_is_told_and_nothing_of_other_units(bloc_year, member, units, other):
    choose(bloc_year, make.frozen_set(bloc_year.year))
    for seat, tier in ((member, "self"), (member, "check"), (make.SeatFactory(bloc_year=other), "self")):
        make.ScoreSheetFactory(
            bloc_year=seat.bloc_year, unit=seat.unit, tier=tier, criteria_set=chosen_set(bloc_year)
        )
    make.CheckAssignmentFactory(bloc_year=bloc_year, unit=units["One"], checker=units["Two"])
    make.TaskFactory(meeting=make.MeetingFactory(bloc_year=bloc_year), unit=units["Two"])
    make.PostFactory(unit=units["Two"], role="officer")
    make.PostFactory(unit=units["One"], role="officer")

    told = list(left_open(units["Two"], DAY))

    assert len(told) == 5
    assert ["Tự chấm" in told[0], "Kiểm tra" in told[1]] == [True, True]
    assert told[2:] == [
        "01 đơn vị đang do đơn vị này chấm chéo: hãy phân công lại.",
        "01 nhiệm vụ theo kết luận chưa xong: hãy giao cho đơn vị khác.",
        "01 người còn được giao nhiệm vụ trên hệ thống: hãy thôi giao.",
    ]


def address(unit):
    return reverse("unit-change", args=[unit.pk])


@pytest.fixture
def send(as_staff, units):
    """Send the form, read what follows, and send it again where that is told."""

    def send(name, confirm=True, **data):
        data = {"on": "01/07/2020", "basis": BASIS} | data
        page = as_staff.post(address(units[name]), data)
        shown = page.context["mark"]
        return as_staff.post(address(units[name]), data | {"shown": shown}) if confirm and shown else page

    return send


def test_page_tells_what_follows_before_it_is_done(send, bloc_year, units):
    page = Page(send("One", kind="split", successors=[units["New"].pk, units["Newer"].pk], confirm=False))

    assert f"{bloc_year}: One là thành viên đến hết ngày 30/06/2020." in page.text
    assert f"{bloc_year}: New vào khối từ ngày 01/07/2020, vai trò: Thành viên." in page.text
    assert "không còn đơn vị đứng đầu" in page.text
    assert "Ghi thay đổi" in page.buttons
    assert not Entry.objects.exists()


def test_page_does_each_kind_of_change(send, bloc_year, units):
    assert send("Two", kind="rename", official_name="Two mới").status_code == 302
    assert units["Two"].states.get(first_day=DAY).official_name == "Two mới"
    assert send("New", kind="join", bloc_year=bloc_year.pk).status_code == 302
    seat = bloc_year.seats.get(unit=units["New"])
    assert send("New", kind="leave", seat=seat.pk, on="30/09/2020").status_code == 302
    assert send("Two", kind="merger", on="02/07/2020", successors=[units["Newer"].pk]).status_code == 302
    assert seats(bloc_year) == [
        ("One", "leader", None, None),
        ("Two mới", "member", None, DAY),
        ("New", "member", DAY, date(2020, 9, 30)),
        ("Newer", "member", date(2020, 7, 2), None),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"kind": "rename"}, "Cần ghi khi chọn thay đổi này."),
        ({"kind": "join"}, "Cần ghi khi chọn thay đổi này."),
        ({"kind": "leave"}, "Cần ghi khi chọn thay đổi này."),
        ({"kind": "split"}, "Chia, tách thì chọn từ hai đơn vị mới."),
    ],
)
def test_page_says_what_is_missing(send, units, data, said):
    assert said in Page(send("Two", **data)).text
    assert not Entry.objects.exists()


def test_way_to_the_page_stands_on_the_unit_and_is_shut_once_it_ended(as_staff, staff, units):
    row = reverse("admin:blocs_unit_change", args=[units["Two"].pk])
    assert address(units["Two"]) in read(as_staff, row).addresses

    reorganise(units, "Two", "merger", "New", by=staff)

    page = read(as_staff, row)
    assert address(units["Two"]) not in page.addresses
    assert "Đơn vị này đã kết thúc hoạt động từ ngày 01/07/2020." in page.text
