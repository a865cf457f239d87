"""Parts that are edited as lines of their row: nobody overwrites what somebody else has saved meanwhile."""

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile

from awards.models import AwardKind, AwardName
from blocs.forms import VersionedForm
from blocs.models import Entry, Person, Post, Unit, UnitState
from campaigns.models import (
    AgendaItem,
    Attendance,
    BlocYear,
    Meeting,
    Pledge,
    PledgeContent,
    Seat,
    Signature,
    Statement,
    Task,
)
from tests import factories as make
from tests.blocs.two_blocs import MarkedRecords, address
from tests.factories import user_with
from tests.forms import Fields
from tests.pages import Page
from tests.reports.trees import png

pytestmark = pytest.mark.django_db

MADE_ONCE = MarkedRecords
CASES = {
    (Unit, UnitState): "short_name",
    (Person, Post): "title",
    (BlocYear, Seat): "representative_title",
    (Pledge, PledgeContent): "text",
    (Pledge, Signature): "signer_name",
    (Meeting, AgendaItem): "title",
    (Meeting, Attendance): "title",
    (Meeting, Statement): "text",
    (Meeting, Task): "text",
    (AwardKind, AwardName): "name",
}
FACTORIES = {
    AgendaItem: make.AgendaItemFactory,
    Attendance: make.AttendanceFactory,
    Statement: make.StatementFactory,
    Task: make.TaskFactory,
    PledgeContent: make.PledgeContentFactory,
    Signature: make.SignatureFactory,
}
THEIRS, MINE = "Chữ của người khác", "Chữ của tôi"
each_part = pytest.mark.parametrize(
    ("model", "part", "field"), [(*pair, name) for pair, name in CASES.items()]
)


@pytest.fixture
def staff(client, made_once):
    user = user_with("staff")
    client.force_login(user)
    return user


@pytest.fixture
def find(made_once):
    """(the row, a part of it) of a page with inlines."""

    def parts(model, part):
        if part is Post:
            row = make.PersonFactory()
            return row, make.PostFactory(person=row, role="", title="Viện trưởng")
        if part is UnitState:
            state = make.UnitStateFactory()
            return state.unit, state
        if part is AwardName:
            name = make.AwardNameFactory()
            return name.kind, name
        if part is Seat:
            row = made_once.row(BlocYear, "a")
            return row, row.seats.first()
        row = made_once.row(model, "a")
        name = next(each.name for each in part._meta.fields if each.related_model is model)
        found = part.objects.filter(**{name: row}).first()
        return row, found or FACTORIES[part](**{name: row})

    return parts


def test_every_inline_is_tried():
    known = {
        (model, each.model)
        for model, page in admin.site._registry.items()
        for each in page.inlines
        if issubclass(each.form, VersionedForm)
    }

    assert known == set(CASES)


def shown(client, model, row):
    """The change page as it was opened."""
    return Fields(client.get(address(model, "change", row.pk))).sent


def name_of(sent, part, field):
    """What a part's field is called in the form."""
    prefix = next(
        name.removesuffix("-id")
        for name, value in sent.items()
        if name.endswith("-id") and value == [str(part.pk)]
    )
    return f"{prefix}-{field}"


@each_part
def test_line_that_somebody_else_saved_is_not_overwritten(client, staff, find, model, part, field):
    row, line = find(model, part)
    sent = shown(client, model, row)
    setattr(line, field, THEIRS)
    line.save()

    answer = client.post(address(model, "change", row.pk), sent | {name_of(sent, line, field): MINE})

    assert answer.status_code == 409
    told = Page(answer).text.partition("Những mục cả hai bên cùng sửa")[2]
    assert THEIRS in told and MINE in told
    assert getattr(part.objects.get(pk=line.pk), field) == THEIRS
    assert not Entry.objects.filter(act="record.edit").exists()


