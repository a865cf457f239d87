"""The Word styles and numbering of Nghị định 30/2020/NĐ-CP, and the elements they are made of.

Styles carry the decree's own words, so that an official finds "Trích yếu" where Word lists them. Sizes are in
points, lengths in millimetres.
"""

from dataclasses import dataclass

from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

FACE = "Times New Roman"
SINGLE = 1.149  # the height of a single line of Times New Roman, in sizes
INDENT = 12.7
POINT = 3  # the level of a điểm

HEADINGS, DASHES, ADDRESSEES, RECIPIENTS = 1, 2, 3, 4  # numbering definitions and the lists that use them
FIRST_FREE_LIST = 5
FRAME = ("top", "left", "bottom", "right")


def w(tag: str, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """An element of WordprocessingML."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(children)
    return element


def twips(millimetres: float) -> int:
    """Twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


@dataclass(frozen=True)
class Style:
    """A paragraph style. `line` is the distance of lines in points, 0 as the base has it."""

    id: str
    name: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: str = "both"
    indent: float = 0  # of the first line
    sides: float = 0
    before: float = 0
    after: float = 0
    line: float = 18.5
    keep: bool = False  # on one page with what follows
    outline: int | None = None
    numbering: tuple[int, int] | None = None  # list and level
    framed: bool = False
    next: str = ""

    def element(self) -> BaseOxmlElement:
        """The style as Word stores it."""
        style = w("style", type="paragraph", styleId=self.id)
        if not self.name.isascii():
            style.set(qn("w:customStyle"), "1")
        style.append(w("name", val=self.name))
        style.append(w("basedOn", val="Normal"))
        if self.next:
            style.append(w("next", val=self.next))
        style.append(w("qFormat"))
        style.append(self.paragraph_properties())
        style.append(self.run_properties())
        return style

    def paragraph_properties(self) -> BaseOxmlElement:
        """Spacing, indents and numbering, in the order the schema asks for."""
        parts = [w("keepNext"), w("keepLines")] if self.keep else []
        if self.numbering:
            number, level = self.numbering
            parts.append(w("numPr", w("ilvl", val=level), w("numId", val=number)))
        if self.framed:
            sides = (w(side, val="single", sz=6, space=1, color="auto") for side in FRAME)
            parts.append(w("pBdr", *sides))
        line = round(self.line / (self.size * SINGLE) * 240)
        parts.append(
            w(
                "spacing",
                before=round(self.before * 20),
                after=round(self.after * 20),
                line=line,
                lineRule="auto",
            )
        )
        edges = {"left": twips(self.sides), "right": twips(self.sides), "firstLine": twips(self.indent)}
        parts += [w("ind", **edges), w("jc", val=self.align)]
        if self.outline is not None:
            parts.append(w("outlineLvl", val=self.outline))
        return w("pPr", *parts)

    def run_properties(self) -> BaseOxmlElement:
        """Weight, slope and size."""
        marks = ["b", "bCs"] * self.bold + ["i", "iCs"] * self.italic
        sizes = (w(tag, val=round(self.size * 2)) for tag in ("sz", "szCs"))
        return w("rPr", *map(w, marks), *sizes)


BODY = "BodyText"
STYLES = (
    Style(BODY, "Body Text", indent=INDENT, after=6),
    Style("Heading1", "heading 1", bold=True, indent=INDENT, after=6, keep=True, outline=0,
          numbering=(HEADINGS, 0), next=BODY),
    Style("Heading2", "heading 2", bold=True, indent=INDENT, after=6, keep=True, outline=1,
          numbering=(HEADINGS, 1), next=BODY),
    Style("Heading3", "heading 3", indent=INDENT, after=6, keep=True, outline=2,
          numbering=(HEADINGS, 2), next=BODY),
    Style("ListBullet", "List Bullet", indent=INDENT, after=6, numbering=(DASHES, 0)),
    Style("Quote", "Quote", italic=True, sides=INDENT, after=6),
    Style("CanCu", "Căn cứ", italic=True, indent=INDENT, after=6),
    Style("GhiChu", "Ghi chú", size=12, italic=True, after=6, line=15),
    Style("CoQuanChuQuan", "Cơ quan chủ quản", size=12, align="center", line=16),
    Style("CoQuanBanHanh", "Cơ quan ban hành", size=12, bold=True, align="center", line=16),
    Style("QuocHieu", "Quốc hiệu", size=12, bold=True, align="center", line=16),
    Style("TieuNgu", "Tiêu ngữ", size=13, bold=True, align="center", line=16),
    Style("SoKyHieu", "Số, ký hiệu", size=13, align="center", before=6, line=16),
    Style("DiaDanh", "Địa danh, ngày tháng", size=13, italic=True, align="center", before=6, line=16),
    Style("TrichYeuCongVan", "Trích yếu công văn", size=12, align="center", before=6, line=16),
    Style("DuThao", "Dự thảo", size=11, bold=True, align="center", sides=4, before=6, line=16, framed=True),
    Style("TenLoai", "Tên loại", bold=True, align="center", before=18),
    Style("TrichYeu", "Trích yếu", bold=True, align="center"),
    Style("LanTrinh", "Lần trình", italic=True, align="center"),
    Style("KinhGui", "Kính gửi", indent=25, before=12, after=6),
    Style("NoiGui", "Nơi gửi", align="left", sides=45, after=6, numbering=(ADDRESSEES, 0)),
    Style("KeNgang", "Kẻ ngang", size=2, align="center", before=2, line=4),
    Style("Caption", "caption", size=13, bold=True, align="center", after=4, line=16, keep=True),
    Style("OBang", "Ô bảng", size=12, align="left", line=15),
    Style("ODauBang", "Ô đầu bảng", size=12, bold=True, align="center", line=15, keep=True),
    Style("OTongCong", "Ô tổng cộng", size=12, bold=True, align="left", line=15),
    Style("OBangNho", "Ô bảng nhỏ", size=10, align="left", line=12),
    Style("ODauBangNho", "Ô đầu bảng nhỏ", size=10, bold=True, align="center", line=12, keep=True),
    Style("OTongCongNho", "Ô tổng cộng nhỏ", size=10, bold=True, align="left", line=12),
    Style("SauBang", "Sau bảng", size=1, after=8, line=1),
    Style("Hinh", "Hình", align="center", before=6, after=6, keep=True),
    Style("TenHinh", "Tên hình", size=13, italic=True, align="center", after=9),
    Style("NoiNhanNhan", "Nơi nhận (nhãn)", size=12, bold=True, italic=True, align="left", line=14),
    Style("NoiNhan", "Nơi nhận", size=11, align="left", line=13, numbering=(RECIPIENTS, 0)),
    Style("GhiChuNho", "Ghi chú nhỏ", size=9, align="left", before=4, line=11),
    Style("QuyenHan", "Quyền hạn, chức vụ", bold=True, align="center", line=17),
    Style("ChoKy", "Chỗ ký", italic=True, align="center", before=28, after=34, line=17),
    Style("HoTen", "Họ tên người ký", bold=True, align="center", line=17),
    Style("TenBien", "Tên trên biển", size=48, bold=True, align="center", line=56),
    Style("ChucVuBien", "Chức vụ trên biển", size=24, align="center", before=8, line=30),
    Style("PhuLuc", "Phụ lục", bold=True, align="center", outline=0, keep=True, next="TenPhuLuc"),
    Style("TenPhuLuc", "Tên phụ lục", bold=True, align="center", keep=True),
    Style("KemTheo", "Kèm theo", italic=True, align="center"),
    Style("Header", "header", align="center"),
    Style("Footer", "footer", size=11, italic=True, align="right"),
    Style("NgatPhan", "Ngắt phần", size=1, line=1),
)  # fmt: skip
TABLE = "BangSoLieu"


def prepare(file: WordFile, language: str) -> None:
    """Give the empty file our styles, numbering and settings, and nothing of the template's."""
    styles = file.styles.element
    for old in [*styles.findall(qn("w:style")), styles.find(qn("w:docDefaults"))]:
        styles.remove(old)
    styles.insert(0, defaults(language))
    styles.extend([*basic_styles(), *(style.element() for style in STYLES), table_style()])

    numbering = file.part.numbering_part.element
    numbering[:] = [
        headings(),
        dashes(DASHES, "ListBullet", INDENT),
        dashes(ADDRESSEES, "NoiGui"),
        dashes(RECIPIENTS, "NoiNhan"),
        *(w("num", w("abstractNumId", val=n), numId=n) for n in range(HEADINGS, FIRST_FREE_LIST)),
    ]

    settings = file.settings.element
    settings.find(qn("w:compat")).remove(settings.find(f".//{qn('w:useFELayout')}"))
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), language)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # Word 2013 and later; less opens in "Compatibility Mode"


