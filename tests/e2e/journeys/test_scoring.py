"""A bloc of ten is scored from the criteria to the printed ranking, with what goes otherwise in a year."""

import re
from collections import Counter
from io import BytesIO

import pytest
from django.core.handlers.base import BaseHandler
from pypdf import PdfReader

from blocs.models import Entry
from campaigns.models import Phase, Reminder
from campaigns.scores import actions
from campaigns.scores.models import Inspection, Ranking
from tests import factories as make
from tests.blocs.imports.books import book
from tests.e2e.bloc_of_ten import LEADER, NAMES, REPORTS, lay_bloc

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STAFF = "can-bo-bo"
OWN_TABLE = [
    ["VỤ KẾ HOẠCH", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["BẢNG TỰ CHẤM ĐIỂM NĂM 2026"],
    ["STT", "Nội dung tiêu chí", "Điểm chuẩn", "Điểm đơn vị tự chấm"],
    ["A", "Nhiệm vụ chuyên môn", 80, 78.98],
    ["A1", "Xử lý văn bản đến đúng hạn", 40, "38,98"],
    ["A2", "Xếp loại cải cách hành chính", 20, 20],
    ["A3", "Chấp hành chế độ báo cáo", 20, 20],
    ["B1", "Nhân rộng điển hình tiên tiến", 15, 13],
    ["B2", "Có kế hoạch phong trào", 5, 5],
    ["B3", "Thành tích được khen", None, 2],
    ["B4", "Chấp hành kỷ luật", None, 0],
    [None, "Tổng cộng", 100, 98.98],
]
ON_PAPER = {"A1": "31,27", "A2": "15", "A3": "16", "B1": "8,25", "B2": "5", "B3": "1", "B4": "0"}


@pytest.fixture
def told(monkeypatch):
    """[(user name, address, text)] of every answer that the server gives to whoever is signed in."""
    found, get_response = [], BaseHandler.get_response

    def note(self, request):
        response = get_response(self, request)
        if request.user.is_authenticated and not response.streaming:
            text = response.content.decode("utf-8", "replace")
            found.append((request.user.username, request.path, text))
        return response

    monkeypatch.setattr(BaseHandler, "get_response", note)
    return found


@pytest.fixture
def visit(live_server):
    """Open a page of the bloc by the end of its address."""

    def visit(person, end=""):
        person.page.goto(f"{live_server.url}/nam/2026/khoi/khoi-muoi/{end}")
        return person.page

    return visit


def test_bloc_of_ten_is_scored_and_ranked(on_day, arrive, visit, worker, told):
    on_day("2026-11-18")
    bloc = lay_bloc()
    freeze(visit(arrive(STAFF), "../../tieu-chi/"))
    bloc.bloc_year.refresh_from_db()
    lay_reports(bloc)

    on_day("2026-11-19")
    people = {name: arrive(name) for name in (STAFF, LEADER, "quy", "ke-hoach", "hai-duong", "sang-che")}

    def go(name, end=""):
        return visit(people[name], end)

    late_unit_is_reminded_and_given_time(bloc, go)
    unit_sends_its_own_table(bloc, go)
    secretary_types_a_paper_sheet(bloc, go)
    unit_recalls_before_it_is_opened(bloc, go)
    sheet_is_returned_for_two_criteria(bloc, go)
    team_sits_with_the_unit(bloc, go)
    unit_asks_and_is_answered(bloc, go)
    higher_tiers_score(bloc, go)
    strangers_see_nothing(bloc, go, told)
    ranking_is_printed(bloc, go)
    journal_tells_it(bloc)


def freeze(page):
    """Staff freeze the set and give it to the bloc."""
    follow(page, "Bộ tiêu chí chấm điểm thi đua")
    follow(page, "Ban hành bộ tiêu chí")
    press(page, "Ban hành bộ tiêu chí")
    page.get_by_text("Đã ban hành bộ tiêu chí.").wait_for()


def lay_reports(bloc):
    """Six units send in time; one lacks a figure, one has but begun, two have done nothing on screen."""
    for code in ("do-luong", "sang-che", "hai-duong", "nang-luong", "hop-tac", "ung-dung"):
        bloc.score_itself(code)
    for code, keys in {"quy": ["a1", "a2", "b1", "b2", "b3", "b4"], "du-lieu": ["a1"]}.items():
        by = bloc.users[code]
        sheet = actions.begin_sheet(bloc_year=bloc.bloc_year, unit=bloc.units[code], tier="self", by=by)
        rows = [row for row in bloc.rows(code) if row.criterion.key in keys]
        actions.save_scores(sheet=sheet, rows=rows, by=by)


def late_unit_is_reminded_and_given_time(bloc, go):
    """The day after the last one: reminded, the phase extended with a reason, then sent."""
    page = go("quy", "diem/quy/")
    page.get_by_text("đã hết hạn ngày 18/11/2026").first.wait_for()
    page = go(STAFF, "../../don-doc/?giai-doan=scoring")
    page.get_by_label(f"Chọn {NAMES['quy']}", exact=True).check()
    press(page, "Nhắc những đơn vị đã chọn")
    press(page, "Nhắc 01 đơn vị")
    page.wait_for_url("**/don-doc/nhac/*/")
    page = go(STAFF, "../../giai-doan/gia-han/?khoi=khoi-muoi&giai-doan=scoring")
    page.get_by_label("Hạn mới").fill("25/11/2026")
    page.get_by_label("Lý do gia hạn").fill("Đường truyền hỏng sau bão số 9")
    press(page, "Gia hạn")
    page.get_by_text("Đã gia hạn.").wait_for()

    page = go("quy", "diem/quy/tu-cham/")
    page.locator("#tieu-chi-a3 input[name$=__cases]").fill("1")
    page.locator("#tieu-chi-a3 input[name$=__cases]").press("Tab")
    page.locator("#tieu-chi-a3").get_by_text("Đã lưu lúc").wait_for()
    assert page.locator("#tieu-chi-a3 [data-points]").inner_text() == "18 điểm"
    page = go("quy", "diem/quy/")
    send_without_evidence(page)
    page.get_by_text("Đã gửi phiếu.").wait_for()

    assert set(Reminder.objects.values_list("unit__code", "channel")) == {("quy", "in-app"), ("quy", "zalo")}
    assert Phase.objects.get(bloc_year=bloc.bloc_year).reason == "Đường truyền hỏng sau bão số 9"
    assert (bloc.sheet("quy").state, str(bloc.sheet("quy").total)) == ("sent", "83.0800")


def unit_sends_its_own_table(bloc, go):
    """A unit's own Excel, as it has it, read and sent."""
    page = go("ke-hoach", "diem/ke-hoach/nhap/")
    file = {"name": "tu-cham.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": book(OWN_TABLE)}
    page.get_by_label("Tệp Excel").set_input_files(file)
    press(page, "Đọc tệp")
    page.get_by_label("Ngày ghi trên giấy").fill("17/11/2026")
    press(page, "Ghi 7 dòng")
    page.get_by_text("Đã ghi bảng tính vào hệ thống.").wait_for()
    page = go("ke-hoach", "diem/ke-hoach/")
    send_without_evidence(page)
    page.get_by_text("Đã gửi phiếu.").wait_for()

    assert str(bloc.sheet("ke-hoach").total) == "98.9800"


def secretary_types_a_paper_sheet(bloc, go):
    """A unit that scores on paper alone: its points typed down one column and sent."""
    page = go(LEADER, "diem/chuong-trinh/")
    page.get_by_text("Ghi nhận từ văn bản giấy", exact=True).click()
    follow(page, re.compile("văn bản giấy: Tự chấm"))
    page.get_by_label("Ngày ghi trên giấy").fill("16/11/2026")
    for code, points in ON_PAPER.items():
        page.get_by_label(f"Điểm tiêu chí {code}", exact=True).fill(points)
    page.get_by_label("Bản giấy đã đủ, đã ký").check()
    press(page, "Ghi nhận")
    page.get_by_text("Đã ghi nhận phiếu từ văn bản giấy.").wait_for()

    sheet = bloc.sheet("chuong-trinh")
    assert (sheet.state, sheet.from_paper, str(sheet.total)) == ("sent", True, "76.5200")


def unit_recalls_before_it_is_opened(bloc, go):
    """What was sent is taken back, mended and sent again, as long as nobody has opened it."""
    page = go("hai-duong", "diem/hai-duong/")
    press(page, "Rút lại để sửa")
    achieved = page.locator("#tieu-chi-a1 input[name$=__achieved]")
    achieved.fill("4617")
    achieved.press("Tab")
    page.locator("#tieu-chi-a1 [data-points]").get_by_text("36,94 điểm").wait_for()
    page = go("hai-duong", "diem/hai-duong/")
    send_without_evidence(page)
    page.get_by_text("Đã gửi phiếu.").wait_for()
    press(go(LEADER, "diem/hai-duong/"), "Tiếp nhận phiếu")
    page = go("hai-duong", "diem/hai-duong/")

    assert page.get_by_role("button", name="Rút lại để sửa").count() == 0
    versions = bloc.sheet("hai-duong").versions.values_list("number", "total")
    assert [(number, str(total)) for number, total in versions] == [(1, "89.8900"), (2, "89.9400")]


def sheet_is_returned_for_two_criteria(bloc, go):
    """Returned for two criteria, only they can be edited; the difference is seen by who asked, and closed."""
    press(go(LEADER, "diem/sang-che/"), "Tiếp nhận phiếu")
    page = go(LEADER, "diem/sang-che/")
    follow(page, "Trả lại để chỉnh sửa")
    page.get_by_label("Lý do trả lại").fill("Số liệu chưa khớp sổ văn bản")
    page.get_by_label("Hạn chỉnh sửa").fill("22/11/2026")
    page.get_by_label("Cần sửa gì ở tiêu chí A1").fill("Trừ văn bản trả lời chậm")
    page.get_by_label("B3", exact=True).check()
    press(page, "Trả lại phiếu")
    page.get_by_text("Đã trả lại phiếu.").wait_for()

    page = go("sang-che", "diem/sang-che/tu-cham/?muc=a")
    open_forms = page.locator("article form[data-autosave] input[name=criterion]")
    assert [each.input_value() for each in open_forms.all()] == ["a1"]
    page.get_by_text("Trừ văn bản trả lời chậm").wait_for()
    achieved = page.locator("#tieu-chi-a1 input[name$=__achieved]")
    achieved.fill("4716")
    achieved.press("Tab")
    page.locator("#tieu-chi-a1 [data-points]").get_by_text("37,73 điểm").wait_for()
    page = go("sang-che", "diem/sang-che/")
    send_without_evidence(page, "Gửi lại phần đã chỉnh sửa")

    page = go(LEADER, "diem/sang-che/")
    press(page, "Tiếp nhận phiếu")
    rows = page.locator("#corrections ~ article tbody tr")
    assert [re.sub(r"\s+", " ", row.inner_text()) for row in rows.all()] == [
        "A1 Xử lý văn bản đến đúng hạn Trừ văn bản trả lời chậm 38,01 điểm 37,73 điểm",
        "B3 Thành tích được khen 4 điểm không đổi",
    ]
    press(page, "Xem lại xong, đã sửa đúng")
    page.get_by_text("Đã ghi nhận phần chỉnh sửa.").wait_for()
    assert bloc.sheet("sang-che").corrections.get().closed_at is not None


def team_sits_with_the_unit(bloc, go):
    """The team and the unit before one screen: deviations alone are typed, the minutes are printed."""
    page = go(LEADER, "diem/sang-che/kiem-tra/")
    deviate(page, "a2", "grade", "B", "Thiếu minh chứng")
    deviate(page, "b1", "points", "12,5", "Sai cách tính, sai số liệu")
    press(page, "Kết thúc, công bố điểm kiểm tra và in biên bản")
    text = printed(page)

    assert [
        words for words in ("BIÊN BẢN", NAMES["sang-che"], "12,5", "Thiếu minh chứng") if words not in text
    ] == []
    sheet = bloc.sheet("sang-che", "check")
    assert (sheet.state, str(sheet.total)) == ("released", "92.2300")
    changed = sheet.scores.exclude(reason_code="").order_by("criterion__place")
    assert list(changed.values_list("criterion__key", "reason_code")) == [
        ("a2", "no-evidence"),
        ("b1", "wrong-count"),
    ]


def unit_asks_and_is_answered(bloc, go):
    """The unit asks why a figure stands; the desk answers by its name, and no person is named."""
    page = go("sang-che", "diem/sang-che/")
    page.locator("#tieu-chi-b1").get_by_text("Lý do: Sai cách tính, sai số liệu").wait_for()
    follow(page, "Đề nghị giải trình tiêu chí B1")
    page.get_by_label("Nội dung đề nghị giải trình").fill("Vì sao chỉ 12,5 điểm?")
    press(page, "Gửi đề nghị")
    page.get_by_text("Đã gửi đề nghị giải trình.").wait_for()
    page = go(LEADER, "diem/sang-che/")
    follow(page, "Trả lời")
    page.get_by_label("Trả lời").fill("Một mô hình đã tính năm trước.")
    press(page, "Trả lời")
    page.get_by_text("Đã trả lời đề nghị giải trình.").wait_for()
    answer = go("sang-che", "diem/sang-che/").locator(".explanations li")

    assert re.search("Tổ kiểm tra:\\s+Một mô hình đã tính năm trước", answer.inner_text())
    assert bloc.users[LEADER].person.full_name not in answer.page.locator("main").inner_text()


def higher_tiers_score(bloc, go):
    """The leader releases for all, the conference confirms, the department changes a figure of one unit."""
    staff, secretary = bloc.users[STAFF], bloc.users[LEADER]
    scored = [code for code in REPORTS if code != "du-lieu"]
    for code in scored:
        if code != "sang-che":
            sitting = Inspection(bloc_year=bloc.bloc_year, unit=bloc.units[code])
            actions.conclude_inspection(
                inspection=sitting, conclusion="Thống nhất.", shown_version=0, by=staff
            )
        actions.begin_sheet(bloc_year=bloc.bloc_year, unit=bloc.units[code], tier="leader", by=secretary)
    page = go(LEADER, "diem/")
    follow(page, "Công bố điểm: Khối trưởng thẩm định")
    press(page, "Công bố điểm")
    page.get_by_text("Đã công bố điểm của 9 đơn vị.").wait_for()

    day = bloc.bloc_year.year.last_day.replace(month=11, day=19)
    meeting = make.MeetingFactory(
        bloc_year=bloc.bloc_year, kind="year-end", title="Hội nghị tổng kết", first_day=day, last_day=day
    )
    page = go(LEADER, f"hoi-nghi/{meeting.pk}/ghi/diem/")
    page.locator("main form.screen button[type=submit]").last.click()
    page.get_by_text("Đã thống nhất điểm của 9 đơn vị.").wait_for()

    page = go(STAFF, "diem/ke-hoach/tham-dinh/department/")
    deviate(page, "b3", "cases", "1", "Ngoài thời gian tính thành tích thi đua")
    press(page, "Công bố điểm")
    page.get_by_text("Đã công bố điểm.").wait_for()
    released = bloc.bloc_year.score_sheets.filter(state="released").values_list("tier", flat=True)
    assert Counter(released) == {"check": 9, "leader": 9, "conference": 9, "department": 1}


def strangers_see_nothing(bloc, go, told):
    """Before the ranking no page told a member's officer what another unit reports or is given."""
    ends = ["", "diem/", "diem/luoi/", "diem/luoi/?cap=self", "diem/luoi/?cap=check", "diem/xep-hang/"]
    ends += ["diem/bang-tong-hop/", "diem/xep-hang/van-ban/", "bao-cao-tong-ket/official/"]
    parts = ["", "kiem-tra/", "phieu/", "bien-ban/", "tham-dinh/leader/", "tu-cham/", "nhap/", "giay/self/"]
    for code in (LEADER, "sang-che", "chuong-trinh", "du-lieu"):
        ends += [f"diem/{code}/{part}" for part in parts]
    page = go("hai-duong")
    for end in ends:
        page.request.get(f"{page.url}{end}")
    members = ("quy", "ke-hoach", "hai-duong", "sang-che")
    heard = [(name, address, text) for name, address, text in told if name in members]
    leaks = [
        (name, address, figure)
        for name, address, text in heard
        for code in REPORTS
        if code != name
        for figure in figures_in(code)
        if re.search(rf"(?<![\w,.]){figure}(?![\w,])", text)
    ]

    assert {name for name, _address, _text in heard} == set(members)
    assert len(heard) > len(ends)
    assert leaks == []


def figures_in(code):
    """What only this unit reports or is given: its documents in time, and totals with two decimals."""
    totals = {
        "do-luong": ["101,90", "101,9"],
        "ke-hoach": ["38,98", "98,98", "97,98"],
        "sang-che": ["38,01", "37,73", "92,23"],
        "hai-duong": ["36,89", "36,94", "89,94", "89,89"],
        "chuong-trinh": ["31,27", "76,52"],
        "quy": ["83,08"],
        "ung-dung": ["39,22"],
        "du-lieu": ["35,58"],
    }
    return [str(REPORTS[code][1]), *totals.get(code, ["85,44"] if code == "hop-tac" else [])]


def ranking_is_printed(bloc, go):
    """Drafted, the tie settled by the conference, released, printed."""
    page = go(LEADER, "diem/xep-hang/")
    press(page, "Lập bảng xếp hạng")
    follow(page, "Ghi quyết định của Hội nghị")
    page.get_by_label(NAMES["nang-luong"]).select_option("2")
    page.get_by_label(NAMES["hop-tac"]).select_option("1")
    page.get_by_label("Lý do, căn cứ của Hội nghị").fill("Hội nghị biểu quyết 7/9")
    press(page, "Ghi quyết định")
    page.get_by_text("Đã ghi.").wait_for()
    follow(page, "Công bố bảng xếp hạng")
    press(page, "Công bố bảng xếp hạng")
    page.get_by_text("Đã ghi.").wait_for()

    rows = {row["code"]: row for row in Ranking.objects.get(state="released").rows}
    assert {code: (row["rank"], row["total"]) for code, row in rows.items()} == {
        "do-luong": (1, "101.90"),
        "ke-hoach": (2, "97.98"),
        "sang-che": (3, "92.23"),
        "hai-duong": (4, "89.94"),
        "hop-tac": (5, "85.44"),
        "nang-luong": (6, "85.44"),
        "quy": (7, "83.08"),
        "chuong-trinh": (8, "76.52"),
        "ung-dung": (None, "100.72"),
        "du-lieu": (None, None),
    }
    follow(page, "Thông báo xếp hạng")
    text = printed(page)
    places = [text.find(NAMES[code]) for code, row in rows.items() if row["rank"]]
    assert -1 not in places
    assert places == sorted(places)
    assert "không xếp loại" in text[text.find(NAMES["ung-dung"]) :]
    assert NAMES["du-lieu"] in text
    go("hai-duong", "diem/xep-hang/").get_by_text("97,98").first.wait_for()


def journal_tells_it(bloc):
    """Every act stands in the journal with who did it, in the order in which it was done."""
    sheet = bloc.sheet("sang-che")
    entries = Entry.objects.filter(object_kind="scores.scoresheet", object_key=str(sheet.pk)).order_by("pk")
    assert list(entries.values_list("act", "actor__username")) == [
        ("sheet.begin", "sang-che"),
        ("sheet.save-scores", "sang-che"),
        ("sheet.send", "sang-che"),
        ("sheet.open", LEADER),
        ("sheet.return", LEADER),
        ("sheet.save-score", "sang-che"),
        ("sheet.send", "sang-che"),
        ("sheet.open", LEADER),
    ]
    done = set(Entry.objects.values_list("act", "actor__username"))
    assert {
        ("criteria.freeze", STAFF),
        ("reminder.send", STAFF),
        ("phase.extend", STAFF),
        ("import.apply", "ke-hoach"),
        ("sheet.recall", "hai-duong"),
        ("sheet.close-correction", LEADER),
        ("inspection.conclude", LEADER),
        ("explanation.ask", "sang-che"),
        ("explanation.answer", LEADER),
        ("score.release-tier", LEADER),
        ("score.confirm", LEADER),
        ("score.release", STAFF),
        ("ranking.settle", LEADER),
        ("ranking.release", LEADER),
    } - done == set()


def deviate(page, key, question, value, reason):
    """Type another figure into a row of a desk's screen and choose why."""
    row = page.locator(f"[data-score='{key}']")
    field = row.locator(f"[name$='__{question}']")
    if field.evaluate("each => each.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)
    row.locator("[name$=grounds_code]").select_option(label=reason)
    row.get_by_text("Đã lưu.").wait_for()


def printed(page):
    """The words of the paper of this page, once a worker has made its PDF."""
    press(page, re.compile("^Lập (bản PDF để in|dự thảo lần 1)"))
    link = page.get_by_role("main").get_by_role("link", name=re.compile(r"\.pdf")).first
    link.wait_for(timeout=60_000)
    with page.expect_download() as found:
        link.click()
    pages = PdfReader(BytesIO(found.value.path().read_bytes())).pages
    return re.sub(r"\s+", " ", " ".join(each.extract_text() for each in pages))


def send_without_evidence(page, name="Gửi phiếu tự chấm"):
    """Send a unit's own sheet, told before that evidence is lacking."""
    follow(page, name)
    page.get_by_text("gửi đi không có minh chứng").wait_for()
    press(page, "Vẫn gửi")


def press(page, name):
    """Press a button of the page's main part."""
    page.get_by_role("main").get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def follow(page, name):
    """Follow a link of the page's main part."""
    page.get_by_role("main").get_by_role("link", name=name).first.click()
    page.wait_for_load_state()
