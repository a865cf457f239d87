"""A conference held on paper, recorded in five screens without JavaScript; attendance at the door."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from blocs.models import Entry
from campaigns.meetings.recording import screens_of
from campaigns.models import EmulationYear, Meeting, Pledge, Seat
from tests import factories as make
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.tally import Hands
from tests.e2e.test_pages import too_wide, violations
from tests.reports.trees import png

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFICE = {"width": 1093, "height": 614}  # 1366x768 at 125 %
SCREENS, CHARACTERS, SECONDS = 5, 120, 300  # the targets
THEME = "Đoàn kết, đổi mới sáng tạo, đưa nhanh khoa học vào cuộc sống"


@pytest.fixture
def year_2021(bloc_year):
    """The bloc's year 2021, led by the same unit with the same members."""
    following = bloc_year.successor()
    following.seats.all().delete()
    for seat in bloc_year.seats.all():
        Seat.objects.create(
            bloc_year=following,
            unit=seat.unit,
            role=seat.role,
            representative=seat.representative,
            representative_title=seat.representative_title,
        )
    return following


def test_conference_is_recorded_in_five_screens_without_javascript(
    browser, live_server, passwords, year_2021, tmp_path
):
    scan = tmp_path / "bien-ban.png"
    scan.write_bytes(png())
    page = browser.new_context(java_script_enabled=False, locale="vi-VN", viewport=PHONE).new_page()
    page.goto(f"{live_server.url}/tai-khoan/login/")
    page.get_by_label("Tên đăng nhập").fill("thu-ky-khoi")
    page.get_by_label("Mật khẩu").fill(passwords["thu-ky-khoi"])
    page.get_by_role("button", name="Đăng nhập").click()
    leader, deputy, *others = [seat.unit.name() for seat in year_2021.seats_in_order()]
    hands = Hands(page)

    def field(label, number=0):
        return page.get_by_label(label, exact=True).nth(number)

    def send():
        hands.tap(page.locator("main form.screen button[type=submit]").last)

    page.goto(live_server.url + reverse("meeting-record-new", args=["2021", year_2021.bloc.code, "year-end"]))
    hands.write(field("Ngày họp (bắt buộc)"), "15/12/2021")
    hands.attach(page.get_by_label("Bản chụp văn bản"), scan)
    send()
    results = page.locator("main select[name$=-phrase]", has=page.locator("option", has_text="chọn kết quả"))
    for select in results.all():
        hands.choose(select, select.locator("option").nth(1).text_content())
    send()
    offered = page.locator("main option").all_text_contents()
    flag = next(each for each in offered if each.startswith("Cờ thi đua"))
    hands.choose(field("Danh hiệu, hình thức khen thưởng"), flag)
    hands.choose(field("Tập thể, cá nhân"), leader)
    hands.choose(field("Loại điển hình"), "tập thể")
    hands.choose(field("Tập thể, cá nhân", 8), deputy)
    send()
    hands.choose(field("Khối trưởng (bắt buộc)"), deputy)
    hands.choose(field("Khối phó"), others[0])
    send()
    hands.write(field("Chủ đề giao ước"), THEME)
    send()

    meeting = Meeting.objects.get(bloc_year=year_2021, kind="year-end")
    assert page.url == live_server.url + meeting.get_absolute_url()
    assert page.get_by_text("theo văn bản giấy").first.is_visible()
    assert {screen.progress.value for screen in screens_of(meeting, None)} == {"done"}
    assert Pledge.objects.get(bloc_years__year__code="2022").theme == THEME
    assert Entry.objects.filter(paper__scan__isnull=False).count() == 7
    tally = hands.tally
    # The page of the recorded meeting, to which the last screen leads, is one more.
    assert (tally.screens, tally.keys <= CHARACTERS, tally.seconds <= SECONDS) == (SCREENS + 1, True, True)
    page.context.close()


