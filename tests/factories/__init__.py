"""One factory per model: the least that a valid row needs, nothing made in secret."""

from factory.django import DjangoModelFactory

from tests.factories.honours import (
    AwardKindFactory,
    AwardNameFactory,
    ExemplarFactory,
    NominationFactory,
)
from tests.factories.papers import (
    DocumentRecipientFactory,
    DocumentVersionFactory,
    IssuedDocumentFactory,
    NumberSeriesFactory,
    PackFactory,
)
from tests.factories.people import (
    BlocFactory,
    DigestFactory,
    DraftFactory,
    EntryFactory,
    InvitationFactory,
    JobFactory,
    PaperRecordFactory,
    PayloadFactory,
    PersonFactory,
    PostFactory,
    SealFactory,
    StoredFileFactory,
    SuccessionFactory,
    UnitFactory,
    UnitStateFactory,
    UserFactory,
    user_with,
)
from tests.factories.year import (
    AgendaItemFactory,
    AttendanceFactory,
    BlocYearFactory,
    CampaignFactory,
    EmulationYearFactory,
    HandoverFactory,
    MeetingFactory,
    ObservationFactory,
    PhaseFactory,
    PledgeContentFactory,
    PledgeFactory,
    ReminderFactory,
    ReminderWaveFactory,
    SeatFactory,
    SignatureFactory,
    StatementFactory,
    TaskFactory,
)

__all__ = [
    "FACTORIES",
    "AgendaItemFactory",
    "AttendanceFactory",
    "AwardKindFactory",
    "AwardNameFactory",
    "BlocFactory",
    "BlocYearFactory",
    "CampaignFactory",
    "DigestFactory",
    "DocumentRecipientFactory",
    "DocumentVersionFactory",
    "DraftFactory",
    "EmulationYearFactory",
    "EntryFactory",
    "ExemplarFactory",
    "HandoverFactory",
    "InvitationFactory",
    "IssuedDocumentFactory",
    "JobFactory",
    "MeetingFactory",
    "NominationFactory",
    "NumberSeriesFactory",
    "ObservationFactory",
    "PackFactory",
    "PaperRecordFactory",
    "PayloadFactory",
    "PersonFactory",
    "PhaseFactory",
    "PledgeContentFactory",
    "PledgeFactory",
    "PostFactory",
    "ReminderFactory",
    "ReminderWaveFactory",
    "SealFactory",
    "SeatFactory",
    "SignatureFactory",
    "StatementFactory",
    "StoredFileFactory",
    "SuccessionFactory",
    "TaskFactory",
    "UnitFactory",
    "UnitStateFactory",
    "UserFactory",
    "user_with",
]

FACTORIES = {
    each._meta.model: each
    for each in list(globals().values())
    if isinstance(each, type) and issubclass(each, DjangoModelFactory) and each is not DjangoModelFactory
}
