import json
import unicodedata
from dataclasses import FrozenInstanceError, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from reports.blocks import (
    Annex,
    Bullets,
    Chart,
    Column,
    Figure,
    Letterhead,
    Missing,
    Paragraph,
    Picture,
    Rows,
    Section,
    Table,
    clean,
    read,
)
from reports.blocks.outline import numbered, point_letter, roman
from tests.reports.trees import MEMBERS, VIETNAMESE, letter, report, table, trees

NOTHING = Missing("Chưa có số liệu.", "/", "Nhập")
SOMETHING = Paragraph.plain("Có.")


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure(1), "01"),
        (Figure(12), "12"),
        (Figure(0), "0"),
        (Figure(8, "đơn vị"), "08 đơn vị"),
        (Figure(1490000, "đồng"), "1.490.000 đồng"),
        (Figure(5, "đồng"), "5 đồng"),
        (Figure(Decimal("97.50"), "điểm"), "97,50 điểm"),
        (Figure(Decimal("1234.5")), "1.234,5"),
        (Figure(Fraction(21, 25)), "84%"),
        (Figure(None), "..."),
        (Figure(None, "đồng"), "..."),
    ],
)
def test_figure_is_written_as_officials_write_it(figure, text):
    assert figure.text == text


@pytest.mark.parametrize("value", [0.5, True, "10", complex(1)])
def test_figure_that_is_no_exact_number(value):
    with pytest.raises(TypeError):
        Figure(value)


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_figure_that_is_no_number(value):
    with pytest.raises(ValueError, match="not a number"):
        Figure(Decimal(value))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (unicodedata.normalize("NFD", VIETNAMESE), VIETNAMESE),
        ("  hai\u00a0\n\tdòng \u2028 ", "hai dòng"),
        ("a\x00\x07\u200b\ufeff\u202eb", "ab"),
        ("a\u200b\u0301", "á"),
        ("\ud800\uffffc", "c"),
        ("{x} <b> &amp; \ue000", "{x} <b> &amp; \ue000"),
        (gettext_lazy("chữ"), "chữ"),
    ],
)
def test_clean(text, kept):
    assert clean(text) == kept


@given(st.text())
def test_clean_text_stays_as_it_is(text):
    assert clean(clean(text)) == clean(text)


def test_text_of_the_tree_is_clean_plain_text():
    made = Section(mark_safe("<b>Mục</b>\x00"), [Bullets([Paragraph("a\u0301 {n}", {"n": " b  c "})])])

    assert made == Section("<b>Mục</b>", (Bullets((Paragraph("á {n}", {"n": "b c"}),)),))
    assert not isinstance(made.title, SafeString)


def test_tree_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        SOMETHING.text = "khác"


@pytest.mark.parametrize(
    ("text", "figures", "error", "words"),
    [
        ("Có {n} đơn vị", {}, ValueError, "places that nothing fills: n"),
        ("Có {N} đơn vị", {"N": "x"}, ValueError, "brace"),
        ("Có {n.real}", {"n": "x"}, ValueError, "brace"),
        ("Có { đơn vị", {}, ValueError, "brace"),
        ("Có {n} đơn vị", {"n": 10}, TypeError, "Figure or by words"),
    ],
)
def test_paragraph_with_a_wrong_place(text, figures, error, words):
    with pytest.raises(error, match=words):
        Paragraph(text, figures)


def test_paragraph_of_an_unknown_style():
    with pytest.raises(ValueError, match="style"):
        Paragraph("a", style="heading")


def test_paragraph_parts():
    paragraph = Paragraph("Khối {name} có {n} đơn vị", {"name": "Một", "n": MEMBERS, "idle": "x"})

    assert list(paragraph.parts()) == [
        ("", "Khối "),
        ("name", "Một"),
        ("", " có "),
        ("n", MEMBERS),
        ("", " đơn vị"),
    ]
    assert paragraph.words == "Khối Một có 10 đơn vị"


def test_plain_paragraph_knows_no_places():
    assert Paragraph.plain("{n} và {").words == "{n} và {"


@pytest.mark.parametrize(
    ("paragraph", "words"),
    [
        (Paragraph("Hết."), "Hết./."),
        (Paragraph("Hết"), "Hết./."),
        (Paragraph("Hết;"), "Hết./."),
        (Paragraph("Hết./."), "Hết./."),
        (Paragraph.plain("Hết. "), "Hết./."),
        (Paragraph("Có {n}", {"n": MEMBERS}), "Có 10./."),
        (Paragraph("Có {a} {b} {a}", {"a": "A.", "b": "B."}), "Có A. B. A./."),
    ],
)
def test_last_paragraph_is_closed(paragraph, words):
    assert letter(SOMETHING, paragraph).printed().body[-1].words == words
    assert letter(SOMETHING, Bullets((SOMETHING, paragraph))).printed().body[-1].items[-1].words == words
    assert letter(Section("Mục", (paragraph,)), NOTHING).printed().body[-1].blocks[-1].words == words