def test_attendance_is_ticked_at_the_door_row_by_row(page, live_server, sign_in, year_2021, faults):
    today = timezone.localdate()
    EmulationYear.objects.filter(pk=year_2021.year_id).update(last_day=today)
    meeting = make.MeetingFactory(bloc_year=year_2021, kind="mid-year", first_day=today, last_day=today)
    shared = {"meeting": meeting, "presence": "expected", "title": "Cục trưởng"}
    first, second = (make.AttendanceFactory(name=name, **shared) for name in ("Nguyễn An", "Trần Bình"))
    sign_in("thu-ky-khoi")
    page.set_viewport_size(PHONE)
    place = [year_2021.year.code, year_2021.bloc.code, meeting.pk]
    page.goto(live_server.url + reverse("meeting-attendance", args=place))

    page.get_by_role("checkbox", name="Nguyễn An").uncheck()
    page.locator(f"#row{first.pk} .badge", has_text="Vắng").wait_for()
    page.locator(f"#row{second.pk} summary").click()
    page.locator(f"#row{second.pk}").get_by_label("Họ và tên người dự").fill("Lê Cường")
    page.locator(f"#row{second.pk}").get_by_label("Chức vụ").fill("Phó Cục trưởng")
    page.locator(f"#row{second.pk} button").click()
    page.get_by_text("dự thay Trần Bình, Cục trưởng").wait_for()

    rows = {each.pk: (each.name, each.presence) for each in meeting.attendances.all()}
    assert rows == {first.pk: ("Nguyễn An", "absent"), second.pk: ("Lê Cường", "present")}
    assert Entry.objects.filter(act="meeting.note-attendance").count() == 2
    assert faults == []


def test_pages_of_meetings_are_accessible_and_fit(page, live_server, sign_in, year_2021, faults):
    held = date(2021, 12, 15)
    meeting = make.MeetingFactory(
        bloc_year=year_2021, kind="year-end", title="Hội nghị tổng kết", first_day=held, last_day=held
    )
    sign_in("thu-ky-khoi")
    place = [year_2021.year.code, year_2021.bloc.code]
    coming = make.MeetingFactory(bloc_year=year_2021, kind="preparatory", title="Họp trù bị")
    for seat in year_2021.seats_in_order()[:4]:
        for each, presence in ((meeting, "present"), (coming, "expected")):
            make.AttendanceFactory(
                meeting=each,
                unit=seat.unit,
                name=seat.representative,
                title=seat.representative_title or f"Đại diện {seat.unit}",
                presence=presence,
                is_invited=True,
            )
    make.AgendaItemFactory(meeting=meeting, kind="vote", title="Bình xét, đề nghị khen thưởng")
    make.AgendaItemFactory(meeting=meeting, kind="report", title="Báo cáo tổng kết", outcome="Thông qua.")
    task = make.TaskFactory(meeting=meeting, due=held)
    names = ["attendance", "invite", "statement", "conclusions"]
    names += ["record", "outcomes", "proposals", "election", "pledge"]
    addresses = [
        meeting.get_absolute_url(),
        coming.get_absolute_url(),
        reverse("meeting-attendance", args=[*place, coming.pk]),
        *(reverse(f"meeting-{name}", args=[*place, meeting.pk]) for name in names),
        reverse("meeting-plan", args=place),
        reverse("meeting-record-new", args=[*place, "mid-year"]),
        reverse("pledge-sign", args=place),
        reverse("bloc-tasks", args=place),
        reverse("year-tasks", args=place[:1]),
        reverse("task", args=[*place, task.pk]),
    ]
    found = []
    for address in addresses:
        page.goto(live_server.url + address)
        for window in (DESKTOP, OFFICE, PHONE):
            page.set_viewport_size(window)
            complaints = list(faults)
            if window is PHONE:
                page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
            found += [(address, window["width"], fault) for fault in [*complaints, *violations(page)]]
            if too_wide(page) > 0:
                found.append((address, window["width"], "wider than the window"))
            faults.clear()
    assert found == []
