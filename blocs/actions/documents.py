"""Acts of a paper's life: dự thảo, trình ký, đã ký, số và ngày, phát hành.

Bytes are made outside the transaction; an act checks under lock that they still fit, files them and moves
the document along `states.DOCUMENT`.
"""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from blocs import notation
from blocs.journal import act, advance, record
from blocs.models import DocumentRecipient, DocumentVersion, IssuedDocument, NumberSeries, Post, StoredFile
from blocs.permissions import (
    Refusal,
    Refused,
    may_assign_number,
    may_draft,
    may_file_signed,
    may_release,
    may_send_to_signature,
    may_take_back,
    refuse,
    require,
    require_open,
)
from blocs.states import DOCUMENT
from blocs.versions import Stale

ANY_DAY = "what was sent to signature goes its way to the end"

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"

State = IssuedDocument.State
Stage = DocumentVersion.Stage


class Outdated(Refused):
    """The document moved on while the bytes were made; make them anew."""

    def __init__(self):
        super().__init__(Refusal(_("Văn bản đã thay đổi trong lúc lập bản này. Hãy làm lại.")))


@dataclass(frozen=True)
class Made:
    """What a builder and its writers made: the data and the bytes of one version."""

    data: dict
    pdf: bytes
    docx: bytes


@act("document.make-draft", gettext_lazy("Lập dự thảo"))
def make_draft(
    *, subject, kind, edition, type_code, title, issuer, symbol, file_stem, draft_number, made, by, reason=""
):
    """File dự thảo lần n with its PDF and DOCX, and return its version.

    The first draft begins the document. When the last one was released, a new document begins that will
    supersede it, and a reason is asked for. Raises Outdated when `draft_number` is no longer the next one.
    """
    subject = type(subject)._default_manager.locked(subject.pk)
    post = require(may_draft(by, subject, timezone.localdate()))
    document = IssuedDocument.objects.select_for_update().in_preparation(subject, kind, edition)
    if document and (refusal := DOCUMENT.refusal(document, "make_draft", by, timezone.localdate())):
        refuse(refusal)
    if (document.draft_number if document else 0) + 1 != draft_number:
        raise Outdated
    if document is None:
        document = IssuedDocument(
            kind=kind,
            edition=edition,
            subject_type=ContentType.objects.get_for_model(subject),
            subject_key=subject.pk,
            supersedes=IssuedDocument.objects.in_force(subject, kind, edition),
        )
        if document.supersedes and not reason.strip():
            refuse(_("Bản trước đã phát hành. Hãy ghi lý do lập bản thay thế."))
    document.type_code, document.title, document.issuer = type_code, title, issuer
    document.symbol, document.file_stem, document.draft_number = symbol, file_stem, draft_number
    require_open(document)
    document.save()
    files = _keep_files(made)
    record(document, by=by, post=post, reason=reason, after={"draft": draft_number} | files)
    return _keep_version(document, Stage.DRAFT, made, files, by=by, post=post)


@act("document.send-to-signature", pgettext_lazy("act", "Trình ký"))
def send_to_signature(*, document, draft_number, made, by, paper=None, reason=""):
    """Send the newest draft to be signed, number and day left blank; `made` is the copy that goes."""
    document = IssuedDocument.objects.locked(document.pk)
    post = require(may_send_to_signature(by, document, timezone.localdate()))
    require_open(document, paper=paper, reason=reason)
    if document.draft_number != draft_number:
        raise Outdated
    files = _keep_files(made)
    advance(DOCUMENT, document, "send_to_signature", by=by, also=files, paper=paper, reason=reason)
    _keep_version(document, Stage.FOR_SIGNATURE, made, files, by=by, post=post)
    return document


@act("document.take-back", gettext_lazy("Rút về để sửa"), any_day=ANY_DAY)
def take_back(*, document, reason, by, paper=None):
    """Bring a document back from signature, with what is to be mended as the reason."""
    document = IssuedDocument.objects.locked(document.pk)
    require(may_take_back(by, document, timezone.localdate()))
    if not reason.strip():
        refuse(_("Cần ghi lý do rút về (nội dung phải sửa)."))
    return advance(DOCUMENT, document, "take_back", by=by, reason=reason, paper=paper)


