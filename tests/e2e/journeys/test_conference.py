"""Record a whole conference that was held on paper: five screens, little typed, no leader signed in."""

import re

import pytest

from awards.decisions.models import Exemplar
from awards.nominations.models import Nomination
from blocs.models import Entry, User
from campaigns.meetings.recording import screens_of
from campaigns.models import BlocYear, Meeting, Pledge, Seat, Signature
from tests.reports.trees import png

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_secretary_records_a_conference_held_on_paper(on_day, ministry, arrive, report, tmp_path):
    on_day("2026-12-22")
    ministry()
    scan = tmp_path / "bien-ban.png"
    scan.write_bytes(png())
    bloc_year = BlocYear.objects.get(year__code="2026", bloc__place=1)
    leader, deputy, other, *_rest = [seat.unit.name() for seat in bloc_year.seats_in_order()]
    secretary = arrive("thu-ky-khoi")
    page = secretary.page
    send = page.locator("main form.screen button[type=submit]").last
    page.get_by_role("link", name="Ghi kết quả bình xét").click()
    page.wait_for_url("**/ghi/ket-qua/")
    secretary.begin()

    secretary.tap(page.get_by_role("link", name="Ghi phần thời gian, thành phần trước"))
    secretary.attach(page.get_by_label("Bản chụp văn bản"), scan)
    secretary.tap(send)
    page.wait_for_url("**/ghi/ket-qua/")
    results = page.locator("main select[name$=-phrase]", has=page.locator("option", has_text="chọn kết quả"))
    for select in results.all():
        secretary.choose(select, select.locator("option").nth(1).text_content())
    secretary.tap(send)
    page.wait_for_url("**/ghi/diem/")
    secretary.tap(send)
    page.wait_for_url("**/ghi/de-nghi/")
    award = page.get_by_label("Danh hiệu, hình thức khen thưởng")
    recipient = page.get_by_label("Tập thể, cá nhân")
    names = award.first.locator("option").all_inner_texts()
    secretary.choose(award.first, next(name for name in names if name.startswith("Cờ thi đua của Chính phủ")))
    secretary.choose(recipient.first, leader)
    secretary.choose(award.nth(1), next(name for name in names if name.startswith("Cờ thi đua của Bộ")))
    secretary.choose(recipient.nth(1), deputy)
    secretary.choose(page.get_by_label("Loại điển hình").first, "tập thể")
    secretary.choose(recipient.nth(award.count()), other)
    secretary.tap(send)
    page.wait_for_url("**/ghi/bau/")
    secretary.choose(page.get_by_label(re.compile("^Khối trưởng")), deputy)
    secretary.choose(page.get_by_label(re.compile("^Khối phó")).first, other)
    secretary.tap(send)
    page.wait_for_url("**/ghi/giao-uoc/")
    secretary.write(page.get_by_label("Chủ đề giao ước"), "Kỷ cương, trách nhiệm, phục vụ")
    secretary.tap(send)
    page.wait_for_url("**/hoi-nghi/*/")

    meeting = Meeting.objects.get(bloc_year=bloc_year, kind="year-end")
    progress = {screen.key: screen.progress.value for screen in screens_of(meeting, None)}
    assert progress.pop("scores") == "under-way"  # one unit has sent nothing
    assert set(progress.values()) == {"done"}
    following = bloc_year.successor()
    assert following.seats.get(role=Seat.Role.LEADER).unit.name() == deputy
    assert Nomination.objects.filter(bloc_year=bloc_year).count() == 2
    assert Exemplar.objects.get(bloc_year=bloc_year).unit.name() == other
    pledge = Pledge.objects.get(bloc_years=following)
    assert Signature.objects.filter(pledge=pledge).count() == following.seats.count()
    assert set(Entry.objects.filter(actor__isnull=False).values_list("paper__day", flat=True)) == {
        meeting.last_day
    }
    assert set(User.objects.exclude(last_login=None).values_list("username", flat=True)) == {"thu-ky-khoi"}
    report("J1 record a conference held on paper", secretary.tally)
    assert secretary.tally.screens == 6
    assert secretary.tally.keys < 120
    assert secretary.tally.seconds < 300
