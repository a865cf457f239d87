import threading
import time
import uuid
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blocs import journal
from blocs.actions import erase_payload
from blocs.journal import Paper, act, record, seal, verify
from blocs.models import Entry, PaperRecord, Payload, Seal, Unit
from blocs.permissions import Refused
from config.middleware import RequestIdMiddleware
from tests.factories import (
    PersonFactory,
    PostFactory,
    StoredFileFactory,
    UnitFactory,
    UnitStateFactory,
    user_with,
)


@act("test.note", "Ghi")
def note(*, unit, by, entries=1, paper=None, hold=0, before=None, after=None):
    """Changes the unit's place, writes as many entries as told, then holds its transaction."""
    Unit.objects.filter(pk=unit.pk).update(decree_place=7)
    for _entry in range(entries):
        written = record(
            unit, by=by, post=by.standing().posts[0], before=before, after=after, reason="Vì thử", paper=paper
        )
    time.sleep(hold)
    return written if entries else None


@act("test.outer", "Ghi trong ghi")
def note_twice(*, unit, by, entries=1, inner=1):
    note(unit=unit, by=by, entries=inner)
    for _entry in range(entries):
        record(unit, by=by, post=by.standing().posts[0])


@act("test.sealing", "Ghi rồi niêm phong", seals=True)
def note_and_seal(*, unit, by, fails=False):
    record(unit, by=by, post=by.standing().posts[0])
    if fails:
        raise ValueError("the act fails")


@pytest.fixture
def unit(db):
    return UnitStateFactory(official_name="Cục Thử nghiệm").unit


@pytest.fixture
def writer(db):
    user = user_with("officer", title="Phó Trưởng phòng")
    user.person.full_name = "Đỗ Thị Ước"
    user.person.save()
    return user


