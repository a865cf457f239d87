"""The screens: sent, columns named, mended, applied; nobody else's."""

from io import BytesIO
from random import Random
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from blocs.models import SpreadsheetImport
from campaigns.scores.criteria.actions import start_set
from campaigns.scores.criteria.plans import plan_of
from campaigns.scores.models import Score, ScoreSheet
from campaigns.scores.spreadsheets.units import UnitScoresSheet
from tests.blocs.imports.books import altered, book, saved
from tests.blocs.imports.test_broken_books import READ as ODD
from tests.blocs.imports.test_broken_books import REFUSED as BROKEN
from tests.blocs.imports.test_broken_books import data
from tests.campaigns.conftest import page_address
from tests.campaigns.scores.spreadsheets.tables import DISTRICTS
from tests.campaigns.scores.spreadsheets.test_criteria import SMALL
from tests.campaigns.scores.spreadsheets.test_units import OWN, downloaded, fill
from tests.factories import SeatFactory, UnitStateFactory, user_with
from tests.forms import Fields
from tests.pages import Page, read


@pytest.fixture
def draft(staff, bloc_year):
    return start_set(year=bloc_year.year, name="Bộ tiêu chí dự thảo", by=staff)


@pytest.fixture
def criteria_address(draft):
    return reverse("criteria-import", args=[draft.year.code, draft.pk])


def send(client, address, content, name="bang.xlsx"):
    return client.post(address, {"file": SimpleUploadedFile(name, content)})


def test_a_table_of_criteria_goes_all_the_way(client, staff, draft, criteria_address):
    client.force_login(staff)
    wrong = [*SMALL[:4], ["2", "Sáng kiến", "bốn"]]
    sent = send(client, criteria_address, book(wrong))
    page = read(client, sent.url)

    assert "C5 :" in page.text
    assert page.buttons == ["Lưu chỗ sửa"]  # nothing can be kept yet
    fields = Fields(client.get(sent.url)).sent
    mended = client.post(sent.url, fields | {"r5-points": "4", "r5-kind": "criterion", "mend": "1"})
    assert mended.url == sent.url
    page = read(client, sent.url)
    assert page.buttons == ["Ghi 4 dòng"]
    done = client.post(sent.url, Fields(client.get(sent.url)).sent)

    assert done.url == draft.get_absolute_url()
    assert list(plan_of(draft).criteria) == ["1", "2"]
    assert client.get(sent.url).status_code == 404  # it was applied


def test_columns_are_named_where_the_header_is_not_known(client, staff, draft, criteria_address):
    client.force_login(staff)
    sent = send(client, criteria_address, book([[], ["Việc", "Số"], ["Chấp hành", 5]]))
    assert sent.url.endswith("/cot/")
    address = f"{sent.url}?{urlencode({'trang': 0, 'dong': 2})}"
    assert "Việc" in read(client, address).text
    named = client.post(address, {"text": "1", "points": "2"})
    page = read(client, named.url)

    assert SpreadsheetImport.objects.get().mapping == {
        "sheet": "Bảng điểm",
        "place": 0,
        "header": 2,
        "columns": {"text": 1, "points": 2},
        "layout": 0,
        "titles": {"text": "Việc", "points": "Số"},
    }
    assert "Chấp hành" in page.text


def test_a_column_is_chosen_once(client, staff, criteria_address):
    client.force_login(staff)
    sent = send(client, criteria_address, book([["Việc", "Số"], ["Chấp hành", 5]]))
    answer = client.post(sent.url, {"text": "1", "points": "1"})

    assert "Mỗi cột của bảng chỉ chọn cho một mục." in Page(answer).text


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "rỗng"), (b"abc", "Chỉ nhận bảng tính Excel"), (b"\xd0\xcf\x11\xe0" + bytes(99), ".xls")],
)
def test_what_is_no_spreadsheet_is_refused_on_the_page(client, staff, criteria_address, content, words):
    client.force_login(staff)
    answer = send(client, criteria_address, content)

    assert answer.status_code == 200
    assert words in Page(answer).text
    assert not SpreadsheetImport.objects.exists()


