"""Lists of the admin as spreadsheets: the rows that are shown, all pages of them, and nothing that runs."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils.timezone import make_aware
from openpyxl import load_workbook

from blocs.exports import spreadsheet
from blocs.models import Person
from campaigns.models import Meeting, Observation, Seat
from tests import factories as make
from tests.blocs.two_blocs import SECRET, MarkedRecords, address
from tests.factories import user_with

pytestmark = pytest.mark.django_db

MADE_ONCE = MarkedRecords


@pytest.fixture
def world(made_once):
    return made_once


def sheet_of(response):
    """The rows of a spreadsheet, below its header."""
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    sheet = load_workbook(BytesIO(response.content)).active
    header, *rows = sheet.iter_rows(values_only=True)
    return list(header), [list(row) for row in rows]


def export(client, model, **query):
    return client.get(address(model, "changelist"), {"export": "xlsx", **query})


def test_list_leads_to_its_spreadsheet_with_the_filter_but_not_the_page(client):
    client.force_login(user_with("staff"))
    make.ObservationFactory(kind="task")
    page = client.get(address(Observation, "changelist"), {"kind": "task", "p": "1"}).content.decode()
    assert 'href="?kind=task&amp;export=xlsx"' in page


def test_spreadsheet_has_all_rows_of_all_pages_in_the_order_of_the_list(client):
    client.force_login(user_with("staff"))
    seat = make.SeatFactory()
    for number in range(60):
        make.ObservationFactory(bloc_year=seat.bloc_year, place=60 - number, text=f"Nhận định {number}")
    header, rows = sheet_of(export(client, Observation))
    assert header == ["Mục", "Thứ tự", "Nội dung", "Khối trong năm"]
    assert [row[2] for row in rows] == [f"Nhận định {number}" for number in reversed(range(60))]
    assert rows[0] == ["Đặc điểm, tình hình", 1, "Nhận định 59", str(seat.bloc_year)]


def test_spreadsheet_follows_filter_and_search(client):
    client.force_login(user_with("staff"))
    for kind, text in (("task", "Đổi mới"), ("task", "Chuyển đổi số"), ("cause", "Đổi mới")):
        make.ObservationFactory(kind=kind, text=text)
    rows = sheet_of(export(client, Observation, kind="task", q="Đổi mới"))[1]
    assert [(row[0], row[2]) for row in rows] == [("Phương hướng, nhiệm vụ năm sau", "Đổi mới")]


def test_days_are_days_and_empty_names_say_so(client):
    client.force_login(user_with("staff"))
    make.MeetingFactory(first_day=date(2020, 12, 15), last_day=date(2020, 12, 15))
    make.SeatFactory(unit=None, role="leader")
    assert sheet_of(export(client, Meeting))[1][0][2] == datetime(2020, 12, 15)
    assert sheet_of(export(client, Seat))[1][0][0] == "chưa nêu tên"


@pytest.mark.parametrize("text", ["=1+1", "+84", "-2", "@lệnh", "\t=1", "\r=1", "\n=1"])
def test_no_cell_runs_as_a_formula(text):
    cell = load_workbook(BytesIO(spreadsheet("a", ["x"], [[text]]).content)).active["A2"]
    assert (cell.data_type, cell.value.strip(), cell.quotePrefix) == ("s", text.strip(), True)


@pytest.mark.parametrize("text", ["- Gửi báo cáo", "+84 912 345 678"])
def test_lists_and_telephones_are_text_that_shows_as_it_is(text):
    cell = load_workbook(BytesIO(spreadsheet("a", ["x"], [[text]]).content)).active["A2"]
    assert (cell.data_type, cell.value) == ("s", text)


@pytest.mark.parametrize(
    ("value", "shown", "written"),
    [
        (True, "có", "General"),
        (False, "không", "General"),
        (1490, 1490, "General"),
        (None, None, "General"),
        ("dòng\x0bhai", "dònghai", "General"),
        (date(2020, 2, 5), datetime(2020, 2, 5), "dd/mm/yyyy"),
        (make_aware(datetime(2020, 2, 5, 8, 30)), datetime(2020, 2, 5, 8, 30), "dd/mm/yyyy hh:mm"),
    ],
)
def test_cell_holds(value, shown, written):
    cell = load_workbook(BytesIO(spreadsheet("a", ["x", "y"], [[value, "y"]]).content)).active["A2"]
    assert (cell.value, cell.number_format) == (shown, written)


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label_lower)
@pytest.mark.parametrize("who", ["leader a", "member a", "outside"])
def test_spreadsheet_holds_one_bloc(client, world, model, who):
    user = world.people[who]
    client.force_login(user)
    response = export(client, model)
    if response.status_code == 403:
        assert client.get(address(model, "changelist")).status_code == 403
        return
    rows = sheet_of(response)[1]
    assert SECRET not in str(rows)
    assert len(rows) == model._default_manager.visible_to(user).count()


def test_spreadsheet_of_a_guessed_filter_is_refused(client, world):
    client.force_login(world.people["leader a"])
    response = export(client, Meeting, bloc_year__name__startswith=SECRET)
    assert response.status_code in (302, 400)


def test_export_of_another_kind_is_the_list(client):
    client.force_login(user_with("staff"))
    response = client.get(reverse("admin:blocs_person_changelist"), {"export": "csv"})
    assert response.status_code == 200
    assert set(response.context["cl"].queryset) == set(Person.objects.all())
