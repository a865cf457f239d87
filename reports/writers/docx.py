"""Word file of a document: the same words and numbers as the PDF, in styles and numbering that can be edited.

Figures are locked content controls, tagged with the name of their place in `Document.places`, so that a file
that comes back can be compared with the data. A chart is given by its table.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import count

from docx import Document as new_file
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section as WordSection
from docx.shared import Mm

from reports.blocks import (
    Annex,
    Block,
    Bullets,
    Bundle,
    Cell,
    Chart,
    Document,
    Figure,
    Paragraph,
    Picture,
    Plate,
    Section,
    Signature,
    Table,
    documents_of,
)
from reports.blocks.outline import flow, listed
from reports.writers import wordstyles
from reports.writers.wordparts import paragraph, plate, rule, table, text
from reports.writers.wordstyles import twips, w

SHORT_SIDE = {"A4": 210, "A3": 297}
LONG_SIDE = {"A4": 297, "A3": 420}
TOP, RIGHT, BOTTOM, LEFT = 20, 15, 20, 30
MOST_CHARACTERS = 255  # of a property of the file
MIDDLE = 20  # left and right of what has no letterhead
ISSUER_SHARE = 68 / 165  # of the width: the left half of the letterhead
MOTTO_WIDTH = 56.1  # of the tiêu ngữ in 13 pt bold
UNWANTED = ("/thumbnail", "/stylesWithEffects")  # parts of the template that say something else than ours
PARAGRAPH_STYLES = {"body": wordstyles.BODY, "quote": "Quote", "note": "GhiChu", "basis": "CanCu"}
WORD_LETTERS = ("a)", "b)", "c)", "d)")  # so far Word counts as Vietnamese law does


def to_docx(paper: Document | Bundle) -> bytes:
    """The document, or the documents of a bundle, as one Word file, without what is missing."""
    return Writer(paper.printed()).write()


class Writer:
    """Writes one file; `document` is the one of its documents that is being written."""

    def __init__(self, paper: Document | Bundle) -> None:
        self.documents = documents_of(paper)
        self.document = self.documents[0]
        self.title = paper.title
        self.file = new_file()
        self.body = self.file.element.body
        self.numbering = self.file.part.numbering_part.element
        self.controls = count(1)
        self.lists = count(wordstyles.FIRST_FREE_LIST)
        self.letters: dict[str, int] = {}
        self.width = SHORT_SIDE["A4"] - LEFT - RIGHT

    def write(self) -> bytes:
        """The bytes of the file."""
        language = self.document.language
        wordstyles.prepare(self.file, {"vi": "vi-VN"}.get(language, language))
        self.describe()
        self.lay_out(self.file.sections[0])
        self.write_document(wordstyles.HEADINGS)
        for document in self.documents[1:]:
            self.document = document
            self.write_document(self.next_document())
        stream = BytesIO()
        self.file.save(stream)
        return stream.getvalue()

    def next_document(self) -> int:
        """A section for the next document of a bundle; the list that numbers its headings."""
        self.section(self.document, restart=True)
        return self.restarted_list()

    def write_document(self, numbers: int) -> None:
        """One document with its annexes; its headings are numbered by the list `numbers`."""
        document = self.document
        if document.letterhead:
            self.append(self.letterhead())
        self.append(*self.heading(), *self.addressees())
        self.append(*self.blocks(document.body, "Body", numbers))
        last = self.body[-2] if len(self.body) > 1 else None
        if (
            last is not None
            and last.tag == qn("w:p")
            and last.find(qn("w:pPr")).find(qn("w:keepNext")) is None
        ):
            last.find(qn("w:pPr"))[0].addnext(w("keepNext"))  # the signature never stands on a page alone
        self.append(*self.closing())
        for number, annex in enumerate(document.annexes, 1):
            self.annex(number, annex)

    def append(self, *elements: BaseOxmlElement) -> None:
        """Add to the end of the text, which a section's properties close."""
        for element in elements:
            self.body[-1].addprevious(element)

    def describe(self) -> None:
        """The file's properties; the template's picture, remarks and second set of styles are dropped."""
        document, properties = self.document, self.file.core_properties
        properties.title = self.title[:MOST_CHARACTERS]
        properties.subject = document.subject[:MOST_CHARACTERS]
        properties.author = properties.last_modified_by = document.author[:MOST_CHARACTERS]
        properties.keywords = ", ".join(document.keywords)[:MOST_CHARACTERS]
        properties.comments = ""
        properties.language = document.language
        properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)
        for relations in (self.file.part.package.rels, self.file.part.rels):
            for key in [key for key, each in relations.items() if each.reltype.endswith(UNWANTED)]:
                del relations[key]

    def lay_out(self, section: WordSection) -> None:
        """The sheet and its margins, the number above from the second page on, the draft mark below.

        What has no letterhead stands in the middle of its sheet, without number; a list that lies says on
        every page how many there are.
        """
        left, right = (LEFT, RIGHT) if self.document.letterhead else (MIDDLE, MIDDLE)
        self.width = lay_sheet(section, self.document) - left - right
        section.top_margin, section.right_margin = Mm(TOP), Mm(right)
        section.bottom_margin, section.left_margin = Mm(BOTTOM), Mm(left)
        section.header_distance = section.footer_distance = Mm(8)
        section.different_first_page_header_footer = True
        if self.document.landscape:
            for header in (section.header, section.first_page_header):
                header.is_linked_to_previous = False
                header.part.element[:] = [
                    paragraph("Header", "Trang ", field("PAGE"), "/", field("NUMPAGES"))
                ]
        elif self.document.letterhead:
            section.header.is_linked_to_previous = False
            section.header.part.element[:] = [paragraph("Header", field("PAGE"))]
        if self.document.draft:
            for footer in (section.footer, section.first_page_footer):
                footer.is_linked_to_previous = False
                footer.part.element[:] = [paragraph("Footer", self.document.draft)]

    def letterhead(self) -> BaseOxmlElement:
        """Ô 1 to 4."""
        head, document = self.document.letterhead, self.document
        left = self.width * (ISSUER_SHARE if not document.landscape else 0.4)
        right = self.width - left
        issuer = [paragraph("CoQuanChuQuan", head.superior.upper())] if head.superior else []
        issuer += [paragraph("CoQuanBanHanh", head.issuer.upper()), rule(left, head.issuer.upper(), 12)]
        state = [
            paragraph("QuocHieu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            paragraph("TieuNgu", "Độc lập - Tự do - Hạnh phúc"),
            paragraph("KeNgang", ruled=twips((right - MOTTO_WIDTH) / 2)),
        ]
        number, day = [], []
        if document.is_official:
            number.append(paragraph("SoKyHieu", f"Số: {head.reference}"))
            day.append(paragraph("DiaDanh", head.place_and_day))
        if not document.type_name:
            number.append(paragraph("TrichYeuCongVan", f"V/v {document.subject}"))
        if document.draft:
            number.append(paragraph("DuThao", document.draft))
        rows = [[issuer, state]]
        if number:
            rows.append([number, day or [paragraph("OBang")]])
        return table((left, right), rows)

    def heading(self) -> Iterator[BaseOxmlElement]:
        """Ô 5a: type, subject, edition, a line."""
        document = self.document
        if not document.type_name:
            return
        yield paragraph("TenLoai", document.type_name.upper())
        yield paragraph("TrichYeu", document.subject)
        if document.edition:
            yield paragraph("LanTrinh", f"({document.edition})")
        yield rule(self.width, document.subject, 14)
        yield paragraph("SauBang")

    def addressees(self) -> Iterator[BaseOxmlElement]:
        """Ô 9a."""
        receivers = listed(self.document.address_to)
        if len(receivers) == 1:
            yield paragraph("KinhGui", f"Kính gửi: {receivers[0]}")
        elif receivers:
            yield paragraph("KinhGui", "Kính gửi:")
            yield from (paragraph("NoiGui", receiver) for receiver in receivers)

    def blocks(self, blocks: tuple[Block, ...], where: str, numbers: int) -> Iterator[BaseOxmlElement]:
        """The blocks in order; headings are numbered by the list `numbers`."""
        for level, label, spot, block in flow(blocks, where):
            match block:
                case Section():
                    title = block.title.upper() if level == 1 else block.title
                    numbering = (self.list_for(level, label, numbers), level - 1)
                    yield paragraph(f"Heading{level}", title, numbering=numbering)
                case Paragraph():
                    yield paragraph(
                        PARAGRAPH_STYLES[block.style], *self.parts(block, spot), keep=block.leading
                    )
                case Bullets():
                    for position, item in enumerate(block.items, 1):
                        yield paragraph("ListBullet", *self.parts(item, f"{spot}.{position}"))
                case Table():
                    yield from self.table(block, spot)
                case Chart():
                    yield from self.table(block.table, spot)
                case Picture():
                    yield from self.picture(block)
                case Plate():
                    yield from plate(block, self.width)

    def list_for(self, level: int, label: str, numbers: int) -> int:
        """The list that numbers a heading, one of its own where Word's letters are not those of the law."""
        if level < wordstyles.POINT or label in WORD_LETTERS:
            return numbers
        if label not in self.letters:
            self.letters[label] = next(self.lists)
            self.numbering.append(wordstyles.lettered(self.letters[label], label))
        return self.letters[label]

    def parts(self, block: Paragraph, spot: str) -> Iterator[BaseOxmlElement | str]:
        """The words of a paragraph and its figures as controls."""
        for name, part in block.parts():
            yield self.control(part, f"{spot}:{name}") if isinstance(part, Figure) else part

    def control(self, figure: Figure, place: str) -> BaseOxmlElement:
        """A figure that Word shows but does not let anybody type over."""
        properties = w(
            "sdtPr",
            w("alias", val="Số liệu"),
            w("tag", val=place),
            w("id", val=next(self.controls)),
            w("lock", val="contentLocked"),
            w("text"),
        )
        return w("sdt", properties, w("sdtContent", text(figure.text)))

    def table(self, block: Table, spot: str) -> Iterator[BaseOxmlElement]:
        """The caption, the table with its repeated header, and room below."""
        if block.caption:
            yield paragraph("Caption", block.caption)
        small = "Nho" if block.dense else ""
        rows = [[[paragraph(f"ODauBang{small}", column.title)] for column in block.columns]]
        for number, row in enumerate(block.all_rows, 1):
            heads = number - 1 in block.groups
            strong = heads or (block.total and number == len(block.all_rows))
            style = f"{'OTongCong' if strong else 'OBang'}{small}"
            cells = [
                [self.cell(cell, style, column.align, f"{spot}:{number}.{position}", keep=heads)]
                for position, (column, cell) in enumerate(zip(block.columns, row, strict=True), 1)
            ]
            if (across := block.across(number - 1)) is not None:
                position = row.index(across) + 1
                cells = [[self.cell(across, style, "left", f"{spot}:{number}.{position}", keep=True)]]
            rows.append(cells)
        yield table(
            (self.width * share / 100 for share in block.shares),
            rows,
            wordstyles.TABLE,
            heads=True,
            height=9 if block.tall else 0,
            vertical=[position for position, column in enumerate(block.columns) if column.vertical],
        )
        yield paragraph("SauBang")

    def cell(self, cell: Cell, style: str, align: str, place: str, *, keep: bool = False) -> BaseOxmlElement:
        """The paragraph of a cell; that of a row that heads a part is kept with what follows."""
        content = self.control(cell, place) if isinstance(cell, Figure) else (cell or "")
        return paragraph(style, content, align="" if align == "left" else align, keep=keep)

    def picture(self, block: Picture) -> Iterator[BaseOxmlElement]:
        """The picture, no larger than the page, with its words for those who cannot see it."""
        part, content = self.file.part, BytesIO(block.content)
        image = part.get_or_add_image(content)[1]
        scale = min(1, Mm(self.width) / image.width, Mm(180) / image.height)
        inline = part.new_pic_inline(content, round(image.width * scale), round(image.height * scale))
        inline.docPr.set("descr", block.alt)
        yield paragraph("Hinh", w("r", w("drawing", inline)))
        if block.caption:
            yield paragraph("TenHinh", block.caption)

    def closing(self) -> Iterator[BaseOxmlElement]:
        """Ô 7 and 9b: recipients left and signature right; several signatures stand above the recipients."""
        document = self.document
        left = [paragraph("NoiNhanNhan", "Nơi nhận:")] if document.recipients else []
        left += [paragraph("NoiNhan", recipient) for recipient in listed(document.recipients)]
        left += [paragraph("GhiChuNho", note) for note in document.notes]
        signatures = [list(self.signature(each)) for each in document.signatures]
        if not (left or signatures):
            return
        if len(signatures) < 2:
            row = [left or [paragraph("OBang")], *(signatures or [[paragraph("OBang")]])]
            left_width = self.width / 2 if document.landscape else 75
            yield table((left_width, self.width - left_width), [row])
        else:
            if len(signatures) % 2:
                signatures.append([paragraph("OBang")])
            yield table((self.width / 2,) * 2, zip(signatures[::2], signatures[1::2], strict=True))
            yield from left
        yield paragraph("NgatPhan")

    def signature(self, signature: Signature) -> Iterator[BaseOxmlElement]:
        """Authority, room for the signature, name."""
        for line in signature.authority:
            yield paragraph("QuyenHan", line.upper())
        yield paragraph("ChoKy", "(Đã ký)" if signature.signed else "")
        yield paragraph("HoTen", signature.name)

    def annex(self, number: int, annex: Annex) -> None:
        """A section of its own: new page, own page numbers, own numbering of headings."""
        self.section(annex, restart=number == 1)
        numbers = self.restarted_list()
        reference = self.document.annex_reference
        self.append(
            paragraph("PhuLuc", annex.label),
            paragraph("TenPhuLuc", annex.title.upper()),
            *([paragraph("KemTheo", reference), rule(self.width, reference, 14)] if reference else []),
            paragraph("SauBang"),
            *self.blocks(annex.blocks, f"Annex{number}", numbers),
        )

    def section(self, part: Document | Annex, *, restart: bool) -> None:
        """A new page from which paper and page numbers are other ones; numbers go on unless restarted."""
        section = self.file.add_section(WD_SECTION.NEW_PAGE)
        self.body[-2].find(qn("w:pPr")).insert(0, w("pStyle", val="NgatPhan"))
        if restart and self.body[-1].find(qn("w:pgNumType")) is None:
            self.body[-1].find(qn("w:cols")).addprevious(w("pgNumType", start=1))
        self.width = lay_sheet(section, part) - LEFT - RIGHT

    def restarted_list(self) -> int:
        """A list that numbers headings from I. again."""
        numbers = next(self.lists)
        self.numbering.append(wordstyles.restarted(numbers))
        return numbers


def lay_sheet(section: WordSection, part: Document | Annex) -> int:
    """Give a section of the file the sheet that a part asks for; answers its width in mm."""
    sides = (SHORT_SIDE[part.size], LONG_SIDE[part.size])
    width, height = reversed(sides) if part.landscape else sides
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if part.landscape else WD_ORIENT.PORTRAIT
    return width


def field(name: str) -> BaseOxmlElement:
    """A number that Word works out: the page, how many there are."""
    return w("fldSimple", text("2"), instr=name)
