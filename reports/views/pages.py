"""The page of a paper: its text, and where it is issued its life, its versions and who did what."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from blocs import actions
from blocs.history import history_of
from blocs.models import DocumentVersion, IssuedDocument, Job
from blocs.permissions import may_draft, require
from reports import issuing, jobs, prints
from reports.blocks import documents_of, outline, read
from reports.documents.base import Stage
from reports.forms import DraftForm
from reports.life import Way, acts_of, download_of, life_of, next_act, versions_of
from reports.permissions import may_draft_about
from reports.writers.html import to_preview
from reports.writers.xlsx import has_tables


@require_GET
def page(request, find, **address):
    """A paper's text, the document's life, its versions and who did what."""
    user = request.user
    found = find(user, **address)
    documents = _documents(user, found)
    document = next((each for each in documents if each.state not in each.RELEASED_STATES), None)
    in_force = next((each for each in documents if each.state == each.State.RELEASED), None)
    shown = document or in_force
    permission = may_draft if found.is_issued else found.kind.may_print
    may = may_read = permission(user, found.subject, timezone.localdate())
    if found.is_issued and may:
        may = may_draft_about(user, found, document)
    tree = _tree(found, shown, user, may_read)
    versions = versions_of(documents, user)
    above = found.kind.above(found.subject)
    context = {
        "above": above,
        "of": above[-1][0],
        "beside": found.beside,
        "title": found.kind.title(found.subject, found.edition),
        "document": shown,
        "life": life_of(shown) if found.is_issued else [],
        "next": _next(found, document, in_force, versions, user, may, may_read),
        "acts": acts_of(document, found, user, may),
        "draft_form": DraftForm() if in_force and not document and may else None,
        "draft_address": found.draft_address,
        "may_draft": may_read,
        "closed": "" if found.is_issued or may_read else str(may_read),
        "job": Job.objects.visible_to(user).under_way().filter(parameters__page=request.path).first(),
        "versions": [(each, versions[each.pk]) for each in documents if versions[each.pk]],
        "entries": history_of(*documents) if documents and may_read else [],
        "is_of_today": shown is None or shown.state == shown.State.DRAFT,
        "missing": list(missing_in(tree)) if tree else [],
        "preview": to_preview(tree) if tree else "",
        **(_files(found, tree, user) if tree and not found.is_issued else {}),
    }
    return render(request, "reports/document.html", context)


@require_POST
def ask_for_draft(request, find, **address):
    """Ask a worker for the next draft."""
    found = find(request.user, **address)
    if not found.is_issued:
        raise Http404
    documents = _documents(request.user, found)
    require(may_draft_about(request.user, found, None))
    reason = ""
    if documents and all(each.state in each.RELEASED_STATES for each in documents):
        form = DraftForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Bản trước đã phát hành. Hãy ghi lý do lập bản thay thế."))
            return redirect(found.address)
        reason = form.cleaned_data["reason"]
    parameters = {
        "subject": found.subject.pk,
        "kind": found.kind.code,
        "edition": found.edition,
        "draft_number": next((each.draft_number for each in documents if not each.released_at), 0) + 1,
        "reason": reason,
        "page": found.address,
        "language": get_language(),
    }
    return redirect("job", actions.ask_for(kind=jobs.DRAFT, parameters=parameters, by=request.user).pk)


@require_GET
def document(request, pk):
    """The way to the page of a document, wherever that stands."""
    documents = IssuedDocument.objects.visible_to(request.user)
    return redirect(issuing.address_of(get_object_or_404(documents, pk=pk)))


def missing_in(tree):
    """What is not known yet of a paper, in reading order."""
    first = documents_of(tree)[0]
    return outline.missing_in((*first.body, *(block for annex in first.annexes for block in annex.blocks)))


def _documents(user, found):
    """The issued documents of a paper that the person may see, newest first."""
    if not found.is_issued:
        return []
    documents = IssuedDocument.objects.visible_to(user).about(found.subject)
    documents = documents.filter(kind=found.kind.code, edition=found.edition)
    return list(documents.select_related("signed_file").defer("signed_file__content"))


def _next(found, document, in_force, versions, user, may, may_read):
    """The act that leads on, also where it is refused to who keeps the subject; else the released copy."""
    if not found.is_issued:
        return None
    if document or (may_read and not in_force):
        return next_act(document, found, user, may)
    return download_of(in_force, versions)


def _files(found, tree, user):
    """The ways to a paper's files: a PDF to ask for, those that were made, Word and tables of today."""
    if not prints.prints(tree):
        return {}
    names = {"docx": _("Tải bản Word"), "xlsx": _("Tải bảng tính (Excel)")}
    endings = ["docx", "xlsx"] if has_tables(tree) else ["docx"]
    return {
        "next": Way(_("Lập bản PDF để in"), found.print_address, posts=True),
        "files": [Way(names[ending], found.file_address(ending)) for ending in endings],
        "prints": prints.kept(found.kind, found.facts, found.subject, found.edition, user),
    }


def _tree(found, document, user, may):
    """What the page shows: today's data while drafts are made, else the words of the newest version."""
    if document is None or document.state == document.State.DRAFT:
        return issuing.tree_of(found.kind, found.facts, found.edition, Stage()) if may else None
    newest = DocumentVersion.objects.visible_to(user).filter(document=document).values_list("data").first()
    return read(newest[0]).printed() if newest else None
