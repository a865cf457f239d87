"""Two people save the same criterion at once: the second waits, and is refused with both texts.

Units of one bloc save beside one another; what changes the bloc's year goes before or after them.
"""

from functools import partial

import pytest
from django.db import transaction

from blocs.permissions import Refused
from campaigns.actions import close_bloc_year
from campaigns.models import BlocYear
from campaigns.scores import actions
from campaigns.scores.models import ChosenCriteria, Score, ScoreSheet
from campaigns.scores.sheets.actions.sheets import StaleScore
from tests.factories import (
    FIGURES,
    BlocYearFactory,
    EmulationYearFactory,
    SeatFactory,
    frozen_set,
    user_with,
)

OTHER = {"ty-le": {"achieved": "45", "plan": "50"}}


@pytest.fixture
def begun(transactional_db):
    """(sheet, its officer), committed for tests of several connections; the year has no windows."""
    year = EmulationYearFactory()
    seat = SeatFactory(bloc_year=BlocYearFactory(year=year, criteria_set=frozen_set(year)))
    officer = user_with("officer", seat.unit)
    return actions.begin_sheet(bloc_year=seat.bloc_year, unit=seat.unit, tier="self", by=officer), officer


def test_one_criterion_saved_at_once(begun, first_then):
    sheet, officer = begun
    criterion = sheet.criteria_set.criteria.get(key="a1")
    save = partial(actions.save_score, sheet=sheet, criterion=criterion, shown_version=0, by=officer)

    with pytest.raises(StaleScore) as stale:
        first_then(partial(save, figures=FIGURES["a1"]), partial(save, figures=OTHER)).outcome()

    assert (stale.value.theirs["points"], stale.value.yours["points"]) == ("33.6", "36")
    kept = Score.objects.get()
    assert (f"{kept.points:.1f}", kept.version) == ("33.6", 1)


def test_two_criteria_saved_at_once_add_up(begun, first_then):
    sheet, officer = begun
    criteria = {each.key: each for each in sheet.criteria_set.criteria.all()}
    save = partial(actions.save_score, sheet=sheet, shown_version=0, by=officer)

    first_then(
        partial(save, criterion=criteria["a1"], figures=FIGURES["a1"]),
        partial(save, criterion=criteria["a2"], figures=FIGURES["a2"]),
    ).outcome()

    sheet.refresh_from_db()
    assert f"{sheet.total:.1f}" == "48.6"


@pytest.fixture
def saving(begun):
    sheet, officer = begun
    criterion = sheet.criteria_set.criteria.get(key="a1")
    told = {"criterion": criterion, "figures": FIGURES["a1"], "shown_version": 0, "by": officer}
    return partial(actions.save_score, sheet=sheet, **told)


def test_a_save_waits_for_a_closing_and_is_refused(begun, saving, first_then):
    sheet, _officer = begun
    close = partial(close_bloc_year, bloc_year=sheet.bloc_year, by=user_with("staff"))

    with pytest.raises(Refused, match="đã khoá"):
        first_then(close, saving).outcome()

    assert not Score.objects.exists()


def test_a_closing_waits_for_a_save(begun, saving, first_then):
    sheet, _officer = begun

    first_then(saving, partial(close_bloc_year, bloc_year=sheet.bloc_year, by=user_with("staff"))).outcome()

    assert Score.objects.count() == 1
    assert BlocYear.objects.get(pk=sheet.bloc_year.pk).closed_on


def test_a_save_waits_for_its_sheet_to_be_sent_and_is_refused(begun, saving, first_then):
    sheet, officer = begun
    for key in ("a2", "a3", "b1", "b2", "b3"):
        criterion = sheet.criteria_set.criteria.get(key=key)
        actions.save_score(
            sheet=sheet,
            criterion=criterion,
            figures=FIGURES[key],
            grounds="Theo hướng dẫn",
            shown_version=0,
            by=officer,
        )
    saving(grounds="")

    with pytest.raises(Refused, match="Đã gửi"):
        first_then(
            partial(actions.send_sheet, sheet=sheet, by=officer),
            partial(saving, figures=OTHER, shown_version=1),
        ).outcome()

    assert f"{Score.objects.get(criterion__key='a1').points:.1f}" == "33.6"


