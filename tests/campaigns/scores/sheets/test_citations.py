"""References to documents as real evidence writes them."""

import unicodedata
from datetime import date

import pytest

from campaigns.scores.sheets.citations import MOST, citations


def told(text):
    return [(each.kind, each.number, each.day) for each in citations(text)]


# {paragraph as pasted: the documents that it names}
STYLES = {
    "Công văn số 05/UBND-TNMT ngày 05/1/2022": [("Công văn", "05/UBND-TNMT", date(2022, 1, 5))],
    "Kế hoạch số 146/KH-UBND ngày 01/6/2020 của UBND huyện": [("Kế hoạch", "146/KH-UBND", date(2020, 6, 1))],
    "Quyết định 275/QĐ-CĐSP ngày 12/9/2016": [("Quyết định", "275/QĐ-CĐSP", date(2016, 9, 12))],
    "Báo cáo số 12-BC/TU ngày 05 tháng 02 năm 2021": [("Báo cáo", "12-BC/TU", date(2021, 2, 5))],
    "Nghị định số 91/2017/NĐ-CP ngày 31/07/2017 của Chính phủ": [
        ("Nghị định", "91/2017/NĐ-CP", date(2017, 7, 31))
    ],
    "Luật số 06/2022/QH15 và Thông tư 16/2019/TT-BKHCN (10/12/2019)": [
        ("Luật", "06/2022/QH15", None),
        ("Thông tư", "16/2019/TT-BKHCN", date(2019, 12, 10)),
    ],
    "Các Công văn: 12/STP-VP ngày 02/3/2022, 15/STP-VP ngày 4/3/2022 và 17/STP-VP": [
        ("Công văn", "12/STP-VP", date(2022, 3, 2)),
        ("Công văn", "15/STP-VP", date(2022, 3, 4)),
        ("Công văn", "17/STP-VP", None),
    ],
    "QĐ 928/QĐ-TTg (28/7/2018)": [("Quyết định", "928/QĐ-TTg", date(2018, 7, 28))],
    "Số: 235 /BC-VKHCN ngày 15/12/2020": [("Báo cáo", "235/BC-VKHCN", date(2020, 12, 15))],
    "CV số 1490/BTNMT-TĐKTTT ngày 7.4.2020": [("Công văn", "1490/BTNMT-TĐKTTT", date(2020, 4, 7))],
    "Văn bản số 1234/UBND - NC ngày 3-2-2021": [("Văn bản", "1234/UBND-NC", date(2021, 2, 3))],
    "thông báo 5/TB-VP": [("Thông báo", "5/TB-VP", None)],
    "Quyết định số 12/QĐ-UBND, ngày 3/3/2021": [("Quyết định", "12/QĐ-UBND", date(2021, 3, 3))],
    "Tờ trình số 33/TTr-STC ngày 9/9/2021": [("Tờ trình", "33/TTr-STC", date(2021, 9, 9))],
    "Hướng dẫn số 07/HD-BTĐKT ngày 20/8/2021": [("Hướng dẫn", "07/HD-BTĐKT", date(2021, 8, 20))],
    "Chỉ thị số 10-CT/TW ngày 30 tháng 3 năm 2007": [("Chỉ thị", "10-CT/TW", date(2007, 3, 30))],
    "Kế hoạch số 21/KH-UBND ngày 31/02/2022": [("Kế hoạch", "21/KH-UBND", None)],
    "Nghị quyết số 12A/NQ-HĐND ngày 8/12/2021": [("Nghị quyết", "12A/NQ-HĐND", date(2021, 12, 8))],
}


@pytest.mark.parametrize("text", STYLES, ids=lambda text: text[:40])
def test_styles_of_real_evidence(text):
    assert told(text) == STYLES[text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hoàn thành 42/50 văn bản, đạt 84%, 3/4 đơn vị",
        "ngày 05/01/2022, từ 01/6 đến 30/6/2022",
        "điểm 8,4/10; tỷ lệ 9/10",
        "số điện thoại 0243/9435",
    ],
)
def test_what_is_no_document(text):
    assert told(text) == []


# As they are pasted from reports: unusual spacing, lists, missing words. Not all of them are recognised.
PASTED = {
    "- Công văn số: 05 / UBND-TNMT ngày 05/1/2022\n- Công văn số 06/UBND-TNMT": [
        "05/UBND-TNMT",
        "06/UBND-TNMT",
    ],
    "các QĐ số 1,2,3/QĐ-VKH ngày 4/5/2021": ["1/QĐ-VKH", "2/QĐ-VKH", "3/QĐ-VKH"],
    "Công văn ngày 07/5/2021 số 33/VP-TH": ["33/VP-TH"],
    "KH 15/KH-CĐCS; BC 16/BC-CĐCS, 17/BC-CĐCS": ["15/KH-CĐCS", "16/BC-CĐCS", "17/BC-CĐCS"],
    "Quyết định số 1490/QĐ-BKHCN;1491/QĐ-BKHCN": ["1490/QĐ-BKHCN", "1491/QĐ-BKHCN"],
    "Báo cáo 235/BC- VKHCN": ["235/BC-VKHCN"],
    "công văn số 88/SGDĐT-TCCB,89/SGDĐT-TCCB": ["88/SGDĐT-TCCB", "89/SGDĐT-TCCB"],
    "Giấy mời số 12/GM-UBND ngày 1/2/2022 họp 3/4 đơn vị": ["12/GM-UBND"],
    "Biên bản số 01/BB-HĐTĐKT ngày 15/12/2021": ["01/BB-HĐTĐKT"],
    "Hợp đồng 01.2022/HĐKT/SNV-CS ký 07/10/2022": ["01.2022/HĐKT/SNV-CS"],
    "theo Quyết định số 24/2021/QĐ-UBND ngày 5 tháng 8 năm 2021; số 25/2021/QĐ-UBND": [
        "24/2021/QĐ-UBND",
        "25/2021/QĐ-UBND",
    ],
    "Kế hoạch số 45-KH/ĐU ngày 3/3/2022, Chương trình số 02-CTr/ĐU": ["45-KH/ĐU", "02-CTr/ĐU"],
    "Công văn số 3456/VPCP-KGVX ngày 15/5/2021, 3457/VPCP-KGVX": ["3456/VPCP-KGVX", "3457/VPCP-KGVX"],
}


def test_four_of_five_pasted_numbers_are_recognised():
    wanted = [(text, number) for text, numbers in PASTED.items() for number in numbers]
    found = {(text, each.number) for text in PASTED for each in citations(text)}
    assert sum(each in found for each in wanted) / len(wanted) >= 0.8
    assert found - set(wanted) <= {("các QĐ số 1,2,3/QĐ-VKH ngày 4/5/2021", "3/QĐ-VKH")}


def test_each_document_is_named_once_with_its_day():
    text = "Kế hoạch 5/KH-UBND; nhắc lại Kế hoạch số 5/KH-UBND ngày 1/2/2022"
    assert told(text) == [("Kế hoạch", "5/KH-UBND", date(2022, 2, 1))]


def test_letters_typed_apart_are_the_same():
    text = unicodedata.normalize("NFD", "Quyết định 275/QĐ-CĐSP ngày 12/9/2016")
    assert told(text) == STYLES["Quyết định 275/QĐ-CĐSP ngày 12/9/2016"]


def test_a_very_long_list_is_bounded():
    text = ", ".join(f"{number}/QĐ-UBND" for number in range(1, 3 * MOST))
    assert len(citations(text)) == MOST
