"""One factory per model: the least that a valid row needs, nothing made in secret."""

import hashlib
import secrets
from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory as ModelFactory

from awards import models as awards
from blocs import models as blocs
from campaigns import models as campaigns

LONG_AGO = date(2000, 1, 1)


class UnitFactory(ModelFactory):
    class Meta:
        model = blocs.Unit

    code = factory.Sequence(lambda n: f"don-vi-{n}")


class UnitStateFactory(ModelFactory):
    class Meta:
        model = blocs.UnitState

    unit = factory.SubFactory(UnitFactory)
    official_name = factory.Sequence(lambda n: f"Đơn vị {n}")
    kind = blocs.UnitState.Kind.AUTHORITY


class SuccessionFactory(ModelFactory):
    class Meta:
        model = blocs.Succession

    on = date(2020, 6, 1)
    kind = blocs.Succession.Kind.MERGER
    from_unit = factory.SubFactory(UnitFactory)
    to_unit = factory.SubFactory(UnitFactory)


class BlocFactory(ModelFactory):
    class Meta:
        model = blocs.Bloc

    code = factory.Sequence(lambda n: f"khoi-{n}")


class PersonFactory(ModelFactory):
    class Meta:
        model = blocs.Person

    full_name = "Nguyễn Văn An"


class UserFactory(ModelFactory):
    class Meta:
        model = blocs.User

    username = factory.Sequence(lambda n: f"tai-khoan-{n}")
    person = factory.SubFactory(PersonFactory)
    password = factory.django.Password(None)


class PostFactory(ModelFactory):
    class Meta:
        model = blocs.Post

    person = factory.SubFactory(PersonFactory)
    unit = factory.SubFactory(UnitFactory)
    title = "Chuyên viên"
    first_day = LONG_AGO


def user_with(role, unit=None, **post):
    """A user who holds one post with a role since long ago, in a unit of its own unless one is given."""
    user = UserFactory()
    PostFactory(person=user.person, role=role, unit=unit or UnitFactory(), **post)
    return user


class StoredFileFactory(ModelFactory):
    class Meta:
        model = blocs.StoredFile

    content = factory.Sequence(lambda n: f"nội dung {n}".encode())
    sha256 = factory.LazyAttribute(lambda each: hashlib.sha256(each.content).hexdigest())
    size = factory.LazyAttribute(lambda each: len(each.content))
    media_type = "application/pdf"


class PaperRecordFactory(ModelFactory):
    class Meta:
        model = blocs.PaperRecord

    day = date(2020, 12, 15)


class EntryFactory(ModelFactory):
    class Meta:
        model = blocs.Entry

    at = factory.LazyFunction(timezone.now)
    actor_name = "Nguyễn Văn An"
    post = factory.SubFactory(PostFactory)
    post_title = "Chuyên viên"
    act = "test.anything"
    object_kind = "blocs.unit"
    object_key = "1"
    object_name = "Đơn vị"
    request_id = factory.Faker("uuid4")
    payload_digest = "0" * 64


class PayloadFactory(ModelFactory):
    class Meta:
        model = blocs.Payload

    entry = factory.SubFactory(EntryFactory)
    salt = "0" * 32
    data = factory.LazyFunction(lambda: {"before": {}, "after": {}})


class SealFactory(ModelFactory):
    class Meta:
        model = blocs.Seal

    sealed_at = factory.LazyFunction(timezone.now)
    first_entry = 1
    last_entry = factory.Sequence(lambda n: n + 1)
    entries = 1
    previous = factory.LazyFunction(lambda: secrets.token_hex(32))
    head = factory.LazyFunction(lambda: secrets.token_hex(32))


class JobFactory(ModelFactory):
    class Meta:
        model = blocs.Job

    kind = "test.work"
    asked_by = factory.SubFactory(UserFactory)


class InvitationFactory(ModelFactory):
    class Meta:
        model = blocs.Invitation

    user = factory.SubFactory(UserFactory)
    post = factory.SubFactory(PostFactory, person=factory.SelfAttribute("..user.person"))
    purpose = blocs.Invitation.Purpose.ACCOUNT
    code_digest = "0" * 64
    made_at = factory.LazyFunction(timezone.now)
    made_by = factory.SubFactory(PostFactory)
    expires_at = factory.LazyAttribute(lambda each: each.made_at + timedelta(days=7))


class DraftFactory(ModelFactory):
    class Meta:
        model = blocs.Draft

    user = factory.SubFactory(UserFactory)
    address = factory.Sequence(lambda n: f"/trang/{n}/")
    data = factory.LazyFunction(lambda: {"text": ["đang gõ"]})
    saved_at = factory.LazyFunction(timezone.now)


