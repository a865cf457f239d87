"""A year is opened from an earlier one: what differs is shown, and done as it was shown."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blocs.journal import Paper
from blocs.models import Entry
from blocs.permissions import Refused
from campaigns import actions
from campaigns.models import BlocYear, EmulationYear, Seat
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import CriteriaSet
from campaigns.years.openings import opening_of
from tests import factories as make
from tests.factories.year import choose
from tests.pages import Page, read

pytestmark = pytest.mark.django_db

ADDRESS = "/nam/mo/"
FIRST, LAST = date(2021, 1, 1), date(2021, 12, 31)


@pytest.fixture
def source(bloc_year):
    return bloc_year.year


def unit_of(name, place, **days):
    return make.UnitStateFactory(
        official_name=name, short_name="", decree_place=place, unit__decree_place=place, **days
    ).unit


@pytest.fixture
def units(bloc_year, leader):
    """The units of the bloc by name; the first leads."""
    found = {name: unit_of(name, place) for place, name in enumerate(("A", "B", "C", "D"))}
    leader.unit = found["A"]
    leader.save()
    for name in ("B", "C", "D"):
        make.SeatFactory(bloc_year=bloc_year, unit=found[name], group="Nhóm 1" if name == "B" else "")
    return found


def chosen_by(bloc_year, how):
    bloc_year.leader_chosen_by = how
    bloc_year.save()


def opened(source, staff, **told):
    told = {"code": "2021", "first_day": FIRST, "last_day": LAST} | told
    return actions.open_year(source=source, by=staff, **told)


def seats(year, bloc_year):
    """{name: role} of a bloc in a year."""
    found = Seat.objects.filter(bloc_year__year=year, bloc_year__bloc=bloc_year.bloc)
    return {seat.unit and seat.unit.name(): str(seat.role) for seat in found}


def opening(source):
    return opening_of(source, "2021", FIRST, LAST)


def bloc_in(source):
    return opening(source).blocs[0]


# What the act does ------------------------------------------------------------------------------------------


def test_year_is_opened_with_blocs_units_days_and_criteria_in_one_entry(source, bloc_year, units, staff):
    bloc_year.leader_label, bloc_year.deputy_label = "Cụm trưởng", "Cụm phó"
    choose(bloc_year, make.frozen_set(source))
    chosen_by(bloc_year, "appointed")
    make.PhaseFactory(year=source, kind="plan", first_day=date(2020, 1, 6), last_day=date(2020, 2, 29))
    make.PhaseFactory(bloc_year=bloc_year, kind="report")

    year = opened(source, staff, paper=Paper(date(2020, 12, 20)), reason="Quyết định 12/QĐ")

    following = year.bloc_years.get()
    assert (following.name, following.leader_label, following.deputy_label) == (
        bloc_year.name,
        "Cụm trưởng",
        "Cụm phó",
    )
    assert (following.organiser, following.leader_chosen_by) == (bloc_year.organiser, "appointed")
    assert seats(year, bloc_year) == dict.fromkeys("ABCD", "member")
    assert [seat.group for seat in following.seats.filter(unit=units["B"])] == ["Nhóm 1"]
    assert [(each.kind, each.first_day, each.last_day) for each in year.phases.all()] == [
        ("plan", date(2021, 1, 6), date(2021, 2, 28))
    ]
    draft = CriteriaSet.objects.get(year=year)
    assert (draft.cloned_from, draft.state) == (chosen_set(bloc_year), "draft")
    assert draft.criteria.count() == chosen_set(bloc_year).criteria.count()
    assert chosen_set(following) is None
    entry = Entry.objects.get(act="year.open")
    assert (entry.object_key, entry.reason, entry.paper.day) == (
        str(year.pk),
        "Quyết định 12/QĐ",
        date(2020, 12, 20),
    )
    assert {each.act for each in Entry.objects.all()} == {"year.open", "criteria.start"}


def test_school_year_beside_a_calendar_year(source, units, bloc_year, staff):
    opened(source, staff)
    year = opened(source, staff, code="2020-2021", first_day=date(2020, 8, 1), last_day=date(2021, 7, 31))

    assert seats(year, bloc_year) == dict.fromkeys("ABCD", "member")
    assert EmulationYear.objects.count() == 3


def test_bloc_that_does_not_go_on_is_left_out_with_its_criteria(source, bloc_year, units, other, staff):
    own = make.frozen_set(source, bloc=other.bloc)
    choose(other, own)

    year = opened(source, staff, left_out={other.bloc_id})

    assert [each.bloc for each in year.bloc_years.all()] == [bloc_year.bloc]
    assert not CriteriaSet.objects.filter(year=year).exists()
    assert Entry.objects.get().payload.data["after"]["left_out"] == [other.bloc.code]


@pytest.mark.parametrize("named", [True, False])
def test_bloc_that_elected_is_completed_and_not_doubled(source, bloc_year, units, staff, named):
    year = make.EmulationYearFactory(code="2021")
    following = make.BlocYearFactory(bloc=bloc_year.bloc, year=year, name="Khối đã bầu")
    make.SeatFactory(bloc_year=following, role="leader", unit=units["C"] if named else None)

    assert opened(source, staff, first_day=date(2021, 2, 1)) == year

    assert BlocYear.objects.get(year=year) == following
    known = {"C": "leader"} if named else {None: "leader", "C": "member"}
    assert seats(year, bloc_year) == {"A": "member", "B": "member", "D": "member"} | known
    year.refresh_from_db()
    assert year.first_day == FIRST  # what the election opened keeps its days


def test_year_that_is_open_whole_is_refused(source, units, staff):
    opened(source, staff)
    count = Entry.objects.count()

    with pytest.raises(Refused, match="Năm 2021 đã mở đủ các khối."):
        opened(source, staff)
    assert Entry.objects.count() == count


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"first_day": LAST, "last_day": FIRST}, "Ngày cuối phải sau ngày đầu."),
        ({"code": "2020"}, "đã mở đủ|phải khác năm"),
    ],
)
def test_days_and_codes_that_cannot_be_are_refused(source, units, staff, told, said):
    with pytest.raises(Refused, match=said):
        opened(source, staff, **told)
    assert EmulationYear.objects.count() == 1


@pytest.mark.parametrize("who", ["secretary", "officer", "clerk", "member's officer", "administrator"])
def test_only_staff_opens_a_year(client, people, source, units, who):
    with pytest.raises(Refused):
        opened(source, people[who])
    client.force_login(people[who])
    assert client.get(ADDRESS).status_code == client.post(ADDRESS).status_code == 403
    assert not Entry.objects.exists()


def test_query_count_does_not_grow_with_units(source, bloc_year, units, staff):
    counts = []
    for code in ("2018", "2021", "2022"):  # what the process keeps is asked for once
        with CaptureQueriesContext(connection) as queries:
            opened(source, staff, code=code)
        counts.append(len(queries))
        for place in range(20):
            make.SeatFactory(bloc_year=bloc_year, unit=unit_of(f"Đơn vị {place}", place))
    assert counts[1] == counts[2]


# Who leads --------------------------------------------------------------------------------------------------


def lead(unit, bloc, code):
    before = make.BlocYearFactory(bloc=bloc, year__code=code)
    make.SeatFactory(bloc_year=before, role="leader", unit=unit)


@pytest.mark.parametrize(
    ("led", "deputies", "proposed"),
    [
        ([], 0, ["B"]),
        (["B"], 0, ["C"]),
        (["B"], 1, ["C", "D"]),
        (["B", "C", "D"], 2, ["B", "C", "D"]),
        (["D", "C", "B"], 0, ["D"]),
        ([], 3, ["B", "C", "D"]),
    ],
)
def test_rotation_proposes_the_units_that_are_next(source, bloc_year, units, led, deputies, proposed):
    """The units in `led` led one after another before A, which leads now."""
    chosen_by(bloc_year, "rotation")
    for number, name in enumerate(led):
        lead(units[name], bloc_year.bloc, str(2010 + number))
    for seat in bloc_year.seats.filter(role="member")[:deputies]:
        seat.role = "deputy"
        seat.save()

    assert [unit.name() for unit in bloc_in(source).proposed] == proposed


@pytest.mark.parametrize("how", ["election", "appointed"])
def test_nobody_is_proposed_where_no_turn_decides(source, bloc_year, units, how):
    chosen_by(bloc_year, how)

    assert (bloc_in(source).proposed, bloc_in(source).asks_who_leads) == ([], how == "appointed")


def test_those_who_were_chosen_lead(source, bloc_year, units, staff):
    chosen_by(bloc_year, "appointed")

    year = opened(source, staff, leading={bloc_year.bloc_id: (units["D"], [units["A"], units["B"]])})

    assert seats(year, bloc_year) == {"A": "deputy", "B": "deputy", "C": "member", "D": "leader"}


@pytest.mark.parametrize(
    ("how", "chosen", "deputies", "said"),
    [
        ("election", "B", [], "do Hội nghị bầu"),
        ("appointed", "B", ["B"], "chỉ giữ một vai trò"),
        ("appointed", "X", [], "không có trong khối năm mới"),
    ],
)
def test_leaders_that_cannot_be_are_refused(source, bloc_year, units, staff, how, chosen, deputies, said):
    chosen_by(bloc_year, how)
    units["X"] = unit_of("X", 9)

    with pytest.raises(Refused, match=said):
        opened(
            source,
            staff,
            leading={bloc_year.bloc_id: (units[chosen], [units[name] for name in deputies])},
        )
    assert EmulationYear.objects.count() == 1


# Units that changed -----------------------------------------------------------------------------------------


def test_unit_that_was_renamed_is_shown_by_both_names(source, units):
    state = units["B"].states.get()
    state.last_day = date(2020, 6, 30)
    state.save()
    make.UnitStateFactory(unit=units["B"], official_name="B mới", first_day=date(2020, 7, 1))

    assert bloc_in(source).renamed == [("B", "B mới")]


@pytest.mark.parametrize(
    ("steps", "replaced_by", "carried"),
    [
        ([("B", "merger", "X")], ["X"], ["A", "X", "C", "D"]),
        ([("B", "merger", "A")], [], ["A", "C", "D"]),
        ([("B", "dissolution", None)], [], ["A", "C", "D"]),
        ([("B", "split", "X"), ("B", "split", "Y")], ["X", "Y"], ["A", "X", "Y", "C", "D"]),
        ([("B", "transfer", "X"), ("X", "merger", "Y")], ["Y"], ["A", "Y", "C", "D"]),
        ([("B", "merger", "elsewhere")], [], ["A", "C", "D"]),
    ],
)
def test_unit_that_ended_gives_way_to_who_follows(
    source, bloc_year, units, other, staff, steps, replaced_by, carried
):
    units |= {name: unit_of(name, 9) for name in ("X", "Y", "elsewhere")}
    make.SeatFactory(bloc_year=other, unit=units["elsewhere"])
    for from_unit, kind, to_unit in steps:
        make.SuccessionFactory(
            on=date(2020, 6, 1),
            kind=kind,
            from_unit=units[from_unit],
            to_unit=units[to_unit] if to_unit else None,
        )
    found = next(each for each in opening(source).blocs if each.before == bloc_year)

    assert [(each.unit.name(), [unit.name() for unit in each.replaced_by]) for each in found.ended] == [
        ("B", replaced_by)
    ]
    assert [unit.name() for unit in found.units] == carried
    year = opened(source, staff)
    assert set(seats(year, bloc_year)) == set(carried)


def test_unit_that_ends_later_or_had_left_is_not_taken_for_ended(source, bloc_year, units, staff):
    make.SuccessionFactory(on=date(2021, 3, 1), from_unit=units["B"], to_unit=units["C"])
    bloc_year.seats.filter(unit=units["D"]).update(last_day=date(2020, 5, 31))

    found = bloc_in(source)

    assert (found.ended, [unit.name() for unit in found.left]) == ([], ["D"])
    assert set(seats(opened(source, staff), bloc_year)) == {"A", "B", "C"}


def test_representative_goes_with_the_unit_and_not_with_who_follows_it(source, bloc_year, units, staff):
    bloc_year.seats.update(representative="Nguyễn Văn An", representative_title="Viện trưởng")
    units["X"] = unit_of("X", 9)
    make.SuccessionFactory(on=date(2020, 6, 1), from_unit=units["B"], to_unit=units["X"])

    following = opened(source, staff).bloc_years.get()

    assert {seat.unit.name(): seat.representative for seat in following.seats.all()} == {
        "A": "Nguyễn Văn An",
        "X": "",
        "C": "Nguyễn Văn An",
        "D": "Nguyễn Văn An",
    }


# The page ---------------------------------------------------------------------------------------------------


def sent(page):
    """What the page's form sends as it is shown."""
    context = page.context
    found = {"shown": context["shown"], "shown_source": context["opening"].source.code}
    forms = [context["year_form"], context["form"]]
    for form in forms:
        for name in form.fields:
            value = form[name].value()
            value = getattr(value, "pk", value)
            if value is True:
                found[name] = "on"
            elif value not in (None, False, ""):
                found[name] = f"{value:%d/%m/%Y}" if isinstance(value, date) else value
    return found


