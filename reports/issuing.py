"""How a document comes about: its tree is built, its bytes are made, an act files them.

Only a draft is built from today's data. What goes to signature and what is released are printed again from
the draft's own data, so that nobody signs or releases other words than were read.
"""

from dataclasses import replace

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from blocs import actions, journal
from blocs.actions.documents import Made
from blocs.models import DocumentVersion, IssuedDocument
from blocs.permissions import Refused, may_draft, may_release, may_send_to_signature, refuse, require
from reports.blocks import read
from reports.documents import KINDS, PAPERS
from reports.documents.base import Stage
from reports.documents.phrases import replacing
from reports.permissions import may_draft_for
from reports.writers.docx import to_docx
from reports.writers.pdf import to_pdf


def tell_nobody(words, done=None):
    """Progress that nobody waits for."""


def preview(subject, kind, edition=""):
    """The tree as it stands today, for the web page: what is missing shows with its link."""
    kind = PAPERS[kind]
    return tree_of(kind, kind.gather(subject), edition, Stage())


def draft(subject, kind, edition="", *, by, reason="", tell=tell_nobody):
    """Make dự thảo lần n (PDF and DOCX) and file it; returns its DocumentVersion."""
    kind = KINDS[kind]
    require(may_draft(by, subject, timezone.localdate()))
    tell(_("Đang tập hợp số liệu"))
    facts = kind.gather(subject)
    if (early := kind.awaits(facts)) is not None:
        raise Refused(early)
    issuer = require(kind.issuer(facts))
    require(may_draft_for(by, subject, issuer, timezone.localdate()))
    known = IssuedDocument.objects.in_preparation(subject, kind.code, edition)
    number = (known.draft_number if known else 0) + 1
    tree = tree_of(kind, facts, edition, Stage.draft(number, timezone.localdate()))
    superseded = known.supersedes if known else IssuedDocument.objects.in_force(subject, kind.code, edition)
    if superseded:
        tree = tree.remarked(replacing(tree, superseded))
    return actions.make_draft(
        subject=subject,
        kind=kind.code,
        edition=edition,
        type_code=kind.type_code,
        title=tree.subject,
        issuer=issuer,
        symbol=tree.letterhead.symbol,
        file_stem=kind.stem(facts, edition) + ("-thay-the" if superseded else ""),
        draft_number=number,
        made=_make(tree, tell),
        by=by,
        reason=reason,
    )


def send_to_signature(document, *, by, tell=tell_nobody):
    """Print the newest draft without its draft mark, number and day left blank, and send it to be signed."""
    require(may_send_to_signature(by, document, timezone.localdate()))
    newest = document.versions.filter(stage=DocumentVersion.Stage.DRAFT).first()
    if newest is None:
        refuse(_("Chưa có dự thảo nào để trình ký."))
    tree = replace(read(newest.data), draft="")
    if (held := KINDS[document.kind].holds_back(tree)) is not None:
        raise Refused(held)
    return actions.send_to_signature(
        document=document, draft_number=newest.draft_number, made=_make(tree, tell), by=by
    )


def release(document, *, by, tell=tell_nobody):
    """Print what was signed with number, day, signer and the journal's newest head, and release it.

    The journal is sealed first, so that the head covers the signature and the number. Raises SealBusy when
    the journal is too busy.
    """
    require(may_release(by, document, timezone.localdate()))
    signed = document.versions.filter(stage=DocumentVersion.Stage.FOR_SIGNATURE).first()
    if signed is None or not document.number:
        refuse(_("Chỉ phát hành văn bản đã ký, đã có số và ngày."))
    journal.seal()
    stage = Stage.released(document, journal.newest_head())
    tree = read(signed.data)
    tree = replace(
        tree,
        letterhead=replace(tree.letterhead, number=stage.number, day=stage.day),
        signatures=tuple(
            replace(each, name=stage.signer_name if each.issuing else each.name, signed=True)
            for each in tree.signatures
        ),
        notes=(*tree.notes, stage.journal_note),
    )
    kind = KINDS[document.kind]
    facts = kind.gather(document.subject)
    return actions.release(
        document=document,
        made=_make(tree, tell),
        journal_head=stage.journal_head,
        rulebook_day=facts.day,
        recipients=kind.recipients(facts),
        by=by,
    )


def expected_signer(document):
    """Name and post of who is expected to sign."""
    kind = KINDS[document.kind]
    return kind.signer(kind.gather(document.subject))


def recipients(document):
    """The units that may read what is released."""
    kind = KINDS[document.kind]
    return kind.recipients(kind.gather(document.subject))


def address_of(document):
    """The page of a document."""
    return KINDS[document.kind].address(document.subject, document.edition)


def tree_of(kind, facts, edition, stage):
    """The paper in Vietnamese, whatever language its reader has chosen for the pages."""
    with override(settings.LANGUAGE_CODE):
        return kind.build(facts, edition, stage)


def _make(tree, tell=tell_nobody):
    """The data of a tree, its PDF and its Word file."""
    tell(_("Đang lập bản PDF"))
    pdf = to_pdf(tree)
    tell(_("Đang lập bản Word"))
    return Made(data=tree.as_data(), pdf=pdf, docx=to_docx(tree))
