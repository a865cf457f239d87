from datetime import date

import pytest

from blocs.models import Person, Post, Versioned
from blocs.permissions import editors, may_draft, may_edit
from campaigns import models
from campaigns.permissions import may_close_bloc_year, may_load_history, may_make_trial_accounts
from tests import factories as make
from tests.factories import BlocYearFactory, EmulationYearFactory, PledgeFactory, SeatFactory

TODAY = date(2020, 12, 15)
OF_THE_LEADER = "Việc này thuộc về đơn vị Khối trưởng của năm đó."
OF_THE_DEPARTMENT = "Việc này do cán bộ thi đua, khen thưởng của bộ thực hiện."
OF_ALL = "Dữ liệu chung của bộ do cán bộ thi đua, khen thưởng của bộ thực hiện."
CLOSED = "Hồ sơ năm của Khối đã khoá."
KEEPERS = {"staff", "secretary", "officer"}


def answers(permission, obj, people):
    """{who: True, or why not}."""
    found = {who: permission(user, obj, TODAY) for who, user in people.items()}
    return {who: bool(answer) or str(answer) for who, answer in found.items()}


def only(allowed, refusal):
    """Allowed to some, refused to all others with one reason."""
    return lambda people: {who: who in allowed or refusal for who in people}


def part_of(factory, parent):
    return lambda bloc_year: factory(**{parent: PARENTS[parent](bloc_year)})


def pledge_of(*bloc_years):
    pledge = PledgeFactory()
    pledge.bloc_years.add(*bloc_years)
    return pledge


PARENTS = {
    "meeting": lambda bloc_year: make.MeetingFactory(bloc_year=bloc_year),
    "inspection": lambda bloc_year: make.InspectionFactory(bloc_year=bloc_year),
    "pledge": pledge_of,
}
OF_A_BLOC_YEAR = {
    models.BlocYear: lambda bloc_year: bloc_year,
    models.Pledge: pledge_of,
    models.PledgeContent: part_of(make.PledgeContentFactory, "pledge"),
    models.Signature: part_of(make.SignatureFactory, "pledge"),
    models.AgendaItem: part_of(make.AgendaItemFactory, "meeting"),
    models.Attendance: part_of(make.AttendanceFactory, "meeting"),
    models.Statement: part_of(make.StatementFactory, "meeting"),
    models.Task: part_of(make.TaskFactory, "meeting"),
} | {
    factory._meta.model: lambda bloc_year, factory=factory: factory(bloc_year=bloc_year)
    for factory in (
        make.CampaignFactory,
        make.ObservationFactory,
        make.MeetingFactory,
        make.NominationFactory,
        make.ExemplarFactory,
        make.InspectionFactory,
        make.KnownResultFactory,
    )
}
OF_THE_MINISTRY = {
    make.UnitFactory: {"staff", "administrator"},
    make.UnitStateFactory: {"staff", "administrator"},
    make.BlocFactory: {"staff", "administrator"},
    make.UnitKindFactory: {"staff", "administrator"},
    make.AwardKindFactory: {"staff"},
    make.AwardNameFactory: {"staff"},
    make.EmulationYearFactory: {"staff"},
    make.PhaseFactory: {"staff"},
}
OF_CRITERIA = [
    make.CriteriaSetFactory,
    make.CriteriaSectionFactory,
    make.CriterionFactory,
    make.MeasureFactory,
]


def test_every_kind_of_row_that_people_edit_is_tried():
    of_all = {factory._meta.model for factory in (*OF_THE_MINISTRY, *OF_CRITERIA)}
    tried = {*OF_A_BLOC_YEAR, *of_all, models.Seat, models.Handover, Person, Post}

    assert tried == set(editors)


@pytest.mark.parametrize("model", editors, ids=lambda model: model.__name__)
def test_row_that_people_edit_knows_its_version(model):
    assert issubclass(model, Versioned)


