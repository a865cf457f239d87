"""Who has not sent: the board, reminding in three screens, the mails, the telephone call."""

from datetime import date
from io import BytesIO
from smtplib import SMTPRecipientsRefused

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from openpyxl import load_workbook

from blocs.models import Entry, Job
from blocs.permissions import Refused
from blocs.work.jobs import run_job
from campaigns import actions
from campaigns.desk.boards import Row
from campaigns.desk.reminding import BY_UNIT, NAMED, proposed_text
from campaigns.desk.views.boards import PAGE_SIZE
from campaigns.models import Phase, Reminder, ReminderWave, WaveMail
from tests import factories as make
from tests.factories import user_with
from tests.pages import Page, read

pytestmark = pytest.mark.django_db

BOARD = reverse("board", args=["2020"])
REMIND = reverse("remind", args=["2020"])
PLEDGE = f"{BOARD}?giai-doan=pledge"


@pytest.fixture(autouse=True)
def _in_march():
    with time_machine.travel("2020-03-19 08:00+07:00"):
        yield


def key(seat):
    return f"{seat.bloc_year_id}-{seat.unit_id}"


def target(seat):
    return (seat.bloc_year, seat.unit_id)


def run(kind="reminder.mail"):
    """Do the job that a worker would, and return it."""
    job = Job.objects.filter(kind=kind).latest("pk")
    run_job.call(job.pk)
    job.refresh_from_db()
    return job


# The board --------------------------------------------------------------------------------------------------


def test_board_names_who_has_not_sent_how_long_is_left_and_whom_to_call(as_staff, pledge, officer, bloc_year):
    page = read(as_staff, PLEDGE)

    assert page.title == "1/2 đơn vị chưa ký giao ước thi đua"
    assert (
        f"Viện Hai {bloc_year.name} 31/03/2020 Còn 12 ngày Nguyễn Văn An 024 1234 567 chưa nhắc" in page.text
    )
    assert f"{bloc_year.name} 1/2 1" in page.text
    assert "Viện Một" not in page.text


@pytest.mark.parametrize(
    ("who", "status", "sees_other"),
    [
        ("staff", 200, True),
        ("administrator", 403, None),
        ("secretary", 200, False),
        ("officer", 200, False),
        ("clerk", 403, None),
        ("member's officer", 403, None),
        ("nobody", 404, None),
    ],
)
def test_board_shows_staff_all_and_the_leaders_unit_its_own(
    client, people, pledge, foreign, who, status, sees_other
):
    client.force_login(people[who])
    response = client.get(PLEDGE)

    assert response.status_code == status
    if status == 200:
        assert ("Cục Kín" in Page(response).text) == sees_other
        assert "Viện Hai" in Page(response).text


@pytest.mark.parametrize(
    ("query", "units"),
    [
        ("", {"Viện Hai", "Cục Kín"}),
        ("&khoi=OWN", {"Viện Hai"}),
        ("&qua-han=on", {"Cục Kín"}),
        ("&khoi=OWN&qua-han=on", set()),
    ],
)
def test_board_is_filtered_by_bloc_and_by_what_is_late(as_staff, pledge, foreign, bloc_year, query, units):
    make.PhaseFactory(bloc_year=foreign.bloc_year, kind="pledge", last_day=date(2020, 3, 16))
    page = read(as_staff, PLEDGE + query.replace("OWN", bloc_year.bloc.code))

    assert {unit for unit in ("Viện Hai", "Cục Kín") if f"Đã gọi {unit}" in page.buttons} == units
    assert ("Quá hạn 3 ngày" in page.text) == ("Cục Kín" in units)


@pytest.mark.parametrize("sort", ["unit", "-unit", "bloc", "due", "reminded", "-reminded"])
def test_board_is_sorted(as_staff, pledge, foreign, sort):
    make.ReminderFactory(bloc_year=foreign.bloc_year, unit=foreign.unit)
    text = read(as_staff, f"{PLEDGE}&sort={sort}").text
    first = text.find("Đã gọi Cục Kín") < text.find("Đã gọi Viện Hai")

    assert first == (sort in ("unit", "-reminded"))


def test_board_is_exported_as_filtered(as_staff, pledge, foreign, officer, bloc_year):
    response = as_staff.get(f"{PLEDGE}&khoi={bloc_year.bloc.code}&export=xlsx")
    rows = list(load_workbook(BytesIO(response.content)).active.values)

    assert [row[:2] for row in rows[1:]] == [(bloc_year.name, "Viện Hai")]
    assert (rows[1][3], rows[1][5]) == ("còn 12 ngày", "024 1234 567")


