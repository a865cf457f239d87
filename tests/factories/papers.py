"""Documents with their versions, recipients and numbers."""

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory as ModelFactory

from blocs import models as blocs
from tests.factories.people import PostFactory, StoredFileFactory, UnitFactory
from tests.factories.year import BlocYearFactory, MeetingFactory


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