def test_text_that_ends_in_a_table_is_not_closed():
    assert letter(SOMETHING, table()).printed().body == (SOMETHING, table())


@pytest.mark.parametrize(
    ("rows", "total", "error"),
    [
        ((("a",),), None, ValueError),
        ((), ("a", "b", "c"), ValueError),
        ((("a", 1),), None, TypeError),
    ],
)
def test_table_whose_cells_do_not_fit(rows, total, error):
    with pytest.raises(error):
        Table((Column("A"), Column("B")), rows, total=total)


@pytest.mark.parametrize(("width", "align"), [(0, "left"), (-1, "left"), (1, "justify")])
def test_column_that_cannot_be(width, align):
    with pytest.raises(ValueError, match="a column"):
        Column("A", width, align)


def test_table_shares_and_row_header():
    made = Table((Column("STT", 1, "center"), Column("Đơn vị", 3)), ())

    assert made.shares == (25, 75)
    assert made.row_header == 1
    assert Table((Column("Số", 1, "right"),), ()).row_header is None


@pytest.mark.parametrize(
    "address",
    ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "khoi/1/", "/\\evil.example"],
)
def test_address_outside_this_site_is_refused(address):
    for make in (
        lambda: Rows("a.B", (1,), address),
        lambda: Missing("a", address, "b"),
        lambda: Picture(b"", "image/png", "a", address=address),
        lambda: Chart(b"", "a", table(), address),
    ):
        with pytest.raises(ValueError, match="not a path of this site"):
            make()


@pytest.mark.parametrize(("media_type", "alt"), [("image/svg+xml", "a"), ("image/png", "")])
def test_picture_that_cannot_be_printed(media_type, alt):
    with pytest.raises(ValueError, match="a picture is"):
        Picture(b"", media_type, alt)


def test_chart_without_words():
    with pytest.raises(ValueError, match="has words"):
        Chart(b"", "", table())


@pytest.mark.parametrize("key", ["Có dấu", "A", "a_b", "a" * 25, "a:b"])
def test_section_key_that_cannot_name_a_place(key):
    with pytest.raises(ValueError, match="a key is"):
        Section("Mục", (), key)


def test_section_keys_are_unique_in_a_document():
    same = Section("Mục", (Section("Khoản", (), key="one"),))

    with pytest.raises(ValueError, match="more than one section: one"):
        letter(same, annexes=(Annex("", "Khác", (same,)),))


def test_sections_are_three_deep_at_most():
    deep = Section("1", (Section("2", (Section("3", ()),)),))
    assert letter(deep).body == (deep,)

    with pytest.raises(ValueError, match="at most 3 deep"):
        letter(Section("0", (deep,)))


@pytest.mark.parametrize("name", ["title", "subject"])
def test_document_has_a_title_and_a_subject(name):
    with pytest.raises(ValueError, match="has a title and a subject"):
        letter(**{name: " "})


@pytest.mark.parametrize(
    ("position", "written"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (19, "XIX"), (39, "XXXIX")]
)
def test_roman(position, written):
    assert roman(position) == written


def test_roman_beyond_what_a_document_has():
    with pytest.raises(ValueError, match="too many"):
        roman(40)


def test_letters_of_points_are_those_of_vietnamese_law():
    assert "".join(point_letter(n) for n in range(1, 24)) == "abcdđeghiklmnopqrstuvxy"
    assert (point_letter(24), point_letter(28)) == ("aa", "đđ")


def test_numbering_leaves_out_what_is_not_printed():
    blocks = (
        SOMETHING,
        Section("A", (SOMETHING,)),
        Section("B", (NOTHING, Bullets(()), Table((Column("X"),), ()), Paragraph(""))),
        Section("C", (NOTHING, SOMETHING)),
    )

    assert [label for label, _ in numbered(blocks)] == ["", "I.", "", "II."]
    assert [label for label, _ in numbered(blocks, 2)] == ["", "1.", "", "2."]
    assert [label for label, _ in numbered(blocks, 3)] == ["", "a)", "", "b)"]


def test_printed_document_has_nothing_missing_or_empty():
    filled = Annex("", "Có", (Section("Mục", (NOTHING, SOMETHING)), NOTHING))
    document = letter(
        NOTHING,
        Section("A", (Section("B", (NOTHING,)),)),
        Section("C", (NOTHING, Bullets((Paragraph(""), SOMETHING)))),
        table(),
        annexes=(filled, Annex("", "Không", (NOTHING,)), filled, Annex("Phụ biểu", "Riêng", (SOMETHING,))),
    )

    printed = document.printed()

    assert printed.body == (Section("C", (Bullets((SOMETHING,)),)), table())
    assert [annex.label for annex in printed.annexes] == ["Phụ lục I", "Phụ lục II", "Phụ biểu"]
    assert printed.annexes[0].blocks == (Section("Mục", (SOMETHING,)),)
    assert printed.printed() == printed


