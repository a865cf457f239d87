"""What the acts that propose and honour begin with: may it be done, and for whom."""

from typing import NamedTuple

from django.db.models import Max
from django.utils import timezone

from blocs.models import Person, Unit
from blocs.permissions import require
from campaigns.models import BlocYear, Phase
from campaigns.permissions import may_edit_bloc_records, may_edit_person
from campaigns.windows import require_window


class NewPerson(NamedTuple):
    """Somebody of a unit whom the installation may not know yet."""

    full_name: str
    title: str
    unit: Unit


def lock_to_propose(meeting, by, paper, reason):
    """Lock the bloc's year of a meeting; the post of whoever may propose there while the window is open."""
    meeting.bloc_year = BlocYear.objects.locked(meeting.bloc_year_id, no_key=True)
    post = require(may_edit_bloc_records(by, meeting, timezone.localdate()))
    require_window(meeting.bloc_year, Phase.Kind.PROPOSALS, paper=paper, reason=reason)
    return post


def person_of(new, by):
    """The person of that name in the unit, named now with the post where nobody knows the person."""
    person = Person.objects.known_in(new.unit, new.full_name)
    if person is None:
        require(may_edit_person(by, Person(full_name=new.full_name), timezone.localdate()))
        person = Person.objects.name_in(new.unit, new.full_name, new.title)
    return person


def given_to(recipient):
    """The fields of a row that say for whom it is."""
    if recipient is None:
        return {"unit": None, "person": None}
    return {"person": recipient} if isinstance(recipient, Person) else {"unit": recipient}


def last_place(rows):
    """The last place that some rows take, 0 where there are none."""
    return rows.aggregate(last=Max("place"))["last"] or 0


def told_of(row, **more):
    """A row that was added, as the journal keeps it."""
    added = {"place": row.place, "unit": row.unit_id, "person": row.person_id, **more}
    return {"model": row._meta.label_lower, "key": row.pk, "added": added}
