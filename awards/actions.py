"""Acts of what a bloc proposes and honours."""

from typing import NamedTuple

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import AwardKind, Exemplar, Nomination
from blocs.journal import act, record
from blocs.models import Person, Post, Unit
from blocs.permissions import refuse, require
from campaigns.models import BlocYear, Phase
from campaigns.permissions import may_edit_bloc_records, may_edit_person
from campaigns.windows import require_window

Recipient = AwardKind.Recipient


class NewPerson(NamedTuple):
    """Somebody of a unit whom the installation may not know yet."""

    full_name: str
    title: str
    unit: Unit


@act("nomination.propose", gettext_lazy("Đề nghị khen thưởng"))
def propose(*, meeting, proposals, by, paper=None, reason=""):
    """Add what a bloc proposes at a meeting: (award, recipient) each, after what it has proposed before.

    A recipient is a unit, a person, a `NewPerson` to be named with the post, or None while only the number
    is known.
    """
    post = _lock(meeting, by, paper, reason)
    bloc_year, parts = meeting.bloc_year, []
    for award, recipient in proposals:
        recipient = _person_of(recipient, by) if isinstance(recipient, NewPerson) else recipient
        kind = Recipient.INDIVIDUAL if isinstance(recipient, Person) else Recipient.COLLECTIVE
        if recipient and kind not in award.recipients:
            refuse(
                _("%(award)s không dành cho đối tượng này: %(recipient)s.")
                % {"award": award, "recipient": recipient}
            )
        given = {"award": award, **_given(recipient)}
        if recipient and bloc_year.nominations.filter(**given).exists():
            refuse(_("%(recipient)s đã được đề nghị %(award)s.") % {"award": award, "recipient": recipient})
        known = bloc_year.nominations.filter(award=award)
        made = Nomination.objects.create(
            bloc_year=bloc_year, proposed_at=meeting, place=_last_place(known) + 1, **given
        )
        parts.append(_added(made, award=award.code))
    if not parts:
        refuse(_("Hãy chọn ít nhất một đề nghị."))
    record(meeting, by=by, post=post, after={"parts": parts}, reason=reason, paper=paper)


@act("exemplar.honour", gettext_lazy("Biểu dương điển hình tiên tiến"))
def honour(*, meeting, honoured, by, paper=None, reason=""):
    """Add the exemplars that a bloc honours at a meeting: (kind, recipient) each, as in `propose`."""
    post = _lock(meeting, by, paper, reason)
    bloc_year, parts = meeting.bloc_year, []
    for kind, recipient in honoured:
        recipient = _person_of(recipient, by) if isinstance(recipient, NewPerson) else recipient
        if recipient and isinstance(recipient, Person) != (kind == Exemplar.Kind.INDIVIDUAL):
            refuse(_("Điển hình tập thể chọn đơn vị, điển hình cá nhân chọn cá nhân."))
        given = _given(recipient)
        if recipient and bloc_year.exemplars.filter(**given).exists():
            refuse(_("%(recipient)s đã được ghi là điển hình tiên tiến.") % {"recipient": recipient})
        known = bloc_year.exemplars.filter(kind=kind)
        made = Exemplar.objects.create(
            bloc_year=bloc_year, kind=kind, honoured_at=meeting, place=_last_place(known) + 1, **given
        )
        parts.append(_added(made, kind=kind))
    if not parts:
        refuse(_("Hãy chọn ít nhất một điển hình."))
    record(meeting, by=by, post=post, after={"parts": parts}, reason=reason, paper=paper)


def _lock(meeting, by, paper, reason):
    """Lock the bloc's year of a meeting; the post of whoever may propose there while the window is open."""
    meeting.bloc_year = BlocYear.objects.select_for_update(of=("self",)).get(pk=meeting.bloc_year_id)
    post = require(may_edit_bloc_records(by, meeting, timezone.localdate()))
    require_window(meeting.bloc_year, Phase.Kind.PROPOSALS, paper=paper, reason=reason)
    return post


def _person_of(new, by):
    """The person of that name in the unit, named now with the post where nobody knows the person."""
    known = Person.objects.filter(
        full_name=new.full_name, posts__unit=new.unit, is_trial=False, merged_into=None
    )
    person = known.first()
    if person is None:
        require(may_edit_person(by, Person(full_name=new.full_name), timezone.localdate()))
        person = Person.objects.create(full_name=new.full_name)
        Post.objects.create(person=person, unit=new.unit, title=new.title)
    return person


def _given(recipient):
    if recipient is None:
        return {"unit": None, "person": None}
    return {"person": recipient} if isinstance(recipient, Person) else {"unit": recipient}


def _last_place(rows):
    return rows.aggregate(last=Max("place"))["last"] or 0


def _added(row, **more):
    added = {"place": row.place, "unit": row.unit_id, "person": row.person_id, **more}
    return {"model": row._meta.label_lower, "key": row.pk, "added": added}