def test_page_shows_the_next_year_and_opens_it(as_staff, source, bloc_year, units):
    chosen_by(bloc_year, "rotation")
    make.PhaseFactory(year=source, kind="plan", last_day=date(2020, 1, 2))
    page = as_staff.get(ADDRESS)
    text = Page(page).text
    assert "Mở năm thi đua 2021" in text
    assert "4 đơn vị chuyển sang" in text
    assert "Kế hoạch của Khối – 02/01/2021 Thứ Bảy; ngày làm việc trước đó: 01/01/2021" in text

    answer = as_staff.post(ADDRESS, sent(page))

    year = EmulationYear.objects.get(code="2021")
    assert answer.url == year.get_absolute_url()
    assert seats(year, bloc_year) == {"A": "member", "B": "leader", "C": "member", "D": "member"}


def test_other_days_are_shown_before_anything_is_done(as_staff, source, bloc_year, units):
    data = sent(as_staff.get(ADDRESS)) | {
        "code": "2021-2022",
        "first_day": "01/08/2021",
        "last_day": "31/07/2022",
    }

    again = as_staff.post(ADDRESS, data)

    assert "Đã tính lại theo năm và ngày vừa ghi" in Page(again).text
    assert not EmulationYear.objects.exclude(pk=source.pk).exists()
    as_staff.post(ADDRESS, sent(again))
    assert EmulationYear.objects.get(code="2021-2022").first_day == date(2021, 8, 1)


