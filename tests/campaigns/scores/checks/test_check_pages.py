"""Pages of preparing checks, of release, reopening, the conference and the overview: who, what, what next."""

import html
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.scores import actions
from campaigns.scores.models import CheckAssignment, Inspection, Reopening, ScoreSheet
from tests.campaigns.scores.checks.conftest import rows_of
from tests.factories import (
    BlocYearFactory,
    CheckAssignmentFactory,
    MeetingFactory,
    ReopeningFactory,
    SeatFactory,
    UnitStateFactory,
    frozen_set,
)
from tests.factories.year import choose
from tests.forms import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(bloc_year, units):
    def address(name, *more):
        return reverse(name, args=[bloc_year.year.code, bloc_year.bloc.code, *more])

    return address


@pytest.fixture
def as_(client, people):
    def as_(who):
        client.force_login(people[who])
        return client

    return as_


def text_of(response):
    return html.unescape(response.content.decode())


# {page: (who may open it)}
KEEPERS = {"staff", "leader's secretary"}
EVERYBODY = KEEPERS | {"deputy's officer", "member's officer", "other's officer", "clerk", "administrator"}
PAGES = {
    ("scores",): EVERYBODY,
    ("score-inspections",): KEEPERS,
    ("score-assignments",): KEEPERS,
    ("score-reopen",): KEEPERS,
    ("score-release", "leader"): KEEPERS,
    ("score-release", "department"): {"staff"},
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: " ".join(page))
def test_who_opens_a_page(client, people, bloc_year, address, page):
    choose(bloc_year, frozen_set(bloc_year.year, name="Chấm chéo", check_mode="async"))
    opened = set()
    for who, user in people.items():
        if who != "operator":
            client.force_login(user)
            if client.get(address(*page)).status_code == 200:
                opened.add(who)

    assert opened == PAGES[page]


# Inspections ------------------------------------------------------------------------------------------------


def test_sittings_of_all_units_are_planned_on_one_screen_with_the_usual_team(as_, address, units, today):
    client = as_("leader's secretary")
    day = f"{today + timedelta(days=3):%d/%m/%Y}"

    response = send(
        client,
        address("score-inspections"),
        {
            f"{units['member'].code}-day": day,
            f"{units['member'].code}-starts_at": "08:30",
            f"{units['leader'].code}-day": day,
        },
    )

    assert response.status_code == 302
    teams = {
        each.unit: [(member.side, member.name, member.unit) for member in each.members.all()]
        for each in Inspection.objects.all()
    }
    assert teams == {
        units["member"]: [
            ("team", "Nguyễn Văn Leader", units["leader"]),
            ("team", "Nguyễn Văn Deputy", units["deputy"]),
            ("unit", "Nguyễn Văn Member", units["member"]),
        ],
        units["leader"]: [
            ("team", "Nguyễn Văn Deputy", units["deputy"]),
            ("unit", "Nguyễn Văn Leader", units["leader"]),
        ],
    }
    assert Inspection.objects.get(unit=units["member"]).place_name == "Trụ sở Viện Member"


def test_hours_in_the_wrong_order_are_told_with_the_unit(as_, address, units, today):
    name = units["member"].code
    typed = {f"{name}-day": f"{today:%d/%m/%Y}", f"{name}-starts_at": "10:00", f"{name}-ends_at": "09:00"}

    page = text_of(send(as_("staff"), address("score-inspections"), typed))

    assert "Viện Member: Giờ kết thúc phải sau giờ bắt đầu." in page
    assert not Inspection.objects.exists()


def test_members_are_written_one_by_one(as_, address, units, inspection):
    place = address("score-sitting-members", units["member"].code)

    response = send(
        as_("leader's secretary"),
        place,
        {"team-1-name": "Trần Thị B", "team-1-title": "Chuyên viên", "unit-0-name": "Lê Văn C"},
    )

    assert response.status_code == 302
    assert [(each.side, each.name, each.unit) for each in inspection.members.order_by("place")] == [
        ("team", "Nguyễn Văn An", units["deputy"]),
        ("team", "Trần Thị B", None),
        ("unit", "Lê Văn C", None),
    ]


