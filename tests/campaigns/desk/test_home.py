"""The home page: what waits for a person, nothing else first; and the daily mail that says the same."""

from datetime import date
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.urls import reverse

from blocs.contributions import Waiting, registry
from blocs.models import Digest, User
from campaigns.desk.digests import NotAllSent, send_digests
from tests import factories as make
from tests.factories import user_with

pytestmark = pytest.mark.django_db

HOME = reverse("home")


@pytest.fixture(autouse=True)
def _on_a_thursday():
    with time_machine.travel("2020-03-19 08:00+07:00"):
        yield


@pytest.fixture
def dates(bloc_year):
    """The plan is late, the pledge due within a week, the report in January."""
    bloc_year.name = "Khối thi đua Viện"
    bloc_year.save()
    for kind, last_day in [
        ("plan", date(2020, 3, 10)),
        ("pledge", date(2020, 3, 25)),
        ("mid-year", date(2020, 4, 10)),
        ("report", date(2021, 1, 15)),
    ]:
        make.PhaseFactory(year=bloc_year.year, kind=kind, last_day=last_day)


@pytest.fixture
def pledge(bloc_year, leader):
    pledge = make.PledgeFactory()
    pledge.bloc_years.add(bloc_year)
    make.SignatureFactory(pledge=pledge, unit=leader.unit)
    return pledge


def waiting(user):
    """[(title, due)] of what waits for a person."""
    asked = User.objects.get(pk=user.pk)  # an instance keeps what it was told
    return [(each.title, each.due) for each in registry.waiting_for([asked])[asked.pk]]


def test_home_groups_what_waits_by_when_it_is_due(page_of, dates, bloc_year, member):
    page = page_of("secretary", HOME)

    assert page.title == "3 việc chờ tôi"
    assert page.headings[1:] == ["Quá hạn (1)", "Hôm nay và 7 ngày tới (1)", "Còn lại (1)", "Khối của tôi"]
    assert "Ghi số, ngày kế hoạch Khối thi đua Viện 10/03/2020 Quá hạn 9 ngày" in page.text
    assert "Ghi giao ước thi đua Khối thi đua Viện 25/03/2020 Còn 6 ngày" in page.text
    assert page.links["Ghi số, ngày kế hoạch"] == reverse("plan", args=["2020", bloc_year.bloc.code])


@pytest.mark.parametrize(
    ("who", "titles"),
    [
        ("secretary", ["Ghi số, ngày kế hoạch", "Ghi Hội nghị sơ kết"]),
        ("officer", ["Ghi số, ngày kế hoạch", "Ghi Hội nghị sơ kết"]),
        ("member's officer", ["Ghi việc ký giao ước"]),
        ("clerk", []),
        ("administrator", []),
        (
            "another bloc's secretary",
            ["Ghi số, ngày kế hoạch", "Ghi giao ước thi đua", "Ghi Hội nghị sơ kết"],
        ),
    ],
)
def test_each_is_told_what_the_own_unit_must_do(people, dates, pledge, who, titles):
    found = registry.waiting_for([people[who]])[people[who].pk]

    assert [each.title for each in found] == titles
    assert all((each.about == "Khối thi đua Viện") == ("another" not in who) for each in found)


def test_done_and_closed_waits_no_longer(people, dates, pledge, bloc_year, member):
    bloc_year.plan_issued_on = date(2020, 3, 1)
    bloc_year.save()
    assert waiting(people["secretary"]) == [("Ghi Hội nghị sơ kết", date(2020, 4, 10))]

    make.SignatureFactory(pledge=pledge, unit=member.unit)
    assert waiting(people["member's officer"]) == []

    bloc_year.closed_on = date(2020, 3, 18)
    bloc_year.save()
    assert waiting(people["secretary"]) == []


def test_reminder_waits_with_its_day_and_words(page_of, people, bloc_year, member, pledge, other):
    assert waiting(people["member's officer"]) == []  # no day is set
    for seat in (member, make.SeatFactory(bloc_year=other)):
        make.ReminderFactory(
            wave=make.ReminderWaveFactory(text=f"Đề nghị {seat.bloc_year.name} ký."),
            bloc_year=seat.bloc_year,
            unit=seat.unit,
        )
    text = page_of("member's officer", HOME).text

    assert f"Đã được nhắc ngày 19/03/2020: Đề nghị {bloc_year.name} ký." in text
    assert other.name not in text


def test_staff_are_told_of_phases_years_and_blocs(page_of, people, dates, pledge, bloc_year, member):
    make.BlocYearFactory(name="Khối mới")
    make.EmulationYearFactory(code="2021")
    assert waiting(people["staff"]) == [
        ("3/3 khối chưa xong: Kế hoạch của Khối", date(2020, 3, 10)),
        ("2/3 đơn vị chưa ký giao ước thi đua", date(2020, 3, 25)),
        ("3/3 khối chưa xong: Sơ kết giữa năm", date(2020, 4, 10)),
        ("03 khối chưa có bộ tiêu chí chấm điểm", None),
        ("Đặt thời hạn các giai đoạn", None),
        ("01 khối chưa có đơn vị đứng đầu", None),
    ]
    page = page_of("staff", HOME)
    assert "Ai chưa gửi, năm 2020" in page.headings
    assert (
        page.links["2/3 đơn vị chưa ký giao ước thi đua"]
        == reverse("board", args=["2020"]) + "?giai-doan=pledge"
    )


