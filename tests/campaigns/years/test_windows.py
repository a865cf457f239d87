"""The windows of a year: what they refuse, and what paper with a reason still records."""

from datetime import date

import pytest
import time_machine

from blocs.forms import PaperFields
from blocs.journal import Paper
from blocs.permissions import Refused, closed_window, require_open
from campaigns.models import Phase
from campaigns.timeline.timelines import timelines
from campaigns.windows import closed, phase_of, phases_of, require_window
from tests import factories as make

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2020, 12, 1), date(2020, 12, 25)


@pytest.fixture
def bloc_year():
    found = make.BlocYearFactory(name="Khối 1")
    make.PhaseFactory(year=found.year, kind="conference", first_day=FIRST, last_day=LAST)
    return found


@pytest.mark.parametrize(
    ("day", "before", "words"),
    [
        (date(2020, 11, 30), True, "Khối 1: “Hội nghị tổng kết” bắt đầu từ ngày 01/12/2020."),
        (date(2020, 11, 30), False, None),
        (FIRST, True, None),
        (LAST, True, None),
        (date(2020, 12, 26), True, "đã hết hạn ngày 25/12/2020"),
        (date(2020, 12, 26), False, "đã hết hạn ngày 25/12/2020"),
    ],
)
def test_window_is_open_from_its_first_day_to_the_end_of_its_last(bloc_year, day, before, words):
    refusal = closed(bloc_year, Phase.Kind.CONFERENCE, day, before=before)

    assert (refusal is None) == (words is None)
    assert words is None or words in refusal.reason


def test_step_without_dates_has_no_window(bloc_year):
    assert closed(bloc_year, Phase.Kind.PLEDGE, date(2030, 1, 1)) is None


def test_phase_of_a_bloc_goes_before_that_of_the_year(bloc_year):
    other = make.BlocYearFactory()
    own = make.PhaseFactory(bloc_year=bloc_year, kind="conference", last_day=date(2021, 1, 15))

    assert phase_of(bloc_year, "conference") == own
    assert phase_of(other, "conference").bloc_year is None
    assert closed(bloc_year, "conference", date(2021, 1, 15)) is None
    assert closed(other, "conference", date(2021, 1, 15)) is not None


def test_phases_of_many_are_asked_for_at_once(bloc_year, django_assert_num_queries):
    others = [make.BlocYearFactory() for _each in range(3)]

    with django_assert_num_queries(1):
        found = phases_of([bloc_year, *others])

    assert {tuple(phases) for phases in found.values()} == {("conference",)}


@pytest.mark.parametrize(
    ("paper", "reason", "refused"),
    [(None, "", True), (None, "muộn", True), (Paper(LAST), " ", True), (Paper(LAST), "giấy về muộn", False)],
)
def test_after_the_window_paper_with_a_reason_is_still_recorded(bloc_year, paper, reason, refused):
    with time_machine.travel("2021-01-10 08:00+07:00"):
        if refused:
            with pytest.raises(Refused, match="đã hết hạn ngày 25/12/2020"):
                require_window(bloc_year, "conference", paper=paper, reason=reason)
        else:
            require_window(bloc_year, "conference", paper=paper, reason=reason)


WINDOWED = [
    ("conference", lambda year: make.MeetingFactory(bloc_year=year, kind="year-end")),
    ("activities", lambda year: make.MeetingFactory(bloc_year=year, kind="exemplar")),
    ("mid-year", lambda year: make.MeetingFactory(bloc_year=year, kind="mid-year")),
    ("preparatory", lambda year: make.MeetingFactory(bloc_year=year, kind="preparatory")),
    (
        "conference",
        lambda year: make.AgendaItemFactory(meeting=make.MeetingFactory(bloc_year=year, kind="year-end")),
    ),
    ("activities", lambda year: make.AttendanceFactory(meeting=make.MeetingFactory(bloc_year=year))),
    ("activities", lambda year: make.StatementFactory(meeting=make.MeetingFactory(bloc_year=year))),
    ("pledge", lambda year: _pledge(year)),
    ("pledge", lambda year: make.SignatureFactory(pledge=_pledge(year))),
    ("pledge", lambda year: make.PledgeContentFactory(pledge=_pledge(year))),
    ("proposals", lambda year: make.NominationFactory(bloc_year=year)),
    ("proposals", lambda year: make.ExemplarFactory(bloc_year=year)),
]


def _pledge(bloc_year):
    pledge = make.PledgeFactory()
    pledge.bloc_years.add(bloc_year)
    return pledge


@pytest.mark.parametrize(("kind", "row"), WINDOWED)
def test_rows_are_changed_inside_the_phase_of_their_step(kind, row):
    bloc_year = make.BlocYearFactory()
    changed = row(bloc_year)
    assert closed_window(changed) is None
    make.PhaseFactory(year=bloc_year.year, kind=kind, last_day=LAST)

    with time_machine.travel("2020-12-25 23:30+07:00"):
        require_open(changed)
    with time_machine.travel("2020-12-26 00:30+07:00"):
        with pytest.raises(Refused):
            require_open(changed)
        require_open(changed, paper=Paper(LAST), reason="giấy về muộn")


def test_task_of_a_meeting_is_kept_after_its_window(bloc_year):
    meeting = make.MeetingFactory(bloc_year=bloc_year, kind="year-end")

    assert closed_window(make.TaskFactory(meeting=meeting)) is None


def test_rows_without_a_phase_have_no_window():
    assert closed_window(make.ObservationFactory()) is None
    assert closed_window(make.SeatFactory()) is None


def test_steps_are_due_on_the_last_day_of_their_phase(bloc_year):
    user = make.user_with("staff")

    due = {step.key: step.due for step in timelines([bloc_year], user)[bloc_year.pk]}

    assert {key: day for key, day in due.items() if day} == {"conference": LAST}


@pytest.mark.parametrize(
    ("typed", "errors", "day"),
    [
        ({}, set(), None),
        ({"paper_day": "25/12/2020"}, set(), LAST),
        ({"paper_place": "Hà Nội"}, {"paper_day"}, None),
        ({"paper_day": "25/12/2999"}, {"paper_day"}, None),
        ({"reason": "muộn"}, set(), None),
    ],
)
def test_paper_record_begins_with_its_day(typed, errors, day):
    form = PaperFields(typed)

    assert set(form.errors) == errors
    if not errors:
        paper = form.paper()
        assert (paper and paper.day) == day