# Assignments and what must not be known ---------------------------------------------------------------------


@pytest.fixture
def blind(bloc_year, units, scored):
    """Two units check the member unit without seeing each other; the leader's unit is checked by one."""
    UnitStateFactory(official_name="Bộ Mẫu", unit__is_root=True)
    choose(bloc_year, frozen_set(bloc_year.year, name="Kín", check_mode="blind", checkers=2))
    for checker in ("deputy", "other"):
        CheckAssignmentFactory(bloc_year=bloc_year, unit=units["member"], checker=units[checker])
    CheckAssignmentFactory(bloc_year=bloc_year, unit=units["leader"], checker=units["other"])
    scored(units["member"])
    scored(units["leader"])
    return bloc_year


def check(bloc_year, unit, checker, user, points):
    """A unit checks another and gives the judged criterion so many points; its sheet is released."""
    sheet = actions.begin_sheet(bloc_year=bloc_year, unit=unit, tier="check", checker=checker, by=user)
    rows = rows_of(sheet.criteria_set, {"b1": {"cham": {"points": points}}}, f"Zq{checker.code}")
    actions.save_scores(sheet=sheet, rows=rows, by=user)
    return actions.release_sheet(sheet=sheet, by=user)


def pages_of(client, bloc_year, units):
    """(address, text) of every page of the scores of the member and the leader's unit, as they open."""
    place = [bloc_year.year.code, bloc_year.bloc.code]
    addresses = [
        reverse(name, args=place) for name in ("scores", "score-assignments", "score-grid", "ranking")
    ]
    for unit in (units["member"], units["leader"]):
        addresses += [
            reverse(name, args=[*place, unit.code])
            for name in ("score-sitting", "score-unit", "score-own", "score-sheet-paper")
        ]
        addresses.append(reverse("score-tier", args=[*place, unit.code, "leader"]))
    for address in addresses:
        response = client.get(address)
        if response.status_code == 200:
            yield address, text_of(response)


def main_of(text):
    return text[text.find("<main") : text.find("</main>")]


def test_unit_never_reads_who_checked_it(client, people, blind, units):
    check(blind, units["member"], units["deputy"], people["deputy's officer"], "10")
    check(blind, units["member"], units["other"], people["other's officer"], "8")
    client.force_login(people["member's officer"])

    told = dict(pages_of(client, blind, units))

    assert told
    assert [
        at for at, text in told.items() if f"Zq{units['deputy'].code}" in text
    ] != []  # the reason is read
    own = [main_of(text) for at, text in told.items() if f"/diem/{units['member'].code}/" in at]
    assert len(own) == 2  # the page and the printed sheet
    for checker in (units["deputy"], units["other"]):
        assert [text for text in own if checker.name() in text] == []
        pair = f"{units['member'].pk}.{checker.pk}"
        assert [at for at, text in told.items() if f"← {checker.name()}" in text or pair in text] == []


def test_checker_reads_nothing_of_the_other_before_all_are_released(client, people, blind, units):
    check(blind, units["member"], units["deputy"], people["deputy's officer"], "10.5")
    secret = f"Zq{units['deputy'].code}"
    for who in ("other's officer", "member's officer"):
        client.force_login(people[who])
        told = dict(pages_of(client, blind, units))
        assert told
        assert [at for at, text in told.items() if secret in text or "10,5" in main_of(text)] == []

    check(blind, units["member"], units["other"], people["other's officer"], "8")

    client.force_login(people["member's officer"])
    assert [at for at, text in pages_of(client, blind, units) if secret in text] != []


