"""The version of a row moves with every save, and with nothing else."""

import pytest

from campaigns.models import Observation
from tests.factories import ObservationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    return Observation.objects.get(pk=ObservationFactory().pk)


def kept(row):
    return Observation.objects.get(pk=row.pk).version


@pytest.mark.parametrize("fields", [None, ["text"], ("text", "kind"), {"text"}])
def test_save_moves_it(row, fields):
    row.text = "Khác"
    row.save(update_fields=fields)

    assert (row.version, kept(row)) == (2, 2)


def test_every_save_moves_it_once(row):
    for number in range(2, 5):
        row.save()
        assert kept(row) == number


def test_save_of_no_field_writes_nothing(row):
    row.save(update_fields=[])

    assert kept(row) == 1


def test_version_that_was_set_is_kept(row):
    row.version = 7
    row.save()

    assert kept(row) == 7


def test_row_that_was_read_anew_moves_from_there(row):
    other = Observation.objects.get(pk=row.pk)
    other.save()
    row.refresh_from_db()
    row.save()

    assert kept(row) == 3


def test_new_row_begins_with_one_and_a_copy_too(row):
    row.pk, row.version = None, 1
    row.place += 1
    row._state.adding = True
    row.save()

    assert kept(row) == 1


def test_row_made_with_many_others_moves_when_it_is_saved():
    row = ObservationFactory.build()
    row.bloc_year = ObservationFactory().bloc_year
    row.place = 99
    (made,) = Observation.objects.bulk_create([row])
    made.save()

    assert kept(made) == 2
