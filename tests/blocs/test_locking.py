"""A row that is locked: itself alone, whatever is read along with it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blocs.models import Post
from campaigns.models import BlocYear
from tests.factories import BlocYearFactory, PostFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("factory", "related", "no_key", "joins", "lock"),
    [
        (PostFactory, (), False, 0, 'FOR UPDATE OF "blocs_post"'),
        (PostFactory, ("person",), False, 1, 'FOR UPDATE OF "blocs_post"'),
        (PostFactory, (), True, 0, 'FOR NO KEY UPDATE OF "blocs_post"'),
        (BlocYearFactory, (), False, 2, 'FOR UPDATE OF "campaigns_blocyear"'),
        (BlocYearFactory, ("organiser",), True, 3, 'FOR NO KEY UPDATE OF "campaigns_blocyear"'),
    ],
)
def test_row_alone_is_locked(factory, related, no_key, joins, lock):
    row = factory()

    with CaptureQueriesContext(connection) as queries:
        assert type(row).objects.locked(row.pk, *related, no_key=no_key) == row

    (query,) = queries
    assert (query["sql"].count(" JOIN "), query["sql"].endswith(lock)) == (joins, True)


@pytest.mark.parametrize("model", [Post, BlocYear])
def test_row_that_is_not_there(model):
    with pytest.raises(model.DoesNotExist):
        model.objects.locked(0)