def test_checking_unit_works_on_its_own_sheet(client, people, blind, units, address):
    client.force_login(people["other's officer"])
    place = address("score-sitting", units["member"].code)

    response = send(client, place, {"b1-cham__points": "8", "b1-grounds": "Ít điển hình", "conclude": ""})

    assert response.status_code == 302
    sheet = ScoreSheet.objects.get(tier="check")
    assert (sheet.checker, sheet.state, str(sheet.total.normalize())) == (units["other"], "released", "81.6")
    client.force_login(people["member's officer"])
    assert client.get(place).status_code == 403


def test_sheet_that_a_unit_filled_in_on_paper_is_recorded_for_it(as_, address, blind, units, today):
    client, place = as_("staff"), address("score-sitting", units["member"].code)
    code = units["other"].code
    assert f"?cham={code}&giay=1" in text_of(client.get(address("score-assignments")))

    typed = {"b1-points": "8", "b1-grounds": "Ít điển hình", "paper_day": f"{today:%d/%m/%Y}", "conclude": ""}
    response = send(client, f"{place}?cham={code}&giay=1", typed)

    assert response.status_code == 302
    sheet = ScoreSheet.objects.get(tier="check")
    assert (sheet.checker, sheet.from_paper, str(sheet.total.normalize())) == (units["other"], True, "81.6")


def test_overview_counts_checks_of_those_assigned(as_, people, address, blind, units):
    check(blind, units["member"], units["deputy"], people["deputy's officer"], "10")

    page = text_of(as_("staff").get(address("scores")))

    assert "1/2 đã công bố" in page
    assert "Zq" not in page


def test_leaders_unit_is_not_told_who_checks_it(as_, address, blind, units):
    page = main_of(text_of(as_("leader's secretary").get(address("score-assignments"))))

    assert "không hiện với đơn vị được chấm" in page
    assert "Rút lại phân công" in page
    staff = main_of(text_of(as_("staff").get(address("score-assignments"))))
    assert ["Viện Other → Viện Leader" in each for each in (staff, page)] == [True, False]
    assert ["Viện Other → Viện Member" in each for each in (staff, page)] == [True, True]


def test_draw_and_its_withdrawal_by_their_buttons(as_, address, bloc_year, units):
    choose(bloc_year, frozen_set(bloc_year.year, name="Chấm chéo", check_mode="async"))
    client = as_("staff")

    assert send(client, address("score-assignments")).status_code == 302
    assert CheckAssignment.objects.count() == len(units)
    assert client.post(address("score-assignments-withdraw")).status_code == 302
    assert not CheckAssignment.objects.exists()


def test_draw_is_not_offered_where_the_check_is_a_sitting(as_, address, units):
    assert as_("staff").get(address("score-assignments")).status_code == 404


# Release, reopening, conference -----------------------------------------------------------------------------


def test_release_names_what_is_not_complete_and_releases_the_rest(
    as_, address, bloc_year, people, units, scored
):
    scored(units["member"])
    scored(units["other"], {"a1": {"ty-le": {"achieved": "42", "plan": "50"}}})
    for name in ("member", "other"):
        actions.begin_sheet(
            bloc_year=bloc_year, unit=units[name], tier="leader", by=people["leader's secretary"]
        )
    client = as_("leader's secretary")
    page = main_of(text_of(client.get(address("score-release", "leader"))))
    incomplete, not_begun = page.index("còn tiêu chí chưa chấm"), page.index("Chưa có điểm ở cấp này")
    assert incomplete < page.index("Viện Other") < not_begun < page.index("Viện Deputy")

    assert send(client, address("score-release", "leader")).status_code == 302

    states = dict(ScoreSheet.objects.filter(tier="leader").values_list("unit", "state"))
    assert states == {units["member"].pk: "released", units["other"].pk: "draft"}