def defaults(language: str) -> BaseOxmlElement:
    """One face for every script, and the language of the spelling checker."""
    face = w("rFonts", **dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), FACE))
    run = w("rPr", face, w("sz", val=28), w("szCs", val=28), w("lang", val=language, eastAsia=language))
    return w("docDefaults", w("rPrDefault", run), w("pPrDefault"))


def basic_styles() -> list[BaseOxmlElement]:
    """The four styles that every file has."""
    margins = (w(side, w=twips(0 if side in ("top", "bottom") else 1.9), type="dxa") for side in FRAME)
    return [
        w("style", w("name", val="Normal"), w("qFormat"), type="paragraph", default=1, styleId="Normal"),
        w("style", w("name", val="Default Paragraph Font"),
          type="character", default=1, styleId="DefaultParagraphFont"),
        w("style", w("name", val="Normal Table"), w("tblPr", w("tblCellMar", *margins)),
          type="table", default=1, styleId="TableNormal"),
        w("style", w("name", val="No List"), type="numbering", default=1, styleId="NoList"),
    ]  # fmt: skip


def table_style() -> BaseOxmlElement:
    """Thin black lines round every cell."""
    lines = (w(side, val="single", sz=4, space=0, color="000000") for side in (*FRAME, "insideH", "insideV"))
    margins = (w(side, w=twips(0.7 if side in ("top", "bottom") else 1.05), type="dxa") for side in FRAME)
    return w(
        "style",
        w("name", val="Bảng số liệu"),
        w("basedOn", val="TableNormal"),
        w("qFormat"),
        w("tblPr", w("tblBorders", *lines), w("tblCellMar", *margins)),
        type="table",
        customStyle=1,
        styleId=TABLE,
    )


