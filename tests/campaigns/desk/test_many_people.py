"""What waits for many people is read at once: the same for each as alone, and nothing of anybody else's."""

import re
from datetime import date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blocs.contributions import registry
from blocs.models import Digest, IssuedDocument, User
from campaigns.desk import digests
from campaigns.desk.digests import send_digests
from campaigns.scores.criteria.chosen import chosen_set
from tests import factories as make
from tests.factories import user_with
from tests.factories.year import choose

pytestmark = pytest.mark.django_db

NOW = datetime.fromisoformat("2020-11-05 08:00+07:00")
SENT = {"state": "sent", "sent_at": NOW}
RELEASED = {"state": "released", "number": 1, "released_at": NOW}
DUE = {
    "plan": date(2020, 3, 10),
    "pledge": date(2020, 11, 6),
    "scoring": date(2020, 11, 10),
    "check": date(2020, 11, 25),
    "explanation": date(2020, 11, 30),
    "report": date(2020, 12, 1),
}
PER_MAIL = 3  # a transaction, which is a savepoint in a test, and the row that notes the mail
HIDDEN = ("Việc kín", "13,37", "11,11")  # what nobody may be told
TOLD = {
    "Ghi số, ngày kế hoạch",
    "Ghi việc ký giao ước",
    "Tự chấm điểm năm 2020",
    "Chỉnh sửa 01 tiêu chí bị trả lại",
    "Xem điểm đã công bố",
    "Đã có trả lời giải trình điểm",
    "Trả lời 01 đề nghị giải trình điểm",
    "Tiếp nhận 02 phiếu tự chấm điểm",
    "Lập báo cáo tổng kết",
    "Bàn giao Khối cho đơn vị kế tiếp",
    "Nhận bàn giao Khối",
    "Đôn đốc 1 nhiệm vụ quá hạn của các đơn vị",
    "Trình ký văn bản",
    "Cấp số, ngày (sổ chờ số)",
    "Ghi số, ngày do văn thư cấp",
    "Bàn giao việc còn mở",
    "Xem ai tiếp nhận nhiệm vụ",
    "Đặt thời hạn các giai đoạn",
}


@pytest.fixture(autouse=True)
def _in_november(settings):
    settings.SITE_ADDRESS = "https://thidua.example"
    with time_machine.travel(NOW, tick=False):
        yield


def mark(unit):
    """What stands in a text that people of one unit alone may read."""
    return f"dấu{unit.pk}"


def marks(text):
    return {int(key) for key in re.findall(r"dấu(\d+)", text)}


