"""What the builders of documents share: a kind of document, its stages, its letterhead."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model
from django.utils import timezone

from blocs import notation
from blocs.files.incoming import ENDINGS
from blocs.models import IssuedDocument, Post, Unit, User
from blocs.permissions import Refusal, may_draft
from reports.blocks import Document, Letterhead

# Editions of a document that a conference reads: before its vote, and after it.
CONFERENCE, OFFICIAL = "conference", "official"


@dataclass(frozen=True)
class Stage:
    """Where in its life a document is when it is built: what the letterhead and the marks say."""

    draft_number: int = 0
    draft_day: date | None = None
    number: int | None = None
    day: date | None = None
    signer_name: str = ""
    journal_head: str = ""

    @property
    def draft_mark(self):
        """ "DỰ THẢO lần 3, ngày 14/12/2020", empty once it is no draft; unfiled, without number."""
        if not self.draft_day:
            return ""
        number = f" lần {self.draft_number}" if self.draft_number else ""
        return f"DỰ THẢO{number}, ngày {notation.day(self.draft_day)}"

    @property
    def journal_note(self):
        """The line that names the journal's newest head."""
        return f"Mã kiểm tra nhật ký: {self.journal_head}"

    @classmethod
    def draft(cls, number, day):
        """Dự thảo lần n."""
        return cls(draft_number=number, draft_day=day)

    @classmethod
    def released(cls, document: IssuedDocument, journal_head):
        """What is released: number, day, signer and the journal's newest head."""
        return cls(
            number=document.number,
            day=document.issued_on,
            signer_name=document.signer_name,
            journal_head=journal_head,
        )


@dataclass(frozen=True, kw_only=True)
class PrintedKind:
    """A kind of paper that is only printed: its code, its name on pages, what it is about, how it is built.

    `gather` asks the database once for all that a subject's papers say; `build` and `stem` are asked about
    what it found. `stem` names the files as officials do: BC-tong-ket-khoi-2020. The page stands at
    `address`, below the pages `above` it (words, address), and is headed `title`. `awaits` says why it cannot
    be made yet, None once it can. `may_print` says who reads it as it stands today.
    """

    code: str
    name: str
    model: type[Model]
    gather: Callable[[Model], object]
    build: Callable[[object, str, Stage], Document]
    stem: Callable[[object, str], str]
    address: Callable[[Model, str], str]
    above: Callable[[Model], list]
    title: Callable[[Model, str], str]
    editions: dict[str, str] = field(default_factory=lambda: {"": ""})
    awaits: Callable[[object], Refusal | None] = lambda facts: None
    may_print: Callable[[User, Model, date], Post | Refusal] = may_draft

    def facts(self, subject, reader):
        """What a paper says, as it is today."""
        return self.gather(subject)


@dataclass(frozen=True, kw_only=True)
class ReadersKind(PrintedKind):
    """A kind of paper that says to each reader what that one may see: `gather` is asked with the reader."""

    gather: Callable[[Model, User], object]

    def facts(self, subject, reader):
        """What a paper says to this reader, as it is today."""
        return self.gather(subject, reader)


@dataclass(frozen=True, kw_only=True)
class DocumentKind(PrintedKind):
    """A kind of document with a life of its own.

    It has the abbreviation of its type (Nghị định 30/2020/NĐ-CP Phụ lục III, none for a công văn), the unit
    that issues it or why none can, who is expected to sign (name, post), and the units that may read what is
    released. `holds_back` says why a draft that reads so is not signed, None where it may be. The day of
    what `gather` found is the one whose rules apply.
    """

    type_code: str
    issuer: Callable[[object], Unit | Refusal]
    signer: Callable[[object], tuple[str, str]]
    recipients: Callable[[object], list]
    holds_back: Callable[[Document], Refusal | None] = lambda tree: None


def symbol_of(kind, unit_symbol):
    """The symbol after the number: "BC-SHTT"; a công văn has that of the unit alone."""
    return "-".join(filter(None, [kind.type_code, unit_symbol]))


def letterhead_of(facts, issuer, kind, stage):
    """The letterhead of the issuing unit with the names of the facts' day; other papers have no number."""
    state = issuer.state(facts.day)
    return Letterhead(
        superior="" if issuer.is_root else facts.root.name(facts.day),
        issuer=state.official_name,
        symbol=symbol_of(kind, state.symbol) if isinstance(kind, DocumentKind) else None,
        number=stage.number,
        place=state.place_of_issue or facts.root.state(facts.day).place_of_issue,
        day=stage.day,
        year=facts.year_of_signing,
    )


def paper_of_bloc(facts, kind, stage, *, about, type_name, subject, body, **more):
    """A paper of a bloc's year with the letterhead of the leader's unit; `about` ends the file's title."""
    return Document(
        title=f"{type_name.capitalize()}: {about}",
        type_name=type_name,
        subject=subject,
        letterhead=letterhead_of(facts, facts.letterhead_unit, kind, stage),
        body=tuple(body),
        draft=stage.draft_mark,
        author=facts.letterhead_unit.name(facts.day),
        keywords=("thi đua, khen thưởng", facts.bloc_year.name, f"năm {facts.year}"),
        **{"signatures": ()} | more,
    )


def version_file_name(version, extension):
    """The name of a version's file as officials name it: BC-tong-ket-khoi-2020_du-thao-03_20201214.docx."""
    document = version.document
    part = {
        "draft": f"du-thao-{version.draft_number:02d}",
        "for-signature": "trinh-ky",
        "released": f"so-{document.number:02d}" if document.number else "phat-hanh",
    }[version.stage]
    released = version.stage == version.Stage.RELEASED
    day = document.issued_on if released else timezone.localdate(version.made_at)
    return _file_name(document, part, day, extension)


def signed_file_name(document):
    """The name of the signed copy: BC-tong-ket-khoi-2020_da-ky_20201218.pdf."""
    return _file_name(document, "da-ky", document.signed_on, ENDINGS[document.signed_file.media_type])


def _file_name(document, part, day, extension):
    return f"{document.file_stem}_{part}_{day:%Y%m%d}.{extension}"