def headings() -> BaseOxmlElement:
    """I., 1., a) on the three heading styles."""
    levels = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"))
    return w(
        "abstractNum",
        w("multiLevelType", val="multilevel"),
        *(level(n, form, text, f"Heading{n + 1}") for n, (form, text) in enumerate(levels)),
        abstractNumId=HEADINGS,
    )


def dashes(number: int, style: str, indent: float = 0) -> BaseOxmlElement:
    """The dashes of a style."""
    return w(
        "abstractNum",
        w("multiLevelType", val="singleLevel"),
        level(0, "bullet", "-", style, indent),
        abstractNumId=number,
    )


def level(n: int, form: str, text: str, style: str, indent: float = INDENT) -> BaseOxmlElement:
    """A level of a numbering definition: the number, a space, the text."""
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=form),
        w("pStyle", val=style),
        w("suff", val="space"),
        w("lvlText", val=text),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=0, firstLine=twips(indent))),
        ilvl=n,
    )


def restarted(number: int) -> BaseOxmlElement:
    """A list that numbers headings from I. again, for an annex."""
    again = w("lvlOverride", w("startOverride", val=1), ilvl=0)
    return w("num", w("abstractNumId", val=HEADINGS), again, numId=number)


def lettered(number: int, label: str) -> BaseOxmlElement:
    """A list whose điểm reads `label`: after d Word's letters go e, f, those of Vietnamese law đ, e, g."""
    given = w("lvlOverride", level(POINT - 1, "lowerLetter", label, "Heading3"), ilvl=POINT - 1)
    return w("num", w("abstractNumId", val=HEADINGS), given, numId=number)
