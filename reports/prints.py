"""Papers that are only printed, from today's data: as PDF by a worker, as Word and spreadsheet at once."""

from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.models import Pack
from blocs.permissions import refuse, require
from reports import actions
from reports.blocks import documents_of
from reports.blocks.outline import has_content
from reports.documents.base import Stage
from reports.issuing import tell_nobody, tree_of
from reports.writers.pdf import to_pdf

MOST_SHOWN = 5


def make(kind, subject, edition="", *, by, tell=tell_nobody):
    """Print a paper about a subject for this reader and keep it as PDF; returns what is kept."""
    require(kind.may_print(by, subject, timezone.localdate()))
    tell(_("Đang tập hợp số liệu"))
    facts = kind.facts(subject, by)
    tree = tree_of(kind, facts, edition, Stage())
    if not prints(tree):
        refuse(_("Chưa có số liệu nào để in."))
    tell(_("Đang lập bản PDF"))
    return actions.keep_print(
        subject=subject,
        kind=kind,
        title=tree.title[:300],
        file_name=file_name(kind, facts, edition, "pdf"),
        content=to_pdf(tree),
        by=by,
    )


def prints(tree):
    """Whether there is anything on the paper."""
    return any(map(has_content, documents_of(tree)[0].body))


def file_name(kind, facts, edition, ending):
    """The name of today's file, as officials name it."""
    return f"{kind.stem(facts, edition)}_{timezone.localdate():%Y%m%d}.{ending}"


def kept(kind, facts, subject, edition, user):
    """The newest PDFs of a paper that this person's unit had made."""
    named = f"{kind.stem(facts, edition)}_"
    found = Pack.objects.visible_to(user).about(subject).filter(file_name__startswith=named)
    return found.select_related("made_by__unit", "file").defer("file__content")[:MOST_SHOWN]
