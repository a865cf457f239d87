"""A bloc's year, what is done in it, who is reminded."""

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory as ModelFactory

from campaigns import models as campaigns
from campaigns.scores.models import ChosenCriteria
from tests.factories.people import BlocFactory, PostFactory, UnitFactory, UserFactory


def choose(bloc_year, criteria_set):
    """Let a bloc-year use a set of criteria, or none."""
    ChosenCriteria.objects.choose(bloc_year, criteria_set)


class EmulationYearFactory(ModelFactory):
    class Meta:
        model = campaigns.EmulationYear
        django_get_or_create = ["code"]

    code = "2020"
    first_day = factory.LazyAttribute(lambda each: date(int(each.code[:4]), 1, 1))
    last_day = factory.LazyAttribute(lambda each: date(int(each.code[-4:]), 12, 31))


class BlocYearFactory(ModelFactory):
    class Meta:
        model = campaigns.BlocYear
        skip_postgeneration_save = True  # what is chosen stands in a row of its own

    bloc = factory.SubFactory(BlocFactory)
    year = factory.SubFactory(EmulationYearFactory)
    name = factory.LazyAttribute(lambda each: f"Khối thi đua {each.bloc.code}")
    organiser = factory.SubFactory(UnitFactory)

    @factory.post_generation
    def criteria_set(self, create, chosen, **options):
        if chosen:
            choose(self, chosen)


class SeatFactory(ModelFactory):
    class Meta:
        model = campaigns.Seat

    bloc_year = factory.SubFactory(BlocYearFactory)
    unit = factory.SubFactory(UnitFactory)


class ObservationFactory(ModelFactory):
    class Meta:
        model = campaigns.Observation

    bloc_year = factory.SubFactory(BlocYearFactory)
    kind = campaigns.Observation.Kind.SITUATION
    place = factory.Sequence(lambda n: n + 1)
    text = "Khối có 10 đơn vị thành viên."


class CampaignFactory(ModelFactory):
    class Meta:
        model = campaigns.Campaign

    code = factory.Sequence(lambda n: f"phong-trao-{n}")
    bloc_year = factory.SubFactory(BlocYearFactory)
    launched_by = factory.SubFactory(UnitFactory)
    name = "Phong trào thi đua"
    first_day = date(2020, 1, 1)
    last_day = date(2020, 12, 31)


class PledgeFactory(ModelFactory):
    class Meta:
        model = campaigns.Pledge

    code = factory.Sequence(lambda n: f"giao-uoc-{n}")
    first_day = date(2020, 1, 1)
    last_day = date(2020, 12, 31)


class PledgeContentFactory(ModelFactory):
    class Meta:
        model = campaigns.PledgeContent

    pledge = factory.SubFactory(PledgeFactory)
    place = factory.Sequence(lambda n: n + 1)
    text = "Hoàn thành nhiệm vụ được giao."


class SignatureFactory(ModelFactory):
    class Meta:
        model = campaigns.Signature

    pledge = factory.SubFactory(PledgeFactory)
    unit = factory.SubFactory(UnitFactory)
    signed_on = date(2020, 3, 20)


class MeetingFactory(ModelFactory):
    class Meta:
        model = campaigns.Meeting

    bloc_year = factory.SubFactory(BlocYearFactory)
    kind = campaigns.Meeting.Kind.ACTIVITY
    title = "Hoạt động giao lưu"


class AgendaItemFactory(ModelFactory):
    class Meta:
        model = campaigns.AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    place = factory.Sequence(lambda n: n + 1)
    title = "Khai mạc"


class AttendanceFactory(ModelFactory):
    class Meta:
        model = campaigns.Attendance

    meeting = factory.SubFactory(MeetingFactory)
    place = factory.Sequence(lambda n: n + 1)
    title = "Đại diện đơn vị thành viên"
    capacity = campaigns.Attendance.Capacity.MEMBER


class StatementFactory(ModelFactory):
    class Meta:
        model = campaigns.Statement

    meeting = factory.SubFactory(MeetingFactory)
    place = factory.Sequence(lambda n: n + 1)
    kind = campaigns.Statement.Kind.DISCUSSION
    text = "Đề nghị tăng cường giao lưu."


class TaskFactory(ModelFactory):
    class Meta:
        model = campaigns.Task

    meeting = factory.SubFactory(MeetingFactory)
    place = factory.Sequence(lambda n: n + 1)
    text = "Báo cáo kết quả thực hiện."


class PhaseFactory(ModelFactory):
    """A phase of a whole year; given a bloc-year, its exception, with the year and reason that it needs."""

    class Meta:
        model = campaigns.Phase

    year = factory.LazyAttribute(
        lambda each: each.bloc_year.year if each.bloc_year else EmulationYearFactory()
    )
    bloc_year = None
    kind = campaigns.Phase.Kind.CONFERENCE
    last_day = date(2020, 12, 25)
    reason = factory.LazyAttribute(lambda each: "Khối đề nghị" if each.bloc_year else "")


class HandoverFactory(ModelFactory):
    class Meta:
        model = campaigns.Handover

    bloc_year = factory.SubFactory(BlocYearFactory)
    from_unit = factory.SubFactory(UnitFactory)
    to_unit = factory.SubFactory(UnitFactory)


class ReminderWaveFactory(ModelFactory):
    class Meta:
        model = campaigns.ReminderWave

    year = factory.SubFactory(EmulationYearFactory)
    phase_kind = campaigns.Phase.Kind.PLEDGE
    text = "Đề nghị đơn vị ký giao ước thi đua."
    made_at = factory.LazyFunction(timezone.now)
    made_by = factory.SubFactory(PostFactory)


class WaveMailFactory(ModelFactory):
    class Meta:
        model = campaigns.WaveMail

    wave = factory.SubFactory(ReminderWaveFactory)
    user = factory.SubFactory(UserFactory)


class ReminderFactory(ModelFactory):
    class Meta:
        model = campaigns.Reminder

    bloc_year = factory.SubFactory(BlocYearFactory)
    phase_kind = campaigns.Phase.Kind.PLEDGE
    unit = factory.SubFactory(UnitFactory)
    channel = campaigns.Reminder.Channel.IN_APP
    at = factory.LazyFunction(timezone.now)
    by = factory.SubFactory(PostFactory)
