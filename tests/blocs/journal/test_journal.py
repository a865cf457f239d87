import uuid
from datetime import date, timedelta
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation
from django.utils.functional import lazystr
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from blocs import journal
from blocs.actions import erase_payload
from blocs.journal import Paper, act, record, seal, verify
from blocs.models import Entry, PaperRecord, Payload, Seal
from blocs.permissions import Refused
from config.middleware import RequestIdMiddleware
from tests.blocs.noting import note, note_and_seal, note_many, note_twice, note_undone
from tests.factories import (
    PersonFactory,
    PostFactory,
    StoredFileFactory,
    user_with,
)

# Acts -------------------------------------------------------------------------------------------------------


def positional(unit, *, by): ...
def variadic(*, by, **fields): ...
def nameless(*, unit): ...
def repeated(*, by): ...


@pytest.mark.parametrize(
    ("code", "function", "fault"),
    [
        ("test.new", positional, "keyword arguments only"),
        ("test.new", variadic, "keyword arguments only"),
        ("test.new", nameless, "takes by="),
        ("test.note", repeated, "there is an act test.note already"),
    ],
)
def test_act_of_a_wrong_signature(code, function, fault):
    with pytest.raises(TypeError, match=fault):
        act(code, "Việc")(function)
    assert "test.new" not in journal.acts


def test_act_is_known_by_its_code():
    assert journal.acts["test.note"] == journal.Act("test.note", "Ghi", note)
    assert note.act is journal.acts["test.note"]


def test_act_writes_one_entry(unit, writer):
    post = writer.standing().posts[0]
    request_id = uuid.uuid4()
    with time_machine.travel("2020-12-15T01:00:00Z", tick=False), pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "current_request_id", lambda: request_id)
        note(unit=unit, by=writer, before={"place": 1}, after={"place": 7})
        now = timezone.now()

    assert list(Entry.objects.values()) == [
        {
            "id": Entry.objects.get().pk,
            "at": now,
            "actor_id": writer.pk,
            "actor_name": "Đỗ Thị Ước",
            "post_id": post.pk,
            "post_title": "Phó Trưởng phòng",
            "on_behalf_of": "",
            "act": "test.note",
            "object_kind": "blocs.unit",
            "object_key": str(unit.pk),
            "object_name": "Cục Thử nghiệm",
            "reason": "Vì thử",
            "request_id": request_id,
            "paper_id": None,
            "payload_digest": Entry.objects.get().payload_digest,
        }
    ]
    assert Payload.objects.get().data == {"before": {"place": 1}, "after": {"place": 7}}


def test_entry_keeps_names_as_text(unit, writer):
    entry = note(unit=unit, by=writer)
    state = unit.states.get()
    state.official_name = "Cục Khác"
    state.save()
    writer.person.full_name = "Người Khác"
    writer.person.save()
    writer.standing().posts[0].save()

    entry.refresh_from_db()

    assert (entry.actor_name, entry.object_name) == ("Đỗ Thị Ước", "Cục Thử nghiệm")


def test_entry_has_the_installations_language_whatever_the_page_has(unit, writer, monkeypatch):
    monkeypatch.setattr(type(unit), "__str__", lambda self: translation.get_language())

    with translation.override("en"):
        entry = note(unit=unit, by=writer, after={"said": lazystr(unit)})

    assert (entry.object_name, entry.payload.data["after"]) == ("vi", {"said": "vi"})


def test_entry_names_whom_the_post_acts_for(unit):
    head = PostFactory(person=PersonFactory(full_name="Lê Văn Trưởng"), title="Trưởng phòng")
    deputy = user_with("officer", on_behalf_of=head, last_day=date(2100, 1, 1), basis="Giấy ủy quyền 01")

    assert note(unit=unit, by=deputy).on_behalf_of == "Lê Văn Trưởng"


def test_entry_of_the_operator_names_the_system_user(unit, operator):
    entry = note(unit=unit, by=operator)

    assert (entry.actor, entry.actor_name, entry.post.role) == (None, "root", "operator")


@pytest.mark.parametrize("entries", [0, 2])
def test_act_without_exactly_one_entry_is_rolled_back(unit, writer, entries):
    with pytest.raises(journal.ActWithoutEntry, match=f"test.note: {entries} journal entries"):
        note(unit=unit, by=writer, entries=entries)

    unit.refresh_from_db()
    assert unit.decree_place == 1000
    assert not Entry.objects.exists()
    assert not Payload.objects.exists()


def test_record_outside_an_act(unit, writer):
    with pytest.raises(journal.ActWithoutEntry, match="No act is under way"):
        record(unit, by=writer, post=writer.standing().posts[0])


def test_nested_acts_have_one_entry_each(unit, writer):
    note_twice(unit=unit, by=writer)

    assert list(Entry.objects.order_by("pk").values_list("act", flat=True)) == ["test.note", "test.outer"]


@pytest.mark.parametrize("entries", [{"inner": 0}, {"entries": 0}, {"inner": 2, "entries": 0}])
def test_nested_acts_count_their_own_entries(unit, writer, entries):
    with pytest.raises(journal.ActWithoutEntry):
        note_twice(unit=unit, by=writer, **entries)

    assert not Entry.objects.exists()


