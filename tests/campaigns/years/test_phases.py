"""The phases of a year: who sets them, what is proposed, what an extension opens again."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from blocs.journal import Paper
from blocs.models import Entry
from blocs.permissions import Refused
from campaigns import actions
from campaigns.models import Phase
from campaigns.windows import closed, phase_of
from campaigns.years.calendar import day_off, proposed_days
from tests import factories as make
from tests.pages import Page, read

pytestmark = pytest.mark.django_db

LAST = date(2020, 12, 25)


@pytest.fixture
def year(bloc_year):
    return bloc_year.year


@pytest.fixture
def phase(year):
    return make.PhaseFactory(year=year, kind="conference", first_day=date(2020, 11, 15), last_day=LAST)


def typed(page_client, year, **days):
    """What the form of a year's phases sends: as shown, with some days typed anew."""
    form = page_client.get(reverse("phases", args=[year.code])).context["form"]
    shown = {name: form.initial.get(name) or "" for name in form.fields}
    return {
        name: f"{value:%d/%m/%Y}" if isinstance(value, date) else value for name, value in shown.items()
    } | days


# Setting ----------------------------------------------------------------------------------------------------


def test_first_year_is_proposed_as_is_custom_and_set_by_one_act(as_staff, year):
    address = reverse("phases", args=[year.code])
    assert "đề xuất theo thông lệ" in read(as_staff, address).text

    response = as_staff.post(address, typed(as_staff, year, report_last="20/01/2021"))

    assert response.url == address
    assert {phase.kind for phase in year.phases.all()} == set(Phase.Kind.values)
    assert year.phases.get(kind="report").last_day == date(2021, 1, 20)
    assert [entry.act for entry in Entry.objects.all()] == ["phase.set"]
    assert "đề xuất theo thông lệ" not in read(as_staff, address).text


def test_next_year_is_proposed_as_this_one_was(phase):
    make.PhaseFactory(year=phase.year, kind="plan", last_day=date(2020, 2, 29))
    following = make.EmulationYearFactory(code="2021")

    assert proposed_days(following) == {
        "plan": (None, date(2021, 2, 28)),
        "conference": (date(2021, 11, 15), date(2021, 12, 25)),
    }


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"plan_first": "01/02/2020", "plan_last": ""}, "Hãy ghi hạn, hoặc bỏ trống cả hai ngày."),
        ({"plan_first": "01/02/2020", "plan_last": "31/01/2020"}, "Hạn đứng trước ngày bắt đầu."),
        ({"plan_last": "31/01/2030"}, "cách năm thi đua 2020 quá xa"),
    ],
)
def test_days_that_cannot_be_are_refused_where_they_stand(as_staff, year, days, said):
    response = as_staff.post(reverse("phases", args=[year.code]), typed(as_staff, year, **days))

    assert said in Page(response).text
    assert not year.phases.exists()


def test_journal_keeps_the_difference_alone(staff, phase):
    make.PhaseFactory(year=phase.year, kind="plan", last_day=date(2020, 3, 31))
    days = {"conference": (None, LAST), "plan": (None, date(2020, 3, 31)), "pledge": None}

    actions.set_phases(year=phase.year, days=days, shown_version=1, by=staff)

    payload = Entry.objects.get().payload.data
    assert payload["before"] == {"conference": ["2020-11-15", "2020-12-25"]}
    assert payload["after"] == {"conference": [None, "2020-12-25"]}


@pytest.mark.parametrize(
    ("days", "version", "said"),
    [
        ({"conference": None}, 0, "Người khác vừa đặt lại"),
        ({"plan": None}, 1, "Chưa có ngày nào thay đổi"),
    ],
)
def test_stale_or_idle_setting_is_refused(staff, phase, days, version, said):
    with pytest.raises(Refused, match=said):
        actions.set_phases(year=phase.year, days=days, shown_version=version, by=staff)
    assert phase.year.phases.count() == 1


def test_kind_left_empty_loses_its_dates(staff, phase):
    actions.set_phases(year=phase.year, days={"conference": None}, shown_version=1, by=staff)

    assert not phase.year.phases.exists()


@pytest.mark.parametrize("who", ["secretary", "officer", "clerk", "member's officer"])
def test_others_read_the_phases_and_set_none(client, people, page_of, phase, other, who):
    make.PhaseFactory(bloc_year=other, kind="report", reason="Bí mật của khối kia")
    address = reverse("phases", args=[phase.year.code])
    page = page_of(who, address)

    assert "Hội nghị tổng kết 15/11/2020 25/12/2020" in page.text
    assert "Bí mật" not in page.text
    assert page.buttons == []
    assert client.post(address, {}).status_code == 403


@pytest.mark.parametrize("who", ["nobody", "another bloc's secretary"])
def test_year_that_one_has_no_part_in_is_not_there(client, people, who):
    bloc_year = make.BlocYearFactory(year__code="2018")
    make.SeatFactory(bloc_year=bloc_year)
    client.force_login(people[who])

    assert client.get(reverse("phases", args=["2018"])).status_code == 404


