"""What of the scores waits for each desk, and for nobody else."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blocs.contributions import registry
from blocs.models import User
from campaigns.scores.criteria.chosen import chosen_set
from tests import factories as make
from tests.campaigns.scores.test_score_steps import RELEASED, SENT, ask_why, given, sheet
from tests.factories import user_with
from tests.factories.year import choose
from tests.pages import read

pytestmark = pytest.mark.django_db

NOW = datetime.fromisoformat("2020-11-05 08:00+07:00")
DUE = {"scoring": date(2020, 11, 10), "check": date(2020, 11, 25), "explanation": date(2020, 11, 30)}


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def scored(bloc_year, member, other):
    """A bloc's year with criteria and windows, beside another whose sheets could leak."""
    for kind, day in DUE.items():
        make.PhaseFactory(year=bloc_year.year, kind=kind, last_day=day)
    foreign = make.SeatFactory(bloc_year=given(other, make.frozen_set(other.year)))
    sheet(foreign, **SENT)
    make.CorrectionFactory(sheet=sheet(other.seats.get(role="leader"), **SENT | {"state": "returned"}))
    ask_why(sheet(foreign, "check", **RELEASED))
    return given(bloc_year, make.frozen_set(bloc_year.year))


@pytest.fixture
def officer(member):
    return user_with("officer", member.unit)


def waiting_for(user):
    """All that waits for a person."""
    asked = User.objects.get(pk=user.pk)  # an instance keeps what it was told
    return registry.waiting_for([asked])[asked.pk]


def waiting(user, *words):
    """[(title, due)] of what waits for a person and has one of these words."""
    return [(each.title, each.due) for each in waiting_for(user) if any(word in each.title for word in words)]


def test_unit_is_told_to_score_itself_until_it_has_sent(scored, member, officer, secretary):
    told = [("Tự chấm điểm năm 2020", DUE["scoring"])]
    assert waiting(officer, "Tự chấm") == waiting(secretary, "Tự chấm") == told

    sheet(member, **SENT)

    assert waiting(officer, "Tự chấm") == []
    assert waiting(secretary, "Tự chấm") == told


def test_unit_for_which_scoring_is_opened_again_is_told_its_own_last_day(scored, member, officer, secretary):
    with time_machine.travel("2020-11-20 08:00+07:00"):
        make.ReopeningFactory(
            bloc_year=scored, units=[member.unit], phase_kind="scoring", last_day=date(2020, 11, 22)
        )
        assert waiting(officer, "Tự chấm") == [("Tự chấm điểm năm 2020", date(2020, 11, 22))]
        assert waiting(secretary, "Tự chấm") == [("Tự chấm điểm năm 2020", DUE["scoring"])]
    with time_machine.travel("2020-11-23 08:00+07:00"):
        assert waiting(officer, "Tự chấm") == [("Tự chấm điểm năm 2020", DUE["scoring"])]


@pytest.mark.parametrize(
    ("kind", "word"), [("check", "Kiểm tra"), ("conference", "xếp hạng"), ("conference", "Hội nghị tổng kết")]
)
def test_who_has_a_phase_opened_again_is_told_so_on_each_of_its_steps(scored, leader, secretary, kind, word):
    make.PhaseFactory(year=scored.year, kind="conference", last_day=date(2020, 11, 25))
    if kind == "check":
        choose(scored, make.frozen_set(scored.year, check_mode="async", name="Chấm chéo"))
        make.CheckAssignmentFactory(
            bloc_year=scored, unit=scored.seats.get(role="member").unit, checker=leader.unit
        )
    with time_machine.travel("2020-11-27 08:00+07:00"):
        make.ReopeningFactory(
            bloc_year=scored, units=[leader.unit], phase_kind=kind, last_day=date(2020, 11, 30)
        )
        found = [(each.due, each.note) for each in waiting_for(secretary) if word in each.title]

    assert found == [(date(2020, 11, 30), "Đã mở lại cho đơn vị")]


def test_what_is_due_the_same_day_stands_in_the_order_of_the_work(scored, member, secretary):
    make.PhaseFactory(year=scored.year, kind="preparatory", last_day=DUE["check"])
    sheet(member, **SENT)

    titles = [title for title, due in waiting(secretary, "trù bị", "Tiếp nhận") if due == DUE["check"]]
    assert titles == ["Ghi cuộc họp trù bị", "Tiếp nhận 01 phiếu tự chấm điểm"]


