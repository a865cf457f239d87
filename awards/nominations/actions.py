"""Acts of what a bloc proposes."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import AwardKind
from awards.nominations.models import Nomination
from awards.nominations.recipients import NewPerson, given_to, last_place, lock_to_propose, person_of, told_of
from blocs.journal import act, record
from blocs.models import Person, Unit
from blocs.permissions import refuse

Recipient = AwardKind.Recipient


@act("nomination.propose", gettext_lazy("Đề nghị khen thưởng"))
def propose(*, meeting, proposals, by, paper=None, reason=""):
    """Add what a bloc proposes at a meeting: (award, recipient) each, after what it has proposed before.

    A recipient is a unit, a person, a `NewPerson` to be named with the post, or None while only the number
    is known.
    """
    post = lock_to_propose(meeting, by, paper, reason)
    bloc_year, parts = meeting.bloc_year, []
    for award, recipient in proposals:
        recipient = person_of(recipient, by) if isinstance(recipient, NewPerson) else recipient
        kind = Recipient.INDIVIDUAL if isinstance(recipient, Person) else Recipient.COLLECTIVE
        if recipient and kind not in award.recipients:
            refuse(
                _("%(award)s không dành cho đối tượng này: %(recipient)s.")
                % {"award": award, "recipient": recipient}
            )
        if isinstance(recipient, Unit) and not bloc_year.seats.filter(unit=recipient).exists():
            refuse(_("%(unit)s không thuộc Khối trong năm đó.") % {"unit": recipient})
        given = {"award": award, **given_to(recipient)}
        if recipient and bloc_year.nominations.filter(**given).exists():
            refuse(_("%(recipient)s đã được đề nghị %(award)s.") % {"award": award, "recipient": recipient})
        known = bloc_year.nominations.filter(award=award)
        made = Nomination.objects.create(
            bloc_year=bloc_year, proposed_at=meeting, place=last_place(known) + 1, **given
        )
        parts.append(told_of(made, award=award.code))
    if not parts:
        refuse(_("Hãy chọn ít nhất một đề nghị."))
    record(meeting, by=by, post=post, after={"parts": parts}, reason=reason, paper=paper)