class Bloc:
    """A bloc's year in which something of every kind waits, and four units' people for whom it does."""

    def __init__(self, number):
        self.name = f"Khối số {number}"
        self.year = make.BlocYearFactory(name=self.name, year__code="2020")
        choose(self.year, make.frozen_set(self.year.year, name=self.name))
        self.units = [make.UnitStateFactory(official_name=f"Viện {number}.{n}").unit for n in range(4)]
        self.leader, self.returned, self.checked, self.late = self.units
        for unit in self.units:
            make.SeatFactory(
                bloc_year=self.year, unit=unit, role="leader" if unit == self.leader else "member"
            )
        following = make.BlocYearFactory(name=self.name, bloc=self.year.bloc, year__code="2021")
        make.SeatFactory(bloc_year=following, unit=self.returned, role="leader")
        pledge = make.PledgeFactory()
        pledge.bloc_years.add(self.year)
        make.SignatureFactory(pledge=pledge, unit=self.leader)
        self._scores()
        self._meetings()
        self._papers()
        self.people = [
            user_with("secretary", self.leader),
            *(user_with("officer", unit) for unit in self.units),
            user_with("clerk", self.leader, last_day=date(2020, 11, 10)),
            user_with("clerk", self.checked, last_day=date(2020, 11, 10)),
        ]

    def sheet(self, unit, tier="self", **values):
        criteria_set = chosen_set(self.year)
        return make.ScoreSheetFactory(
            bloc_year=self.year, unit=unit, tier=tier, criteria_set=criteria_set, **values
        )

    def _scores(self):
        criterion = chosen_set(self.year).criteria.first()
        self.sheet(self.leader, **SENT)
        self.sheet(self.checked, total=Decimal("14.14"), **SENT)
        correction = make.CorrectionFactory(
            sheet=self.sheet(self.returned, **SENT | {"state": "returned"}), reason=mark(self.returned)
        )
        make.CorrectionPointFactory(correction=correction, criterion=criterion)
        checked = self.sheet(self.checked, "check", total=Decimal("12.12"), **RELEASED)
        make.ExplanationFactory(sheet=checked, criterion=criterion)
        self.sheet(self.checked, "leader", total=Decimal("13.37"))  # not released
        make.ExplanationFactory(
            sheet=self.sheet(self.late, "check", total=Decimal("15.15"), **RELEASED),
            criterion=criterion,
            answer="Vì thiếu minh chứng",
            answered_at=NOW,
            answered_by=make.PostFactory(),
            desk=mark(self.late),
        )
        # Of two who check across one has not released.
        self.sheet(self.leader, "check", checker=self.returned, total=Decimal("11.11"), **RELEASED)
        for checker in (self.returned, self.checked):
            make.CheckAssignmentFactory(bloc_year=self.year, unit=self.leader, checker=checker)
        inspection = make.InspectionFactory(bloc_year=self.year, unit=self.late)
        make.InspectionMemberFactory(inspection=inspection, unit=self.checked, side="team")

    def _meetings(self):
        meeting = make.MeetingFactory(bloc_year=self.year)
        for unit in (self.checked, self.late):
            due = date(2020, 11, 1) if unit == self.late else None
            make.TaskFactory(meeting=meeting, unit=unit, text=mark(unit), due=due)
        make.TaskFactory(meeting=meeting, text=mark(self.leader))
        preparatory = make.MeetingFactory(bloc_year=self.year, kind="preparatory")
        make.TaskFactory(meeting=preparatory, unit=self.checked, text="Việc kín")

    def _papers(self):
        make.IssuedDocumentFactory(
            subject=self.year, issuer=self.leader, edition="conference", title=mark(self.leader)
        )
        make.IssuedDocumentFactory(
            signed=True, subject=self.year, edition="signed", issuer=self.checked, title=mark(self.checked)
        )
        # The report of the bloc's year is another unit's: the leader's does not see how far it is.
        make.IssuedDocumentFactory(subject=self.year, edition="official", title="Việc kín")
        for unit, kind in ((self.leader, "plan"), (self.returned, "scoring")):
            wave = make.ReminderWaveFactory(phase_kind=kind, text=mark(unit))
            make.ReminderFactory(wave=wave, phase_kind=kind, bloc_year=self.year, unit=unit)


def make_ministry():
    """Five blocs with seven people each, three of staff and two administrators: forty people."""
    with time_machine.travel(NOW, tick=False):
        blocs = [Bloc(number) for number in range(1, 6)]
        for kind, day in DUE.items():
            make.PhaseFactory(year=blocs[0].year.year, kind=kind, last_day=day)
        department = make.UnitStateFactory().unit
        people = [user_with("staff", department) for _n in range(3)]
        people += [user_with("administrator", department) for _n in range(2)]
        return blocs, people + [each for bloc in blocs for each in bloc.people]


MADE_ONCE = make_ministry


@pytest.fixture
def ministry(made_once):
    return made_once


def fresh(people):
    """New instances: one keeps what it was told."""
    return list(User.objects.filter(pk__in=[each.pk for each in people]).order_by("pk"))


def send_to(people):
    """How many queries it took to send these people the mail of the day, without those of each mail."""
    Digest.objects.all().delete()
    mail.outbox.clear()
    User.objects.update(email="")
    for each in people:
        each.email = f"{each.username}@don-vi.example"
        each.save()
    with CaptureQueriesContext(connection) as found:
        send_digests()
    assert len(mail.outbox) == len(people)
    return len(found) - PER_MAIL * len(people)