def test_returned_criteria_wait_for_the_unit_with_their_day(scored, member, officer, secretary):
    correction = make.CorrectionFactory(
        sheet=sheet(member, **SENT | {"state": "returned"}), due=date(2020, 11, 8)
    )
    for criterion in chosen_set(scored).criteria.all()[:2]:
        make.CorrectionPointFactory(correction=correction, criterion=criterion)

    assert waiting(officer, "Chỉnh sửa") == [("Chỉnh sửa 02 tiêu chí bị trả lại", date(2020, 11, 8))]
    assert waiting(secretary, "Chỉnh sửa") == []


def test_answer_stands_for_a_week(scored, member, officer, secretary):
    asked = ask_why(sheet(member, "check", **RELEASED))
    assert waiting(officer, "giải trình") == []
    assert waiting(secretary, "đề nghị giải trình điểm") == [
        ("Trả lời 01 đề nghị giải trình điểm", DUE["explanation"])
    ]

    type(asked).objects.filter(pk=asked.pk).update(
        answer="Vì thiếu minh chứng", answered_at=NOW, answered_by=asked.asked_by, desk="Tổ kiểm tra"
    )

    assert waiting(officer, "giải trình") == [("Đã có trả lời giải trình điểm", None)]
    assert waiting(secretary, "đề nghị giải trình điểm") == []
    with time_machine.travel(NOW + timedelta(days=8)):
        assert waiting(officer, "giải trình") == []


def test_checker_is_told_whom_to_check_once_the_unit_has_sent(scored, leader, member, officer):
    make.UnitStateFactory(unit=leader.unit, official_name="Viện Một", short_name="")
    make.CheckAssignmentFactory(bloc_year=scored, unit=leader.unit, checker=member.unit)
    assert waiting(officer, "Chấm chéo") == []

    sheet(leader, **SENT)
    assert waiting(officer, "Chấm chéo") == [("Chấm chéo Viện Một", DUE["check"])]

    sheet(leader, "check", checker=member.unit, **RELEASED)
    assert waiting(officer, "Chấm chéo") == []


@pytest.mark.parametrize(("day", "due"), [(None, DUE["check"]), (date(2020, 11, 12), date(2020, 11, 12))])
def test_unit_on_the_team_is_told_of_the_sitting(scored, leader, member, officer, secretary, day, due):
    make.UnitStateFactory(unit=leader.unit, official_name="Viện Một", short_name="")
    inspection = make.InspectionFactory(bloc_year=scored, unit=leader.unit, day=day)
    for unit in (member.unit, leader.unit):
        make.InspectionMemberFactory(inspection=inspection, unit=unit, side="team")

    assert waiting(officer, "Kiểm tra Viện") == [("Kiểm tra Viện Một", due)]
    assert waiting(secretary, "Kiểm tra Viện") == []  # nobody checks itself


def test_leaders_unit_receives_releases_and_ranks(scored, leader, member, secretary, officer):
    sheet(member, **SENT)
    sheet(leader, "check", is_complete=True)
    sheet(member, "check")
    sheet(member, "department", is_complete=True)
    told = [
        ("Tiếp nhận 01 phiếu tự chấm điểm", DUE["check"]),
        ("Công bố 01 phiếu đã chấm đủ", DUE["check"]),
    ]

    assert waiting(secretary, "Tiếp nhận", "Công bố") == told
    assert waiting(officer, "Tiếp nhận", "Công bố") == []

    make.PhaseFactory(year=scored.year, kind="conference", last_day=date(2020, 12, 4))
    assert waiting(secretary, "xếp hạng") == [("Lập, công bố bảng xếp hạng", date(2020, 12, 4))]


def test_staff_are_told_of_the_next_year_of_criteria_and_of_their_own_tier(scored, member, staff):
    make.BlocYearFactory(year=scored.year)
    make.CriteriaSetFactory(year=scored.year)
    sheet(member, "department", is_complete=True)
    sheet(member, "leader", is_complete=True)

    words = ("Mở năm", "bộ tiêu chí", "Công bố", "Tiếp nhận")
    assert sorted(waiting(staff, *words), key=str) == [
        ("01 khối chưa có bộ tiêu chí chấm điểm", None),
        ("Ban hành 01 bộ tiêu chí còn dự thảo", None),
        ("Công bố 01 phiếu đã chấm đủ", None),
        ("Mở năm thi đua 2021", date(2020, 12, 31)),
    ]
    with time_machine.travel("2020-10-15 08:00+07:00"):
        assert waiting(staff, "Mở năm") == []


def test_closed_year_waits_no_longer(scored, member, officer, secretary):
    sheet(member, **SENT)
    scored.closed_on = timezone.localdate()
    scored.save()

    assert waiting(secretary, "Tiếp nhận", "Tự chấm") == waiting(officer, "Tự chấm") == []


def points_to_read(user):
    """[(due, note, address)] of the points that wait to be read."""
    return [
        (each.due, each.note, each.address)
        for each in waiting_for(user)
        if each.title == "Xem điểm đã công bố"
    ]