def test_reopening_by_its_form_and_the_list_of_those_before(as_, address, bloc_year, units, today, people):
    ReopeningFactory(bloc_year=bloc_year, units=[units["other"]], reason="Bão số 3")
    client = as_("leader's secretary")
    response = send(
        client,
        address("score-reopen"),
        {
            "units": str(units["member"].pk),
            "phase_kind": "scoring",
            "last_day": f"{today + timedelta(days=2):%d/%m/%Y}",
            "reason": "Số liệu về muộn",
        },
    )

    assert response.status_code == 302
    assert Reopening.objects.latest("pk").units.get() == units["member"]
    page = text_of(client.get(address("score-reopen")))
    assert "Bão số 3" in page
    assert "Đề nghị khen thưởng" not in main_of(page)  # the department's tier is opened again by staff alone


def test_conference_agrees_the_points_with_one_press(as_, address, bloc_year, units, scored, today):
    for unit in units.values():
        scored(unit)
    meeting = MeetingFactory(bloc_year=bloc_year, kind="year-end", first_day=today, last_day=today)
    client = as_("leader's secretary")
    place = address("meeting-scores", meeting.pk)

    response = send(client, place, {"paper_day": f"{today:%d/%m/%Y}"})

    assert response.status_code == 302
    assert set(ScoreSheet.objects.filter(tier="conference").values_list("unit", "state", "from_paper")) == {
        (unit.pk, "released", True) for unit in units.values()
    }
    screens = text_of(client.get(place))
    assert "Đã ghi: </span>Thống nhất điểm" in screens


# Overview ---------------------------------------------------------------------------------------------------


def rows_in(page):
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    return body.split("<tr")[1:]


def test_overview_shows_each_what_may_be_seen_own_unit_first(as_, address, scored, units):
    scored(units["member"])
    scored(units["other"])
    page = text_of(as_("other's officer").get(address("scores")))
    first, *others = rows_in(page)
    assert "Viện Other" in first
    assert "85,6" in first
    assert [row for row in others if "85,6" in row or "Đã gửi" in row] == []

    rows = rows_in(text_of(as_("leader's secretary").get(address("scores"))))
    assert sum("85,6" in row for row in rows) == 2
    assert "Viện Leader" in rows[0]


NEXT = {
    "member's officer": "Tự chấm điểm và gửi phiếu",
    "leader's secretary": "Tự chấm điểm và gửi phiếu",
    "staff": "Kiểm tra, công bố điểm: ",
    "clerk": None,
}


@pytest.mark.parametrize("who", NEXT)
def test_overview_has_one_next_thing(as_, address, scored, units, who):
    scored(units["other"])
    page = text_of(as_(who).get(address("scores")))
    header = page[
        page.index('class="page-header"') : page.index("</header>", page.index('class="page-header"'))
    ]

    if NEXT[who]:
        assert NEXT[who] in header
    else:
        assert "button" not in header


@pytest.mark.parametrize(
    ("who", "words"),
    [("staff", "Chọn bộ tiêu chí"), ("member's officer", "Cán bộ thi đua, khen thưởng của bộ chọn")],
)
def test_overview_without_criteria_says_what_to_do(as_, address, bloc_year, units, who, words):
    choose(bloc_year, None)

    assert words in text_of(as_(who).get(address("scores")))


def test_overview_of_a_bloc_without_units(as_, year, criteria_set, people):
    empty = BlocYearFactory(year=year, criteria_set=criteria_set)

    page = text_of(as_("staff").get(reverse("scores", args=[year.code, empty.bloc.code])))

    assert "Chưa có danh sách đơn vị" in page


def test_overview_asks_the_database_as_often_for_many_units(
    client, people, bloc_year, address, scored, units, django_assert_max_num_queries
):
    # the first answer of ten minutes keeps that the session was seen

    client.force_login(people["leader's secretary"])
    found = []
    for unit in ("member", "other", None):
        if unit is None:
            for _number in range(3):
                scored(SeatFactory(bloc_year=bloc_year).unit)
        else:
            scored(units[unit])
        client.get(address("scores"))
        with CaptureQueriesContext(connection) as queries:
            client.get(address("scores"))
        found.append(len(queries))

    assert len(set(found)) == 1
    assert found[0] <= 45
