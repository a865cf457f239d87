"""How a document of a bloc's year comes about: its tree is built, its bytes are made, an act files them.

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
from blocs.permissions import may_draft, may_release, may_send_to_signature, refuse, require
from campaigns.models import Seat
from reports.blocks import read
from reports.documents import KINDS
from reports.documents.base import Stage
from reports.documents.phrases import replacing
from reports.writers.docx import to_docx
from reports.writers.pdf import to_pdf


def tell_nobody(words):
    """Progress that nobody waits for."""


def preview(bloc_year, kind, edition):
    """The tree as it stands today, for the web page: what is missing shows with its link."""
    return _tree(KINDS[kind], bloc_year, edition, Stage())


def draft(bloc_year, kind, edition, *, by, reason="", tell=tell_nobody):
    """Make dự thảo lần n (PDF and DOCX) and file it; returns its DocumentVersion."""
    require(may_draft(by, bloc_year, timezone.localdate()))
    kind = KINDS[kind]
    if not bloc_year.seats.filter(role=Seat.Role.LEADER, unit__isnull=False).exists():
        refuse(
            _("Chưa biết đơn vị %(leader)s của năm này, nên chưa có đơn vị ban hành văn bản.")
            % {"leader": bloc_year.leader_label}
        )
    known = IssuedDocument.objects.in_preparation(bloc_year, kind.code, edition)
    number = (known.draft_number if known else 0) + 1
    tell(_("Đang tập hợp số liệu"))
    tree = _tree(kind, bloc_year, edition, Stage.draft(number, timezone.localdate()))
    superseded = known.supersedes if known else IssuedDocument.objects.in_force(bloc_year, kind.code, edition)
    if superseded:
        tree = replace(tree, edition="; ".join(filter(None, [tree.edition, replacing(tree, superseded)])))
    return actions.make_draft(
        subject=bloc_year,
        kind=kind.code,
        edition=edition,
        type_code=kind.type_code,
        title=tree.subject,
        issuer=kind.issuer(bloc_year),
        symbol=tree.letterhead.symbol,
        file_stem=kind.stem(bloc_year.year.code, edition, superseded),
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
        signatures=tuple(replace(each, name=stage.signer_name, signed=True) for each in tree.signatures),
        notes=(*tree.notes, stage.journal_note),
    )
    bloc_year = document.subject
    return actions.release(
        document=document,
        made=_make(tree, tell),
        journal_head=stage.journal_head,
        rulebook_day=bloc_year.year.last_day,
        recipients=recipients(bloc_year),
        by=by,
    )


def recipients(bloc_year):
    """The units that may read what is released: those with a seat in the bloc that year."""
    return list(dict.fromkeys(seat.unit for seat in bloc_year.seats_in_order() if seat.unit))


def _tree(kind, bloc_year, edition, stage):
    """The document in Vietnamese, whatever language its reader has chosen for the pages."""
    with override(settings.LANGUAGE_CODE):
        return kind.build(bloc_year, edition, stage)


def _make(tree, tell):
    tell(_("Đang lập bản PDF"))
    pdf = to_pdf(tree)
    tell(_("Đang lập bản Word"))
    return Made(data=tree.as_data(), pdf=pdf, docx=to_docx(tree))