def test_a_units_table_needs_the_day_on_its_paper(client, bloc_year, member, officer):
    client.force_login(officer)
    sent = send(client, page_address(bloc_year, "score-import-unit", member.unit.code), book(OWN))
    fields = Fields(client.get(sent.url)).sent
    refused = client.post(sent.url, fields)
    assert "hãy ghi ngày trên bảng đã ký" in Page(refused).text
    assert not ScoreSheet.objects.exists()
    client.post(sent.url, fields | {"paper_day": timezone.localdate().strftime("%d/%m/%Y")})

    assert Score.objects.filter(sheet__unit=member.unit, stated=True).count() == 3


def test_the_table_to_fill_in_is_handed_out(client, bloc_year, member, officer):
    client.force_login(officer)
    page = read(client, page_address(bloc_year, "score-import-unit", member.unit.code))
    answer = client.get(page.links["Tải bảng mẫu đã điền sẵn (Excel)"])

    assert answer["Content-Type"].endswith("spreadsheetml.sheet")


def test_a_bloc_hands_out_an_empty_table_that_reads_back(client, bloc_year, leader, member, secretary):
    client.force_login(secretary)
    page = read(client, page_address(bloc_year, "score-import"))
    made = load_workbook(BytesIO(client.get(page.links["Tải bảng trống của cả khối (Excel)"]).content))
    assert [cell.value for cell in made.active[2]][:2] == ["A", "Nhiệm vụ chuyên môn"]
    assert made.active["C3"].value is None
    made.active["C3"] = 12
    sent = send(client, page_address(bloc_year, "score-import"), saved(made))
    preview = read(client, sent.url)

    assert preview.buttons == ["Ghi 1 dòng"]
    assert client.get(f"{page_address(bloc_year, 'score-import')}?export=xlsx").status_code == 200


def test_an_officer_is_not_handed_the_table_of_the_bloc(client, bloc_year, member, officer):
    client.force_login(officer)

    assert client.get(f"{page_address(bloc_year, 'score-import')}?export=xlsx").status_code == 403


def test_a_units_table_sent_for_the_bloc_is_told_where_it_belongs(client, bloc_year, member, secretary):
    client.force_login(secretary)
    own = client.get(f"{page_address(bloc_year, 'score-import-unit', member.unit.code)}?export=xlsx")
    answer = send(client, page_address(bloc_year, "score-import"), own.content)

    assert "Đây là bảng tự chấm của một đơn vị." in Page(answer).text
    assert not SpreadsheetImport.objects.exists()


def test_another_units_table_is_not_there(client, bloc_year, leader, member, officer, secretary):
    foreign = user_with("officer", SeatFactory(bloc_year=bloc_year).unit)
    outside = user_with("secretary", SeatFactory(role="leader", bloc_year__name="Khối Kín").unit)
    address = page_address(bloc_year, "score-import-unit", member.unit.code)
    found = {}
    for name, user in {"own": officer, "leader": secretary, "member": foreign, "outside": outside}.items():
        client.force_login(user)
        found[name] = [client.get(address).status_code, send(client, address, book(OWN)).status_code]

    assert found == {"own": [200, 302], "leader": [200, 302], "member": [404, 404], "outside": [404, 404]}


def test_a_file_in_preview_is_its_senders_alone(client, bloc_year, member, officer, staff):
    client.force_login(officer)
    sent = send(client, page_address(bloc_year, "score-import-unit", member.unit.code), book(OWN))
    colleague = user_with("officer", member.unit)
    found = {}
    for name, user in {"sender": officer, "colleague": colleague, "staff": staff}.items():
        client.force_login(user)
        found[name] = [client.get(sent.url).status_code, client.get(f"{sent.url}cot/").status_code]

    assert found == {"sender": [200, 200], "colleague": [404, 404], "staff": [404, 404]}


def test_a_draft_is_not_read_into_once_it_is_frozen_or_by_another_bloc(
    client, draft, criteria_address, leader
):
    client.force_login(user_with("secretary", leader.unit))

    assert client.get(criteria_address).status_code in (403, 404)


