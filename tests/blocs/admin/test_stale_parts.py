"""Parts that are edited as lines of their row: nobody overwrites what somebody else has saved meanwhile."""

import pytest
from django.contrib import admin

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
@pytest.mark.parametrize("typed", [MINE, None])
def test_line_that_somebody_else_saved_is_not_overwritten(client, staff, find, model, part, field, typed):
    row, line = find(model, part)
    sent = shown(client, model, row)
    name = name_of(sent, line, field)
    before = sent[name][0]
    setattr(line, field, THEIRS)
    line.save()

    answer = client.post(address(model, "change", row.pk), sent | ({name: typed} if typed else {}))

    assert answer.status_code == 409
    told = Page(answer).text.partition("Chỗ khác nhau")[2]
    assert THEIRS in told and (typed or before) in told
    assert getattr(part.objects.get(pk=line.pk), field) == THEIRS
    assert not Entry.objects.filter(act="record.edit").exists()


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

    told = Page(answer).text.partition("Chỗ khác nhau")[2]
    assert [each in told for each in ("Hội nghị họ", "Hội nghị tôi", THEIRS, MINE)] == [True] * 4
    again = client.post(address(Meeting, "change", meeting.pk), Fields(answer).sent)
    assert again.status_code == 302
    assert (Meeting.objects.get(pk=meeting.pk).title, AgendaItem.objects.get(pk=item.pk).title) == (
        "Hội nghị tôi",
        MINE,
    )


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