def test_board_is_paged_and_all_pages_are_chosen_at_once(as_staff, pledge, bloc_year):
    for _each in range(PAGE_SIZE):
        make.SeatFactory(bloc_year=bloc_year)

    assert "Dòng 1 - 50 trong tổng số 51" in read(as_staff, PLEDGE).text
    page = read(as_staff, f"{REMIND}?giai-doan=pledge&tat-ca=1")
    assert page.title == "Nhắc 51 đơn vị"


def test_board_opens_on_the_phase_that_is_due_first(as_staff, pledge):
    make.PhaseFactory(year=pledge.bloc_years.get().year, kind="plan", last_day=date(2020, 2, 28))

    assert read(as_staff, BOARD).title == "1/1 khối chưa xong: Kế hoạch của Khối"


def test_board_with_nobody_left_says_so(as_staff, pledge, member):
    make.SignatureFactory(pledge=pledge, unit=member.unit)

    assert "Không còn ai chưa gửi" in read(as_staff, PLEDGE).text


# Reminding --------------------------------------------------------------------------------------------------


def send(client, *seats, channels=("in-app", "zalo"), text="Đề nghị ký giao ước."):
    return client.post(
        REMIND,
        {"giai-doan": "pledge", "chon": [key(seat) for seat in seats], "text": text, "channels": channels},
    )


def test_three_screens_remind_through_every_channel(
    as_staff, pledge, member, officer, django_capture_on_commit_callbacks
):
    compose = read(as_staff, f"{REMIND}?giai-doan=pledge&chon={key(member)}")
    assert compose.title == "Nhắc 01 đơn vị"
    assert "Hạn là ngày 31/03/2020 (còn 12 ngày)." in compose.text
    assert "http://testserver/" in compose.text
    assert "Nguyễn" not in compose.text

    response = send(as_staff, member, channels=["in-app", "mail", "zalo", "letter"])

    wave = ReminderWave.objects.get()
    assert response.url == reverse("reminded", args=["2020", wave.pk])
    assert {each.channel for each in wave.reminders.all()} == {"in-app", "mail", "zalo", "letter"}
    entries = Entry.objects.filter(act="reminder.send")
    assert entries.get().payload.data["after"]["targets"] == [[member.bloc_year_id, member.unit_id]]
    assert run().state == "done"
    assert [(each.to, each.body) for each in mail.outbox] == [([officer.email], "Đề nghị ký giao ước.")]
    done = read(as_staff, response.url)
    assert "Đã gửi thư cho 1 người của 1 đơn vị." in done.text
    assert "Đề nghị ký giao ước." in done.text
    assert "Trên hệ thống, Thư điện tử, Zalo, Công văn" in done.text
    assert "Trên hệ thống, thư, Zalo, công văn đang lập" in read(as_staff, PLEDGE).text


def test_reminder_is_worded_in_vietnamese_for_a_sender_who_reads_english(as_staff, pledge, member):
    as_staff.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    compose = read(as_staff, f"{REMIND}?giai-doan=pledge&chon={key(member)}")

    assert (
        "Đến nay Viện Hai chưa ký giao ước thi đua năm 2020. Hạn là ngày 31/03/2020 (còn 12 ngày)."
        in compose.text
    )


def words_for(client, kind="pledge"):
    """The words that are proposed for everybody who has not done what a phase asks."""
    response = client.get(f"{REMIND}?giai-doan={kind}&tat-ca=1")
    return response.context["form"].initial["text"]


def test_few_units_are_named_by_bloc_and_many_counted(as_staff, pledge, foreign, member, bloc_year):
    few = words_for(as_staff)
    assert few.startswith("Kính gửi các đơn vị,\n\nĐến nay còn 03 đơn vị chưa ký giao ước thi đua năm 2020:")
    assert f"\n- {bloc_year.name}: Viện Hai" in few
    assert f"\n- {foreign.bloc_year.name}: " in few
    assert "Cục Kín" in few

    for _each in range(NAMED):
        make.SeatFactory(bloc_year=bloc_year)
    many = words_for(as_staff)
    assert "Đến nay còn 13 đơn vị chưa ký giao ước thi đua năm 2020." in many
    assert "Viện Hai" not in many


