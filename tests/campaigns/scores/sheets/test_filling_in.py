"""Sheets begun and filled in: points follow from figures, nobody writes silently over another."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from blocs.models import Entry
from blocs.permissions import Refused
from campaigns.models import Phase
from campaigns.scores import actions
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.models import Score, ScoreSheet
from campaigns.scores.sheets.actions.sheets import BadRows, StaleScore, Unchanged
from tests.campaigns.scores.sheets.conftest import rows_of
from tests.factories import FIGURES, BlocYearFactory, CriteriaSetFactory, SeatFactory, frozen_set, user_with


def save(sheet, criterion, by, **told):
    return actions.save_score(
        sheet=sheet, criterion=criterion, by=by, **{"shown_version": 0, "figures": {}, **told}
    )


def test_a_unit_begins_its_sheet(sheet, member, bloc_year):
    assert (sheet.unit, sheet.tier, sheet.state) == (member.unit, "self", "draft")
    assert (sheet.criteria_set, sheet.total, sheet.is_complete) == (chosen_set(bloc_year), None, False)
    assert Entry.objects.filter(act="sheet.begin").count() == 1


@pytest.mark.parametrize(
    ("criteria_set", "words"),
    [
        (lambda year: None, "chưa có bộ tiêu chí"),
        (lambda year: CriteriaSetFactory(year=year), "còn là dự thảo"),
    ],
)
def test_only_a_frozen_set_is_scored_by(year, criteria_set, words):
    seat = SeatFactory(bloc_year__year=year, bloc_year__criteria_set=criteria_set(year))
    with pytest.raises(Refused, match=words):
        actions.begin_sheet(
            bloc_year=seat.bloc_year, unit=seat.unit, tier="self", by=user_with("officer", seat.unit)
        )


def test_a_sheet_is_begun_once(sheet, officer):
    with pytest.raises(Refused, match="đã bắt đầu"):
        actions.begin_sheet(bloc_year=sheet.bloc_year, unit=sheet.unit, tier="self", by=officer)


def test_a_unit_outside_the_bloc_has_no_sheet(bloc_year, staff, paper):
    foreign = SeatFactory().unit
    with pytest.raises(Refused, match="không thuộc Khối"):
        actions.begin_sheet(bloc_year=bloc_year, unit=foreign, tier="self", by=staff, paper=paper)


def test_a_tier_that_scores_nothing_has_no_sheet(year, staff):
    bloc_year = BlocYearFactory(
        year=year, criteria_set=frozen_set(year, tiers={"a": ["self"], "b": ["self"]})
    )
    seat = SeatFactory(bloc_year=bloc_year)
    with pytest.raises(Refused, match="không có mục nào do cấp này chấm"):
        actions.begin_sheet(bloc_year=bloc_year, unit=seat.unit, tier="department", by=staff)


def test_points_follow_from_figures(sheet, criterion, officer):
    score = save(sheet, criterion("a1"), officer, figures=FIGURES["a1"])
    assert (score.points, score.working) == (
        Decimal("33.60"),
        "42/50 văn bản = 84% → 33,6 điểm",
    )
    assert score.saved_at is not None
    sheet.refresh_from_db()
    assert (sheet.total, sheet.is_complete) == (Decimal("33.6"), False)


def test_a_whole_sheet_adds_up(filled):
    assert (filled.total, filled.is_complete) == (Decimal("85.6"), True)


def test_the_order_of_saves_changes_nothing(bloc_year, member, officer, criterion):
    told = {}
    for turn, keys in enumerate((list(FIGURES), list(reversed(FIGURES)))):
        seat = SeatFactory(bloc_year=bloc_year)
        user = user_with("officer", seat.unit)
        sheet = actions.begin_sheet(bloc_year=bloc_year, unit=seat.unit, tier="self", by=user)
        for key in keys:
            save(sheet, criterion(key), user, figures=FIGURES[key], grounds="Theo hướng dẫn")
        sheet.refresh_from_db()
        scores = sheet.scores.order_by("criterion").values_list("criterion", "points", "working", "figures")
        told[turn] = (sheet.total, sheet.is_complete, list(scores))
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("key", "told", "words"),
    [
        ("a1", {"figures": {}}, "Chưa có"),
        ("a1", {"figures": {"ty-le": {"achieved": "nhiều", "plan": "50"}}}, "phải là một số"),
        ("a2", {"figures": {"loai": {"grade": "E"}}}, "hãy chọn một mục"),
        ("b1", {"figures": FIGURES["b1"]}, "hãy ghi lý do"),
        ("b1", {"figures": FIGURES["b1"], "grounds_code": "other"}, "ghi rõ lý do khác"),
        ("a1", {"figures": None, "not_applicable": True}, "áp dụng cho mọi đơn vị"),
        ("b1", {"figures": {"cham": {"points": "16"}}, "grounds": "Vì"}, "không được quá 15"),
    ],
)
def test_what_cannot_be_kept(sheet, criterion, officer, key, told, words):
    with pytest.raises(BadRows, match=words):
        save(sheet, criterion(key), officer, **told)
    assert not Score.objects.exists()


def test_points_are_typed_from_paper_alone(sheet, criterion, officer, paper):
    with pytest.raises(Refused, match="Chỉ ghi riêng điểm khi ghi nhận từ văn bản giấy"):
        save(sheet, criterion("a1"), officer, figures=None, points=Decimal("30"))
    score = save(sheet, criterion("a1"), officer, figures=None, points=Decimal("30"), paper=paper)
    assert (score.points, score.stated, score.working) == (30, True, "theo văn bản giấy → 30 điểm")
    with pytest.raises(BadRows, match="không quá 40"):
        save(
            sheet, criterion("a1"), officer, figures=None, points=Decimal("41"), shown_version=1, paper=paper
        )


def test_what_does_not_apply_is_said_as_the_set_allows(year, sheet, criterion, officer):
    score = save(sheet, criterion("b2"), officer, figures=None, not_applicable=True)
    assert (score.points, score.not_applicable) == (None, True)
    seat = SeatFactory(
        bloc_year__year=year, bloc_year__criteria_set=frozen_set(year, na_policy="forbidden", name="Khác")
    )
    user = user_with("officer", seat.unit)
    strict = actions.begin_sheet(bloc_year=seat.bloc_year, unit=seat.unit, tier="self", by=user)
    other = strict.criteria_set.criteria.get(key="b2")
    with pytest.raises(BadRows, match="không có “không áp dụng”"):
        save(strict, other, user, figures=None, not_applicable=True)


def test_a_criterion_of_another_set_is_refused(year, sheet, officer):
    other = frozen_set(year, name="Khác").criteria.get(key="a1")
    with pytest.raises(Refused, match="không thuộc bộ tiêu chí"):
        save(sheet, other, officer, figures=FIGURES["a1"])


def test_a_section_is_scored_by_its_tiers_alone(year):
    bloc_year = BlocYearFactory(year=year, criteria_set=frozen_set(year, tiers={"b": ["leader"]}))
    seat = SeatFactory(bloc_year=bloc_year)
    user = user_with("officer", seat.unit)
    sheet = actions.begin_sheet(bloc_year=bloc_year, unit=seat.unit, tier="self", by=user)
    with pytest.raises(Refused, match="không do cấp này chấm"):
        save(sheet, chosen_set(bloc_year).criteria.get(key="b2"), user, figures=FIGURES["b2"])
    rows = [row for row in rows_of(chosen_set(bloc_year)) if row.criterion.key.startswith("a")]
    actions.save_scores(sheet=sheet, rows=rows, by=user)
    sheet.refresh_from_db()
    assert sheet.is_complete


def test_nobody_writes_over_what_was_not_shown(sheet, criterion, officer):
    first = save(sheet, criterion("a1"), officer, figures=FIGURES["a1"])
    yours = {"ty-le": {"achieved": "45", "plan": "50"}}
    with pytest.raises(StaleScore) as stale:
        save(sheet, criterion("a1"), officer, figures=yours, shown_version=0)
    assert (stale.value.theirs["figures"], stale.value.yours["figures"]) == (FIGURES["a1"], yours)
    assert (stale.value.theirs["points"], stale.value.yours["points"]) == ("33.6", "36")
    second = save(sheet, criterion("a1"), officer, figures=yours, shown_version=first.version)
    assert (second.pk, second.version, second.points) == (first.pk, 2, 36)


def test_what_is_kept_already_is_not_written_again(sheet, criterion, officer):
    save(sheet, criterion("a1"), officer, figures=FIGURES["a1"])
    with pytest.raises(Unchanged):
        save(sheet, criterion("a1"), officer, figures=FIGURES["a1"], shown_version=1)


def test_many_rows_are_kept_all_or_none(sheet, officer):
    rows = rows_of(sheet.criteria_set, FIGURES | {"a2": {"loai": {"grade": "E"}}, "b2": {}})
    with pytest.raises(BadRows) as bad:
        actions.save_scores(sheet=sheet, rows=rows, by=officer)
    assert [row.criterion.key for row, _faults in bad.value.faults] == ["a2", "b2"]
    assert not sheet.scores.exists()


def test_outside_its_window_a_sheet_is_filled_in_from_paper_alone(sheet, criterion, officer, paper):
    Phase.objects.filter(kind="scoring").update(last_day=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused, match="đã hết hạn"):
        save(sheet, criterion("a1"), officer, figures=FIGURES["a1"])
    with pytest.raises(Refused, match="đã hết hạn"):
        save(sheet, criterion("a1"), officer, figures=FIGURES["a1"], paper=paper)
    save(sheet, criterion("a1"), officer, figures=FIGURES["a1"], paper=paper, reason="Nộp giấy đúng hạn")


def test_the_leaders_unit_and_staff_record_from_paper(bloc_year, leader, secretary, staff, paper):
    for user in (secretary, staff):
        seat = SeatFactory(bloc_year=bloc_year)
        with pytest.raises(Refused, match="chỉ ghi nhận từ văn bản giấy"):
            actions.begin_sheet(bloc_year=bloc_year, unit=seat.unit, tier="self", by=user)
        sheet = actions.begin_sheet(bloc_year=bloc_year, unit=seat.unit, tier="self", by=user, paper=paper)
        assert sheet.from_paper
        with pytest.raises(Refused, match="chỉ ghi nhận từ văn bản giấy"):
            save(sheet, sheet.criteria_set.criteria.get(key="a1"), user, figures=FIGURES["a1"])


def test_what_a_unit_types_itself_is_not_recorded_over(sheet, criterion, officer, secretary, paper):
    save(sheet, criterion("a1"), officer, figures=FIGURES["a1"])
    with pytest.raises(Refused, match="đang chấm phiếu này trên hệ thống"):
        save(sheet, criterion("a2"), secretary, figures=FIGURES["a2"], paper=paper)


@pytest.fixture
def checked(filled, officer, secretary):
    """The sheet of the check, begun once the unit's own was sent."""
    ScoreSheet.objects.filter(pk=filled.pk).update(state="sent", sent_at=timezone.now())
    return actions.begin_sheet(bloc_year=filled.bloc_year, unit=filled.unit, tier="check", by=secretary)