def test_mails_to_forty_people_take_as_many_queries_as_to_two(ministry):
    (bloc, *_others), people = ministry
    everywhere = user_with("secretary", bloc.leader)
    for unit in bloc.units:
        make.PostFactory(person=everywhere.person, role="officer", unit=unit)
    send_to(people)  # content types are asked once

    def queries(some):
        with CaptureQueriesContext(connection) as found:
            registry.waiting_for(some)
        return len(found)

    few = [people[0], everywhere]

    assert len(people) == 40
    assert send_to(people) == send_to(few)
    assert queries(fresh(people)) == queries(fresh(few))


def test_each_is_told_among_many_what_each_is_told_alone(client, ministry):
    _blocs, people = ministry
    together = registry.waiting_for(fresh(people))
    alone = {each.pk: registry.waiting_for([each])[each.pk] for each in fresh(people)}

    assert together == alone
    assert all(together.values())
    assert {str(each.title) for found in together.values() for each in found} >= TOLD
    for each in people:
        client.force_login(each)
        groups = client.get(reverse("home")).context["groups"]
        assert [waiting for _title, _name, found in groups for waiting in found] == together[each.pk]


def test_nobody_among_many_is_told_what_is_not_for_the_own_units(ministry):
    blocs, people = ministry
    together = registry.waiting_for(fresh(people))
    send_to(people)
    mails = {each.to[0]: each.body for each in mail.outbox}

    told = {}
    for each in people:
        units = each.standing().unit_ids
        words = "\n".join(f"{one.title} {one.about} {one.note}" for one in together[each.pk])
        words += mails[each.email]
        assert marks(words) <= units
        assert [hidden for hidden in HIDDEN if hidden in words] == []
        if not each.standing().sees_all:
            own = {bloc.name for bloc in blocs if units & {unit.pk for unit in bloc.units}}
            assert set(re.findall(r"Khối số \d+", words)) <= own
        for points, unit in (("12,12", "checked"), ("14,14", "checked"), ("15,15", "late")):
            assert points not in words or units <= {getattr(bloc, unit).pk for bloc in blocs}
        for unit in marks(words):
            told.setdefault(unit, set()).add(each.pk)

    assert set(told) == {unit.pk for bloc in blocs for unit in bloc.units}
    assert any("12,12 (tự chấm 14,14)" in one.note for found in together.values() for one in found)


def test_how_far_a_report_is_each_is_told_who_may_see_it(ministry):
    (seen, unseen, *_others), people = ministry
    reports = IssuedDocument.objects.filter(edition="official", subject_key=seen.year.pk)
    reports.update(issuer=seen.leader)
    together = registry.waiting_for(fresh(people))

    def told(bloc):
        secretary, *_others = bloc.people
        return [str(each.title) for each in together[secretary.pk] if "báo cáo" in str(each.title)]

    assert told(seen) == ["Đưa báo cáo đi tiếp"]
    assert told(unseen) == ["Lập báo cáo tổng kết"]


@pytest.mark.parametrize("at_once", [1, 7, 100])
def test_everybody_has_one_mail_whatever_the_number_read_at_once(ministry, monkeypatch, at_once):
    monkeypatch.setattr(digests, "AT_ONCE", at_once)
    _blocs, people = ministry
    send_to(people)

    assert sorted(each.to[0] for each in mail.outbox) == sorted(each.email for each in people)
    assert send_digests() == "Đã gửi hết thư tổng hợp của hôm nay."


def test_those_for_whom_nothing_waits_are_noted_in_one_statement(ministry):
    _blocs, (*_people, reader) = ministry
    send_to([reader])
    idle = [user_with("clerk") for _n in range(3)] + [make.UserFactory()]  # who has no post
    User.objects.filter(pk__in=[each.pk for each in idle]).update(email="x@don-vi.example")
    mail.outbox.clear()

    with CaptureQueriesContext(connection) as found:
        assert send_digests() == "Đã gửi 0 thư tổng hợp."

    assert len([each for each in found if each["sql"].startswith("INSERT")]) == 1
    assert mail.outbox == []
    assert set(Digest.objects.values_list("user", flat=True)) == {reader.pk, *(each.pk for each in idle)}
