"""Acts of a document's life by its page. Those that print are asked of a worker."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blocs import actions, days, notation
from blocs.forms import add_refusal
from blocs.models import IssuedDocument, Post
from blocs.permissions import Refused
from blocs.states import DOCUMENT
from reports import issuing, jobs
from reports.documents import KINDS
from reports.forms import NumberForm, SignedForm, TakeBackForm
from reports.life import reference


def on_document(action):
    """A view of an act on a document that may be seen; refuses at once what the state table refuses."""

    def decorate(view):
        @wraps(view)
        def viewed(request, pk):
            document = get_object_or_404(IssuedDocument.objects.visible_to(request.user), pk=pk)
            refusal = DOCUMENT.refusal(document, action, request.user, timezone.localdate())
            if refusal:
                messages.error(request, refusal)
                return redirect(issuing.address_of(document))
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
    recipients = issuing.recipients(document)
    context = {
        "title": _("Phát hành văn bản này?"),
        "question": document.title,
        "consequences": [
            _("Bản phát hành được in với số %(number)s, %(day)s và tên người ký.")
            % {"number": reference(document), "day": days.day_in_words(document.issued_on)},
            _("%(count)s đơn vị nhận văn bản đọc và tải được bản này.")
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
        "cancel": issuing.address_of(document),
    }
    return render(request, "confirm.html", context)


def done(form, act, **arguments):
    """What an act returned; None where it refused, its reason then stands in the form with what was typed."""
    try:
        return act(**arguments)
    except Refused as refused:
        add_refusal(form, refused)
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
        return redirect(issuing.address_of(document))
    note = _("Văn bản trở về dự thảo; bản trình ký vẫn được giữ trong các bản.")
    return _act_page(request, document, form, _("Rút về để sửa"), _("Rút về"), note)


@require_http_methods(["GET", "POST"])
@on_document("file_signed")
def file_signed(request, document):
    """File what came back signed."""
    replaces = document.signed_file_id is not None
    name, title = issuing.expected_signer(document)
    form = SignedForm(
        request.POST or None,
        request.FILES or None,
        replaces=replaces,
        initial={
            "signer_name": document.signer_name or name,
            "signer_title": document.signer_title or title,
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
            return redirect(issuing.address_of(document))
    note = _("Ngày ký ghi như trên giấy. Sau đó văn thư cấp số và ngày.")
    return _act_page(request, document, form, _("Lưu bản đã ký"), _("Lưu bản đã ký"), note)


@require_http_methods(["GET", "POST"])
@on_document("assign_number")
def assign_number(request, document):
    """Give number and day, or record what the văn thư gave on paper."""
    is_clerk = request.user.standing().post(Post.Role.CLERK, unit_ids={document.issuer_id}) is not None
    corrects = document.state == IssuedDocument.State.NUMBERED
    day = document.issued_on or document.signed_on
    proposed = document.number or IssuedDocument.objects.next_number(document, day.year)
    form = NumberForm(
        request.POST or None,
        from_paper=not is_clerk,
        corrects=corrects,
        initial={
            "number": proposed,
            "issued_on": day,
            "shown_number": document.number,
            "shown_issued_on": document.issued_on,
        },
    )
    if form.is_valid():
        data = form.cleaned_data
        given = done(
            form,
            actions.assign_number,
            document=document,
            number=data["number"],
            issued_on=data["issued_on"],
            shown=form.shown(),
            paper=form.paper(),
            reason=data.get("reason", ""),
            by=request.user,
        )
        if given:
            messages.success(request, _("Đã ghi số, ngày. Việc tiếp theo: phát hành."))
            return redirect(issuing.address_of(document))
    title = _("Ghi nhận số, ngày từ văn bản giấy") if form.from_paper else _("Cấp số, ngày")
    note = _(
        "Số và ngày do văn thư cấp sau khi ký, mỗi năm một dãy số cho mỗi loại văn bản "
        "(Nghị định 30/2020/NĐ-CP Điều 15). Số tiếp theo trong sổ đã điền sẵn."
    )
    if corrects:
        note = _(
            "Số đang ghi đã điền sẵn. Nếu chuyển văn bản sang năm %(year)s thì số tiếp theo của năm đó là "
            "%(next)s."
        ) % {
            "next": IssuedDocument.objects.next_number(document, timezone.localdate().year),
            "year": timezone.localdate().year,
        }
    return _act_page(request, document, form, title, _("Ghi số, ngày"), note)


def _ask_for(request, kind, document):
    parameters = {
        "document": document.pk,
        "page": issuing.address_of(document),
        "language": get_language(),
    }
    return redirect("job", actions.ask_for(kind=kind, parameters=parameters, by=request.user).pk)


def _act_page(request, document, form, title, submit, note):
    kind, back = KINDS[document.kind], issuing.address_of(document)
    above = kind.above(document.subject)
    context = {
        "document": document,
        "above": [*above, (kind.name, back)],
        "of": above[-1][0],
        "form": form,
        "title": title,
        "note": note,
        "submit": submit,
        "back": back,
    }
    return render(request, "reports/act.html", context, status=422 if form.is_bound else 200)