def test_a_tier_begins_with_its_own_copies(filled, checked):
    told = ("criterion__key", "points", "figures", "working")
    assert list(checked.scores.values(*told)) == list(filled.scores.values(*told))
    assert not set(checked.scores.values_list("pk")) & set(filled.scores.values_list("pk"))
    assert (checked.total, checked.is_complete) == (Decimal("85.6"), True)
    assert set(checked.scores.values_list("reason", flat=True)) == {""}


def test_a_draft_below_is_not_copied(filled, secretary):
    begun = actions.begin_sheet(bloc_year=filled.bloc_year, unit=filled.unit, tier="check", by=secretary)
    assert not begun.scores.exists()


def test_another_figure_needs_a_reason(checked, criterion, secretary):
    lower = {"ty-le": {"achieved": "40", "plan": "50"}}
    with pytest.raises(BadRows, match="chọn hoặc ghi lý do"):
        save(checked, criterion("a1"), secretary, figures=lower, shown_version=0)
    told = {"figures": lower, "shown_version": 0}
    score = save(checked, criterion("a1"), secretary, grounds_code="no-evidence", **told)
    assert (score.points, score.reason_code, score.version) == (32, "no-evidence", 1)


def test_no_tier_alters_anothers_row(filled, checked, criterion, secretary):
    kept = list(filled.scores.values())
    for key, figures in FIGURES.items():
        other = {"a1": {"ty-le": {"achieved": "1", "plan": "50"}}, "a2": {"loai": {"grade": "D"}}}
        told = {"figures": other.get(key, figures), "shown_version": 0}
        if key in other:
            save(checked, criterion(key), secretary, grounds="Sai số liệu", **told)
        else:
            with pytest.raises(Unchanged):
                save(checked, criterion(key), secretary, **told)
    assert list(filled.scores.values()) == kept
    checked.refresh_from_db()
    filled.refresh_from_db()
    assert (checked.total, filled.total) == (Decimal("37.8"), Decimal("85.6"))