def test_units_of_one_bloc_save_beside_one_another(begun, saving, in_thread):
    sheet, _officer = begun
    seat = SeatFactory(bloc_year=sheet.bloc_year)
    neighbour = user_with("officer", seat.unit)
    other = actions.begin_sheet(bloc_year=sheet.bloc_year, unit=seat.unit, tier="self", by=neighbour)

    with transaction.atomic():
        saving()
        beside = in_thread(partial(saving, sheet=other, by=neighbour))
        beside.join(20)
        assert not beside.is_alive(), "one unit waited for another"

    assert beside.outcome().sheet.pk == other.pk
    assert Score.objects.count() == 2


def test_whoever_waits_for_the_bloc_year_holds_no_sheet(begun, saving, in_thread):
    sheet, _officer = begun

    with transaction.atomic():
        BlocYear.objects.select_for_update().get(pk=sheet.bloc_year.pk)
        waiting = in_thread(saving)
        waiting.join(0.3)
        assert waiting.is_alive()
        ScoreSheet.objects.select_for_update(nowait=True).get(pk=sheet.pk)

    assert waiting.outcome().version == 1


@pytest.fixture
def beginning(transactional_db):
    """What begins a unit's own sheet, in a bloc that uses a frozen set; nothing of it is begun."""
    seat = SeatFactory(bloc_year=BlocYearFactory(criteria_set=frozen_set(EmulationYearFactory())))
    officer = user_with("officer", seat.unit)
    return partial(actions.begin_sheet, bloc_year=seat.bloc_year, unit=seat.unit, tier="self", by=officer)


def chosen_now(bloc_year):
    return ChosenCriteria.objects.get(bloc_year=bloc_year).criteria_set


def choosing(bloc_year, criteria_set):
    return partial(
        actions.choose_criteria, year=bloc_year.year, chosen={bloc_year: criteria_set}, by=user_with("staff")
    )


def adopting(used):
    version = actions.begin_version(criteria_set=used, reason="Sửa thang điểm", by=user_with("staff"))
    return partial(actions.adopt_version, criteria_set=version, by=user_with("staff"))


def test_a_sheet_begun_behind_a_choice_is_of_the_set_that_was_chosen(beginning, first_then):
    bloc_year = beginning.keywords["bloc_year"]
    other = frozen_set(bloc_year.year, name="Bộ khác")

    sheet = first_then(choosing(bloc_year, other), beginning).outcome()

    assert (sheet.criteria_set, chosen_now(bloc_year)) == (other, other)


def test_a_sheet_begun_behind_a_choice_of_none_is_refused(beginning, first_then):
    with pytest.raises(Refused, match="chưa có bộ tiêu chí"):
        first_then(choosing(beginning.keywords["bloc_year"], None), beginning).outcome()

    assert not ScoreSheet.objects.exists()


def test_a_sheet_begun_behind_a_new_version_is_of_that(beginning, first_then):
    bloc_year = beginning.keywords["bloc_year"]
    adopt = adopting(chosen_now(bloc_year))

    sheet = first_then(adopt, beginning).outcome()

    assert sheet.criteria_set == chosen_now(bloc_year) == adopt.keywords["criteria_set"]


def test_a_new_version_behind_a_choice_leaves_what_was_chosen(beginning, first_then):
    bloc_year = beginning.keywords["bloc_year"]
    adopt, other = adopting(chosen_now(bloc_year)), frozen_set(bloc_year.year, name="Bộ khác")

    first_then(choosing(bloc_year, other), adopt).outcome()

    assert chosen_now(bloc_year) == other


def test_a_sheet_begun_at_once(transactional_db, first_then):
    year = EmulationYearFactory()
    seat = SeatFactory(bloc_year=BlocYearFactory(year=year, criteria_set=frozen_set(year)))
    begin = partial(
        actions.begin_sheet,
        bloc_year=seat.bloc_year,
        unit=seat.unit,
        tier="self",
        by=user_with("officer", seat.unit),
    )

    with pytest.raises(Refused, match="đã bắt đầu"):
        first_then(begin, begin).outcome()
