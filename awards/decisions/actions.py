"""Acts of what a bloc honours."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.decisions.models import Exemplar
from awards.nominations.recipients import NewPerson, given_to, last_place, lock_to_propose, person_of, told_of
from blocs.journal import act, record
from blocs.models import Person
from blocs.permissions import refuse


@act("exemplar.honour", gettext_lazy("Biểu dương điển hình tiên tiến"))
def honour(*, meeting, honoured, by, paper=None, reason=""):
    """Add the exemplars that a bloc honours at a meeting: (kind, recipient) each, as where awards are
    proposed."""
    post = lock_to_propose(meeting, by, paper, reason)
    bloc_year, parts = meeting.bloc_year, []
    for kind, recipient in honoured:
        recipient = person_of(recipient, by) if isinstance(recipient, NewPerson) else recipient
        if recipient and isinstance(recipient, Person) != (kind == Exemplar.Kind.INDIVIDUAL):
            refuse(_("Điển hình tập thể chọn đơn vị, điển hình cá nhân chọn cá nhân."))
        given = given_to(recipient)
        if recipient and bloc_year.exemplars.filter(**given).exists():
            refuse(_("%(recipient)s đã được ghi là điển hình tiên tiến.") % {"recipient": recipient})
        known = bloc_year.exemplars.filter(kind=kind)
        made = Exemplar.objects.create(
            bloc_year=bloc_year, kind=kind, honoured_at=meeting, place=last_place(known) + 1, **given
        )
        parts.append(told_of(made, kind=kind))
    if not parts:
        refuse(_("Hãy chọn ít nhất một điển hình."))
    record(meeting, by=by, post=post, after={"parts": parts}, reason=reason, paper=paper)
