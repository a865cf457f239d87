"""What the leader's unit keeps in the admin: what may be chosen, what is saved, where each page leads."""

from datetime import date

import pytest
import time_machine
from django.contrib import admin
from django.urls import reverse
from django.utils.text import capfirst

from blocs import actions
from blocs.models import Entry, IssuedDocument, Unit
from blocs.permissions import refuse
from campaigns.keeping import kept_bloc_years
from campaigns.models import BlocYear, Campaign, Meeting, Observation, Pledge, Seat
from campaigns.permissions import leads
from tests import factories as make
from tests.blocs.two_blocs import MarkedRecords, address
from tests.factories import user_with

pytestmark = pytest.mark.django_db


MADE_ONCE = MarkedRecords


@pytest.fixture
def world(made_once):
    return made_once


@pytest.fixture
def secretary(client, world):
    """The secretary of the first bloc's leading unit, signed in."""
    client.force_login(world.people["leader a"])
    return world.people["leader a"]


@pytest.fixture
def staff(client, world):
    user = user_with("staff")
    client.force_login(user)
    return user


# What is chosen and saved -----------------------------------------------------------------------------------


def test_row_is_added_to_ones_own_bloc_alone(client, world, secretary):
    def add(bloc_year):
        data = {"bloc_year": bloc_year.pk, "kind": "task", "place": 1, "text": "Nhiệm vụ"}
        return client.post(address(Observation, "add"), data)

    refused = add(world.row(BlocYear, "b"))
    assert refused.status_code == 200
    assert "bloc_year" in refused.context["adminform"].form.errors
    assert add(world.row(BlocYear, "a")).status_code == 302
    assert [each.bloc_year for each in Observation.objects.filter(kind="task")] == [world.row(BlocYear, "a")]


def test_row_cannot_be_moved_to_another_bloc(client, world, secretary):
    row = world.row(Observation, "a")
    data = {
        "bloc_year": world.row(BlocYear, "b").pk,
        "kind": row.kind,
        "place": row.place,
        "text": row.text,
        "shown_version": row.version,
    }
    response = client.post(address(Observation, "change", row.pk), data)
    assert "bloc_year" in response.context["adminform"].form.errors
    row.refresh_from_db()
    assert row.bloc_year == world.row(BlocYear, "a")