def release(seat, tier, total, **values):
    return sheet(seat, tier, total=Decimal(total), **RELEASED | {"released_at": NOW} | values)


def test_released_points_are_read_by_their_unit_while_it_may_ask(scored, leader, member, officer, secretary):
    sheet(member, total=Decimal("87.79"), **SENT)
    assert points_to_read(officer) == []
    check = release(member, "check", "84.05")
    sheet(member, "leader", total=Decimal("82.05"))  # not released
    release(leader, "check", "70")

    address = check.get_absolute_url()
    assert points_to_read(officer) == [(DUE["explanation"], "Kiểm tra 84,05 (tự chấm 87,79)", address)]
    assert [note for _due, note, _address in points_to_read(secretary)] == ["Kiểm tra 70"]

    with time_machine.travel("2020-12-01 08:00+07:00"):
        assert points_to_read(officer) == []
        last = date(2020, 12, 5)
        make.ReopeningFactory(bloc_year=scored, units=[member.unit], phase_kind="explanation", last_day=last)
        assert [due for due, _note, _address in points_to_read(officer)] == [last]
        assert points_to_read(secretary) == []


def test_released_points_are_read_for_a_fortnight_where_there_is_no_window(scored, member, officer):
    scored.year.phases.filter(kind="explanation").delete()
    release(member, "check", "84.05")
    release(member, "leader", "82.05")

    with time_machine.travel(NOW + timedelta(days=14)):
        told = [(due, note) for due, note, _address in points_to_read(officer)]
    assert told == [(None, "Kiểm tra 84,05; Khối trưởng thẩm định 82,05")]
    with time_machine.travel(NOW + timedelta(days=15)):
        assert points_to_read(officer) == []


def test_released_points_of_many_blocs_are_asked_of_the_database_at_once(scored, leader, member, officer):
    def queries():
        asked = User.objects.get(pk=officer.pk)
        with CaptureQueriesContext(connection) as found:
            registry.waiting_for([asked])
        return len(found)

    second = given(make.BlocYearFactory(year=scored.year), chosen_set(scored))
    make.SeatFactory(bloc_year=second, role="leader")
    release(member, "check", "84.05")
    queries()  # content types are asked once
    one = queries()
    release(make.SeatFactory(bloc_year=second, unit=member.unit), "check", "80")

    assert len(points_to_read(officer)) == 2
    assert queries() == one


def test_one_question_is_answered_on_its_own_page_and_said_once(scored, leader, member, secretary):
    asked = ask_why(sheet(member, "check", **RELEASED))
    words = "đề nghị giải trình"

    assert waiting(secretary, words) == [("Trả lời 01 đề nghị giải trình điểm", DUE["explanation"])]
    place = [scored.year.code, scored.bloc.code]
    answer = reverse("score-answer", args=[*place, member.unit.code, asked.pk])
    assert addresses(secretary, words) == [answer]

    ask_why(sheet(leader, "check", **RELEASED))
    assert addresses(secretary, words) == [reverse("scores", args=place)]


def addresses(user, words):
    return [each.address for each in waiting_for(user) if words in each.title]


def test_check_is_said_once_and_a_reminder_of_it_stands(scored, leader, member, secretary):
    words = ("Kiểm tra điểm", "Tiếp nhận")
    assert waiting(secretary, *words) == [("Kiểm tra điểm của các đơn vị", DUE["check"])]

    sheet(member, **SENT)
    assert waiting(secretary, *words) == [("Tiếp nhận 01 phiếu tự chấm điểm", DUE["check"])]

    make.ReminderFactory(
        wave=make.ReminderWaveFactory(phase_kind="check"),
        phase_kind="check",
        bloc_year=scored,
        unit=leader.unit,
    )
    assert sorted(waiting(secretary, *words)) == [
        ("Kiểm tra điểm của các đơn vị", DUE["check"]),
        ("Tiếp nhận 01 phiếu tự chấm điểm", DUE["check"]),
    ]


def test_home_does_not_tell_a_unit_to_score_itself_again(client, scored, leader, member, officer, secretary):
    def told(user):
        client.force_login(user)
        return read(client, reverse("home")).text.partition("Khối của tôi")[2]

    scored.plan_issued_on = date(2020, 3, 1)
    scored.save()
    sheet(leader, **SENT)
    assert "Bước tiếp theo: Tự chấm điểm" in told(officer)

    sheet(member, **SENT)
    make.SeatFactory(bloc_year=scored)  # which has not sent
    for user in (officer, secretary):
        assert scored.name in told(user)
        assert "Tự chấm điểm" not in told(user)