@each_part
def test_line_that_was_not_touched_stays_as_somebody_else_saved_it(client, staff, find, model, part, field):
    row, line = find(model, part)
    sent = shown(client, model, row)
    setattr(line, field, THEIRS)
    line.save()

    answer = client.post(address(model, "change", row.pk), sent)

    assert answer.status_code == 302
    assert getattr(part.objects.get(pk=line.pk), field) == THEIRS


def test_two_people_change_different_fields_and_lines_of_one_meeting(client, staff, find):
    meeting, item = find(Meeting, AgendaItem)
    other = make.AgendaItemFactory(meeting=meeting, place=item.place + 10, title="Mục khác")
    sent = shown(client, Meeting, meeting)
    changes = (
        {"title": "Hội nghị họ", name_of(sent, item, "title"): THEIRS},
        {"place_name": "Hà Nội", name_of(sent, item, "presenter"): MINE, name_of(sent, other, "title"): MINE},
    )
    for typed in changes:
        assert client.post(address(Meeting, "change", meeting.pk), sent | typed).status_code == 302

    meeting.refresh_from_db()
    item.refresh_from_db()
    other.refresh_from_db()
    assert (meeting.title, meeting.place_name) == ("Hội nghị họ", "Hà Nội")
    assert (item.title, item.presenter, other.title) == (THEIRS, MINE, MINE)


def test_years_of_a_pledge_are_merged_or_told_of(client, staff, made_once):
    """Rows that are joined, not stored in the row itself."""
    pledge = made_once.row(Pledge, "a")
    first = pledge.bloc_years.get()
    second, third = (
        make.BlocYearFactory(bloc=first.bloc, year=make.EmulationYearFactory(code=code))
        for code in ("2031", "2032")
    )
    sent = shown(client, Pledge, pledge)
    pledge.bloc_years.set([first, second])
    pledge.save()

    changed = client.post(address(Pledge, "change", pledge.pk), sent | {"theme": MINE})
    assert changed.status_code == 302
    assert set(pledge.bloc_years.all()) == {first, second}
    both = client.post(address(Pledge, "change", pledge.pk), sent | {"bloc_years": [first.pk, third.pk]})
    assert both.status_code == 409
    assert set(pledge.bloc_years.all()) == {first, second}


def test_page_with_nothing_changed_moves_no_version(client, staff, find):
    meeting, item = find(Meeting, AgendaItem)
    sent = shown(client, Meeting, meeting)
    client.post(address(Meeting, "change", meeting.pk), sent | {name_of(sent, item, "title"): MINE})

    assert Meeting.objects.get(pk=meeting.pk).version == meeting.version
    assert AgendaItem.objects.get(pk=item.pk).version == item.version + 1


@pytest.mark.parametrize(
    "forged", ["", "{", "[]", "null", "[" * 100_000, '{"title": 1}', '{"nonsense": "x"}']
)
def test_what_was_shown_may_be_forged_or_lost(client, staff, find, forged):
    """Then the version alone says whether somebody else has saved."""
    meeting, item = find(Meeting, AgendaItem)
    sent = shown(client, Meeting, meeting)
    typed = {name_of(sent, item, "shown"): forged, name_of(sent, item, "title"): MINE}
    item.title = THEIRS
    item.save()

    assert client.post(address(Meeting, "change", meeting.pk), sent | typed).status_code == 409
    assert AgendaItem.objects.get(pk=item.pk).title == THEIRS


def test_scan_is_asked_for_again(client, staff, find):
    meeting, item = find(Meeting, AgendaItem)
    sent = shown(client, Meeting, meeting)
    item.title = THEIRS
    item.save()
    told = {"paper_day": "15/12/2020", "reason": "Giấy về muộn", name_of(sent, item, "title"): MINE}
    scan = SimpleUploadedFile("ban-chup.png", png())

    answer = client.post(address(Meeting, "change", meeting.pk), sent | told | {"paper_scan": scan})

    assert "Chọn lại tệp “ban-chup.png”" in Page(answer).text
    assert 'type="file" name="paper_scan" required' in answer.content.decode()