@pytest.mark.parametrize("kind", [kind for kind in Phase.Kind if kind not in BY_UNIT])
def test_what_a_bloc_does_is_said_of_the_bloc(kind, bloc_year, leader):
    row = Row(bloc_year=bloc_year, unit=leader.unit, due=None, officer=None, reminder=None, ways="")
    assert f"\n\nĐến nay {bloc_year.name} chưa " in proposed_text(kind, "2020", [row], "https://x.example/")


def test_how_many_people_of_how_many_units_get_a_mail_is_said(as_staff, pledge, officer, member):
    user_with("secretary", member.unit)  # reads no mail
    compose = read(as_staff, f"{REMIND}?giai-doan=pledge&tat-ca=1")
    assert "1 người của 1 đơn vị nhận thư" in compose.text


def test_letter_is_being_prepared_until_it_is_released(as_staff, pledge, member):
    send(as_staff, member, channels=["zalo", "letter"])
    assert "Zalo, công văn đang lập" in read(as_staff, PLEDGE).text

    make.IssuedDocumentFactory(kind="reminder-letter", subject=ReminderWave.objects.get(), released=True)
    text = read(as_staff, PLEDGE).text
    assert "Zalo, công văn" in text
    assert "đang lập" not in text


def test_ways_of_an_earlier_wave_are_not_the_last(as_staff, pledge, member):
    send(as_staff, member, channels=["letter"])
    send(as_staff, member, channels=["in-app", "zalo"])
    text = read(as_staff, PLEDGE).text
    assert "Trên hệ thống, Zalo" in text
    assert "công văn" not in text


def test_a_bloc_without_criteria_is_led_to_the_site_alone(bloc_year, member):
    row = Row(bloc_year, member.unit, None, None, None, "")

    text = proposed_text("scoring", bloc_year.year, [row], "https://thidua.example")
    assert "Xem việc cần làm tại: https://thidua.example\n" in text


def test_mails_are_sent_once_however_often_the_job_runs(as_staff, pledge, member, officer):
    send(as_staff, member, channels=["mail"])
    run()
    for number in range(400):  # other people sign in meanwhile
        cache.set(f"attempt-{number}", 1)
    Job.objects.update(state="asked", finished_at=None)
    run()

    assert len(mail.outbox) == 1
    assert [(each.wave, each.user) for each in WaveMail.objects.all()] == [
        (ReminderWave.objects.get(), officer)
    ]
    assert cache.get("attempt-0") == 1


def test_mail_that_was_not_taken_is_tried_again(as_staff, pledge, member, officer, monkeypatch):
    def refuse(self, messages):
        raise SMTPRecipientsRefused({officer.email: (450, b"try later")})

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse)
        send(as_staff, member, channels=["mail"])
        run()
    assert WaveMail.objects.count() == 0
    Job.objects.update(state="asked", finished_at=None)
    run()

    assert [each.to for each in mail.outbox] == [[officer.email]]


def test_unit_that_no_mail_reaches_is_said(as_staff, pledge, member, officer, monkeypatch):
    def refuse(self, messages):
        raise SMTPRecipientsRefused({officer.email: (550, b"no such user")})

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    response = send(as_staff, member, channels=["mail"])
    run()

    text = read(as_staff, response.url).text
    assert "Chưa gửi được cho: Viện Hai." in text
    assert officer.email not in text


def test_those_whom_no_mail_reached_are_sent_theirs_by_one_button(
    as_staff, pledge, member, officer, monkeypatch
):
    def refuse(self, messages):
        raise SMTPRecipientsRefused({officer.email: (450, b"try later")})

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse)
        response = send(as_staff, member, channels=["mail"])
        run()
    page = read(as_staff, response.url)
    assert "Gửi lại cho 1 người chưa nhận được" in page.text
    wave = ReminderWave.objects.get()

    assert as_staff.post(reverse("remind-again", args=["2020", wave.pk])).url == response.url
    run()
    assert [each.to for each in mail.outbox] == [[officer.email]]
    assert "Gửi lại cho" not in read(as_staff, response.url).text
    as_staff.post(reverse("remind-again", args=["2020", wave.pk]))
    assert not Job.objects.filter(state="asked").exists()


