"""Which plans a process keeps: those of sets that are frozen for good, never a draft's."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from campaigns.scores.criteria.plans import plan_of, plans_of, rows_of
from campaigns.scores.models import CriteriaSet, Criterion
from tests.factories import draft_set, frozen_set


def asked(function, *arguments):
    """How many queries it takes."""
    with CaptureQueriesContext(connection) as captured:
        function(*arguments)
    return len(captured)


@pytest.fixture
def draft(transactional_db):
    return draft_set()


@pytest.fixture
def frozen(transactional_db):
    return frozen_set()


def test_a_frozen_set_is_asked_for_once(frozen):
    plan = plan_of(frozen)
    again = CriteriaSet.objects.get(pk=frozen.pk)

    assert asked(plan_of, again) == 0
    assert asked(rows_of, again) == 0
    assert plan_of(again) == plan
    assert {key: each.pk for key, each in rows_of(again).items()} == dict(
        frozen.criteria.values_list("key", "pk")
    )


def test_a_draft_is_never_kept(draft):
    plan_of(draft)
    Criterion.objects.filter(criteria_set=draft, key="a1").update(maximum=41)

    assert plan_of(draft).criteria["a1"].maximum == 41
    assert rows_of(draft)["a1"].maximum == 41
    assert asked(plan_of, draft) == 3


def test_what_a_transaction_froze_and_took_back_is_never_kept(draft):
    with transaction.atomic():
        CriteriaSet.objects.filter(pk=draft.pk).update(state="frozen", frozen_on="2020-01-01")
        taken_back = CriteriaSet.objects.get(pk=draft.pk)
        plan_of(taken_back)
        transaction.set_rollback(True)
    plan_of(taken_back)  # which still says of itself that it is frozen
    Criterion.objects.filter(criteria_set=draft, key="a1").update(maximum=41)
    CriteriaSet.objects.filter(pk=draft.pk).update(state="frozen", frozen_on="2020-01-01")

    assert plan_of(CriteriaSet.objects.get(pk=draft.pk)).criteria["a1"].maximum == 41


def test_what_is_kept_is_what_the_database_says(frozen):
    frozen.digits = 0  # an instance that says otherwise, never saved

    assert plan_of(frozen).digits == CriteriaSet.objects.get(pk=frozen.pk).digits == 2


def test_drafts_and_frozen_sets_asked_for_together(frozen):
    draft = draft_set(frozen.year)
    plan_of(frozen)

    assert asked(plans_of, [draft, frozen]) == 3
    assert plans_of([draft, frozen])[frozen.pk] is plan_of(frozen)
    assert plans_of([draft, frozen])[draft.pk] is not plan_of(draft)


def test_a_new_version_has_a_plan_of_its_own(frozen):
    version = draft_set(frozen.year, previous=frozen, number=2, reason="Sửa thang điểm")
    plan_of(frozen)

    assert plan_of(version).criteria.keys() == plan_of(frozen).criteria.keys()
    Criterion.objects.filter(criteria_set=version, key="a1").update(maximum=41)
    assert (plan_of(version).criteria["a1"].maximum, plan_of(frozen).criteria["a1"].maximum) == (41, 40)
