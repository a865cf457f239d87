"""State tables of this app: every lawful move of a document, readable as a diagram (docs/states.md)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from blocs import permissions
from blocs.journal import StateTable, Transition
from blocs.models import IssuedDocument
from blocs.permissions import refuse

State = IssuedDocument.State


def has_draft(document, day):
    """There is a draft to be signed."""
    if not document.draft_number:
        refuse(_("Chưa có dự thảo nào để trình ký."))


def is_signed_by_somebody(document, day):
    """The signed copy, its day and its signer are known; nothing is signed in the future."""
    if not (document.signed_file_id and document.signed_on and document.signer_name):
        refuse(_("Cần bản đã ký, ngày ký và người ký."))
    if document.signed_on > day:
        refuse(_("Ngày ký không được sau hôm nay."))
    if document.issued_on and document.issued_on < document.signed_on:
        refuse(_("Ngày ban hành không được trước ngày ký."), "Nghị định 30/2020/NĐ-CP Điều 15")


def is_numbered_after_signature(document, day):
    """Number and day are given after the signature, not in the future."""
    if document.issued_on < document.signed_on:
        refuse(_("Ngày ban hành không được trước ngày ký."), "Nghị định 30/2020/NĐ-CP Điều 15")
    if document.issued_on > day:
        refuse(_("Ngày ban hành không được sau hôm nay."))


DOCUMENT = StateTable(
    "IssuedDocument",
    (
        Transition(
            State.DRAFT,
            "make_draft",
            permissions.may_make_draft,
            State.DRAFT,
            title=gettext_lazy("Lập dự thảo tiếp theo"),
        ),
        Transition(
            State.DRAFT,
            "send_to_signature",
            permissions.may_send_to_signature,
            State.FOR_SIGNATURE,
            guard=has_draft,
            title=pgettext_lazy("act", "Trình ký"),
        ),
        Transition(
            State.FOR_SIGNATURE,
            "take_back",
            permissions.may_take_back,
            State.DRAFT,
            title=gettext_lazy("Rút về để sửa"),
        ),
        Transition(
            State.FOR_SIGNATURE,
            "file_signed",
            permissions.may_file_signed,
            State.SIGNED,
            guard=is_signed_by_somebody,
            title=gettext_lazy("Lưu bản đã ký"),
        ),
        Transition(
            State.SIGNED,
            "file_signed",
            permissions.may_file_signed,
            State.SIGNED,
            guard=is_signed_by_somebody,
            title=gettext_lazy("Thay bản chụp đã ký"),
        ),
        Transition(
            State.SIGNED,
            "assign_number",
            permissions.may_assign_number,
            State.NUMBERED,
            guard=is_numbered_after_signature,
            title=gettext_lazy("Ghi số, ngày"),
        ),
        Transition(
            State.NUMBERED,
            "assign_number",
            permissions.may_assign_number,
            State.NUMBERED,
            guard=is_numbered_after_signature,
            title=gettext_lazy("Sửa số, ngày"),
        ),
        Transition(
            State.NUMBERED,
            "file_signed",
            permissions.may_file_signed,
            State.NUMBERED,
            guard=is_signed_by_somebody,
            title=gettext_lazy("Thay bản chụp đã ký"),
        ),
        Transition(
            State.NUMBERED,
            "release",
            permissions.may_release,
            State.RELEASED,
            title=gettext_lazy("Phát hành"),
        ),
    ),
    note="A released document is superseded when the document made to supersede it is released.",
)
