"""Acts of the journal's tests."""

import time
from contextlib import suppress

from django.db import transaction

from blocs.journal import ActWithoutEntry, act, record
from blocs.models import Unit


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


@act("test.many", "Ghi nhiều việc")
def note_many(*, unit, by, count, between):
    """Calls an act some times and `between` after each; an inner act that fails leaves nothing."""
    for _number in range(count):
        note(unit=unit, by=by)
        between()
    with suppress(ActWithoutEntry):
        note(unit=unit, by=by, entries=2)
    record(unit, by=by, post=by.standing().posts[0])


@act("test.undone", "Ghi việc đã bỏ")
def note_undone(*, unit, by):
    with suppress(ValueError), transaction.atomic():
        note(unit=unit, by=by)
        raise ValueError("undone")
    record(unit, by=by, post=by.standing().posts[0])


@act("test.sealing", "Ghi rồi niêm phong", seals=True)
def note_and_seal(*, unit, by, fails=False):
    record(unit, by=by, post=by.standing().posts[0])
    if fails:
        raise ValueError("the act fails")