def test_mail_server_that_does_not_answer_is_said(as_staff, pledge, member, officer, monkeypatch):
    def refuse(self):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "open", refuse)
    response = send(as_staff, member, channels=["mail"])

    assert run().state == "failed"
    assert "Máy chủ thư không trả lời" in read(as_staff, response.url).text


def test_unit_without_mail_is_said_before_and_reminded_otherwise(as_staff, pledge, member):
    assert (
        "Chưa có thư điện tử, nên nhắc cách khác: Viện Hai"
        in read(as_staff, f"{REMIND}?giai-doan=pledge&tat-ca=1").text
    )

    send(as_staff, member, channels=["in-app", "mail"])
    assert [each.channel for each in Reminder.objects.all()] == ["in-app"]
    assert send(as_staff, member, channels=["mail"]).status_code == 403
    assert ReminderWave.objects.count() == 1


def test_nobody_chosen_leads_back_with_a_word(as_staff, pledge):
    response = as_staff.get(f"{REMIND}?giai-doan=pledge", follow=True)

    assert response.redirect_chain == [(PLEDGE, 302)]
    assert "Chưa chọn đơn vị nào" in Page(response).text


def test_unit_that_has_sent_meanwhile_or_is_foreign_is_not_reminded(
    client, people, pledge, member, leader, foreign
):
    client.force_login(people["secretary"])
    send(client, member, leader, foreign)

    assert {each.unit_id for each in Reminder.objects.all()} == {member.unit_id}


@pytest.mark.parametrize("who", ["clerk", "member's officer", "another bloc's secretary", "administrator"])
def test_others_remind_nobody(client, people, pledge, member, who):
    with pytest.raises(Refused):
        actions.send_reminders(
            year=member.bloc_year.year,
            phase_kind="pledge",
            targets=[target(member)],
            text="Nhắc",
            channels=["in-app"],
            by=people[who],
        )
    client.force_login(people[who])
    send(client, member)
    assert not Reminder.objects.exists()


def test_leader_reminds_its_own_bloc_and_no_unit_of_another_beside_it(people, pledge, member, foreign):
    with pytest.raises(Refused):
        actions.send_reminders(
            year=member.bloc_year.year,
            phase_kind="pledge",
            targets=[target(member), target(foreign)],
            text="Nhắc",
            channels=["in-app"],
            by=people["secretary"],
        )
    assert not Reminder.objects.exists()


def test_wave_is_shown_to_the_unit_that_made_it_and_to_staff(client, people, pledge, member):
    client.force_login(people["secretary"])
    address = send(client, member).url
    assert "Công văn" not in read(client, address).text
    statuses = {}
    for who, person in people.items():
        if who != "operator":
            client.force_login(person)
            statuses[who] = client.get(address).status_code
    assert {who for who, status in statuses.items() if status == 200} == {
        "staff",
        "secretary",
        "officer",
        "clerk",
        "administrator",
    }
    assert set(statuses.values()) == {200, 404}


# The telephone ----------------------------------------------------------------------------------------------


def call(client, seat, **more):
    address = reverse("log-call", args=["2020", seat.bloc_year_id, seat.unit_id])
    return client.post(address, {"giai-doan": "pledge", "next": PLEDGE, **more}, follow=True)


def test_call_is_logged_at_one_tap_and_shown_at_once(as_staff, pledge, member):
    response = call(as_staff, member, note="gặp chị Hoa, hứa thứ Sáu")

    assert response.redirect_chain == [(PLEDGE, 302)]
    text = Page(response).text
    assert "Đã ghi: đã gọi Viện Hai." in text
    assert "19/03/2020 08:00 Điện thoại: gặp chị Hoa, hứa thứ Sáu" in text
    assert Entry.objects.get().act == "reminder.log-call"


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", ""])
def test_call_leads_back_to_this_site_alone(as_staff, pledge, member, back):
    assert call(as_staff, member, next=back).redirect_chain == [(BOARD, 302)]


def test_call_to_a_foreign_unit_or_one_that_has_sent_is_not_logged(client, people, pledge, leader, foreign):
    client.force_login(people["secretary"])

    assert {call(client, seat).status_code for seat in (leader, foreign)} == {404}
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("who", ["clerk", "member's officer", "another bloc's secretary", "administrator"])
def test_others_log_no_call(people, pledge, member, who):
    with pytest.raises(Refused):
        actions.log_call(bloc_year=member.bloc_year, unit=member.unit, phase_kind="pledge", by=people[who])
