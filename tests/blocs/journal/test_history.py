"""The journal in plain words: what an act changed, as officials write it."""

from datetime import date

import pytest

from blocs.history import history_of
from tests import factories as make

pytestmark = pytest.mark.django_db


def changes(obj, before, after):
    """What the history of a row says of one entry's difference."""
    entry = make.EntryFactory(object_kind=obj._meta.label_lower, object_key=obj.pk)
    make.PayloadFactory(entry=entry, data={"before": before, "after": after})
    [line] = history_of(obj, with_changes=True)
    return [(change.before, change.after) for change in line.changes]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"first_day": "2020-12-15"}, {"first_day": "2020-12-05"}, [("15/12/2020", "05/12/2020")]),
        ({"first_day": None}, {"first_day": "2020-12-15"}, [("", "15/12/2020")]),
        ({"title": "Hội nghị"}, {"title": "Hội nghị tổng kết"}, [("Hội nghị", "Hội nghị tổng kết")]),
        ({"kind": "activity"}, {"kind": "year-end"}, [("Hoạt động giao lưu", "Hội nghị tổng kết")]),
        ({"host": 1}, {"host": 2}, [("", "")]),
        ({"no_such_field": 1}, {"no_such_field": 2}, []),
        ({}, {"parts": [{"model": "campaigns.agendaitem", "added": {}}]}, [("", "")]),
    ],
)
def test_change_is_told_as_it_is_written(before, after, said):
    meeting = make.MeetingFactory(first_day=date(2020, 12, 15), last_day=date(2020, 12, 15))

    assert changes(meeting, before, after) == said


def test_moment_is_told_day_first_in_our_time():
    document = make.IssuedDocumentFactory()

    assert changes(document, {}, {"released_at": "2020-12-15T02:30:00Z"}) == [("", "15/12/2020 09:30")]
