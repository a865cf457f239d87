"""What of the scores waits for each desk, and for nobody else."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from blocs.contributions import registry
from blocs.models import User
from tests import factories as make
from tests.campaigns.test_score_steps import RELEASED, SENT, ask_why, given, sheet
from tests.factories import user_with

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


def waiting(user, *words):
    """[(title, due)] of what waits for a person and has one of these words."""
    asked = User.objects.get(pk=user.pk)  # an instance keeps what it was told
    return [
        (each.title, each.due)
        for each in registry.waiting_for(asked)
        if any(word in each.title for word in words)
    ]


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


def test_returned_criteria_wait_for_the_unit_with_their_day(scored, member, officer, secretary):
    correction = make.CorrectionFactory(
        sheet=sheet(member, **SENT | {"state": "returned"}), due=date(2020, 11, 8)
    )
    for criterion in scored.criteria_set.criteria.all()[:2]:
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
