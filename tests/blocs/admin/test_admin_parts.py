"""Forms of the admin: parts without a script, buttons with their reasons, numbers, names, the paper twin."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from blocs.contributions import Button, registry
from blocs.models import Entry, Person, Unit, UnitState
from campaigns.models import BlocYear, Meeting, Phase
from tests import factories as make
from tests.blocs.two_blocs import MarkedRecords, address
from tests.factories import user_with

pytestmark = pytest.mark.django_db

PREFIXES = ("agendaitems", "attendances", "statements", "tasks")


MADE_ONCE = MarkedRecords


@pytest.fixture
def world(made_once):
    return made_once


@pytest.fixture
def secretary(client, world):
    client.force_login(world.people["leader a"])
    return world.people["leader a"]


@pytest.fixture
def staff(client, db):
    user = user_with("staff")
    client.force_login(user)
    return user


@pytest.fixture
def meeting(world):
    return world.row(Meeting, "a")


def typed(meeting, **more):
    """The form of a meeting as it is sent, with no parts."""
    formsets = {f"{prefix}-{name}": 0 for prefix in PREFIXES for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return {
        "bloc_year": meeting.bloc_year_id,
        "kind": meeting.kind,
        "title": meeting.title,
        "shown_version": meeting.version,
        **formsets,
        **{f"agendaitems-{name}": 1 for name in ("TOTAL_FORMS", "INITIAL_FORMS")},
        **{f"attendances-{name}": 1 for name in ("TOTAL_FORMS", "INITIAL_FORMS")},
        **{f"statements-{name}": 1 for name in ("TOTAL_FORMS", "INITIAL_FORMS")},
        **more,
    }


# Without a script -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("wish", "rows"), [("", 0), ("3", 3), ("99", 20), ("-1", 0), ("ba", 0)])
def test_empty_lines_are_opened_by_the_address(client, secretary, meeting, wish, rows):
    page = client.get(address(Meeting, "change", meeting.pk), {"them": wish})
    formsets = {each.formset.prefix: each.formset for each in page.context["inline_admin_formsets"]}
    assert {prefix: len(formsets[prefix].extra_forms) for prefix in PREFIXES} == dict.fromkeys(PREFIXES, rows)


def test_button_without_a_script_saves_and_opens_three_lines(client, secretary, world):
    bloc_year = world.row(BlocYear, "a")
    data = {
        "bloc_year": bloc_year.pk,
        "kind": "activity",
        "title": "Giao lưu",
        "_them": "3",
        **{f"{prefix}-{name}": 0 for prefix in PREFIXES for name in ("TOTAL_FORMS", "INITIAL_FORMS")},
    }
    response = client.post(address(Meeting, "add"), data)
    made = Meeting.objects.get(title="Giao lưu")
    assert response.url == f"{address(Meeting, 'change', made.pk)}?them=3"
    page = client.get(response.url).content.decode()
    assert '<noscript><button class="button" type="submit" name="_them" value="3">' in page
    assert 'name="agendaitems-2-title"' in page
    lines = typed(made, **{"agendaitems-TOTAL_FORMS": 3, "agendaitems-INITIAL_FORMS": 0})
    lines |= {f"{prefix}-{name}": 0 for prefix in PREFIXES[1:] for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    lines |= {f"agendaitems-{row}-kind": "other" for row in range(3)}
    lines |= {f"agendaitems-{row}-place": 1 for row in range(3)} | {"agendaitems-0-title": "Khai mạc"}
    assert client.post(response.url, lines).status_code == 302
    assert [item.title for item in made.agendaitems.all()] == ["Khai mạc"]


def test_reader_is_offered_no_lines(client, world, meeting):
    client.force_login(world.people["member a"])
    page = client.get(address(Meeting, "change", meeting.pk), {"them": "3"}).content.decode()
    assert "_them" not in page
    assert "agendaitems-1-title" not in page


# Buttons ----------------------------------------------------------------------------------------------------


def test_refused_act_stands_there_with_its_reason(client, secretary, meeting, monkeypatch):
    def buttons(meetings, user):
        return {
            each.pk: [
                Button("Lập biên bản", "/bien-ban/"),
                Button("Gửi giấy mời", "/moi/", refusal="Chưa có ngày họp."),
            ]
            for each in meetings
        }

    monkeypatch.setitem(registry.buttons, "campaigns.meeting", [buttons])
    page = client.get(address(Meeting, "change", meeting.pk)).content.decode()
    assert 'href="/bien-ban/"' in page
    assert 'href="/moi/"' not in page
    assert "Gửi giấy mời" in page
    assert "Chưa có ngày họp." in page


# Numbers ----------------------------------------------------------------------------------------------------


def test_number_with_a_point_is_asked_about_and_the_rest_stays(client, staff):
    bloc_year = make.SeatFactory(role="leader").bloc_year
    page = client.get(address(BlocYear, "change", bloc_year.pk))
    form = page.context["adminform"].form
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    seats = {"seats-TOTAL_FORMS": 0, "seats-INITIAL_FORMS": 0}
    asked = client.post(
        address(BlocYear, "change", bloc_year.pk),
        data | seats | {"known_member_count": "1.490", "leader_label": "Trưởng Khối"},
    )
    text = asked.content.decode()
    assert "Bạn muốn ghi 1.490 (một nghìn bốn trăm chín mươi)?" in text
    assert 'value="Trưởng Khối"' in text
    assert 'name="known_member_count-meant" value="1490"' in text


# The paper twin ---------------------------------------------------------------------------------------------


@pytest.fixture
def over(meeting):
    """The phase of the meeting's activities is over."""
    year = meeting.bloc_year.year
    return make.PhaseFactory(year=year, kind=Phase.Kind.ACTIVITIES, last_day=date(2020, 6, 30))


