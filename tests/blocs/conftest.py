import pytest

from blocs.models.people import Operator
from tests.factories import (
    IssuedDocumentFactory,
    SeatFactory,
    UnitFactory,
    UnitStateFactory,
    UserFactory,
    user_with,
)


@pytest.fixture
def operator():
    return Operator("root")


@pytest.fixture
def staff(db):
    return user_with("staff")


@pytest.fixture
def issuer(db):
    """The unit that issues the documents of these tests."""
    return UnitFactory()


@pytest.fixture
def people(staff, operator, issuer):
    """One of each kind of user, seen from the issuing unit."""
    return {
        "staff": staff,
        "secretary": user_with("secretary", issuer),
        "officer": user_with("officer", issuer),
        "clerk": user_with("clerk", issuer),
        "other clerk": user_with("clerk"),
        "other officer": user_with("officer"),
        "administrator": user_with("administrator"),
        "operator": operator,
        "nobody": UserFactory(),
    }


@pytest.fixture
def bloc_year(issuer):
    """The year of a bloc that the issuing unit leads."""
    return SeatFactory(unit=issuer, role="leader").bloc_year


@pytest.fixture
def secretary(issuer):
    return user_with("secretary", issuer)


@pytest.fixture
def clerk(issuer):
    return user_with("clerk", issuer)


@pytest.fixture
def make(bloc_year, issuer):
    """A document of the issuing unit about its bloc's year, in a state."""

    def make(state="draft", **fields):
        trait = {} if state == "draft" else {state.replace("-", "_"): True}
        return IssuedDocumentFactory(
            **{"issuer": issuer, "subject": bloc_year, "draft_number": 1} | trait | fields
        )

    return make


@pytest.fixture
def world(transactional_db):
    """Issuing unit, bloc-year, secretary and clerk as above, committed for tests of several connections."""
    issuer = UnitStateFactory().unit
    bloc_year = SeatFactory(unit=issuer, role="leader").bloc_year
    return issuer, bloc_year, user_with("secretary", issuer), user_with("clerk", issuer)


@pytest.fixture
def unit(db):
    return UnitStateFactory(official_name="Cục Thử nghiệm").unit


@pytest.fixture
def writer(db):
    user = user_with("officer", title="Phó Trưởng phòng")
    user.person.full_name = "Đỗ Thị Ước"
    user.person.save()
    return user
