"""What the year-end report says of a bloc of which little is known."""

import pytest

from reports.documents.facts import Facts
from reports.documents.year_end_summary import situation
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (["authority"], "có 01 đơn vị thành viên, gồm 01 Cục (danh sách kèm theo)."),
        (["authority", "fund"], "có 02 đơn vị thành viên, gồm 01 Cục và 01 Quỹ (danh sách kèm theo)."),
        (
            ["authority", "fund", "board", "authority"],
            "có 04 đơn vị thành viên, gồm 02 Cục, 01 Ban và 01 Quỹ (danh sách kèm theo).",
        ),
        (["authority", None], "có 02 đơn vị thành viên (danh sách kèm theo)."),
        ([None], "có 01 đơn vị thành viên (danh sách kèm theo)."),
    ],
)
def test_kinds_of_units_are_told_only_when_all_are_known(kinds, words):
    bloc_year = make.BlocYearFactory(name="Khối 1")
    for kind in kinds:
        unit = make.UnitStateFactory(kind=kind).unit if kind else make.UnitFactory()
        make.SeatFactory(bloc_year=bloc_year, unit=unit)

    first = situation(Facts.of(bloc_year)).blocks[0]

    assert first.words == f"Khối 1 năm 2020 {words}"