def test_text_is_kept_where_the_session_ends_over_the_page_of_both_texts(client, staff, find):
    unit, state = find(Unit, UnitState)
    sent = shown(client, Unit, unit)
    state.short_name = THEIRS
    state.save()
    answer = client.post(address(Unit, "change", unit.pk), sent | {name_of(sent, state, "short_name"): MINE})
    again = Fields(answer).sent
    assert again["code"] == [unit.code]
    client.logout()

    client.post(address(Unit, "change", unit.pk), again)

    kept = client.session["kept"]["fields"]
    assert kept["code"] == [unit.code] and kept[name_of(sent, state, "short_name")] == [MINE]


@each_part
def test_own_text_is_written_over_it_by_the_button_alone(client, staff, find, model, part, field):
    row, line = find(model, part)
    sent = shown(client, model, row)
    name = name_of(sent, line, field)
    setattr(line, field, THEIRS)
    line.save()
    answer = client.post(address(model, "change", row.pk), sent | {name: MINE})

    again = client.post(address(model, "change", row.pk), Fields(answer).sent)

    assert again.status_code == 302
    assert getattr(part.objects.get(pk=line.pk), field) == MINE


@each_part
def test_line_left_alone_while_nobody_saved_it_stays(client, staff, find, model, part, field):
    row, line = find(model, part)
    sent = shown(client, model, row)

    assert client.post(address(model, "change", row.pk), sent).status_code == 302
    assert part.objects.get(pk=line.pk).version == line.version


def test_row_and_lines_that_somebody_else_saved_are_told_of_at_once(client, staff, find):
    meeting, item = find(Meeting, AgendaItem)
    sent = shown(client, Meeting, meeting)
    changed = {"title": "Hội nghị họ", name_of(sent, item, "title"): THEIRS}
    client.post(address(Meeting, "change", meeting.pk), sent | changed)
    own = {"title": "Hội nghị tôi", name_of(sent, item, "title"): MINE}

    answer = client.post(address(Meeting, "change", meeting.pk), sent | own)

    told = Page(answer).text.partition("Những mục cả hai bên cùng sửa")[2]
    assert [each in told for each in ("Hội nghị họ", "Hội nghị tôi", THEIRS, MINE)] == [True] * 4
    again = client.post(address(Meeting, "change", meeting.pk), Fields(answer).sent)
    assert again.status_code == 302
    assert (Meeting.objects.get(pk=meeting.pk).title, AgendaItem.objects.get(pk=item.pk).title) == (
        "Hội nghị tôi",
        MINE,
    )


def test_line_is_deleted_where_it_was_only_saved_anew(client, staff, find):
    """Its version has moved, and nothing that was shown of it."""
    meeting, item = find(Meeting, AgendaItem)
    sent = shown(client, Meeting, meeting)
    item.save()

    answer = client.post(address(Meeting, "change", meeting.pk), sent | {name_of(sent, item, "DELETE"): "on"})

    assert answer.status_code == 302
    assert not AgendaItem.objects.filter(pk=item.pk).exists()


def test_line_is_not_deleted_over_what_somebody_else_saved(client, staff, find):
    meeting, item = find(Meeting, AgendaItem)
    sent = shown(client, Meeting, meeting)
    item.title = THEIRS
    item.save()

    answer = client.post(address(Meeting, "change", meeting.pk), sent | {name_of(sent, item, "DELETE"): "on"})

    assert answer.status_code == 409
    assert AgendaItem.objects.get(pk=item.pk).title == THEIRS


def test_line_that_somebody_else_deleted_is_told_of(client, staff, find):
    meeting, item = find(Meeting, AgendaItem)
    sent = shown(client, Meeting, meeting)
    typed = {name_of(sent, item, "title"): MINE}
    item.delete()

    answer = client.post(address(Meeting, "change", meeting.pk), sent | typed)

    assert answer.status_code == 200
    assert "Có dòng vừa được người khác xoá sau khi anh/chị mở trang" in Page(answer).text
    assert not AgendaItem.objects.filter(title=MINE).exists()
