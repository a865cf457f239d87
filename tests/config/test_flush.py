"""Between tests with real transactions everything goes, and only the tests' own wrapper can do that."""

from datetime import date

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from awards.models import AwardKind
from blocs.models import PaperRecord

TABLE = PaperRecord._meta.db_table


@pytest.mark.django_db(transaction=True)
def test_flush_empties_append_only_tables_and_the_cache_and_guards_them_again():
    PaperRecord.objects.create(day=date(2020, 12, 15))
    cache.set("attempts", 3)
    call_command("flush", interactive=False, verbosity=0)
    assert PaperRecord.objects.count() == 0
    assert cache.get("attempts") is None
    PaperRecord.objects.create(day=date(2020, 12, 15))
    for sql in (f"UPDATE {TABLE} SET place = ''", f"DELETE FROM {TABLE}", f"TRUNCATE {TABLE} CASCADE"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert PaperRecord.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_next_test_finds_nothing_of_the_last_but_the_catalogue():
    assert PaperRecord.objects.count() == 0
    assert AwardKind.objects.filter(code="CTDB").count() == 1
