"""Text of old fonts: recognised by the name of a font, or by its letters, and put into Unicode."""

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from blocs.imports.legacy import TCVN3, VNI, convert, converted
from blocs.imports.opening import open_book
from tests.blocs.imports.books import book, saved

PANGRAM = (
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ",
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ",
    "aøaùaûaõaïaêaèaéaúaüaëaâaàaáaåaãaäñeøeùeûeõeïeâeàeáeåeãeäìíæóòoøoùoûoõoïoâoàoáoåoãoäôôøôùôûôõôï"
    "uøuùuûuõuïööøöùöûöõöïyøyùyûyõî",
)
CAPITALS = ("ĂÂĐÊÔƠƯ", "¡¢§£¤¥¦", "AÊAÂÑEÂOÂÔÖ")


@pytest.mark.parametrize(("encoding", "place"), [(TCVN3, 1), (VNI, 2)])
def test_every_letter_is_put_into_unicode(encoding, place):
    assert convert(PANGRAM[place], encoding) == PANGRAM[0]
    assert convert(CAPITALS[place], encoding) == CAPITALS[0]


def test_capitals_of_vni_are_capitals():
    assert convert(PANGRAM[2].upper(), VNI) == PANGRAM[0].upper()
    assert convert("Ñöôïc Aâm Uùt", VNI) == "Được Âm Út"


TEXTS = {
    "Néi dung tiªu chÝ": "Nội dung tiêu chí",
    "ChÊp hµnh ph¸p luËt cña Nhµ n\u2212íc": "Chấp hành pháp luật của Nhà nước",
    "Tæng céng": "Tổng cộng",
    "§iÓm chuÈn": "Điểm chuẩn",
    "Noäi dung tieâu chí": "Nội dung tiêu chí",
    "Chaáp haønh phaùp luaät cuûa Nhaø nöôùc": "Chấp hành pháp luật của Nhà nước",
    "Toång coäng": "Tổng cộng",
    "Phong traøo thi ñua": "Phong trào thi đua",
    # What is none stays as it is.
    "Chấp hành pháp luật của Nhà nước": "Chấp hành pháp luật của Nhà nước",
    "Báo cáo thi đua": "Báo cáo thi đua",
    "Hòa, khóa, thủy": "Hòa, khóa, thủy",
    "5 µm ± 1": "5 µm ± 1",
    "© 2026, San José Café": "© 2026, San José Café",
    "H'Hen Niê, Møller": "H'Hen Niê, Møller",
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_recognised_by_its_letters(text):
    ((grid),) = converted(open_book(book([[text, "."]])))

    assert grid.cell(1, 1).text == TEXTS[text]
    assert grid.converted == ((("A1", text, TEXTS[text]),) if text != TEXTS[text] else ())


@pytest.mark.parametrize(
    ("font", "text", "expected"),
    [
        (".VnTime", "cña", "của"),
        (".VnTimeH", "tæng céng", "TỔNG CỘNG"),
        (".VnArial", "B¸o c¸o", "Báo cáo"),
        ("VNI-Times", "cuûa", "của"),
        (".VnTime", "Đã gõ Unicode", "Đã gõ Unicode"),
        ("Times New Roman", "cña", "cña"),
    ],
)
def test_a_text_is_recognised_by_its_font(font, text, expected):
    made = Workbook()
    made.active["A1"] = text
    made.active["A1"].font = Font(name=font)

    (grid,) = converted(open_book(saved(made)))
    assert grid.cell(1, 1).text == expected


def test_what_is_doubtful_goes_with_the_other_cells_of_its_sheet():
    (old,) = converted(open_book(book([["Néi dung tiªu chÝ"], ["Vò"], ["cña"], ["Bao"]])))
    (mixed,) = converted(open_book(book([["Néi dung tiªu chÝ"], ["Vò"], ["cña"], ["Điểm"]])))

    assert [old.cell(row, 1).text for row in range(1, 5)] == ["Nội dung tiêu chí", "Vũ", "của", "Bao"]
    assert [mixed.cell(row, 1).text for row in range(1, 5)] == ["Nội dung tiêu chí", "Vò", "cña", "Điểm"]


def test_line_breaks_stay():
    (grid,) = converted(open_book(book([["Néi dung\ntiªu chÝ"]])))

    assert grid.cell(1, 1).typed == "Nội dung\ntiêu chí"