@pytest.mark.parametrize("model", OF_A_BLOC_YEAR, ids=lambda model: model.__name__)
def test_record_of_a_bloc_year_is_edited_by_the_department_and_the_leaders_unit(people, bloc_year, model):
    obj = OF_A_BLOC_YEAR[model](bloc_year)

    assert answers(may_edit, obj, people) == only(KEEPERS, OF_THE_LEADER)(people)


@pytest.mark.parametrize("model", OF_A_BLOC_YEAR, ids=lambda model: model.__name__)
def test_record_of_a_closed_year_is_the_departments(people, bloc_year, model):
    bloc_year.closed_on = date(2021, 3, 31)
    bloc_year.save()
    obj = OF_A_BLOC_YEAR[model](bloc_year)

    assert answers(may_edit, obj, people) == only({"staff"}, CLOSED)(people)


@pytest.mark.parametrize(
    ("factory", "allowed"), OF_THE_MINISTRY.items(), ids=lambda each: getattr(each, "__name__", "")
)
def test_row_of_the_ministry(people, factory, allowed):
    refusal = OF_THE_DEPARTMENT if allowed == {"staff"} else "Việc này do người quản trị hệ thống thực hiện."

    assert answers(may_edit, factory(), people) == only(allowed, refusal)(people)


@pytest.mark.parametrize("factory", OF_CRITERIA, ids=lambda each: each.__name__)
def test_draft_of_the_criteria_of_all_blocs_is_the_departments(people, factory):
    refusal = "Bộ tiêu chí chung của các khối do cán bộ thi đua, khen thưởng của bộ lập."

    assert answers(may_edit, factory(), people) == only({"staff"}, refusal)(people)


@pytest.mark.parametrize("of", ["person", "post"])
def test_person_without_a_task_is_named_by_the_leaders_unit_of_the_bloc(people, bloc_year, of):
    post = make.PostFactory(unit=bloc_year.seats.get(role="member").unit, role="")
    row = {"person": post.person, "post": post}[of]

    assert {who for who, user in people.items() if may_edit(user, row, TODAY)} == {
        *KEEPERS,
        "administrator",
    }


def test_campaign_of_the_whole_ministry_is_the_departments(people):
    campaign = make.CampaignFactory(bloc_year=None)

    assert answers(may_edit, campaign, people) == only({"staff"}, OF_ALL)(people)


def test_draft_of_a_bloc_years_document(people, bloc_year):
    assert answers(may_draft, bloc_year, people) == only(KEEPERS | {"operator"}, OF_THE_LEADER)(people)


@pytest.mark.parametrize(
    ("permission", "allowed", "refusal"),
    [
        (may_close_bloc_year, {"staff"}, OF_THE_DEPARTMENT),
        (may_load_history, {"operator"}, "Việc này chỉ chạy được bằng lệnh trên máy chủ."),
        (may_make_trial_accounts, {"operator"}, "Việc này chỉ chạy được bằng lệnh trên máy chủ."),
    ],
)
def test_permission_on_a_bloc_year(people, bloc_year, permission, allowed, refusal):
    assert answers(permission, bloc_year, people) == only(allowed, refusal)(people)


# Who leads --------------------------------------------------------------------------------------------------


@pytest.fixture
def following(bloc_year):
    """The same bloc in the next year."""
    return BlocYearFactory(bloc=bloc_year.bloc, year=EmulationYearFactory(code="2021"))


@pytest.mark.parametrize(
    "seats", [[], [{"unit": None, "role": "leader"}], [{"role": "deputy"}, {"role": "member"}]]
)
def test_leader_of_the_year_before_keeps_a_year_whose_leader_is_not_named(people, following, seats):
    for seat in seats:
        SeatFactory(bloc_year=following, **seat)

    assert answers(may_edit, following, people) == only(KEEPERS, OF_THE_LEADER)(people)


