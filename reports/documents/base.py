"""What the builders of documents share: a kind of document, its stages, its letterhead."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from blocs import notation
from blocs.files import ENDINGS
from blocs.models import IssuedDocument, Unit
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
        """ "DỰ THẢO lần 3, ngày 14/12/2020", empty once it is no draft any more."""
        if not self.draft_number:
            return ""
        return f"DỰ THẢO lần {self.draft_number}, ngày {notation.day(self.draft_day)}"

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


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document: its code, the abbreviation of its type (Nghị định 30/2020/NĐ-CP Phụ lục III), its
    editions in words, how it is built, and how its files are named.
    """

    code: str
    type_code: str
    file_stem: str
    editions: dict[str, str]
    build: Callable[..., Document]
    issuer: Callable[..., Unit]

    def stem(self, year, edition, replaces):
        """The name of its files for a year, as officials name them: BC-tong-ket-khoi-2020."""
        edition_mark = "trinh-hoi-nghi" if edition == CONFERENCE else ""
        parts = [self.file_stem, year, edition_mark, "thay-the" if replaces else ""]
        return "-".join(filter(None, parts))


def symbol_of(kind, unit_symbol):
    """The symbol after the number: "BC-SHTT"; the type alone where the unit's own symbol is not known."""
    return f"{kind.type_code}-{unit_symbol}" if unit_symbol else kind.type_code


def letterhead_of(facts, issuer, symbol, stage):
    """The letterhead of the issuing unit with the names of the year's last day."""
    state = issuer.state(facts.day)
    return Letterhead(
        superior=facts.root.name(facts.day),
        issuer=state.official_name,
        symbol=symbol,
        number=stage.number,
        place=state.place_of_issue or facts.root.state(facts.day).place_of_issue,
        day=stage.day,
        year=facts.day.year,
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