@act(
    "document.file-signed",
    gettext_lazy("Lưu bản đã ký"),
    seals=True,
    any_day=ANY_DAY,
)
def file_signed(*, document, content, media_type, paper, signer_name, signer_title, by, reason=""):
    """File the scan or the signed PDF; the signature's day is the paper's day.

    Replacing a scan filed before asks for a reason.
    """
    document = IssuedDocument.objects.locked(document.pk)
    require(may_file_signed(by, document, timezone.localdate()))
    if document.state in (State.SIGNED, State.NUMBERED) and not reason.strip():
        refuse(_("Cần ghi lý do thay bản đã ký."))
    kept = StoredFile.objects.keep(content, media_type=media_type)
    if document.versions.filter(Q(pdf=kept) | Q(docx=kept)).exists():
        refuse(_("Tệp này là bản chưa ký do hệ thống lập. Hãy gửi bản quét có chữ ký hoặc PDF đã ký số."))
    return advance(
        DOCUMENT,
        document,
        "file_signed",
        by=by,
        reason=reason,
        paper=paper,
        signed_file=kept,
        signed_on=paper.day,
        signer_name=signer_name,
        signer_title=signer_title,
    )


@act("document.assign-number", gettext_lazy("Ghi số, ngày"), any_day=ANY_DAY)
def assign_number(*, document, number, issued_on, by, shown=None, paper=None, reason=""):
    """Give number and day: by the issuing unit's văn thư, or recorded from paper by who keeps the document.

    Nghị định 30/2020/NĐ-CP Điều 15: after the signature; unique for unit, type and calendar year. Changing a
    number given before asks for a reason. `shown` are (number, day) as the page showed them: where somebody
    else has given others since, `Stale` with both.
    """
    document = IssuedDocument.objects.locked(document.pk)
    require(may_assign_number(by, document, timezone.localdate()))
    if by.standing().post(Post.Role.CLERK, unit_ids={document.issuer_id}) is None and paper is None:
        refuse(_("Số và ngày do văn thư cấp: hãy ghi nhận từ văn bản giấy."))
    if shown is not None and shown != (document.number, document.issued_on):
        given = {"number": document.number, "issued_on": document.issued_on}
        newer = {"shown_number": document.number, "shown_issued_on": notation.day(document.issued_on)}
        raise Stale(given, {"number": number, "issued_on": issued_on}, row=document, newer=newer)
    if not 1 <= number <= IssuedDocument.LARGEST_NUMBER:
        refuse(_("Số văn bản lớn nhất là %(limit)s.") % {"limit": IssuedDocument.LARGEST_NUMBER})
    if document.state == State.NUMBERED and not reason.strip():
        refuse(_("Cần ghi lý do sửa số, ngày."))
    NumberSeries.objects.select_for_update().get_or_create(
        issuer=document.issuer, type_code=document.type_code, year=issued_on.year
    )
    series = IssuedDocument.objects.in_series_of(document, issued_on.year)
    if series.exclude(pk=document.pk).filter(number=number).exists():
        refuse(
            _("Số %(number)s đã cấp cho văn bản khác cùng loại trong năm %(year)s.")
            % {"number": number, "year": issued_on.year},
            "Nghị định 30/2020/NĐ-CP Điều 15",
        )
    return advance(
        DOCUMENT,
        document,
        "assign_number",
        by=by,
        reason=reason,
        paper=paper,
        number=number,
        issued_on=issued_on,
    )


@act(
    "document.release",
    gettext_lazy("Phát hành"),
    seals=True,
    any_day=ANY_DAY,
)
def release(*, document, made, journal_head, rulebook_day, recipients, by, paper=None):
    """Release a numbered document: its bytes, data, rulebook day and the journal head printed in it freeze.

    The document it supersedes becomes "superseded"; the recipients' people may read the released copy.
    """
    document = IssuedDocument.objects.locked(document.pk)
    post = require(may_release(by, document, timezone.localdate()))
    files = _keep_files(made)
    advance(
        DOCUMENT,
        document,
        "release",
        by=by,
        paper=paper,
        also=files | {"recipients": [unit.pk for unit in recipients], "supersedes": document.supersedes_id},
        released_at=timezone.now(),
        journal_head=journal_head,
        rulebook_day=rulebook_day,
    )
    _keep_version(document, Stage.RELEASED, made, files, by=by, post=post)
    DocumentRecipient.objects.bulk_create(
        DocumentRecipient(document=document, unit=unit) for unit in recipients
    )
    if document.supersedes:
        document.supersedes.move_to(State.SUPERSEDED)
    return document


def _keep_files(made):
    return {
        "pdf": StoredFile.objects.keep(made.pdf, media_type=PDF),
        "docx": StoredFile.objects.keep(made.docx, media_type=DOCX),
    }


def _keep_version(document, stage, made, files, *, by, post):
    return DocumentVersion.objects.create(
        document=document,
        stage=stage,
        draft_number=document.draft_number,
        made_at=timezone.now(),
        made_by=post,
        made_by_name=by.get_full_name(),
        data=made.data,
        **files,
    )
