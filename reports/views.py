"""Web pages of a document: preview, drafts, life, files. Acts that print are asked of a worker."""

from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from blocs import actions, days, notation
from blocs.actions.documents import DOCX, PDF
from blocs.history import history_of
from blocs.models import DocumentVersion, IssuedDocument, Job, NumberSeries, Post
from blocs.permissions import Refused, may_draft, require
from blocs.states import DOCUMENT
from campaigns.views import find_bloc_year, places_of
from reports import issuing, jobs
from reports.blocks import outline, read
from reports.documents import YEAR_END_SUMMARY
from reports.documents.base import signed_file_name, version_file_name
from reports.forms import DraftForm, NumberForm, SignedForm, TakeBackForm
from reports.life import acts_of, download_of, life_of, next_act, reference, versions_of
from reports.writers.html import to_preview


@require_GET
def report(request, year, bloc, edition):
    """A bloc-year's report: its text, the document's life, its versions and who did what."""
    user, today = request.user, timezone.localdate()
    bloc_year, documents = _report(request, year, bloc, edition)
    document = next((each for each in documents if each.state not in each.RELEASED_STATES), None)
    in_force = next((each for each in documents if each.state == each.State.RELEASED), None)
    shown = document or in_force
    may = may_draft(user, bloc_year, today)
    tree = _tree(bloc_year, edition, shown, user, may)
    versions = versions_of(documents, user)
    context = {
        "bloc_year": bloc_year,
        "places": places_of(bloc_year, user),
        "title": _("Báo cáo tổng kết năm %(year)s: bản %(edition)s")
        % {"year": bloc_year.year, "edition": lower_first(YEAR_END_SUMMARY.editions[edition])},
        "document": shown,
        "life": life_of(shown),
        "next": next_act(document, bloc_year, edition, user, may)
        if document or (may and not in_force)
        else download_of(in_force, versions),
        "acts": acts_of(document, bloc_year, edition, user, may),
        "draft_form": DraftForm() if in_force and not document and may else None,
        "draft_address": reverse("report-draft", args=[year, bloc, edition]),
        "may_draft": may,
        "job": Job.objects.visible_to(user).under_way().filter(parameters__page=request.path).first(),
        "versions": [(each, versions[each.pk]) for each in documents if versions[each.pk]],
        "entries": history_of(*documents) if documents and may else [],
        "is_of_today": shown is None or shown.state == shown.State.DRAFT,
        "missing": list(missing_in(tree)) if tree else [],
        "preview": to_preview(tree) if tree else "",
    }
    return render(request, "reports/report.html", context)


@require_POST
def ask_for_draft(request, year, bloc, edition):
    """Ask a worker for the next draft."""
    bloc_year, documents = _report(request, year, bloc, edition)
    require(may_draft(request.user, bloc_year, timezone.localdate()))
    if documents and all(each.state in each.RELEASED_STATES for each in documents):
        form = DraftForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Bản trước đã phát hành. Hãy ghi lý do lập bản thay thế."))
            return redirect("report", year, bloc, edition)
        reason = form.cleaned_data["reason"]
    else:
        reason = ""
    parameters = {
        "bloc_year": bloc_year.pk,
        "kind": YEAR_END_SUMMARY.code,
        "edition": edition,
        "draft_number": next((each.draft_number for each in documents if not each.released_at), 0) + 1,
        "reason": reason,
        "page": reverse("report", args=[year, bloc, edition]),
        "language": get_language(),
    }
    return redirect("job", actions.ask_for(kind=jobs.DRAFT, parameters=parameters, by=request.user).pk)


def on_document(action):
    """A view of an act on a document that may be seen; refuses at once what the state table refuses."""

    def decorate(view):
        @wraps(view)
        def viewed(request, pk):
            document = get_object_or_404(IssuedDocument.objects.visible_to(request.user), pk=pk)
            refusal = DOCUMENT.refusal(document, action, request.user, timezone.localdate())
            if refusal:
                messages.error(request, refusal)
                return redirect(jobs.address_of(document))
            return view(request, document)

        return viewed

    return decorate