def test_act_of_many_acts_writes_them_all_at_its_end(unit, writer):
    """Until then it does not hold the lock that a seal waits for."""
    seen = []

    def look():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
            )
            seen.append((cursor.fetchone()[0], Entry.objects.count()))

    note_many(unit=unit, by=writer, count=3, between=look)

    assert seen == [(0, 0)] * 3
    entries = Entry.objects.order_by("pk")
    assert [each.act for each in entries] == ["test.note"] * 3 + ["test.many"]
    assert [each.at for each in entries] == sorted(each.at for each in entries)


def test_act_that_was_rolled_back_within_another_leaves_no_entry(unit, writer):
    """Its transaction was undone, and the outer act went on."""
    note_undone(unit=unit, by=writer)

    assert [each.act for each in Entry.objects.all()] == ["test.undone"]


def test_acts_of_one_request_share_its_id(unit, writer, rf):
    def view(request):
        note(unit=unit, by=writer)
        note_twice(unit=unit, by=writer)
        return {}

    first, second = (RequestIdMiddleware(view)(rf.get("/"))["X-Request-Id"] for _request in range(2))

    ids = [str(each) for each in Entry.objects.order_by("pk").values_list("request_id", flat=True)]
    assert ids == [first] * 3 + [second] * 3
    assert first != second


def test_act_on_paper_keeps_the_paper(unit, writer):
    scan = StoredFileFactory()
    paper = Paper(date(2020, 12, 15), "Nhà khách thành phố", "Đại diện 10 đơn vị", scan)

    entry = note(unit=unit, by=writer, paper=paper)

    kept = PaperRecord.objects.get()
    assert entry.paper == kept
    assert (kept.day, kept.place, kept.participants, kept.scan) == (
        date(2020, 12, 15),
        "Nhà khách thành phố",
        "Đại diện 10 đơn vị",
        scan,
    )


def test_paper_of_a_day_to_come_is_refused(unit, writer):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused, match="Ngày trên giấy không được sau hôm nay"):
        note(unit=unit, by=writer, paper=Paper(tomorrow))

    assert not Entry.objects.exists()


def test_act_that_seals_is_sealed_once_committed(unit, writer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        note_and_seal(unit=unit, by=writer)

    assert [seal.last_entry for seal in Seal.objects.all()] == [Entry.objects.get().pk]


def test_act_that_seals_and_fails_seals_nothing(unit, writer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks, pytest.raises(ValueError, match="the act fails"):
        note_and_seal(unit=unit, by=writer, fails=True)

    assert callbacks == []


# Payloads ---------------------------------------------------------------------------------------------------

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    lambda values: (
        st.lists(values, max_size=3) | st.dictionaries(st.text("abcđ", max_size=3), values, max_size=3)
    ),
    max_leaves=6,
)


@example(1e20)
@example(-0.0)
@given(json_values)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_payload_is_read_back_as_it_was_digested(unit, writer, value):
    note(unit=unit, by=writer, after={"value": value})
    seal()

    assert verify().faults == ()


def test_payload_is_erased_by_its_act_and_the_chain_stays_whole(unit, writer):
    entry = note(unit=unit, by=writer, after={"birth_date": "1970-01-01"})
    seal()
    head = journal.newest_head()

    erase_payload(entry=entry, by=user_with("administrator"), reason="Theo yêu cầu của cá nhân")

    assert not Payload.objects.filter(entry=entry).exists()
    assert verify().faults == verify(head).faults == ()
    erasure = Entry.objects.get(act=Payload.ERASED_BY)
    assert (erasure.object_kind, erasure.object_key) == ("blocs.entry", str(entry.pk))
    assert erasure.reason == "Theo yêu cầu của cá nhân"
    assert "1970" not in str(erasure.payload.data)


def test_payload_is_erased_once(unit, writer):
    entry = note(unit=unit, by=writer)
    erase = partial(erase_payload, entry=entry, by=user_with("administrator"), reason="Theo yêu cầu")
    erase()

    with pytest.raises(Refused, match="đã được xoá"):
        erase()


@pytest.mark.parametrize(
    ("role", "reason", "refusal"),
    [
        ("staff", "Theo yêu cầu", "Việc này do người quản trị hệ thống thực hiện"),
        ("administrator", " ", "Cần ghi lý do xoá nội dung"),
    ],
)
def test_payload_is_not_erased(unit, writer, role, reason, refusal):
    entry = note(unit=unit, by=writer)

    with pytest.raises(Refused, match=refusal):
        erase_payload(entry=entry, by=user_with(role), reason=reason)
    assert Payload.objects.filter(entry=entry).exists()


def test_payload_is_not_deleted_without_its_act(unit, writer):
    kept, erased = note(unit=unit, by=writer), note(unit=unit, by=writer)
    erase_payload(entry=erased, by=user_with("administrator"), reason="Theo yêu cầu")

    with pytest.raises(IntegrityError, match="no act that erases it"), transaction.atomic():
        Payload.objects.filter(entry=kept).delete()
