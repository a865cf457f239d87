"""Release and reopening: grounds, a whole tier or nothing of it, versions that stay, named units."""

from datetime import timedelta

import pytest

from blocs.models import Entry
from blocs.permissions import Refused
from campaigns.scores import actions
from campaigns.scores.models import Correction, Reopening, Score, ScoreSheet, SheetVersion
from campaigns.scores.sheets.counting import scores_of
from campaigns.scores.windows import closed_to_unit
from tests.campaigns.scores.checks.conftest import rows_of
from tests.factories import CorrectionFactory

pytestmark = pytest.mark.django_db

LESS = {"a1": {"ty-le": {"achieved": "40", "plan": "50"}}}  # 32 instead of 33,6 points


@pytest.fixture
def secretary(people):
    return people["leader's secretary"]


@pytest.fixture
def led(bloc_year, scored, units, secretary):
    """{name: sheet of the leader's tier} of two units that scored themselves."""
    for name in ("member", "other"):
        scored(units[name])
    return {
        name: actions.begin_sheet(bloc_year=bloc_year, unit=units[name], tier="leader", by=secretary)
        for name in ("member", "other")
    }


def save(sheet, figures, by, grounds="Đếm lại"):
    versions = {each.criterion.key: each.version for each in sheet.scores.select_related("criterion")}
    return actions.save_scores(
        sheet=sheet, rows=rows_of(sheet.criteria_set, figures, grounds, versions), by=by
    )


def test_tier_begins_with_what_counts_below_and_its_figures_are_its_own(led, secretary, units):
    own = ScoreSheet.objects.get(unit=units["member"], tier="self")

    save(led["member"], LESS, secretary)
    actions.release_sheet(sheet=led["member"], by=secretary)

    sheet = ScoreSheet.objects.get(pk=led["member"].pk)
    assert (sheet.state, str(sheet.total.normalize()), str(own.total.normalize())) == (
        "released",
        "84",
        "85.6",
    )
    own.refresh_from_db()
    assert str(own.total.normalize()) == "85.6"


def test_what_differs_from_the_tier_below_says_why(led, secretary):
    save(led["member"], LESS, secretary)
    Score.objects.filter(sheet=led["member"], criterion__key="a1").update(reason="", reason_code="")

    with pytest.raises(Refused, match="ghi lý do"):
        actions.release_sheet(sheet=led["member"], by=secretary)


def test_tier_is_released_as_a_whole_or_not_at_all(bloc_year, led, secretary):
    Score.objects.filter(sheet=led["other"], criterion__key="a1").delete()
    ScoreSheet.objects.filter(pk=led["other"].pk).update(is_complete=False)
    before = Entry.objects.count()

    with pytest.raises(Refused, match="Chưa công bố phiếu nào. Viện Other: .*chưa chấm"):
        actions.release_tier(bloc_year=bloc_year, tier="leader", sheets=list(led.values()), by=secretary)
    assert set(ScoreSheet.objects.filter(tier="leader").values_list("state", flat=True)) == {"draft"}
    assert (Entry.objects.count(), SheetVersion.objects.count()) == (before, 0)

    actions.release_tier(bloc_year=bloc_year, tier="leader", sheets=[led["member"]], by=secretary)
    states = dict(ScoreSheet.objects.filter(tier="leader").values_list("unit", "state"))
    assert states == {led["member"].unit_id: "released", led["other"].unit_id: "draft"}
    assert list(Entry.objects.order_by("-pk").values_list("act", flat=True)[:2]) == [
        "score.release-tier",
        "score.release",
    ]


def test_sheet_that_was_released_meanwhile_stops_the_whole_tier(bloc_year, led, secretary):
    actions.release_sheet(sheet=led["other"], by=secretary)

    with pytest.raises(Refused, match="Chưa công bố phiếu nào"):
        actions.release_tier(bloc_year=bloc_year, tier="leader", sheets=list(led.values()), by=secretary)

    led["member"].refresh_from_db()
    assert led["member"].state == "draft"


def test_conference_confirms_what_counts_and_what_it_changed(bloc_year, led, secretary, units):
    actions.release_sheet(sheet=led["member"], by=secretary)
    changed = actions.begin_sheet(bloc_year=bloc_year, unit=units["other"], tier="conference", by=secretary)
    save(changed, LESS, secretary)

    actions.confirm_scores(bloc_year=bloc_year, units=[units["member"], units["other"]], by=secretary)

    found = {
        sheet.unit_id: (sheet.state, str(sheet.total.normalize()))
        for sheet in ScoreSheet.objects.filter(tier="conference")
    }
    assert found == {units["member"].pk: ("released", "85.6"), units["other"].pk: ("released", "84")}