@require_POST
@on_document("send_to_signature")
def ask_for_signature(request, document):
    """Ask a worker for the copy that goes to signature."""
    return _ask_for(request, jobs.SEND, document)


@require_http_methods(["GET", "POST"])
@on_document("release")
def ask_for_release(request, document):
    """Ask a worker for the released copy, once the person has read what follows."""
    if request.method == "POST":
        return _ask_for(request, jobs.RELEASE, document)
    recipients = issuing.recipients(document.subject)
    context = {
        "title": _("Phát hành văn bản này?"),
        "question": document.title,
        "consequences": [
            _("Bản phát hành được in với số %(number)s, %(day)s và tên người ký.")
            % {"number": reference(document), "day": days.day_in_words(document.issued_on)},
            _("%(count)s đơn vị trong Khối đọc và tải được bản này.")
            % {"count": notation.count(len(recipients))},
            _("Từ đó không ai sửa hay xoá được; chỉ thay được bằng một bản mới có lý do."),
            *(
                [
                    _("Bản số %(number)s đang có hiệu lực thành bản đã được thay thế.")
                    % {"number": reference(document.supersedes)}
                ]
                if document.supersedes
                else []
            ),
        ],
        "submit": _("Phát hành"),
        "cancel": jobs.address_of(document),
    }
    return render(request, "confirm.html", context)


def done(form, act, **arguments):
    """What an act returned; None where it refused, its reason then stands in the form with what was typed."""
    try:
        return act(**arguments)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


@require_http_methods(["GET", "POST"])
@on_document("take_back")
def take_back(request, document):
    """Bring a document back from signature with what is to be mended."""
    form = TakeBackForm(request.POST or None)
    if form.is_valid() and done(
        form, actions.take_back, document=document, reason=form.cleaned_data["reason"], by=request.user
    ):
        messages.success(request, _("Đã rút về. Sửa số liệu rồi lập dự thảo tiếp theo."))
        return redirect(jobs.address_of(document))
    note = _("Văn bản trở về dự thảo; bản trình ký vẫn được giữ trong các bản.")
    return _act_page(request, document, form, _("Rút về để sửa"), _("Rút về"), note)


@require_http_methods(["GET", "POST"])
@on_document("file_signed")
def file_signed(request, document):
    """File what came back signed."""
    replaces = document.signed_file_id is not None
    signer = document.subject.seats.filter(role="leader").first()
    form = SignedForm(
        request.POST or None,
        request.FILES or None,
        replaces=replaces,
        initial={
            "signer_name": document.signer_name or (signer.representative if signer else ""),
            "signer_title": document.signer_title or (signer.representative_title if signer else ""),
        },
    )
    if form.is_valid():
        data = form.cleaned_data
        content, media_type = data["file"]
        kept = done(
            form,
            actions.file_signed,
            document=document,
            content=content,
            media_type=media_type,
            paper=form.paper(),
            signer_name=data["signer_name"],
            signer_title=data["signer_title"],
            reason=data.get("reason", ""),
            by=request.user,
        )
        if kept:
            messages.success(request, _("Đã lưu bản đã ký. Việc tiếp theo: ghi số, ngày do văn thư cấp."))
            return redirect(jobs.address_of(document))
    note = _("Ngày ký ghi như trên giấy. Sau đó văn thư cấp số và ngày.")
    return _act_page(request, document, form, _("Lưu bản đã ký"), _("Lưu bản đã ký"), note)


