"""A paper that is only printed, as a file: Word and spreadsheet at once, PDF by a worker."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from blocs import actions
from blocs.actions.documents import DOCX
from blocs.exports import XLSX
from blocs.permissions import require
from reports import jobs, prints
from reports.documents.base import Stage
from reports.issuing import tree_of
from reports.views.files import download
from reports.writers.docx import to_docx
from reports.writers.xlsx import has_tables, to_xlsx

WRITERS = {"docx": (to_docx, DOCX), "xlsx": (to_xlsx, XLSX)}


@require_GET
def file_of_today(request, find, ending, **address):
    """The paper as it is today, as Word file or, where it has tables, as spreadsheet."""
    found = _printed(find, request.user, address)
    writer, media_type = WRITERS[ending]
    require(found.kind.may_print(request.user, found.subject, timezone.localdate()))
    tree = tree_of(found.kind, found.facts, found.edition, Stage())
    if not prints.prints(tree) or ending == "xlsx" and not has_tables(tree):
        raise Http404
    name = prints.file_name(found.kind, found.facts, found.edition, ending)
    return download(writer(tree), media_type, name)


@require_POST
def ask_for_print(request, find, **address):
    """Ask a worker for the PDF."""
    found = _printed(find, request.user, address)
    require(found.kind.may_print(request.user, found.subject, timezone.localdate()))
    parameters = {
        "subject": found.subject.pk,
        "kind": found.kind.code,
        "edition": found.edition,
        "page": found.address,
        "language": get_language(),
    }
    return redirect("job", actions.ask_for(kind=jobs.PRINT, parameters=parameters, by=request.user).pk)


def _printed(find, user, address):
    found = find(user, **address)
    if found.is_issued:
        raise Http404
    return found
