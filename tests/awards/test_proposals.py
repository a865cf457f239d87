"""What a bloc proposes and whom it honours; a published number without names is that many empty rows."""

import pytest
from django.db import IntegrityError

from awards.models import AwardKind
from awards.nominations.models import Nomination
from tests.factories import (
    BlocYearFactory,
    ExemplarFactory,
    MeetingFactory,
    NominationFactory,
    PersonFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def flag():
    return AwardKind.objects.get(code="CTDB")


def test_number_without_names_is_that_many_rows_without_a_recipient(flag):
    bloc_year = BlocYearFactory()
    rows = [NominationFactory(bloc_year=bloc_year, award=flag, place=place) for place in (1, 2)]

    assert [row.recipient for row in rows] == [None, None]
    assert bloc_year.nominations.count() == 2


@pytest.mark.parametrize("factory", [NominationFactory, ExemplarFactory])
def test_recipient_is_a_unit_or_a_person(factory):
    unit, person = UnitFactory(), PersonFactory()
    individual = {"kind": "individual"} if factory is ExemplarFactory else {}

    assert factory(unit=unit).recipient == unit
    assert factory(person=person, **individual).recipient == person


def test_nomination_of_a_unit_and_a_person_at_once():
    with pytest.raises(IntegrityError, match="nomination_one_recipient"):
        NominationFactory(unit=UnitFactory(), person=PersonFactory())


@pytest.mark.parametrize(
    ("kind", "recipient", "sound"),
    [
        ("collective", None, True),
        ("individual", None, True),
        ("collective", {"unit": UnitFactory}, True),
        ("individual", {"person": PersonFactory}, True),
        ("collective", {"person": PersonFactory}, False),
        ("individual", {"unit": UnitFactory}, False),
    ],
)
def test_exemplar_has_a_recipient_of_its_kind_or_none(kind, recipient, sound):
    fields = {name: factory() for name, factory in (recipient or {}).items()}
    if sound:
        assert ExemplarFactory(kind=kind, **fields).pk
    else:
        with pytest.raises(IntegrityError, match="exemplar_recipient_of_its_kind"):
            ExemplarFactory(kind=kind, **fields)


@pytest.mark.parametrize(
    ("recipient", "fault"),
    [
        ({"unit": UnitFactory}, "unit_nominated_once_for_award"),
        ({"person": PersonFactory}, "person_nominated_once_for_award"),
    ],
)
def test_recipient_is_proposed_once_for_an_award_in_a_year(flag, recipient, fault):
    fields = {"award": flag} | {name: factory() for name, factory in recipient.items()}
    first = NominationFactory(**fields)
    NominationFactory(**fields)
    NominationFactory(**fields | {"bloc_year": first.bloc_year, "award": AwardKind.objects.get(code="BKB")})

    with pytest.raises(IntegrityError, match=fault):
        NominationFactory(bloc_year=first.bloc_year, **fields)


@pytest.mark.parametrize(
    ("factory", "fault"),
    [(NominationFactory, "nomination_place_once"), (ExemplarFactory, "exemplar_place_once")],
)
def test_place_is_held_once(factory, fault):
    first = factory(place=1)
    same = {"award": first.award} if factory is NominationFactory else {"kind": first.kind}

    with pytest.raises(IntegrityError, match=fault):
        factory(bloc_year=first.bloc_year, place=1, **same)


def test_nomination_of_this_edition_is_proposed_and_no_more():
    nomination = NominationFactory()
    nomination.state = "awarded"

    with pytest.raises(IntegrityError, match="nomination_state"):
        nomination.save()


def test_nominations_are_printed_high_to_low_then_as_proposed():
    bloc_year = BlocYearFactory()
    places = [("CTDB", 2), ("BKB", 1), ("CTDB", 1), ("CTDCP", 1)]
    for code, place in places:
        NominationFactory(bloc_year=bloc_year, award=AwardKind.objects.get(code=code), place=place)

    assert [str(each) for each in Nomination.objects.in_print_order()] == [
        "CTDCP 1",
        "CTDB 1",
        "CTDB 2",
        "BKB 1",
    ]


def test_root_of_a_proposal_is_the_bloc_year():
    meeting = MeetingFactory()
    nomination = NominationFactory(bloc_year=meeting.bloc_year, proposed_at=meeting)
    exemplar = ExemplarFactory(bloc_year=meeting.bloc_year, honoured_at=meeting)

    assert nomination.root() == exemplar.root() == meeting.bloc_year