class DigestFactory(ModelFactory):
    class Meta:
        model = blocs.Digest

    user = factory.SubFactory(UserFactory)
    day = date(2020, 12, 15)


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

    bloc = factory.SubFactory(BlocFactory)
    year = factory.SubFactory(EmulationYearFactory)
    name = factory.LazyAttribute(lambda each: f"Khối thi đua {each.bloc.code}")
    organiser = factory.SubFactory(UnitFactory)


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


class ReminderFactory(ModelFactory):
    class Meta:
        model = campaigns.Reminder

    bloc_year = factory.SubFactory(BlocYearFactory)
    phase_kind = campaigns.Phase.Kind.PLEDGE
    unit = factory.SubFactory(UnitFactory)
    channel = campaigns.Reminder.Channel.IN_APP
    at = factory.LazyFunction(timezone.now)
    by = factory.SubFactory(PostFactory)


class AwardKindFactory(ModelFactory):
    class Meta:
        model = awards.AwardKind

    code = factory.Sequence(lambda n: f"T{n}")
    level = awards.AwardKind.Level.MINISTRY
    form = awards.AwardKind.Form.TITLE
    recipients = factory.LazyFunction(lambda: [awards.AwardKind.Recipient.COLLECTIVE])
    place = factory.Sequence(lambda n: n + 1000)


class AwardNameFactory(ModelFactory):
    class Meta:
        model = awards.AwardName

    kind = factory.SubFactory(AwardKindFactory)
    name = "Danh hiệu thử"


class NominationFactory(ModelFactory):
    class Meta:
        model = awards.Nomination

    bloc_year = factory.SubFactory(BlocYearFactory)
    award = factory.SubFactory(AwardKindFactory)
    place = factory.Sequence(lambda n: n + 1)


class ExemplarFactory(ModelFactory):
    class Meta:
        model = awards.Exemplar

    bloc_year = factory.SubFactory(BlocYearFactory)
    kind = awards.Exemplar.Kind.COLLECTIVE
    place = factory.Sequence(lambda n: n + 1)


class IssuedDocumentFactory(ModelFactory):
    """A paper about a bloc-year; `stage` says how far its life has gone, each state with what it needs."""

    class Meta:
        model = blocs.IssuedDocument

    class Params:
        for_signature = factory.Trait(state="for-signature", draft_number=1)
        signed = factory.Trait(
            for_signature=True,
            state="signed",
            signed_on=date(2020, 12, 15),
            signer_name="Trần Thị Bình",
            signer_title="Cục trưởng",
            signed_file=factory.SubFactory(StoredFileFactory),
        )
        numbered = factory.Trait(
            signed=True,
            state="numbered",
            number=factory.Sequence(lambda n: n + 1),
            issued_on=date(2020, 12, 16),
        )
        released = factory.Trait(
            numbered=True, state="released", released_at=factory.LazyFunction(timezone.now)
        )
        superseded = factory.Trait(released=True, state="superseded")

    kind = "year-end-summary"
    type_code = "BC"
    title = "Báo cáo tổng kết"
    issuer = factory.SubFactory(UnitFactory)
    subject = factory.SubFactory(BlocYearFactory)
    file_stem = "BC-tong-ket-khoi-2020"
    symbol = "BC-ĐV"


class DocumentVersionFactory(ModelFactory):
    class Meta:
        model = blocs.DocumentVersion

    document = factory.SubFactory(IssuedDocumentFactory)
    stage = blocs.DocumentVersion.Stage.DRAFT
    draft_number = 1
    made_at = factory.LazyFunction(timezone.now)
    made_by = factory.SubFactory(PostFactory)
    made_by_name = "Nguyễn Văn An"
    data = factory.LazyFunction(dict)
    pdf = factory.SubFactory(StoredFileFactory)
    docx = factory.SubFactory(StoredFileFactory)


class DocumentRecipientFactory(ModelFactory):
    class Meta:
        model = blocs.DocumentRecipient

    document = factory.SubFactory(IssuedDocumentFactory, released=True)
    unit = factory.SubFactory(UnitFactory)


class PackFactory(ModelFactory):
    class Meta:
        model = blocs.Pack

    subject = factory.SubFactory(MeetingFactory)
    title = "Bộ tài liệu Hội nghị"
    file_name = "bo-tai-lieu.zip"
    file = factory.SubFactory(StoredFileFactory)
    made_at = factory.LazyFunction(timezone.now)
    made_by = factory.SubFactory(PostFactory)


class NumberSeriesFactory(ModelFactory):
    class Meta:
        model = blocs.NumberSeries

    issuer = factory.SubFactory(UnitFactory)
    type_code = "BC"
    year = 2020


FACTORIES = {
    each._meta.model: each
    for each in list(globals().values())
    if isinstance(each, type) and issubclass(each, ModelFactory) and each is not ModelFactory
}