def test_home_with_nothing_waiting_says_what_comes_next(page_of, dates):
    with time_machine.travel("2020-03-19 08:00+07:00"):
        text = page_of("clerk", HOME).text
    assert "Khi một bước của năm sắp đến hạn" in text

    with time_machine.travel("2020-08-19 08:00+07:00"):
        make.PhaseFactory(
            bloc_year=None,
            year=make.EmulationYearFactory(code="2020"),
            kind="scoring",
            last_day=date(2020, 11, 30),
        )
        for phase in make.EmulationYearFactory(code="2020").phases.exclude(kind__in=["scoring", "report"]):
            phase.delete()
        text = page_of("officer", HOME).text
    assert "Việc đến hạn tiếp theo: Chấm điểm, hạn 30/11/2020 (còn 103 ngày)." in text


def test_hand_over_waits_for_both_sides(people, bloc_year, leader):
    following = make.BlocYearFactory(bloc=bloc_year.bloc, year__code="2021")
    taker = make.SeatFactory(bloc_year=following, role="leader")
    receiver = user_with("officer", taker.unit)

    assert waiting(people["secretary"]) == [("Bàn giao Khối cho đơn vị kế tiếp", None)]
    assert waiting(receiver) == [("Nhận bàn giao Khối", None)]
    assert waiting(people["member's officer"]) == waiting(people["another bloc's secretary"]) == []

    make.HandoverFactory(
        bloc_year=bloc_year,
        from_unit=leader.unit,
        to_unit=taker.unit,
        day=date(2020, 3, 1),
        completed_on=date(2020, 3, 1),
        giver_name="A",
        receiver_name="B",
    )
    assert waiting(people["secretary"]) == waiting(receiver) == []


# The daily mail ---------------------------------------------------------------------------------------------


@pytest.fixture
def reader(people, dates, pledge, settings):
    """A secretary with something waiting who reads mail."""
    settings.SITE_ADDRESS = "https://thidua.example"
    reader = people["secretary"]
    reader.email = "thu-ky@don-vi.example"
    reader.save()
    return reader


def test_one_mail_a_day_says_what_waits_and_the_way_there(reader):
    assert send_digests() == "Đã gửi 1 thư tổng hợp."
    assert send_digests() == "Đã gửi hết thư tổng hợp của hôm nay."

    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([reader.email], "Thi Đua: 2 việc chờ anh/chị")
    assert "- Ghi số, ngày kế hoạch (Khối thi đua Viện): hạn 10/03/2020, quá hạn 9 ngày" in sent.body
    assert "https://thidua.example/" in sent.body
    assert reader.get_full_name() not in sent.body

    with time_machine.travel("2020-03-20 08:00+07:00"):
        send_digests()
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    "moment", ["2020-03-19 06:59+07:00", "2020-03-21 08:00+07:00", "2020-03-22 08:00+07:00"]
)
def test_no_mail_before_seven_or_at_a_weekend(reader, moment):
    with time_machine.travel(moment):
        send_digests()
    assert mail.outbox == []
    assert not Digest.objects.exists()


def test_no_mail_without_the_address_of_the_site(reader, settings):
    settings.SITE_ADDRESS = ""
    send_digests()
    assert mail.outbox == []


def test_no_mail_where_nothing_waits_or_the_account_is_closed(reader, people):
    people["clerk"].email = "van-thu@don-vi.example"
    people["clerk"].save()
    reader.is_active = False
    reader.save()
    send_digests()
    assert mail.outbox == []


def test_mail_that_is_not_taken_is_tried_again_and_stops_nobody_elses(reader, people, monkeypatch, caplog):
    officer = people["officer"]
    officer.email = "can-bo@don-vi.example"
    officer.save()
    send = EmailBackend.send_messages

    def refuse_one(self, messages):
        if messages[0].to == [reader.email]:
            raise SMTPServerDisconnected(reader.email)
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuse_one)
    with pytest.raises(NotAllSent, match="Đã gửi 1 thư tổng hợp; 1 thư chưa gửi được"):
        send_digests()
    assert [each.to for each in mail.outbox] == [[officer.email]]
    assert reader.email not in caplog.text

    monkeypatch.setattr(EmailBackend, "send_messages", send)
    assert send_digests() == "Đã gửi 1 thư tổng hợp."
    assert [each.to for each in mail.outbox] == [[officer.email], [reader.email]]


def test_fault_of_one_persons_list_stops_nobody_elses_mail(reader, people, monkeypatch, caplog):
    """A provider that fails for one of them: the others have their mail, and the tick says so."""
    other = next(each for each in people.values() if each.pk != reader.pk)
    other.email = "khac@bo.example"
    other.save()

    def faulty(users):
        if reader.pk in {each.pk for each in users}:
            raise ZeroDivisionError
        return {each.pk: [Waiting("Việc thử", "Khối", "/")] for each in users}

    monkeypatch.setattr(registry, "waitings", [faulty])
    with (
        time_machine.travel("2020-03-19 08:00+07:00"),
        pytest.raises(NotAllSent, match="1 thư chưa gửi được"),
    ):
        send_digests()

    assert reader.email not in {each.to[0] for each in mail.outbox}
    assert other.email in {each.to[0] for each in mail.outbox}
    assert f"What waits for account {reader.pk} cannot be told." in caplog.text


def test_mail_server_that_is_down_fails_its_own_tick_alone(reader, monkeypatch, capsys):
    def refuse(self):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "open", refuse)
    monkeypatch.setattr(registry, "ticks", [each for each in registry.ticks if each.name == "digests"])
    with pytest.raises(SystemExit):
        call_command("tick")
    assert "digests" in capsys.readouterr().err
    assert not Digest.objects.exists()


def test_two_ticks_at_once_mail_nobody_twice(first_then, reader, people):
    officer = people["officer"]
    officer.email = "can-bo@don-vi.example"
    officer.save()

    first_then(send_digests, send_digests).outcome()

    assert sorted(each.to[0] for each in mail.outbox) == [officer.email, reader.email]
