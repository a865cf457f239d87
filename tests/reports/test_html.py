import lxml.html
import pytest
from hypothesis import given

from reports.blocks import (
    Bullets,
    Column,
    Figure,
    Missing,
    Paragraph,
    Picture,
    Rows,
    Section,
    Signature,
    Table,
)
from reports.writers.html import pictures, to_html, to_preview
from tests.reports.trees import SVG, letter, letters, png, report, said, trees

HOSTILE = "<script>alert(1)</script> & \"'"


@pytest.fixture(scope="module")
def printed():
    return lxml.html.document_fromstring(to_html(report()))


@pytest.fixture(scope="module")
def preview():
    return lxml.html.fragment_fromstring(to_preview(report()))


def by_class(tree, name):
    return tree.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")


def words(elements):
    return [" ".join(element.text_content().split()) for element in elements]


def headings(tree):
    return [(heading.tag, *words([heading])) for heading in tree.xpath(".//h1|.//h2|.//h3|.//h4|.//h5|.//h6")]


def test_page_says_who_and_what_it_is(printed):
    assert printed.get("lang") == "vi"
    assert printed.findtext("head/title") == "Báo cáo tổng kết năm 2020"
    assert {meta.get("name"): meta.get("content") for meta in printed.iterfind("head/meta[@name]")} == {
        "generator": "Thi Đua",
        "author": "Cục Sở Tại",
        "description": "Tổng kết công tác thi đua, khen thưởng năm 2020",
        "keywords": "thi đua, khen thưởng",
    }


def test_page_asks_for_its_stylesheet_and_pictures_and_leads_nowhere(printed):
    addresses = [address for _, _, address, _ in printed.iterlinks()]

    assert addresses == ["print/official.css", *pictures(report())]
    assert list(pictures(report()).values()) == [("image/png", png()), ("image/svg+xml", SVG)]


def test_page_leaves_out_what_is_missing_and_closes_the_numbering(printed):
    assert headings(printed) == [
        ("h1", "BÁO CÁO Tổng kết công tác thi đua, khen thưởng năm 2020"),
        ("h2", "I. ĐẶC ĐIỂM, TÌNH HÌNH"),
        ("h2", "II. KẾT QUẢ"),
        ("h3", "1. Nội dung giao ước"),
        ("h4", "a) Một"),
        ("h4", "b) Hai"),
        ("h4", "c) Ba"),
        ("h4", "d) Bốn"),
        ("h4", "đ) Năm"),
        ("h4", "e) Sáu"),
        ("h3", "2. Khen thưởng"),
        ("h2", "Phụ lục I DANH SÁCH ĐƠN VỊ"),
        ("h3", "I. GHI THÊM"),
        ("h2", "Phụ lục II BẢNG ĐIỂM"),
    ]
    assert "Chưa có" not in printed.text_content()


def test_preview_shows_what_is_missing_without_a_number(preview):
    assert headings(preview)[:4] == [
        ("h2", "BÁO CÁO Tổng kết công tác thi đua, khen thưởng năm 2020"),
        ("h3", "I. ĐẶC ĐIỂM, TÌNH HÌNH"),
        ("h3", "CHƯA CÓ GÌ"),
        ("h4", "Điểm"),
    ]
    assert [
        (words([missing]), missing.find("a").get("href"), missing.find("a").text)
        for missing in by_class(preview, "missing")
    ] == [
        (["Chưa có số liệu: thuận lợi, khó khăn. Nhập tình hình"], "/khoi/1/sua/", "Nhập tình hình"),
        (["Chưa có điểm. Nhập điểm"], "/khoi/1/diem/", "Nhập điểm"),
        (["Chưa có. Nhập"], "/khoi/1/", "Nhập"),
    ]
    assert len(by_class(preview, "section-left-out")) == 2


def test_preview_leads_from_figures_to_their_rows(preview):
    assert [(link.get("href"), link.text) for link in by_class(preview, "figure-link")] == [
        ("/khoi/1/thanh-vien/", "10")
    ]


def test_preview_fetches_pictures_from_this_site(preview):
    assert [(image.get("src"), image.get("alt")) for image in preview.iter("img")] == [
        ("/anh/1/", "Ảnh ký giao ước"),
        ("/bieu-do/1/", "Biểu đồ số lượng"),
    ]


def test_preview_says_a_picture_that_has_no_address():
    fragment = to_preview(letter(Picture(png(), "image/png", "Ảnh ký", "Lễ ký")))

    assert "<img" not in fragment
    assert words(by_class(lxml.html.fragment_fromstring(fragment), "picture")) == ["Ảnh ký Lễ ký"]


def test_preview_keeps_the_content_security_policy():
    fragment = to_preview(report())

    assert not any(forbidden in fragment for forbidden in ("style=", "<style", "<script", "data:", " on"))