# Extending --------------------------------------------------------------------------------------------------


def test_bloc_and_phase_are_chosen_and_never_assumed(as_staff, bloc_year, phase):
    address = reverse("phase-extend", args=["2020"])
    form = as_staff.get(address).context["form"]
    assert {form[name].value() for name in ("bloc_year", "kind")} <= {None, ""}
    assert as_staff.get(f"{address}?khoi={bloc_year.bloc.code}").context["form"]["bloc_year"].value() == (
        bloc_year.pk
    )

    sent = {"bloc_year": "", "kind": "", "last_day": "10/01/2021", "reason": "Sau bão"}
    assert {"bloc_year", "kind"} <= set(as_staff.post(address, sent).context["form"].errors)
    as_staff.post(address, sent | {"bloc_year": "tat-ca", "kind": "conference"})
    assert phase_of(bloc_year, "conference").last_day == date(2021, 1, 10)
    assert not Phase.objects.filter(bloc_year__isnull=False).exists()


def test_bloc_is_given_more_days_and_others_are_not(as_staff, bloc_year, other, phase):
    response = as_staff.post(
        reverse("phase-extend", args=["2020"]),
        {
            "bloc_year": bloc_year.pk,
            "kind": "conference",
            "last_day": "10/01/2021",
            "reason": "Sau bão",
            "paper_day": "20/12/2020",
            "paper_place": "Hà Nội",
        },
    )

    assert response.url == bloc_year.get_absolute_url()
    assert phase_of(bloc_year, "conference").last_day == date(2021, 1, 10)
    assert phase_of(other, "conference").last_day == LAST
    entry = Entry.objects.get()
    assert (entry.act, entry.reason, entry.paper.place) == ("phase.extend", "Sau bão", "Hà Nội")
    with time_machine.travel("2021-01-10 23:30+07:00"):
        assert closed(bloc_year, "conference") is None
        assert closed(other, "conference") is not None
    assert "Hội nghị tổng kết: hạn 10/01/2021 (Sau bão)" in read(as_staff, bloc_year.get_absolute_url()).text


def test_whole_year_is_given_more_days(staff, bloc_year, phase):
    actions.extend_phase(
        year=phase.year, kind="conference", last_day=date(2021, 1, 5), reason="Dịch bệnh", by=staff
    )

    assert phase_of(bloc_year, "conference").last_day == date(2021, 1, 5)
    assert phase.year.phases.count() == 1


def test_exception_is_extended_once_more_and_taken_away(as_staff, staff, bloc_year, phase):
    for day in (1, 2):
        actions.extend_phase(
            year=phase.year,
            bloc_year=bloc_year,
            kind="conference",
            last_day=date(2021, 1, day),
            reason="Chậm",
            by=staff,
        )
    own = bloc_year.phases.get()
    assert own.last_day == date(2021, 1, 2)

    as_staff.post(reverse("phase-remove", args=["2020", own.pk]))

    assert phase_of(bloc_year, "conference") == phase
    assert Entry.objects.order_by("-pk")[0].act == "record.remove"


def test_exception_of_another_year_or_the_years_own_phase_is_not_taken_away(as_staff, bloc_year, phase):
    own = make.PhaseFactory(bloc_year=make.BlocYearFactory(year__code="2021"), kind="plan")

    for key in (own.pk, phase.pk):
        assert as_staff.post(reverse("phase-remove", args=["2020", key])).status_code == 404


@pytest.mark.parametrize(
    ("kind", "day", "reason", "said"),
    [
        ("conference", LAST, "Chậm", "phải sau hạn đang áp dụng, ngày 25/12/2020"),
        ("report", date(2021, 2, 1), "Chậm", "chưa đặt thời hạn"),
        ("conference", date(2021, 2, 1), " ", "ghi lý do"),
    ],
)
def test_extension_that_extends_nothing_or_says_no_reason_is_refused(
    staff, bloc_year, phase, kind, day, reason, said
):
    for one in (None, bloc_year):
        with pytest.raises(Refused, match=said):
            actions.extend_phase(
                year=phase.year, bloc_year=one, kind=kind, last_day=day, reason=reason, by=staff
            )


@pytest.mark.parametrize("who", ["secretary", "officer", "clerk", "member's officer", "administrator"])
def test_only_staff_extends(people, bloc_year, phase, who):
    with pytest.raises(Refused):
        actions.extend_phase(
            year=phase.year,
            bloc_year=bloc_year,
            kind="conference",
            last_day=date(2021, 2, 1),
            reason="Chậm",
            by=people[who],
            paper=Paper(LAST),
        )


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2020, 12, 25), ""),
        (date(2020, 12, 26), "Thứ Bảy; ngày làm việc trước đó: 25/12/2020"),
        (date(2020, 12, 27), "Chủ nhật; ngày làm việc trước đó: 25/12/2020"),
    ],
)
def test_deadline_at_a_weekend_is_pointed_out(day, said):
    assert day_off(day) == said
