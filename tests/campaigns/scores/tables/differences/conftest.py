import pytest

from tests.campaigns.scores.rankings.conftest import Scored


@pytest.fixture
def scored(bloc_year, named):
    """The bloc's year with a set that is checked across; the leader's unit, which is named, has no sheet."""
    return Scored(bloc_year, check_mode="blind", checkers=2)
