"""What holds for every table and every figure: bounds, order, tiers apart, who ranks."""

from dataclasses import replace
from decimal import Decimal as D

from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.scores.scoring.check import faults_of
from campaigns.scores.scoring.plan import TIERS, TieBreak, counting_tier_of, tiers_of
from campaigns.scores.scoring.ranking import Entry, rank
from campaigns.scores.scoring.score import bounds, score, stated
from campaigns.scores.scoring.totals import counting, totals
from tests.campaigns.scores.scoring.making import (
    YEAR,
    bands,
    bonus,
    criterion,
    days,
    deduction,
    measure,
    note,
    plan,
    section,
)

cheap = settings(max_examples=50)
DIGITS = 2
CRITERIA = (
    criterion(
        20,
        measure("ratio", key="ratio", points="12"),
        measure("bands", key="bands", of="share", bands=bands(("above 90", "8"), ("50", "3"))),
        bonus("above-plan", key="above", figures_of="ratio", percent_of_maximum="1", cap_percent="10"),
        key="a",
        may_be_not_applicable=True,
    ),
    criterion(
        10,
        deduction("per-case", key="cases", points="0.35", cap="3"),
        deduction("yes-no", key="letters", points="2", excludes_from_flags=True, text="Đơn thư"),
        bonus("per-case", key="model", points="0.5", unless=["cases"]),
        key="b",
        starts="full",
        deduction_cap=D(4),
        bonus_cap=D(1),
    ),
    criterion(
        15,
        measure("lateness", key="late", due="06-30", bands=days(("0", "5"), ("9", "2.5"))),
        measure("inverse", key="less", points="10", plan="7"),
        key="c",
        may_be_not_applicable=True,
    ),
    criterion(0, deduction("per-case", key="free", points="1.5"), key="d", lowest=None),
    criterion(
        5,
        measure("manual", key="hand"),
        note("disqualification", key="out", text="Mất đoàn kết"),
        key="e",
    ),
)
PLAN = plan(
    section("i", CRITERIA[0], CRITERIA[1], bonus_cap=D("1.5"), counting_tier="leader"),
    section("ii", CRITERIA[2], CRITERIA[3], deduction_cap=D(6), tiers=("self", "check", "department")),
    section("iii", CRITERIA[4]),
    maximum=D(50),
    na_policy="scale",
)

amounts = st.decimals(0, 2000, places=2).map(str)
above_zero = st.decimals(1, 2000, places=2).map(str)
numbers = st.integers(0, 30).map(str)
yes_no = st.sampled_from(["yes", "no", ""])
shares = st.tuples(amounts, above_zero).map(lambda pair: sorted(pair, key=D))
figures = st.fixed_dictionaries(
    {
        "a": st.fixed_dictionaries(
            {
                "ratio": st.fixed_dictionaries({"achieved": amounts, "plan": above_zero}),
                "bands": shares.map(lambda pair: dict(zip(("part", "whole"), pair, strict=True))),
            }
        ),
        "b": st.fixed_dictionaries(
            {
                "cases": st.fixed_dictionaries({"cases": numbers}),
                "letters": st.fixed_dictionaries({"answer": yes_no}),
                "model": st.fixed_dictionaries({"cases": numbers}),
            }
        ),
        "c": st.fixed_dictionaries(
            {
                "late": st.dates(YEAR["first_day"], YEAR["last_day"]).map(lambda day: {"done_on": str(day)}),
                "less": st.fixed_dictionaries({"achieved": amounts}),
            }
        ),
        "d": st.fixed_dictionaries({"free": st.fixed_dictionaries({"cases": numbers})}),
        "e": st.fixed_dictionaries(
            {
                "hand": st.fixed_dictionaries({"points": st.decimals(0, 5, places=3).map(str)}),
                "out": st.fixed_dictionaries({"happened": yes_no}),
            }
        ),
    }
)
left_out = st.sets(st.sampled_from(["a", "c"]), max_size=1)


def results_of(figures, not_applicable=frozenset()):
    return {
        key: score(of, figures[key], digits=DIGITS, not_applicable=key in not_applicable, **YEAR)
        for key, of in PLAN.criteria.items()
    }


def test_the_plan_is_sound():
    assert faults_of(PLAN) == []


@cheap
@given(figures)
def test_points_stay_within_their_bounds(figures):
    for key, found in results_of(figures).items():
        lowest, highest = bounds(PLAN.criteria[key])
        assert lowest is None or found.points >= lowest
        assert highest is None or found.points <= highest
        assert found.points == found.base + found.bonus - found.deduction
        assert min(found.base, found.bonus, found.deduction) >= 0
        assert found.base <= PLAN.criteria[key].maximum


@cheap
@given(figures, left_out)
def test_totals_stay_within_their_bounds(figures, not_applicable):
    found = totals(PLAN, results_of(figures, not_applicable))
    assert found.total <= PLAN.maximum + found.bonus
    assert found.sections["i"].bonus <= D("1.5")
    assert found.sections["ii"].deduction <= 6
    assert found.total == found.base + found.bonus - found.deduction
    assert found.base <= PLAN.maximum + found.deduction


@cheap
@given(figures)
def test_points_have_the_digits_of_the_set_and_add_up(figures):
    results = results_of(figures)
    found = totals(PLAN, results)
    assert {-each.points.as_tuple().exponent for each in results.values()} == {DIGITS}
    added = sum(each.points for each in results.values())
    cut = sum(each.cut for each in found.sections.values()) + found.cut
    spared = sum(each.spared for each in found.sections.values())
    assert found.total == added - cut + spared
    assert found.total == sum(each.points for each in found.sections.values())


@cheap
@given(figures, st.randoms(use_true_random=False))
def test_the_order_of_figures_and_saves_changes_nothing(figures, chance):
    results = results_of(figures)
    keys = list(figures)
    chance.shuffle(keys)
    again = {
        key: score(PLAN.criteria[key], dict(reversed(figures[key].items())), digits=DIGITS, **YEAR)
        for key in keys
    }
    assert again == results
    assert totals(PLAN, again) == totals(PLAN, results)


@cheap
@given(figures)
def test_what_paper_states_adds_up_to_the_same_points(figures):
    for key, found in results_of(figures).items():
        on_paper = stated(PLAN.criteria[key], found.points, digits=DIGITS)
        assert on_paper.points == found.points == on_paper.base + on_paper.bonus - on_paper.deduction
        assert on_paper.base <= PLAN.criteria[key].maximum


tiers = st.dictionaries(st.sampled_from(TIERS), figures, max_size=3)


@cheap
@given(tiers, st.sampled_from(TIERS), figures)
def test_a_tier_never_changes_another_s_result(given_tiers, tier, others):
    by_tier = {each: results_of(of) for each, of in given_tiers.items()}
    before = counting(PLAN, by_tier)
    after = counting(PLAN, by_tier | {tier: results_of(others)})
    for sections, of in PLAN.walk():
        was, now = before.get(of.key), after.get(of.key)
        assert now == was or now[0] == tier
        if now:
            assert now[0] in tiers_of(sections)
            assert now[0] == tier or now[1] == by_tier[now[0]][of.key]
        chosen = counting_tier_of(sections)
        if chosen in by_tier | {tier: None}:
            assert now[0] == chosen


units = st.lists(st.tuples(figures, st.booleans(), st.booleans()), min_size=1, max_size=6)
TIE_BREAKS = TieBreak("section", "i"), TieBreak("fewer-deductions"), TieBreak("more-bonus")


def entries_of(units):
    """Entries named by their place; every other field of a unit drawn says that it is out, or incomplete."""
    for place, (of, out, incomplete) in enumerate(units):
        results = results_of(of)
        if incomplete:
            results.pop("c")
        yield Entry(f"u{place}", totals(PLAN, results), out="Không nộp báo cáo" if out else "")


@cheap
@given(units, st.randoms(use_true_random=False))
def test_ranks_do_not_depend_on_the_order_of_units(units, chance):
    entries = list(entries_of([*units, units[0]]))
    found = {each.key: each for each in rank(entries, TIE_BREAKS)}
    chance.shuffle(entries)
    again = {each.key: each for each in rank(entries, TIE_BREAKS)}
    assert {key: each.rank for key, each in again.items()} == {key: each.rank for key, each in found.items()}
    assert {key: set(each.tied_with) for key, each in again.items()} == {
        key: set(each.tied_with) for key, each in found.items()
    }


@cheap
@given(units)
def test_who_is_out_or_incomplete_never_ranks_and_moves_nobody(units):
    entries = list(entries_of(units))
    found = rank(entries, TIE_BREAKS)
    within = {
        each.key
        for each in entries
        if not each.out and not each.totals.missing and not each.totals.disqualifies
    }
    assert {each.key for each in found if each.rank is not None} == within
    alone = rank([each for each in entries if each.key in within], TIE_BREAKS)
    assert [each for each in found if each.rank is not None] == alone


@cheap
@given(units)
def test_ranks_follow_the_totals(units):
    found = [each for each in rank(list(entries_of(units)), TIE_BREAKS) if each.rank is not None]
    assert [each.total for each in found] == sorted((each.total for each in found), reverse=True)
    for each in found:
        assert each.rank == 1 + sum(other.rank < each.rank for other in found)
        assert {other.key for other in found if other.rank == each.rank} == {each.key, *each.tied_with}


@cheap
@given(figures, st.sampled_from(["full", "average", "forbidden"]))
def test_what_does_not_apply_changes_no_other_section(figures, policy):
    other = replace(PLAN, na_policy=policy)
    before = totals(other, results_of(figures)).sections["ii"]
    assert totals(other, results_of(figures, {"a"})).sections["ii"] == before