def test_another_year_to_clone_brings_its_own_next_year(as_staff, source, units):
    make.EmulationYearFactory(code="2017")
    data = sent(as_staff.get(ADDRESS)) | {"source": "2017"}

    page = as_staff.post(ADDRESS, data)

    assert page.context["opening"].code == "2018"
    assert EmulationYear.objects.count() == 2


def test_refused_opening_says_why_beside_the_form(as_staff, staff, source, units):
    page = as_staff.get(ADDRESS)
    data = sent(page)
    opened(source, staff)

    answer = as_staff.post(ADDRESS, data)

    assert answer.status_code == 200
    assert "đã mở đủ các khối" in Page(answer).text


def test_first_year_is_written_in_the_records(as_staff):
    assert as_staff.get(ADDRESS).url == reverse("admin:campaigns_emulationyear_add")


def test_days_and_code_are_explained_where_they_stand(as_staff, source, units):
    data = sent(as_staff.get(ADDRESS)) | {"code": "năm 2021", "last_day": "01/01/2020"}

    text = Page(as_staff.post(ADDRESS, data)).text

    assert "Năm thi đua ghi là 2020 hoặc 2020-2021." in text
    assert "Ngày cuối phải sau ngày đầu." in text


@pytest.mark.parametrize("who", ["staff", "secretary"])
def test_how_the_leader_is_chosen_is_kept_with_the_blocs_year(client, people, bloc_year, who):
    client.force_login(people[who])
    row = client.get(reverse("admin:campaigns_blocyear_change", args=[bloc_year.pk])).content.decode()

    assert 'name="leader_chosen_by"' in row


def test_home_leads_staff_to_the_page(as_staff, source, units):
    assert read(as_staff, reverse("home")).links["Mở năm thi đua 2021"] == ADDRESS