@require_http_methods(["GET", "POST"])
@on_document("assign_number")
def assign_number(request, document):
    """Give number and day, or record what the văn thư gave on paper."""
    is_clerk = request.user.standing().post(Post.Role.CLERK, unit_ids={document.issuer_id}) is not None
    corrects = document.state == IssuedDocument.State.NUMBERED
    day = document.issued_on or document.signed_on
    proposed = document.number or NumberSeries.objects.next_number(document, day.year)
    form = NumberForm(
        request.POST or None,
        from_paper=not is_clerk,
        corrects=corrects,
        initial={"number": proposed, "issued_on": day},
    )
    if form.is_valid():
        data = form.cleaned_data
        given = done(
            form,
            actions.assign_number,
            document=document,
            number=data["number"],
            issued_on=data["issued_on"],
            paper=form.paper(),
            reason=data.get("reason", ""),
            by=request.user,
        )
        if given:
            messages.success(request, _("Đã ghi số, ngày. Việc tiếp theo: phát hành."))
            return redirect(jobs.address_of(document))
    title = _("Ghi nhận số, ngày từ văn bản giấy") if form.from_paper else _("Cấp số, ngày")
    note = _(
        "Số và ngày do văn thư cấp sau khi ký, mỗi năm một dãy số cho mỗi loại văn bản "
        "(Nghị định 30/2020/NĐ-CP Điều 15). Số tiếp theo trong sổ đã điền sẵn."
    )
    return _act_page(request, document, form, title, _("Ghi số, ngày"), note)


@require_GET
def version_file(request, pk, ending):
    """The PDF or Word file of a version, named as officials name it."""
    versions = DocumentVersion.objects.visible_to(request.user).select_related("document", "pdf", "docx")
    version = get_object_or_404(versions, pk=pk)
    kept = {"pdf": version.pdf, "docx": version.docx}.get(ending)
    if kept is None:
        raise Http404
    return _download(kept.content, {"pdf": PDF, "docx": DOCX}[ending], version_file_name(version, ending))


@require_GET
def signed_copy(request, pk):
    """The scan or signed PDF, for those who keep the document and, once released, its recipients."""
    documents = IssuedDocument.objects.visible_to(request.user).select_related("signed_file")
    document = get_object_or_404(documents, pk=pk, signed_file__isnull=False)
    kept = document.signed_file
    return _download(kept.content, kept.media_type, signed_file_name(document))


def _report(request, year, bloc, edition):
    """The bloc-year of an address and its documents of this edition that the person may see, newest first."""
    if edition not in YEAR_END_SUMMARY.editions:
        raise Http404
    bloc_year = find_bloc_year(request.user, year, bloc)
    documents = IssuedDocument.objects.visible_to(request.user).about(bloc_year)
    documents = documents.filter(kind=YEAR_END_SUMMARY.code, edition=edition)
    return bloc_year, list(documents.select_related("signed_file").defer("signed_file__content"))


def missing_in(tree):
    """What is not known yet of a document, in reading order."""
    return outline.missing_in((*tree.body, *(block for annex in tree.annexes for block in annex.blocks)))


def _tree(bloc_year, edition, document, user, may):
    """What the page shows: today's data while drafts are made, else the words of the newest version."""
    if document is None or document.state == document.State.DRAFT:
        return issuing.preview(bloc_year, YEAR_END_SUMMARY.code, edition) if may else None
    newest = DocumentVersion.objects.visible_to(user).filter(document=document).values_list("data").first()
    return read(newest[0]).printed() if newest else None


def lower_first(words):
    """The words as they stand within a sentence."""
    return words[:1].lower() + words[1:]


def _ask_for(request, kind, document):
    parameters = {
        "document": document.pk,
        "page": jobs.address_of(document),
        "language": get_language(),
    }
    return redirect("job", actions.ask_for(kind=kind, parameters=parameters, by=request.user).pk)


def _act_page(request, document, form, title, submit, note):
    context = {
        "document": document,
        "bloc_year": document.subject,
        "form": form,
        "title": title,
        "note": note,
        "submit": submit,
        "back": jobs.address_of(document),
    }
    return render(request, "reports/act.html", context, status=422 if form.is_bound else 200)


def _download(content, media_type, name):
    return HttpResponse(
        bytes(content),
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )
