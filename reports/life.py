"""A document's life as its page shows it: where it is, what may be done next, what versions there are."""

from dataclasses import dataclass

from django.db.models import BooleanField, F, Func, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs import notation
from blocs.models import DocumentVersion, Entry, IssuedDocument, Post
from blocs.permissions import closed_window
from blocs.states import DOCUMENT
from reports.documents.base import signed_file_name, version_file_name

State = IssuedDocument.State
ORDER = [State.DRAFT, State.FOR_SIGNATURE, State.SIGNED, State.NUMBERED, State.RELEASED]
# The act that leads on from each state, the name of its address, and whether it is done by a button alone.
ONWARD = {
    State.DRAFT: ("send_to_signature", "document-send", True),
    State.FOR_SIGNATURE: ("file_signed", "document-file-signed", False),
    State.SIGNED: ("assign_number", "document-assign-number", False),
    State.NUMBERED: ("release", "document-release", False),
}
FOLLOWS = {
    "send_to_signature": gettext_lazy(
        "In lại dự thảo mới nhất, bỏ dấu dự thảo, để trống số và ngày. Còn rút về được."
    ),
    "file_signed": gettext_lazy("Cần bản quét hoặc tệp PDF đã ký, và ngày ký trên giấy."),
    "assign_number": gettext_lazy("Số, ngày do văn thư cấp sau khi ký."),
    "release": gettext_lazy("Phát hành rồi thì không sửa, không xoá được; chỉ thay bằng bản mới."),
}
ASIDE = {
    State.FOR_SIGNATURE: [("take_back", "document-take-back")],
    State.SIGNED: [("file_signed", "document-file-signed")],
    State.NUMBERED: [
        ("assign_number", "document-assign-number"),
        ("file_signed", "document-file-signed"),
    ],
}


# Whether the stored words of a version hold a table with rows, asked without reading them.
HAS_TABLES = Func(
    F("data"),
    Value('$.** ? (@.kind == "Table" && @.rows.size() > 0)'),
    template="%(expressions)s::jsonpath",
    arg_joiner=" @? ",
    output_field=BooleanField(),
)
WITHIN_WINDOW = {"send_to_signature"}


@dataclass(frozen=True)
class Way:
    """An act as the page offers it: a link to a form or a button, what follows, or why it is refused."""

    title: str
    address: str
    posts: bool = False
    refusal: str = ""
    note: str = ""


def life_of(document):
    """The five stages of a paper's life: which are done, which is now, with their day and number."""
    state = document.state if document else None
    state = State.RELEASED if state == State.SUPERSEDED else state
    now = ORDER.index(state) if document else -1
    last = len(ORDER) - 1
    return [
        {
            "title": stage.label,
            "state": "done"
            if place < now or place == now == last
            else "current"
            if place == now
            else "ahead",
            "note": _note(document, stage) if place <= now else "",
        }
        for place, stage in enumerate(ORDER)
    ]


def next_act(document, found, user, may):
    """The one act that leads on, or None when there is nothing left to do."""
    if document is None:
        return _draft(found, 1, may)
    if document.state not in ONWARD:
        return None
    action, name, posts = ONWARD[document.state]
    return _way(document, action, name, user, posts)


def download_of(document, versions):
    """The way to the PDF of a released document, for who has nothing to do but read it."""
    released = (
        next((row for row in versions[document.pk] if row["stage"] == "released"), None) if document else None
    )
    return Way(_("Tải bản phát hành (PDF)"), released["files"][0]["address"]) if released else None


def reference(document):
    """ "45/BC-SHTT"."""
    return f"{notation.count(document.number)}/{document.symbol}"


def acts_of(document, found, user, may):
    """What may be done besides the act that leads on; what is refused is not offered."""
    if document is None:
        return []
    ways = [_way(document, action, name, user) for action, name in ASIDE.get(document.state, [])]
    if document.state == State.DRAFT:
        ways.append(_draft(found, document.draft_number + 1, may))
    return [way for way in ways if not way.refusal]


def _draft(found, number, may):
    return Way(
        _("Lập dự thảo lần %(number)s") % {"number": number},
        found.draft_address,
        posts=True,
        refusal="" if may else str(may),
        note=_("In bản PDF và Word từ số liệu hôm nay; các dự thảo trước vẫn được giữ."),
    )


def versions_of(documents, user):
    """{document key: the versions that this person may read, newest first, with their files and hashes}."""
    versions = DocumentVersion.objects.visible_to(user).filter(document__in=documents)
    versions = versions.select_related("document__issuer", "pdf", "docx", "made_by")
    versions = versions.prefetch_related("document__issuer__states")
    versions = versions.annotate(has_tables=HAS_TABLES).defer("data", "pdf__content", "docx__content")
    rows = {document.pk: [] for document in documents}
    for version in versions:
        found = rows[version.document_id]
        found.append(_version_row(version, is_newest=not found))
    filed = _filed_at(documents)
    for document in documents:
        if document.signed_file:
            found = rows[document.pk]
            row = _signed_row(document, filed.get(str(document.pk), document.signed_file.kept_at))
            found.insert(sum(version["stage"] == "released" for version in found), row)
    return rows


def _way(document, action, name, user, posts=False):
    row = DOCUMENT.find(document.state, action)
    refusal = DOCUMENT.refusal(document, action, user, timezone.localdate())
    if refusal is None and action in WITHIN_WINDOW and (closed := closed_window(document)) is not None:
        refusal = str(closed)
    note = "" if refusal else FOLLOWS.get(action, "")
    return Way(str(row.title), reverse(name, args=[document.pk]), posts, refusal or "", str(note))


def _note(document, stage):
    if stage == State.DRAFT and document.draft_number:
        return _("lần %(number)s") % {"number": document.draft_number}
    if stage == State.SIGNED and document.signed_on:
        return notation.day(document.signed_on)
    if stage == State.NUMBERED and document.number:
        return f"{document.number_as_printed}, {notation.day(document.issued_on)}"
    if stage == State.RELEASED and document.released_at:
        return notation.day(timezone.localdate(document.released_at))
    return ""


def _version_row(version, is_newest):
    draft = version.stage == DocumentVersion.Stage.DRAFT
    released = version.stage == DocumentVersion.Stage.RELEASED
    return {
        "stage": version.stage,
        "title": _("Dự thảo lần %(number)s") % {"number": version.draft_number}
        if draft
        else version.get_stage_display(),
        "state": version.document.get_state_display()
        if released
        else _("Mới nhất")
        if is_newest
        else _("Đã có bản sau"),
        "tone": ("done" if version.document.state == State.RELEASED else "waiting")
        if released
        else "doing"
        if is_newest
        else "waiting",
        "at": version.made_at,
        "by": _maker(version),
        "files": [
            {
                "name": version_file_name(version, ending),
                "address": reverse("document-version", args=[version.pk, ending]),
                "size": kept.size,
                "sha256": kept.sha256,
            }
            for ending, kept in (("pdf", version.pdf), ("docx", version.docx))
        ]
        + ([_tables_row(version)] if version.has_tables else []),
    }


def _tables_row(version):
    """The version's tables, which are written from its stored words whenever somebody asks."""
    return {
        "name": version_file_name(version, "xlsx"),
        "address": reverse("document-version", args=[version.pk, "xlsx"]),
    }


def _maker(version):
    """Who made it; what a command on the server made is the issuing unit's."""
    if version.made_by.role == Post.Role.OPERATOR:
        return version.document.issuer.name()
    return f"{version.made_by_name}, {version.made_by.title}"


def _filed_at(documents):
    """{document key: when its signed copy was filed}; equal bytes may have been kept before."""
    entries = Entry.objects.filter(
        act="document.file-signed",
        object_kind=IssuedDocument._meta.label_lower,
        object_key__in=[str(document.pk) for document in documents],
    )
    return dict(entries.order_by("pk").values_list("object_key", "at"))


def _signed_row(document, filed_at):
    kept = document.signed_file
    return {
        "stage": "signed",
        "title": _("Bản đã ký"),
        "state": _("Theo văn bản giấy"),
        "tone": "paper",
        "at": filed_at,
        "by": _("%(signer)s ký ngày %(day)s")
        % {
            "signer": ", ".join(part for part in (document.signer_name, document.signer_title) if part),
            "day": notation.day(document.signed_on),
        },
        "files": [
            {
                "name": signed_file_name(document),
                "address": reverse("document-signed-copy", args=[document.pk]),
                "size": kept.size,
                "sha256": kept.sha256,
            }
        ],
    }