def test_a_figure_to_mend_is_named_in_vietnamese_alone(client, officer, bloc_year, member):
    client.force_login(officer)
    given = downloaded(UnitScoresSheet(bloc_year, member.unit))
    content = fill(given, {"a1": {"ty-le": {"achieved": "bốn", "plan": 50}}})
    sent = send(client, page_address(bloc_year, "score-import-unit", member.unit.code), content)
    page = read(client, sent.url)

    assert page.buttons == ["Lưu chỗ sửa"]
    assert "Số liệu Ghi chú, lý do Để lại dòng này" in page.text
    assert "figure" not in page.text.lower()
    fields = Fields(client.get(sent.url)).sent
    client.post(sent.url, fields | {name: "40" for name in fields if name.endswith("-value")} | {"mend": "1"})
    assert "Lưu chỗ sửa" not in read(client, sent.url).buttons


def queries(client, *addresses):
    """How many queries each page asks."""
    found = []
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        found.append(len(asked))
    return found


@pytest.mark.parametrize("kind", ["criteria", "unit", "bloc"])
def test_no_page_asks_more_of_a_longer_file(client, staff, bloc_year, member, criteria_address, kind):
    units = [UnitStateFactory(unit=SeatFactory(bloc_year=bloc_year).unit).unit for _number in range(3)]
    address, few, many = {
        "criteria": (criteria_address, SMALL, [*DISTRICTS["rows"][:60]]),
        "unit": (page_address(bloc_year, "score-import-unit", member.unit.code), OWN[:5], OWN),
        "bloc": (
            page_address(bloc_year, "score-import"),
            [["Đơn vị", "A1"], [units[0].name(), 5]],
            [["Đơn vị", "A1", "A2", "A3"], *([unit.name(), 5, 10, 8] for unit in units)],
        ),
    }[kind]
    header = [DISTRICTS["columns"]] if kind == "criteria" else []
    client.force_login(staff)
    client.get(address)  # what the process keeps is known from here on
    files = [send(client, address, book(rows)).url for rows in (few, [*header, *many])]
    one, other = (queries(client, each, f"{each}cot/", address) for each in files)

    assert one[:2] == other[:2]
    assert max(one) <= 45


def test_waiting_files_are_offered_again(client, staff, criteria_address):
    client.force_login(staff)
    sent = send(client, criteria_address, book(SMALL), name="Tiêu chí 2022.xlsx")

    assert read(client, criteria_address).links["Tiêu chí 2022.xlsx"] == sent.url


def test_a_number_that_may_be_read_twice_is_kept_as_it_was_meant(client, staff, draft, criteria_address):
    client.force_login(staff)
    sent = send(client, criteria_address, book([*SMALL[:2], ["1", "Chấp hành", "1.125"]]))
    page = client.get(sent.url)
    assert 'name="r3-points-meant"' in page.content.decode()
    typed = {"row": "r3", "r3-kind": "criterion", "r3-text": "Chấp hành", "r3-points": "1.125"}
    client.post(sent.url, typed | {"r3-points-meant": "1,125", "mend": "1"})

    assert SpreadsheetImport.objects.get().mends["r3"]["points"] == "1,125"
    assert read(client, sent.url).buttons == ["Ghi 2 dòng"]


@pytest.mark.parametrize("name", BROKEN)
def test_no_broken_book_is_answered_500_or_kept(client, staff, criteria_address, name):
    client.force_login(staff)
    content, words = BROKEN[name]
    answer = send(client, criteria_address, content)

    assert (answer.status_code, words in Page(answer).text) == (200, True)
    assert not SpreadsheetImport.objects.exists()


@pytest.mark.parametrize("name", ODD)
def test_no_odd_cell_is_answered_500(client, staff, criteria_address, name):
    client.force_login(staff)
    row = b"<row>%s</row><row><c t='str'><v>a</v></c><c><v>7</v></c></row>" % ODD[name][0]
    sent = send(client, criteria_address, data(row))
    assert client.get(sent.url).status_code == 200
    named = client.post(f"{sent.url}?trang=0&dong=2", {"text": "1", "points": "2"})

    assert client.get(named.url).status_code == 200