def test_named_leader_keeps_the_year_alone(people, following):
    new = SeatFactory(bloc_year=following, role="leader")
    people["next secretary"] = make.user_with("secretary", new.unit)

    assert answers(may_edit, following, people) == only({"staff", "next secretary"}, OF_THE_LEADER)(people)


def test_leader_of_one_year_keeps_nothing_of_the_year_before(people, bloc_year):
    before = BlocYearFactory(bloc=bloc_year.bloc, year=EmulationYearFactory(code="2019"))

    assert answers(may_edit, before, people) == only({"staff"}, OF_THE_LEADER)(people)


def test_pledge_of_two_years_is_kept_by_who_leads_both(people, bloc_year, following):
    pledge = pledge_of(bloc_year, following)
    assert answers(may_edit, pledge, people) == only(KEEPERS, OF_THE_LEADER)(people)

    SeatFactory(bloc_year=following, role="leader")
    assert answers(may_edit, pledge, people) == only({"staff"}, OF_THE_LEADER)(people)


def test_pledge_of_no_year(people):
    refusal = "Hãy chọn khối trong năm của giao ước."

    assert answers(may_edit, PledgeFactory(), people) == only({"staff"}, refusal)(people)


SEATS = "Danh sách đơn vị trong Khối do cán bộ thi đua, khen thưởng của bộ ghi."


@pytest.mark.parametrize("role", ["leader", "deputy"])
def test_next_leader_and_deputy_are_named_by_the_leaders_unit(people, following, role):
    seat = SeatFactory(bloc_year=following, role=role, unit=None)

    assert answers(may_edit, seat, people) == only(KEEPERS, OF_THE_LEADER)(people)


def test_members_seat_is_the_departments(people, following):
    assert answers(may_edit, SeatFactory(bloc_year=following), people) == only({"staff"}, SEATS)(people)


@pytest.mark.parametrize("role", ["deputy", "member"])
def test_seat_beside_a_named_leader_is_the_departments(people, bloc_year, role):
    seat = SeatFactory(bloc_year=bloc_year, role=role)

    assert answers(may_edit, seat, people) == only({"staff"}, SEATS)(people)


def test_seat_of_a_first_year_is_the_departments(people):
    seat = SeatFactory(role="leader", unit=None)

    assert answers(may_edit, seat, people) == only({"staff"}, "Chưa có dữ liệu năm trước của Khối.")(people)


@pytest.mark.parametrize(
    ("day", "who"),
    [
        (date(2019, 12, 1), "first"),
        (date(2020, 6, 30), "first"),
        (date(2020, 7, 1), "second"),
        (date(2026, 1, 1), "second"),
    ],
)
def test_leader_replaced_in_the_year_leads_its_own_days(db, day, who):
    year = EmulationYearFactory(first_day=date(2020, 1, 1), last_day=date(2020, 12, 31))
    bloc_year = BlocYearFactory(year=year)
    first = SeatFactory(bloc_year=bloc_year, role="leader", last_day=date(2020, 6, 30))
    second = SeatFactory(bloc_year=bloc_year, role="leader", first_day=date(2020, 7, 1))

    leading = bloc_year.leading_units(day)

    assert leading == {{"first": first, "second": second}[who].unit_id}


def test_handover_is_kept_by_both_sides_and_the_department(people, bloc_year):
    taking = make.UnitFactory()
    people["takes over"] = make.user_with("officer", taking)
    people["clerk there"] = make.user_with("clerk", taking)
    handover = make.HandoverFactory(bloc_year=bloc_year, to_unit=taking)

    refusal = "Việc này thuộc về bên giao hoặc bên nhận nhiệm vụ Khối trưởng."
    assert answers(may_edit, handover, people) == only(KEEPERS | {"takes over"}, refusal)(people)


def test_letter_of_a_wave_is_drafted_by_the_department(people):
    wave = make.ReminderWaveFactory()

    assert answers(may_draft, wave, people) == only({"staff", "operator"}, OF_THE_DEPARTMENT)(people)