def test_conference_confirms_nobody_where_one_unit_has_no_points(bloc_year, scored, secretary, units):
    scored(units["member"])

    with pytest.raises(Refused, match="Viện Deputy"):
        actions.confirm_scores(bloc_year=bloc_year, units=[units["member"], units["deputy"]], by=secretary)

    assert not ScoreSheet.objects.filter(tier="conference").exists()


# Reopening --------------------------------------------------------------------------------------------------


def reopen(bloc_year, units, by, kind="check", **told):
    today = told.pop("today")
    return actions.reopen_scores(
        bloc_year=bloc_year,
        units=units,
        phase_kind=kind,
        last_day=today + timedelta(days=5),
        reason="Số liệu được xác nhận muộn",
        by=by,
        **told,
    )


def test_what_was_released_stays_readable_and_counts_until_it_is_released_again(
    bloc_year, led, secretary, units, today
):
    actions.release_tier(bloc_year=bloc_year, tier="leader", sheets=list(led.values()), by=secretary)

    reopen(bloc_year, [units["member"]], secretary, today=today)

    states = dict(ScoreSheet.objects.filter(tier="leader").values_list("unit", "state"))
    assert states == {units["member"].pk: "draft", units["other"].pk: "released"}
    save(led["member"], LESS, secretary)
    assert [str(each.total.normalize()) for each in led["member"].versions.all()] == ["85.6"]
    assert str(scores_of([bloc_year])[bloc_year.pk].totals(units["member"].pk).total.normalize()) == "85.6"

    actions.release_sheet(sheet=led["member"], by=secretary)
    assert [str(each.total.normalize()) for each in led["member"].versions.order_by("number")] == [
        "85.6",
        "84",
    ]
    assert str(scores_of([bloc_year])[bloc_year.pk].totals(units["member"].pk).total.normalize()) == "84"


def test_reopened_own_sheet_keeps_what_was_sent_and_ends_an_open_correction(
    bloc_year, scored, secretary, units, today
):
    own = scored(units["member"])
    correction = CorrectionFactory(sheet=own)

    reopening = reopen(bloc_year, [units["member"]], secretary, kind="scoring", today=today)

    own.refresh_from_db()
    correction.refresh_from_db()
    assert (own.state, reopening.units.get()) == ("draft", units["member"])
    assert correction.closed_at is not None
    version = own.versions.get()
    assert (version.total, version.reason) == (own.total, "Số liệu được xác nhận muộn")
    assert {row["key"]: row["points"] for row in version.scores} == {
        each.criterion.key: str(each.points) for each in own.scores.select_related("criterion")
    }


def test_reopening_lets_named_units_in_after_the_window_and_no_others(
    bloc_year, year, scored, secretary, units, today
):
    year.phases.filter(kind="scoring").update(last_day=today - timedelta(days=1))

    reopen(bloc_year, [units["member"]], secretary, kind="scoring", today=today)

    assert closed_to_unit(bloc_year, "scoring", units["member"].pk) is None
    assert closed_to_unit(bloc_year, "scoring", units["member"].pk, today + timedelta(days=6)) is not None
    assert closed_to_unit(bloc_year, "scoring", units["other"].pk) is not None


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"reason": " "}, "ghi lý do"),
        ({"units": []}, "chọn các đơn vị"),
        ({"last_day": -1}, "không được trước hôm nay"),
        ({"phase_kind": "pledge"}, "không phải giai đoạn chấm điểm"),
    ],
)
def test_reopening_is_refused(bloc_year, secretary, units, today, told, words):
    asked = {
        "units": [units["member"]],
        "phase_kind": "check",
        "reason": "muộn",
    } | {name: value for name, value in told.items() if name != "last_day"}

    with pytest.raises(Refused, match=words):
        actions.reopen_scores(
            bloc_year=bloc_year,
            by=secretary,
            last_day=today + timedelta(days=told.get("last_day", 0)),
            **asked,
        )

    assert not Reopening.objects.exists()


def test_department_tier_is_opened_again_by_staff_alone(bloc_year, people, units, today):
    with pytest.raises(Refused):
        reopen(bloc_year, [units["member"]], people["leader's secretary"], kind="proposals", today=today)

    reopen(bloc_year, [units["member"]], people["staff"], kind="proposals", today=today)


def test_unit_returned_for_correction_is_not_opened_again(bloc_year, scored, secretary, units, today):
    own = scored(units["member"])
    ScoreSheet.objects.filter(pk=own.pk).update(state="returned")
    correction = CorrectionFactory(sheet=own)

    reopen(bloc_year, [units["member"]], secretary, kind="scoring", today=today)

    own.refresh_from_db()
    assert (own.state, Correction.objects.get(pk=correction.pk).closed_at) == ("returned", None)
