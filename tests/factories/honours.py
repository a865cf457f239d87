"""What is proposed and honoured."""

import factory
from factory.django import DjangoModelFactory as ModelFactory

from awards import models as awards
from awards.decisions import models as decisions
from awards.nominations import models as nominations
from tests.factories.year import BlocYearFactory


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
        model = nominations.Nomination

    bloc_year = factory.SubFactory(BlocYearFactory)
    award = factory.SubFactory(AwardKindFactory)
    place = factory.Sequence(lambda n: n + 1)


class ExemplarFactory(ModelFactory):
    class Meta:
        model = decisions.Exemplar

    bloc_year = factory.SubFactory(BlocYearFactory)
    kind = decisions.Exemplar.Kind.COLLECTIVE
    place = factory.Sequence(lambda n: n + 1)
