"""Who may do what with papers, and in which window of the year they are written."""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.models import IssuedDocument
from blocs.permissions import (
    Refusal,
    closed_window,
    drafter_of,
    is_operator,
    is_staff,
    may_draft,
    may_edit,
    window_of,
)
from campaigns.models import Phase, ReminderWave
from campaigns.windows import closed
from reports.documents import YEAR_END_SUMMARY


def may_draft_for(user, subject, issuer, day):
    """Whoever may draft about the subject, in the unit that issues; the department for all units."""
    answer = may_draft(user, subject, day)
    standing = user.standing()
    if answer and not standing.sees_all and issuer.pk not in standing.unit_ids:
        return Refusal(_("Dự thảo do đơn vị ban hành lập: %(unit)s.") % {"unit": issuer.name(day)})
    return answer


def may_draft_about(user, found, document):
    """Whoever may draft a paper now: known who issues it, within its window. Asked by its page."""
    day = timezone.localdate()
    answer = may_draft(user, found.subject, day)
    issuer = found.kind.issuer(found.facts) if answer else None
    if not answer or not issuer:
        return answer and issuer
    if (early := found.kind.awaits(found.facts)) is not None:
        return early
    unsaved = IssuedDocument(
        kind=found.kind.code,
        subject_type=ContentType.objects.get_for_model(found.subject),
        subject_key=found.subject.pk,
    )
    shut = closed_window(document or unsaved)
    return shut if shut is not None else may_draft_for(user, found.subject, issuer, day)


may_make_pack = may_edit
may_make_demo_ministry = is_operator
drafter_of(ReminderWave)(is_staff)


@window_of(IssuedDocument)
def window_of_document(document):
    """The year-end report is drafted and sent to signature within the phase of the report."""
    if document.kind != YEAR_END_SUMMARY.code:
        return None
    return closed(document.subject, Phase.Kind.REPORT, before=False)