def test_only_annex_has_no_number():
    document = letter(annexes=(Annex("", "Không", (NOTHING,)), Annex("", "Có", (SOMETHING,))))

    assert [annex.label for annex in document.printed().annexes] == ["Phụ lục"]


@pytest.mark.parametrize(
    ("number", "day", "place", "reference", "line"),
    [
        (45, date(2020, 12, 18), "Hà Nội", "45/BC-A", "Hà Nội, ngày 18 tháng 12 năm 2020"),
        (5, date(2021, 2, 5), "Hà Nội", "05/BC-A", "Hà Nội, ngày 05 tháng 02 năm 2021"),
        (None, None, "Hà Nội", "     /BC-A", "Hà Nội, ngày     tháng     năm 2020"),
        (None, None, "", "     /BC-A", "ngày     tháng     năm 2020"),
    ],
)
def test_letterhead(number, day, place, reference, line):
    head = Letterhead("Bộ A", "Cục A", "BC-A", number, place, day, 2020)

    assert head.reference == reference
    assert head.place_and_day == line


def test_annex_says_what_it_belongs_to():
    assert (
        letter().annex_reference == "(Kèm theo Thông báo số 05/TB-CM ngày 05 tháng 02 năm 2021 của Cục Một)"
    )
    assert replace(letter(), type_name="").annex_reference.startswith("(Kèm theo Công văn số 05/TB-CM")


def test_places_name_every_printed_figure():
    n = {"n": MEMBERS}
    counted, columns = Paragraph("{n}", n), (Column("X"), Column("Y"))
    document = letter(
        counted,
        Section("A", (NOTHING, SOMETHING, Paragraph("{n} {n}", n), Bullets((SOMETHING, counted))), "a"),
        Section("B", (Section("C", (Table(columns, ((None, MEMBERS),), total=(MEMBERS, "")),)),)),
        annexes=(Annex("", "D", (Chart(b"", "alt", Table((Column("X"),), ((MEMBERS,),))),)),),
    )  # fmt: skip

    assert list(document.places()) == [
        "Body:1:n",
        "a:2:n",
        "a:3.2:n",
        "Body.3.1:1:1.2",
        "Body.3.1:1:2.1",
        "Annex1:1:1.1",
    ]
    assert list(document.figures()) == [MEMBERS] * 6


def test_place_does_not_move_when_another_section_grows():
    section = Section("A", (Paragraph("{n}", {"n": MEMBERS}),), "a")
    before = letter(section)
    after = letter(SOMETHING, Section("B", (SOMETHING, SOMETHING), "b"), section)

    assert before.places() == after.places() == {"a:1:n": MEMBERS}


def test_places_fit_into_a_tag_of_word():
    name, key = "n" * 24, "k" * 24
    deep = Section("A", (Section("B", (Bullets((Paragraph(f"{{{name}}}", {name: MEMBERS}),) * 99),)),), key)

    assert max(map(len, letter(deep, *[SOMETHING] * 999).places())) <= 64


def test_data_of_a_report_is_json_with_every_figure_under_its_place():
    document = report()

    data = json.loads(json.dumps(document.as_data()))

    assert read(data) == document
    assert {place: figure["text"] for place, figure in data["places"].items()} == {
        place: figure.text for place, figure in document.places().items()
    }
    assert data["places"]["situation:1:members"] == {
        "kind": "Figure",
        "text": "10",
        "value": 10,
        "unit": "",
        "rows": {
            "kind": "Rows",
            "model": "campaigns.Seat",
            "keys": [1, 2, 3],
            "address": "/khoi/1/thanh-vien/",
        },
    }


@given(trees)
def test_any_tree_reads_back_from_its_data(document):
    assert read(json.loads(json.dumps(document.as_data()))) == document


@given(trees)
def test_any_printed_tree_stays_as_it_is(document):
    assert document.printed().printed() == document.printed()


@pytest.mark.parametrize("groups", [(2,), (-1,), (0, 5)])
def test_groups_are_rows_of_their_table(groups):
    with pytest.raises(ValueError, match="groups"):
        Table((Column("A"),), (("a",), ("b",)), groups=groups)


@pytest.mark.parametrize(
    ("row", "groups", "across"),
    [
        (("Nhóm", None), (0,), "Nhóm"),
        ((None, "Nhóm"), (0,), "Nhóm"),
        (("Nhóm", "20"), (0,), None),
        (("Nhóm", None), (), None),
    ],
)
def test_a_group_with_words_in_one_cell_is_written_across(row, groups, across):
    assert Table((Column("A"), Column("B")), (row,), groups=groups).across(0) == across


@pytest.mark.parametrize("values", [{"size": "A3"}, {"size": "A5", "landscape": True}])
def test_sheets_are_those_that_offices_have(values):
    with pytest.raises(ValueError, match="sheet"):
        letter(**values)
    with pytest.raises(ValueError, match="sheet"):
        Annex("", "Bảng", (), **values)
