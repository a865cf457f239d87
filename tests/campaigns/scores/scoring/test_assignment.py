"""Who checks whom: nobody their own, the load even, no two units each other."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.scores.scoring.assignment import assign

UNITS = [f"don-vi-{number}" for number in range(10)]


@settings(max_examples=50)
@given(st.integers(2, 40), st.data(), st.text(max_size=5))
def test_assigned(units, data, seed):
    checkers = data.draw(st.integers(1, min(5, units - 1)))
    units = [f"u{number}" for number in range(units)]
    found = assign(units, checkers, seed)
    assert set(found) == set(units)
    assert all(unit not in of and len(set(of)) == checkers for unit, of in found.items())
    assert set(Counter(each for of in found.values() for each in of).values()) == {checkers}
    if len(units) >= 3 and checkers < len(units) / 2:
        assert not any(unit in found[checker] for unit, of in found.items() for checker in of)


def test_the_same_seed_draws_the_same_however_the_units_come():
    assert assign(UNITS, 2, "2022") == assign(reversed(UNITS), 2, "2022")


def test_another_seed_draws_otherwise():
    assert len({tuple(assign(UNITS, 1, str(year))["don-vi-0"]) for year in range(2000, 2030)}) > 5


@pytest.mark.parametrize(
    ("units", "checkers"), [([], 1), (["a"], 1), (["a", "b"], 2), (UNITS, 0), (["a", "a"], 1)]
)
def test_too_few_to_check(units, checkers):
    with pytest.raises(ValueError, match="others to check it"):
        assign(units, checkers, "2022")