@contextmanager
def as_owner(table):
    """Whoever owns the tables can switch their triggers off: what follows must be found by verify()."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


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


def test_entry_names_whom_the_post_acts_for(unit):
    head = PostFactory(person=PersonFactory(full_name="Lê Văn Trưởng"), title="Trưởng phòng")
    deputy = user_with("officer", on_behalf_of=head)

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


@given(json_values)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


# Seals ------------------------------------------------------------------------------------------------------


def test_seal_covers_each_entry_once(unit, writer):
    keys = [note(unit=unit, by=writer).pk for _entry in range(3)]
    first = seal()
    assert seal() is None
    later = note(unit=unit, by=writer).pk
    second = seal()

    assert (first.first_entry, first.last_entry, first.entries) == (keys[0], keys[2], 3)
    assert (second.first_entry, second.last_entry, second.entries) == (later, later, 1)
    assert (first.previous, second.previous) == (journal.GENESIS, first.head)
    assert journal.newest_head() == second.head


def test_newest_head_before_the_first_seal(db):
    assert journal.newest_head() == ""


@pytest.fixture
def sealed(unit, writer):
    """Three entries under two seals, one entry not sealed; the second was done on paper."""
    entries = [note(unit=unit, by=writer, after={"n": 1})]
    entries.append(note(unit=unit, by=writer, after={"n": 2}, paper=Paper(date(2020, 12, 15), "Hà Nội")))
    seals = [seal()]
    entries.append(note(unit=unit, by=writer, after={"n": 3}))
    seals.append(seal())
    entries.append(note(unit=unit, by=writer, after={"n": 4}))
    return entries, seals


def test_verify_of_an_untouched_journal(sealed):
    _entries, (first, second) = sealed

    assert verify() == journal.Verdict(seals=2, entries=3, unsealed=1, faults=())
    assert verify(second.head) == journal.Verdict(seals=2, entries=3, unsealed=0, faults=())
    assert verify(first.head) == journal.Verdict(seals=2, entries=2, unsealed=0, faults=())


ENTRY_COLUMNS = {
    "at": "at + interval '1 second'",
    "actor_id": "NULL",
    "actor_name": "'Ai đó'",
    "post_title": "'Trưởng phòng'",
    "on_behalf_of": "'Ai đó'",
    "act": "'test.other'",
    "object_kind": "'blocs.person'",
    "object_key": "'0'",
    "object_name": "'Cục Khác'",
    "reason": "'Vì khác'",
    "request_id": "gen_random_uuid()",
    "paper_id": "NULL",
    "payload_digest": "repeat('0', 64)",
    "post_id": "(SELECT max(id) FROM blocs_post)",
}


def test_every_column_of_an_entry_is_tried():
    columns = {field.column for field in Entry._meta.concrete_fields}
    assert columns - {"id"} == set(ENTRY_COLUMNS)


@pytest.mark.parametrize(("column", "value"), ENTRY_COLUMNS.items())
def test_verify_finds_a_changed_entry(sealed, column, value):
    entries, (first, _second) = sealed
    PostFactory()
    with as_owner("blocs_entry") as cursor:
        cursor.execute(f"UPDATE blocs_entry SET {column} = {value} WHERE id = %s", [entries[1].pk])

    assert verify().faults[0] == (
        f"Niêm phong {first.pk}: bút toán {first.first_entry} đến {first.last_entry} "
        "không còn như khi niêm phong."
    )


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("blocs_paperrecord", "UPDATE blocs_paperrecord SET place = 'Huế'"),
        ("blocs_paperrecord", "UPDATE blocs_paperrecord SET day = day - 1"),
        ("blocs_paperrecord", "UPDATE blocs_paperrecord SET participants = 'Đủ'"),
        ("blocs_seal", "UPDATE blocs_seal SET head = repeat('a', 64) WHERE id = {seal}"),
        ("blocs_seal", "UPDATE blocs_seal SET previous = repeat('a', 64) WHERE id = {seal}"),
        ("blocs_seal", "UPDATE blocs_seal SET entries = 1 WHERE id = {seal}"),
        ("blocs_seal", "UPDATE blocs_seal SET first_entry = first_entry - 1 WHERE id = {seal}"),
        ("blocs_seal", "DELETE FROM blocs_seal WHERE id = {seal}"),
    ],
)
def test_verify_finds_a_rewritten_paper_record_or_seal(sealed, table, change):
    _entries, (first, _second) = sealed
    with as_owner(table) as cursor:
        cursor.execute(change.format(seal=first.pk))

    assert verify().faults != ()


def test_verify_finds_a_deleted_entry(sealed):
    entries, (_first, second) = sealed
    with as_owner("blocs_payload") as cursor:
        cursor.execute("DELETE FROM blocs_payload WHERE entry_id = %s", [entries[2].pk])
    with as_owner("blocs_entry") as cursor:
        cursor.execute("DELETE FROM blocs_entry WHERE id = %s", [entries[2].pk])

    assert [f"Niêm phong {second.pk}:" in fault for fault in verify().faults] == [True]


def test_verify_finds_an_inserted_entry(sealed, unit, writer):
    entries, (_first, second) = sealed
    late = note(unit=unit, by=writer)
    gone = entries[3].pk
    with as_owner("blocs_payload") as cursor:
        cursor.execute("DELETE FROM blocs_payload WHERE entry_id = %s", [gone])
    with as_owner("blocs_entry") as cursor:
        cursor.execute("DELETE FROM blocs_entry WHERE id = %s", [gone])
    with as_owner("blocs_seal") as cursor:
        cursor.execute("UPDATE blocs_seal SET last_entry = %s WHERE id = %s", [late.pk, second.pk])

    assert [f"Niêm phong {second.pk}:" in fault for fault in verify().faults] == [True]


def test_verify_finds_a_changed_payload(sealed):
    entries, _seals = sealed
    with as_owner("blocs_payload") as cursor:
        cursor.execute(
            """UPDATE blocs_payload SET data = '{"after": {"n": 9}, "before": {}}' WHERE entry_id = %s""",
            [entries[1].pk],
        )

    assert verify().faults == (f"Bút toán {entries[1].pk}: nội dung đã bị sửa.",)


def test_verify_finds_a_payload_deleted_without_its_act(sealed):
    entries, _seals = sealed
    with as_owner("blocs_payload") as cursor:
        cursor.execute("DELETE FROM blocs_payload WHERE entry_id = %s", [entries[1].pk])

    assert verify().faults == (f"Bút toán {entries[1].pk}: nội dung bị xoá mà không có việc xoá.",)


def test_verify_finds_the_journal_rewritten_and_sealed_anew_against_a_head_kept_outside(sealed):
    entries, (first, second) = sealed
    with as_owner("blocs_entry") as cursor:
        cursor.execute("UPDATE blocs_entry SET reason = 'Vì khác' WHERE id = %s", [entries[0].pk])
    with as_owner("blocs_seal") as cursor:
        cursor.execute("DELETE FROM blocs_seal")
    seal()

    assert verify().faults == ()
    for head in (first.head, second.head):
        assert verify(head).faults == (f"Không có niêm phong nào mang đầu chuỗi {head}.",)


def test_verify_up_to_a_head_leaves_out_what_came_later(sealed):
    entries, (first, second) = sealed
    with as_owner("blocs_entry") as cursor:
        cursor.execute("UPDATE blocs_entry SET reason = 'Vì khác' WHERE id = %s", [entries[2].pk])

    assert verify(first.head).faults == ()
    assert len(verify(second.head).faults) == len(verify().faults) == 1


def test_verify_after_a_fault_still_checks_the_seals_that_follow(sealed):
    entries, (first, second) = sealed
    with as_owner("blocs_entry") as cursor:
        cursor.execute(
            "UPDATE blocs_entry SET reason = 'Vì khác' WHERE id = ANY(%s)", [[entries[0].pk, entries[2].pk]]
        )

    assert [fault.split(":")[0] for fault in verify().faults] == [
        f"Niêm phong {first.pk}",
        f"Niêm phong {second.pk}",
    ]


def test_verify_journal_command(sealed):
    output = StringIO()
    call_command("verify_journal", stdout=output)

    assert output.getvalue() == "Nhật ký nguyên vẹn: 2 niêm phong, 3 bút toán; 1 bút toán chưa niêm phong.\n"


def test_verify_journal_command_with_a_wrong_head(sealed):
    output, errors = StringIO(), StringIO()
    with pytest.raises(CommandError, match="Nhật ký không còn nguyên vẹn") as stopped:
        call_command("verify_journal", head="f" * 64, stdout=output, stderr=errors)

    assert stopped.value.returncode == 1
    assert output.getvalue() == ""
    assert errors.getvalue() == f"Không có niêm phong nào mang đầu chuỗi {'f' * 64}.\n"


# Seals among writers ----------------------------------------------------------------------------------------

WRITERS, ACTS, SEALERS = 12, 10, 3


@pytest.mark.django_db(transaction=True)
def test_seals_beside_twelve_writers(in_thread):
    writers = [user_with("officer") for _writer in range(WRITERS)]
    units = [UnitFactory() for _writer in range(WRITERS)]
    finished = threading.Event()

    def write(n):
        for turn in range(ACTS):
            # Some commit long after others that began later: an entry then appears below newer ones.
            hold = 0.02 if (n + turn) % 3 == 0 else 0
            note(unit=units[n], by=writers[n], after={"turn": turn}, hold=hold)

    def seal_always():
        made = 0
        while not finished.is_set():
            made += seal(lock_timeout_ms=20_000) is not None
        return made

    threads = [in_thread(write, n) for n in range(WRITERS)]
    sealers = [in_thread(seal_always) for _sealer in range(SEALERS)]
    for thread in threads:
        thread.outcome()
    finished.set()
    made = sum(sealer.outcome() for sealer in sealers) + (seal() is not None)

    seals = list(Seal.objects.order_by("pk"))
    assert len(seals) == made > 1
    assert verify() == journal.Verdict(seals=made, entries=WRITERS * ACTS, unsealed=0, faults=())
    assert [each.previous for each in seals] == [journal.GENESIS, *(each.head for each in seals[:-1])]
    covered = [
        key
        for each in seals
        for key in Entry.objects.filter(pk__range=(each.first_entry, each.last_entry)).values_list(
            "pk", flat=True
        )
    ]
    assert sorted(covered) == sorted(Entry.objects.values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_seal_gives_up_beside_a_long_transaction_and_the_next_one_covers_it(in_thread):
    unit, user = UnitFactory(), user_with("officer")
    written, go_on = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            note(unit=unit, by=user)
            written.set()
            assert go_on.wait(20)

    holder = in_thread(hold)
    assert written.wait(20)
    with pytest.raises(journal.SealBusy):
        seal(lock_timeout_ms=50)
    assert not Seal.objects.exists()
    go_on.set()
    holder.outcome()

    assert seal().entries == 1
    assert verify() == journal.Verdict(seals=1, entries=1, unsealed=0, faults=())


@pytest.mark.django_db(transaction=True)
def test_act_that_seals_is_done_though_the_journal_is_busy(in_thread, monkeypatch, caplog):
    monkeypatch.setattr(journal.seal, "__kwdefaults__", {"lock_timeout_ms": 50})
    unit, user = UnitFactory(), user_with("officer")
    written, go_on = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            note(unit=unit, by=user)
            written.set()
            assert go_on.wait(20)

    holder = in_thread(hold)
    assert written.wait(20)
    note_and_seal(unit=unit, by=user)
    assert not Seal.objects.exists()
    assert "The journal is busy" in caplog.text
    go_on.set()
    holder.outcome()

    assert seal().entries == 2


@pytest.mark.django_db(transaction=True)
def test_seal_inside_a_transaction_is_a_fault():
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        seal()
