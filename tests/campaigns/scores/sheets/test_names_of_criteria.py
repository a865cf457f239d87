"""A set that calls its criteria 1, 2, 3 in every section: each is named by its section, in order."""

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.scores import actions
from tests.factories import BlocYearFactory, draft_set
from tests.pages import read

IN_ORDER = ["A.1", "A.2", "A.3", "B.1", "B.2", "B.3"]


@pytest.fixture
def bloc_year(year):
    """As files give them: places begin anew in each section."""
    criteria_set = draft_set(year)
    for each in criteria_set.criteria.all():
        each.code, each.place = each.key[1], int(each.key[1])
        each.save()
    criteria_set.frozen_on = criteria_set.year.first_day
    criteria_set.move_to("frozen")
    return BlocYearFactory(year=year, criteria_set=criteria_set)


@pytest.fixture
def page_of(client, bloc_year, member):
    def page_of(user, name, *more):
        client.force_login(user)
        place = [bloc_year.year.code, bloc_year.bloc.code, member.unit.code]
        return read(client, reverse(name, args=[*place, *more])).text

    return page_of


@pytest.fixture
def opened(filled, officer, secretary):
    actions.send_sheet(sheet=filled, by=officer)
    return actions.open_sheet(sheet=filled, by=secretary)


def are_in_order(text, names):
    """Whether each name stands in the text, after the one before it."""
    places = [text.find(f"{name} ") for name in names]
    return -1 not in places and places == sorted(places)


def test_a_sheet_is_returned_by_criteria_under_their_sections(page_of, opened, secretary):
    text = page_of(secretary, "score-return")
    assert are_in_order(text, ["A Nhiệm vụ", *IN_ORDER[:3], "B Phong trào", *IN_ORDER[3:]])


def test_a_correction_lists_them_in_order(page_of, opened, officer, secretary, criterion):
    actions.return_sheet(
        sheet=opened,
        points=[(criterion(key), "Sửa") for key in ("b1", "a2", "a1")],
        due=timezone.localdate(),
        reason="Chưa khớp",
        by=secretary,
    )
    text = page_of(officer, "score-unit")
    assert are_in_order(text[: text.index("Điểm từng tiêu chí")], ["A.1", "A.2", "B.1"])


def test_a_version_lists_them_in_order(page_of, opened, officer):
    assert are_in_order(page_of(officer, "score-version", opened.versions.get().pk), IN_ORDER)


def test_a_paper_sheet_lists_them_in_order(page_of, member, secretary):
    assert are_in_order(page_of(secretary, "score-paper", "self"), IN_ORDER)


def test_evidence_is_added_to_one_of_them(page_of, filled, officer):
    assert "B.1 " in page_of(officer, "score-evidence", "b1")


def test_the_next_one_to_score_is_named(page_of, sheet, officer):
    assert "Tiêu chí chưa chấm tiếp theo: A.1" in page_of(officer, "score-own")


def test_a_question_and_a_sitting_name_them(page_of, opened, officer, secretary, criterion):
    check = actions.begin_sheet(bloc_year=opened.bloc_year, unit=opened.unit, tier="check", by=secretary)
    actions.save_score(
        sheet=check,
        criterion=criterion("a1"),
        figures={"ty-le": {"achieved": "40", "plan": "50"}},
        grounds_code="no-evidence",
        shown_version=0,
        by=secretary,
    )
    assert "A.1 : 33,6 → 32" in page_of(secretary, "score-sitting")
    released = actions.release_sheet(sheet=check, by=secretary)
    assert "A.1 " in page_of(officer, "score-ask", released.pk, "a1")
    told = {"sheet": released, "criterion": criterion("a1"), "question": "Vì sao?", "by": officer}
    actions.ask_explanation(**told)
    assert "A.1 Vì sao?" in page_of(officer, "score-unit")
