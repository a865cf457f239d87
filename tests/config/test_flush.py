"""Between tests with real transactions everything goes, though no table with a guard can be emptied."""

from datetime import date

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from awards.models import AwardKind
from blocs.models import PaperRecord

TABLE = PaperRecord._meta.db_table


@pytest.mark.django_db(transaction=True)
def test_append_only_tables_are_guarded_and_cannot_be_flushed():
    PaperRecord.objects.create(day=date(2020, 12, 15))
    cache.set("attempts", 3)
    for sql in (f"UPDATE {TABLE} SET place = ''", f"DELETE FROM {TABLE}", f"TRUNCATE {TABLE} CASCADE"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    with pytest.raises(CommandError):
        call_command("flush", interactive=False, verbosity=0)
    assert PaperRecord.objects.count() == 1
    assert cache.get("attempts") == 3


@pytest.mark.django_db(transaction=True)
def test_next_test_finds_nothing_of_the_last_but_the_catalogue():
    assert PaperRecord.objects.count() == 0
    assert cache.get("attempts") is None
    assert AwardKind.objects.filter(code="CTDB").count() == 1


def fill():
    return PaperRecord.objects.create(day=date(2020, 12, 15))


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_is_filled_in_once_is_found_by_each_test_as_it_was(fill_once, time):
    known = fill_once(fill)

    assert [*PaperRecord.objects.all()] == [known]
    PaperRecord.objects.create(day=date(2021, 12, 15))


def test_test_with_a_rollback_finds_nothing_of_those(db):
    assert PaperRecord.objects.count() == 0
