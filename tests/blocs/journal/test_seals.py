import threading
from contextlib import contextmanager
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction

from blocs import journal
from blocs.journal import Paper, seal, verify
from blocs.models import Entry, Seal
from tests.blocs.noting import note, note_and_seal
from tests.factories import (
    PostFactory,
    UnitFactory,
    user_with,
)


@contextmanager
def as_owner(table):
    """Whoever owns the tables can switch their triggers off: what follows must be found by verify()."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


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


def test_verify_finds_a_changed_payload_of_the_very_last_sealed_entry(sealed):
    entries, (_first, last) = sealed
    with as_owner("blocs_payload") as cursor:
        cursor.execute("UPDATE blocs_payload SET data = '{}' WHERE entry_id = %s", [last.last_entry])

    assert last.last_entry == entries[2].pk
    assert verify().faults == (f"Bút toán {last.last_entry}: nội dung đã bị sửa.",)
    assert verify(last.head).faults == verify().faults


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


def test_verify_blames_one_seal_alone_for_what_changed_under_it(sealed):
    entries, (first, _second) = sealed
    with as_owner("blocs_entry") as cursor:
        cursor.execute("UPDATE blocs_entry SET reason = 'Vì khác' WHERE id = %s", [entries[0].pk])

    assert [fault.split(":")[0] for fault in verify().faults] == [f"Niêm phong {first.pk}"]


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


# Among writers ----------------------------------------------------------------------------------------------

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
def test_writers_go_before_a_seal_that_waits_for_a_long_transaction(in_thread):
    unit, user, other = UnitFactory(), user_with("officer"), user_with("officer")
    written, go_on = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            note(unit=unit, by=user)
            written.set()
            assert go_on.wait(20)

    holder = in_thread(hold)
    assert written.wait(20)
    sealer = in_thread(seal, lock_timeout_ms=20_000)
    for _entry in range(5):
        in_thread(note, unit=UnitFactory(), by=other).outcome()
    assert sealer.is_alive()
    assert Entry.objects.count() == 5
    go_on.set()
    holder.outcome()

    assert sealer.outcome().entries == 6
    assert verify().faults == ()


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
def test_fault_of_the_database_is_not_taken_for_a_busy_journal(monkeypatch):
    def broken(wait_ms):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 1")
            cursor.execute("SELECT pg_sleep(1)")

    monkeypatch.setattr(journal, "_seal", transaction.atomic(broken))
    with pytest.raises(OperationalError, match="statement timeout"):
        seal()


@pytest.mark.django_db(transaction=True)
def test_seal_inside_a_transaction_is_a_fault():
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        seal()