ODD_ROWS = [
    ["9" * 400, "Tiêu chí " * 3000, 1e300],
    ["I" * 300, "Mục " * 2000, 1e-300],
    ["-" * 40, "(" * 500 + "Tổng cộng" + ")" * 500, "9" * 60],
    ["1." * 200, "Tổng i" + "+i" * 300 + "!", -1],
    ["a", "Cộng thêm 99999999999999999999 điểm, không quá 1e9 điểm", "1.1.1.1"],
    ["đ", "\u202e\ufeff\U0001f600", True],
    ["nt", "nt", "nt"],
    ["-", "-", "-"],
]


@pytest.mark.parametrize("number", range(len(ODD_ROWS)))
def test_odd_rows_are_shown_and_mended_or_kept(client, staff, draft, criteria_address, number):
    client.force_login(staff)
    sent = send(client, criteria_address, book([SMALL[0], *SMALL[1:3], ODD_ROWS[number], *SMALL[4:]]))
    page = client.get(sent.url)
    assert page.status_code == 200
    answer = client.post(sent.url, Fields(page).sent)

    assert answer.status_code in (200, 302)
    kept = bool(plan_of(draft).sections)
    assert kept is (answer.status_code == 302 and answer.url == draft.get_absolute_url())


OLD = [
    ["STT", "Néi dung tiªu chÝ", "§iÓm chuÈn"],
    ["1", "ChÊp hµnh ph¸p luËt cña Nhµ n\u2212íc", 30],
    [None, "Tæng céng", 30],
]


def test_text_of_old_fonts_is_converted_and_shown_for_confirmation(client, staff, draft, criteria_address):
    client.force_login(staff)
    sent = send(client, criteria_address, book(OLD))
    page = read(client, sent.url)

    assert "B2: ChÊp hµnh ph¸p luËt cña Nhµ n\u2212íc → Chấp hành pháp luật của Nhà nước" in page.text
    assert "Dòng 3 (dòng tổng cộng): Tổng cộng 30" in page.text
    assert page.buttons == ["Đúng, dùng chữ đã chuyển", "Không, giữ chữ như trong tệp", "Đọc dòng này 3"]
    refused = client.post(sent.url, {"shown": "x"})
    assert "hãy xác nhận chữ đã chuyển là đúng" in Page(refused).text
    client.post(sent.url, {"letters": "converted"})
    assert read(client, sent.url).buttons == ["Đọc dòng này 3", "Ghi 1 dòng"]
    client.post(sent.url, Fields(client.get(sent.url)).sent)

    assert [each.text for each in plan_of(draft).criteria.values()] == ["Chấp hành pháp luật của Nhà nước"]


def test_text_of_old_fonts_may_be_kept_as_it_was_typed(client, staff, draft, criteria_address):
    client.force_login(staff)
    sent = send(client, criteria_address, book(OLD))
    client.post(sent.url, {"letters": "as-typed"})
    page = read(client, sent.url)

    assert "ChÊp hµnh ph¸p luËt" in page.text and "Chấp hành" not in page.text
    assert page.buttons == ["Ghi 2 dòng"]


def test_no_book_that_was_changed_anywhere_is_answered_500(client, staff, criteria_address):
    client.force_login(staff)
    chance, answers = Random(10), {}
    for _number in range(100):
        content = altered(book(SMALL), xl_worksheets_sheet1_xml=lambda part: broken(part, chance))
        answer = send(client, criteria_address, content)
        answers[answer.status_code] = answers.get(answer.status_code, 0) + 1
        if answer.status_code == 302:
            assert client.get(answer.url).status_code == 200

    assert set(answers) == {200, 302}
    assert SpreadsheetImport.objects.count() == answers[302]


def broken(part, chance):
    """A part with something put in the place of something else."""
    start = chance.randrange(part.index(b"<sheetData>"), len(part))
    put = chance.choice([b"", b"1e309", b"-", b"9" * 400, b"<", b"A", b'"', b"&#233;", b"0"])
    return part[:start] + put + part[start + chance.randrange(4) :]