def post(client, meeting, **more):
    keys = {
        "agendaitems": meeting.agendaitems.get(),
        "attendances": meeting.attendances.get(),
        "statements": meeting.statements.get(),
    }
    parts = {}
    for prefix, row in keys.items():
        parts |= {f"{prefix}-0-id": row.pk, f"{prefix}-0-meeting": meeting.pk, f"{prefix}-0-place": row.place}
    item, guest, said = keys.values()
    parts |= {"agendaitems-0-title": item.title, "agendaitems-0-kind": item.kind}
    parts |= {
        "attendances-0-title": guest.title,
        "attendances-0-capacity": guest.capacity,
        "attendances-0-presence": guest.presence,
        "statements-0-kind": said.kind,
        "statements-0-text": said.text,
    }
    tasks = {"tasks-TOTAL_FORMS": 0, "tasks-INITIAL_FORMS": 0}
    return client.post(
        address(Meeting, "change", meeting.pk),
        typed(meeting, **parts, **tasks, place_name="Hội trường", **more),
    )


def test_paper_twin_is_folded_until_the_window_is_closed(client, secretary, meeting):
    page = client.get(address(Meeting, "change", meeting.pk)).content.decode()
    assert '<details class="paper-fields">' in page
    make.PhaseFactory(year=meeting.bloc_year.year, kind="activities", last_day=date(2020, 6, 30))
    page = client.get(address(Meeting, "change", meeting.pk)).content.decode()
    assert '<details class="paper-fields" open>' in page
    assert "đã hết hạn ngày 30/06/2020" in page


def test_save_after_the_last_day_is_refused_and_keeps_what_was_typed(client, secretary, meeting, over):
    response = post(client, meeting)
    text = response.content.decode()
    assert response.status_code == 200
    assert "đã hết hạn ngày 30/06/2020" in text
    assert 'value="Hội trường"' in text
    assert '<details class="paper-fields" open>' in text
    meeting.refresh_from_db()
    assert meeting.place_name == ""


def test_save_after_the_last_day_is_recorded_from_paper_with_its_reason(client, secretary, meeting, over):
    response = post(
        client, meeting, paper_day="20/06/2020", paper_place="Hà Nội", reason="Biên bản gửi về muộn"
    )
    assert response.status_code == 302
    entry = Entry.objects.select_related("paper").latest("pk")
    assert (entry.act, entry.reason, entry.paper.day, entry.paper.place) == (
        "record.edit",
        "Biên bản gửi về muộn",
        date(2020, 6, 20),
        "Hà Nội",
    )


def test_paper_without_a_reason_is_refused_after_the_last_day(client, secretary, meeting, over):
    assert post(client, meeting, paper_day="20/06/2020").status_code == 200


# Names ------------------------------------------------------------------------------------------------------


def test_state_of_a_unit_keeps_its_aliases_line_by_line(client, staff):
    state = make.UnitStateFactory(official_name="Cục Viễn thông", aliases=["Cục Bưu điện", "VNTA"])
    unit = state.unit
    page = client.get(address(Unit, "change", unit.pk)).content.decode()
    assert "Cục Bưu điện\nVNTA</textarea>" in page
    data = {
        "code": unit.code,
        "shown_version": unit.version,
        "states-TOTAL_FORMS": 1,
        "states-INITIAL_FORMS": 1,
        "states-0-id": state.pk,
        "states-0-shown_version": state.version,
        "states-0-unit": unit.pk,
        "states-0-official_name": "Cục Viễn thông",
        "states-0-short_name": "CVT",
        "states-0-symbol": "CVT",
        "states-0-kind": state.kind,
        "states-0-decree_place": "7",
        "states-0-aliases": "Cục  Bưu điện\r\n\r\n Telecom \r\n",
    }
    assert client.post(address(Unit, "change", unit.pk), data).status_code == 302
    kept = UnitState.objects.get(pk=state.pk)
    assert (kept.aliases, kept.decree_place, kept.symbol) == (["Cục Bưu điện", "Telecom"], 7, "CVT")
    unit.refresh_from_db()
    assert unit.decree_place == 7


def test_units_are_listed_in_the_order_of_the_decree(client, staff):
    for place, name in ((3, "Ba"), (1, "Một"), (2, "Hai")):
        make.UnitStateFactory(official_name=name, decree_place=place)
    shown = client.get(address(Unit, "changelist")).context["cl"].queryset
    assert [unit.name() for unit in shown if unit.decree_place < 10] == ["Một", "Hai", "Ba"]


def test_person_shows_how_a_decision_will_write_the_name(client, staff):
    person = make.PersonFactory(
        full_name="Nguyễn Văn An", address_form="Ông", rank="Đại tá", academic_title="PGS.TS."
    )
    page = client.get(address(Person, "change", person.pk)).content.decode()
    assert "Để trống thì ghi “Ông Đại tá PGS.TS. Nguyễn Văn An”." in page
    person.name_on_decisions = "Đồng chí Nguyễn Văn An"
    person.save()
    page = client.get(address(Person, "change", person.pk)).content.decode()
    assert 'value="Đồng chí Nguyễn Văn An"' in page
    assert "Để trống thì ghép" in page


def test_history_writes_the_moment_day_first(client, staff):
    person = make.PersonFactory()
    make.EntryFactory(object_kind="blocs.person", object_key=str(person.pk))
    page = client.get(reverse("admin:blocs_person_history", args=[person.pk])).content.decode()
    entry = Entry.objects.latest("pk")
    assert f"{localtime(entry.at):%d/%m/%Y %H:%M}</time>" in page