def test_unit_of_another_bloc_cannot_be_chosen(client, world, secretary):
    meeting = world.row(Meeting, "a")
    formsets = {
        f"{prefix}-{name}": 0
        for prefix in ("agendaitems", "attendances", "statements", "tasks")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    data = {
        "bloc_year": meeting.bloc_year_id,
        "kind": meeting.kind,
        "title": meeting.title,
        "host": world.units["leader b"].pk,
        "shown_version": meeting.version,
        **formsets,
    }
    response = client.post(address(Meeting, "change", meeting.pk), data)
    assert list(response.context["adminform"].form.errors) == ["host"]
    data["host"] = world.units["leader a"].pk
    assert client.post(address(Meeting, "change", meeting.pk), data).status_code == 302


@pytest.mark.parametrize("who", ["member a", "both"])
@pytest.mark.parametrize("model", [Meeting, Observation, Pledge, Campaign, Seat, BlocYear, Unit])
def test_member_unit_reads_and_changes_nothing(client, world, who, model):
    client.force_login(world.people[who])
    row = world.row(model, "a", "leader a")
    page = client.get(address(model, "change", row.pk))
    assert page.status_code == 200
    assert "_save" not in page.content.decode()
    assert client.post(address(model, "change", row.pk), {}).status_code == 403
    assert client.get(address(model, "add")).status_code == 403
    assert client.get(address(model, "delete", row.pk)).status_code == 403


LED = {  # year: (bloc, days of the leader's seat by unit; an empty unit: elected, not named)
    "2018": ("a", {None: (None, None)}),
    "2019": ("a", {"member a": (None, None)}),
    "2021": ("a", {None: (None, None)}),
    "2022": ("a", {None: (None, None)}),
    "2023": ("a", {"leader a": (None, "2023-06-30"), "both": ("2023-07-01", None)}),
    "2024": ("b", {"leader a": (None, "2024-06-30"), "leader b": ("2024-07-01", None)}),
    "2025": ("b", {None: (None, None)}),
}


NOT_YET = {("both", "2017-05-05"), ("both", "2020-05-05"), ("both", "2023-03-03")}


@pytest.mark.parametrize(
    "today", ["2017-05-05", "2020-05-05", "2023-03-03", "2023-09-09", "2024-05-05", "2026-01-01"]
)
@pytest.mark.parametrize("who", ["leader a", "leader b", "member a", "both", "outside"])
def test_bloc_years_to_choose_from_are_those_that_the_permission_allows(world, who, today):
    for code, (bloc, seats) in LED.items():
        year = make.EmulationYearFactory(code=code)
        bloc_year = make.BlocYearFactory(bloc=world.row(BlocYear, bloc).bloc, year=year)
        for unit, (first, last) in seats.items():
            make.SeatFactory(
                bloc_year=bloc_year,
                role="leader",
                unit=unit and world.units[unit],
                first_day=first,
                last_day=last,
            )
    BlocYear.objects.filter(pk=world.row(BlocYear, "b").pk).update(closed_on="2022-03-01")
    user = user_with("officer", world.units[who], first_day="2010-01-01")
    with time_machine.travel(f"{today}T12:00+07:00"):
        visible = BlocYear.objects.visible_to(user)
        allowed = {each for each in visible if leads(user, each, date.fromisoformat(today))}
        assert set(kept_bloc_years(user)) == allowed
        assert bool(allowed) == (who != "outside" and (who, today) not in NOT_YET)


# Ways onward ------------------------------------------------------------------------------------------------


def test_blocs_year_leads_to_its_pages_and_reports(client, world, secretary):
    row = world.row(BlocYear, "a")
    html_of = client.get(address(BlocYear, "change", row.pk)).content.decode()
    place = [row.year.code, row.bloc.code]
    for way in (
        row.get_absolute_url(),
        reverse("proposals", args=place),
        reverse("report", args=[*place, "conference"]),
        reverse("report", args=[*place, "official"]),
        address(BlocYear, "history", row.pk),
    ):
        assert f'href="{way}"' in html_of


@pytest.mark.parametrize("model", [Meeting, Observation, Pledge, Campaign, Seat])
def test_record_leads_to_the_page_on_which_it_is_read(client, world, secretary, model):
    row = world.row(model, "a", "leader a")
    page = row if model is Meeting else world.row(BlocYear, "a")
    html_of = client.get(address(model, "change", row.pk)).content.decode()
    assert f'<a class="button" href="{page.get_absolute_url()}">Xem trang</a>' in html_of


def test_history_tells_what_was_saved(client, world, secretary):
    row = world.row(Observation, "a")
    data = {
        "bloc_year": row.bloc_year_id,
        "kind": row.kind,
        "place": row.place,
        "text": "Lời mới.",
        "shown_version": row.version,
    }
    client.post(address(Observation, "change", row.pk), data)
    page = client.get(address(Observation, "history", row.pk)).content.decode()
    assert "Sửa dữ liệu" in page
    assert f"<del>{row.text}</del>" in page
    assert "<ins>Lời mới.</ins>" in page


def test_row_saved_by_somebody_else_meanwhile_shows_both_texts(client, world, secretary):
    row = world.row(Observation, "a")
    stale = {
        "bloc_year": row.bloc_year_id,
        "kind": "task",
        "place": row.place,
        "text": "Lời của tôi.",
        "shown_version": row.version,
    }
    Observation.objects.filter(pk=row.pk).update(text="Lời của người khác.", version=row.version + 1)
    response = client.post(address(Observation, "change", row.pk), stale)
    text = response.content.decode()
    assert response.status_code == 409
    for words in ("Lời của tôi.", "Lời của người khác.", "Phương hướng, nhiệm vụ năm sau"):
        assert words in text
    assert f'href="{address(Observation, "change", row.pk)}"' in text
    row.refresh_from_db()
    assert row.text == "Lời của người khác."


def test_refused_save_keeps_what_was_typed(client, world, secretary):
    row = world.row(Observation, "a")
    BlocYear.objects.filter(pk=row.bloc_year_id).update(closed_on=None)
    other = make.ObservationFactory(bloc_year=row.bloc_year, kind="task", place=1, text="Đã có.")
    data = {
        "bloc_year": row.bloc_year_id,
        "kind": other.kind,
        "place": other.place,
        "text": "Vừa gõ.",
        "shown_version": row.version,
    }
    response = client.post(address(Observation, "change", row.pk), data)
    assert response.status_code == 200
    assert "Vừa gõ." in response.content.decode()
    assert "Mục này đã có nội dung ở thứ tự đó." in response.content.decode()


def test_save_refused_by_the_act_keeps_what_was_typed(client, world, secretary, monkeypatch):
    """The year is closed between the permission that opened the form and the act that saves it."""
    monkeypatch.setattr(actions, "edit", lambda **options: refuse("Hồ sơ năm của Khối đã khoá."))
    row = world.row(Observation, "a")
    data = {
        "bloc_year": row.bloc_year_id,
        "kind": row.kind,
        "place": row.place,
        "text": "Vừa gõ.",
        "shown_version": row.version,
    }
    response = client.post(address(Observation, "change", row.pk), data)
    text = response.content.decode()
    assert (response.status_code, "Hồ sơ năm của Khối đã khoá." in text, "Vừa gõ." in text) == (
        200,
        True,
        True,
    )


def test_read_only_page_shows_no_version(client, world):
    client.force_login(world.people["member a"])
    row = world.row(Observation, "a")
    label = capfirst(str(admin.site._registry[Observation].form.base_fields["shown_version"].label))
    assert label not in client.get(address(Observation, "change", row.pk)).content.decode()


def test_document_leads_to_its_page_and_names_its_edition(client, world, secretary):
    draft = world.row(IssuedDocument, "draft a")
    text = client.get(address(IssuedDocument, "change", draft.pk)).content.decode()
    place = [draft.subject.year.code, draft.subject.bloc.code, "conference"]
    assert f'href="{reverse("report", args=place)}"' in text
    assert "Trình Hội nghị" in text


def test_journal_names_its_acts_and_is_filtered_by_them(client, world, staff):
    make.EntryFactory(act="document.release", object_name="Báo cáo số 7")
    make.EntryFactory(act="record.edit", object_name="Nhận định")
    response = client.get(address(Entry, "changelist"), {"act": "document.release"})
    assert [entry.object_name for entry in response.context["cl"].queryset] == ["Báo cáo số 7"]
    assert ">Phát hành<" in response.content.decode()


def test_seat_without_a_name_says_so(client, world, secretary):
    assert "chưa nêu tên" in client.get(address(Seat, "changelist")).content.decode()