def test_preview_and_page_say_the_same_when_nothing_is_missing():
    document = letter(Section("Mục", (Paragraph.plain("Một."), Bullets((Paragraph.plain("Hai./."),)))))

    page, fragment = (lxml.html.fromstring(write(document)) for write in (to_html, to_preview))

    assert letters(page.find(".//article").text_content()) == letters(fragment.text_content())


def test_table_headers_have_scopes(printed):
    table = printed.find(".//table")

    assert words([table.find("caption")]) == ["Bảng 1. Khen thưởng"]
    assert [(cell.get("scope"), cell.text) for cell in table.iterfind("thead/tr/th")] == [
        ("col", "STT"),
        ("col", "Đơn vị"),
        ("col", "Số"),
        ("col", "Tiền"),
    ]
    rows = [
        [(cell.tag, cell.get("scope"), cell.get("class"), cell.text) for cell in row]
        for row in table.iterfind("tbody/tr")
    ]
    assert rows[0] == [
        ("td", None, "center", "1"),
        ("th", "row", "left", "Cục 1"),
        ("td", None, "center", "01"),
        ("td", None, "right", "1.490.000"),
    ]
    assert words(table.find("tfoot/tr")) == ["", "Tổng cộng", "06", "..."]


def test_columns_share_the_width(printed):
    for table in printed.iter("table"):
        widths = [col.get("style") for col in table.iterfind("colgroup/col")]
        shares = [float(width.removeprefix("width: ").removesuffix("%")) for width in widths]
        assert sum(shares) == pytest.approx(100, abs=0.01)
        assert shares[1] == pytest.approx(5 * shares[0], abs=0.01)


def test_paragraph_that_announces_stays_with_what_follows(printed):
    assert words(by_class(printed, "paragraph-leading")) == ["Kết quả như sau:"]


def test_letter_without_a_type_has_its_subject_under_the_number():
    page = lxml.html.document_fromstring(to_html(letter(type_name="", subject="mời họp")))

    assert words(by_class(page, "letterhead-number")) == ["Số: 05/TB-CM V/v mời họp"]
    assert headings(page) == []


@pytest.mark.parametrize(
    ("receivers", "lines"),
    [
        (("Bộ trưởng",), ["Kính gửi: Bộ trưởng."]),
        (("Vụ Một;", "Vụ Hai"), ["Kính gửi: Vụ Một; Vụ Hai."]),
        ((), []),
    ],
)
def test_addressees(receivers, lines):
    page = lxml.html.document_fromstring(to_html(letter(address_to=receivers)))

    assert words(by_class(page, "address-to")) == lines


def test_signature_stands_beside_the_recipients(printed):
    assert words(by_class(printed, "closing")) == [
        "Nơi nhận: Như trên; Các đơn vị thành viên; Lưu: VT, TC. TM. KHỐI THI ĐUA KHỐI TRƯỞNG Nguyễn Văn Ất"
    ]


def test_several_signatures_stand_above_the_recipients():
    signatures = (Signature(("Thư ký",), "Lê Ba", signed=True), Signature(("Chủ trì",), "Trần Tư"))
    page = lxml.html.document_fromstring(to_html(letter(signatures=signatures, recipients=("Lưu: VT",))))

    assert words(by_class(page, "closing-together")) == [
        "THƯ KÝ (Đã ký) Lê Ba CHỦ TRÌ Trần Tư Nơi nhận: Lưu: VT."
    ]


def test_markup_in_any_text_is_only_text():
    document = letter(
        Paragraph("{a} {b}", {"a": HOSTILE, "b": Figure(1, HOSTILE, Rows("a", (1,), "/?a=<b>&\"'"))}),
        Bullets((Paragraph.plain(HOSTILE),)),
        Table((Column(HOSTILE),), ((HOSTILE,),), HOSTILE),
        Section(HOSTILE, (Missing(HOSTILE, "/?a=<b>&\"'", HOSTILE),)),
        title=HOSTILE,
        draft=HOSTILE,
        author=HOSTILE,
        signatures=(Signature((HOSTILE,), HOSTILE),),
        recipients=(HOSTILE,),
    )

    for written in (to_html(document), to_preview(document)):
        assert "<script" not in written.lower()
        tree = lxml.html.fromstring(written)
        assert letters(HOSTILE) in letters(tree.text_content())
    assert {link.get("href") for link in tree.iter("a")} == {"/?a=<b>&\"'"}


@given(trees)
def test_any_tree_is_printed_with_all_its_words(document):
    page = lxml.html.document_fromstring(to_html(document))

    assert letters(page.find(".//article").text_content()) == letters(said(document))


@given(trees)
def test_any_tree_has_a_preview_with_all_its_words(document):
    text = letters(lxml.html.fragment_fromstring(to_preview(document)).text_content())

    assert all(letters([words.removesuffix("./.").rstrip(" .;/")]) in text for words in said(document))
