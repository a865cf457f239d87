"""What real years publish and a bloc-year file says of them."""

from datetime import date, time

import pytest
from django.core.management import CommandError

from awards.nominations.models import Nomination
from campaigns.models import BlocYear, Meeting, Pledge, Seat, Signature
from campaigns.scores.models import Score
from campaigns.scores.sheets.counting import scores_of
from reports.documents.facts import Facts
from reports.documents.phrases import activity, pledge_blocks
from reports.documents.year_end_awards import commendation
from tests.reports.bloc_year_files import load, write_scored

pytestmark = pytest.mark.django_db

BASE = """
format = 1
[sources]
s = "x"
[[units]]
code = "goc"
name = "Cơ quan Gốc"
kind = "ministry"
root = true
[[units]]
code = "mot"
name = "Đơn vị Một"
kind = "authority"
decree_place = 1
[[units]]
code = "hai"
name = "Đơn vị Hai"
decree_place = 2
[[years]]
code = "2021"
first_day = 2021-01-01
last_day = 2021-12-31
[bloc_year]
bloc = "k"
year = "2021"
name = "Khối K"
organiser = "goc"
"""
SEATS = """
[[seats]]
unit = "mot"
role = "leader"
"""


@pytest.fixture
def loaded(tmp_path):
    """Load a file that begins as BASE does; the bloc's year."""

    def loaded(text, base=BASE):
        path = tmp_path / "nam.toml"
        path.write_text(base + text, encoding="utf-8")
        load(path)
        return BlocYear.objects.order_by("year__code").last()

    return loaded


@pytest.mark.parametrize("kind", ["commune", "province", "school", "university", "provincial-department"])
def test_units_of_any_body_are_loaded(loaded, kind):
    year = loaded(SEATS, BASE.replace('kind = "authority"', f'kind = "{kind}"'))
    assert year.seats.get().unit.state().kind == kind


def test_unknown_kind_is_refused_with_those_there_are(loaded):
    with pytest.raises(CommandError, match="không có loại đơn vị “hanh-tinh”. Chọn một trong: ministry, "):
        loaded(SEATS, BASE.replace('kind = "authority"', 'kind = "hanh-tinh"'))


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        ('time = "sáng"', {"half_day": "morning", "starts_at": None}),
        ('time = "chiều"', {"half_day": "afternoon", "starts_at": None}),
        ('time = "8 giờ 30"', {"half_day": "", "starts_at": time(8, 30)}),
        ('time = "08:30"\nuntil = "11h"', {"starts_at": time(8, 30), "ends_at": time(11)}),
        ('form = "trực tuyến"', {"form": "online"}),
        ('form = "online"', {"form": "online"}),
        (
            'chair_name = "Ông A"\nchair_title = "Cục trưởng"\nsecretary_name = "Bà B"',
            {"chair_name": "Ông A", "chair_title": "Cục trưởng", "secretary_name": "Bà B"},
        ),
    ],
)
def test_meeting_says_hour_form_chair_and_secretary(loaded, told, fields):
    year = loaded(f'{SEATS}[[meetings]]\nkind = "year-end"\ntitle = "Hội nghị"\nday = 2021-12-15\n{told}\n')
    meeting = year.meetings.get()
    assert {name: getattr(meeting, name) for name in fields} == fields


def test_half_day_and_form_are_printed(loaded):
    year = loaded(
        f'{SEATS}[[meetings]]\nkind = "activity"\ntitle = "Giao lưu"\nday = 2021-12-15\n'
        'time = "sáng"\nform = "trực tuyến"\n'
    )
    said = activity(year.meetings.get())
    assert said == "Giao lưu, sáng ngày 15 tháng 12 năm 2021, họp trực tuyến"


def test_hour_that_is_none_is_told(loaded):
    with pytest.raises(CommandError, match="khoá time: ghi giờ"):
        loaded(f'{SEATS}[[meetings]]\nkind = "year-end"\ntitle = "Hội nghị"\ntime = "25 giờ"\n')


@pytest.mark.parametrize(
    ("kind", "day", "accepted"),
    [
        ("signing", date(2021, 2, 15), True),
        ("signing", date(2020, 12, 28), True),
        ("activity", date(2020, 12, 28), True),
        ("activity", date(2020, 5, 1), False),
        ("year-end", date(2020, 12, 28), False),
    ],
)
def test_what_prepares_a_year_may_stand_before_it(loaded, kind, day, accepted):
    text = f'{SEATS}[[meetings]]\nkind = "{kind}"\ntitle = "Ký giao ước"\nday = {day}\n'
    if accepted:
        assert loaded(text).meetings.get().first_day == day
    else:
        with pytest.raises(CommandError, match="không thuộc năm thi đua 2021"):
            loaded(text)


def test_next_year_has_its_meetings(loaded):
    loaded(
        SEATS
        + """
[next_year]
year = "2022"
name = "Khối K"
organiser = "goc"
[[next_year.meetings]]
kind = "signing"
title = "Ký giao ước thi đua năm 2022"
day = 2021-12-15
""",
        BASE.replace("[bloc_year]", "[[years]]\ncode = \"2022\"\nfirst_day = 2022-01-01\n"
                     "last_day = 2022-12-31\n[bloc_year]"),
    )  # fmt: skip
    assert Meeting.objects.get().bloc_year.year.code == "2022"


def test_plan_has_its_number_and_day(loaded):
    year = loaded(
        SEATS,
        BASE.replace('name = "Khối K"', 'name = "Khối K"\nplan_reference = "12/KH-K"\n'
                     "plan_issued_on = 2021-02-01"),
    )  # fmt: skip
    assert (year.plan_reference, year.plan_issued_on) == ("12/KH-K", date(2021, 2, 1))


def test_pledge_is_signed_by_a_number_without_a_day_and_counts_its_contents(loaded):
    year = loaded(
        SEATS
        + """
[[pledges]]
code = "p"
first_day = 2021-01-01
last_day = 2021-12-31
signed_count = 9
signing_units = 9
content_count = 6
[[pledges.signatures]]
unit = "mot"
"""
    )
    assert [each.words for each in pledge_blocks(Facts.of(year), Pledge.objects.get())] == [
        "09/09 đơn vị trong Khối đã ký Bản giao ước thi đua năm 2021.",
        "Bản giao ước thi đua gồm 06 nội dung.",
    ]
    assert Signature.objects.get().signed_on is None


def test_collectives_and_persons_of_one_award_are_counted_apart(loaded):
    year = loaded(
        SEATS
        + """
[[nominations]]
award = "BKB"
count = 2
given_to = "collective"
[[nominations]]
award = "Bằng khen của Bộ trưởng"
count = 3
given_to = "cá nhân"
[[nominations]]
award = "LDTT"
count = 226
"""
    )
    assert Nomination.objects.count() == 231
    table = commendation(Facts.of(year), "official")[-1]
    assert [(row[1], row[2].text) for row in table.rows] == [
        ("Bằng khen của Bộ trưởng", "02 tập thể"),
        ("Bằng khen của Bộ trưởng", "03 cá nhân"),
        ("Lao động tiên tiến", "226 cá nhân"),
    ]


@pytest.mark.parametrize(
    "told",
    ['[[nominations]]\naward = "CTDCP"\nunit = "hai"', '[[results]]\nunit = "hai"\nrank = 1'],
)
def test_nobody_without_a_seat_is_proposed_or_ranked(loaded, told):
    with pytest.raises(CommandError, match="khoá unit: Đơn vị không thuộc Khối trong năm đó"):
        loaded(f"{SEATS}{told}\n")
    loaded(f'{SEATS}[[seats]]\nunit = "hai"\n{told}\n')


def test_second_year_of_the_same_units_in_another_order_loads_at_once(loaded):
    seats = '[[seats]]\nunit = "mot"\n[[seats]]\nunit = "hai"\n'
    first = loaded(seats)
    later = BASE.replace("2021", "2022")
    later = later.replace("decree_place = 1", "decree_place = 3")

    second = loaded(seats, later)

    assert (first.year.code, second.year.code) == ("2021", "2022")
    assert [[seat.unit.code for seat in year.seats_in_order()] for year in (first, second)] == [
        ["mot", "hai"],
        ["hai", "mot"],
    ]
    assert [seat.unit.decree_place for seat in Seat.objects.filter(unit__code="mot")] == [1, 1]


def test_deputies_stand_in_the_order_that_is_told(loaded):
    year = loaded(
        '[[seats]]\nunit = "mot"\nrole = "deputy"\nplace = 2\n'
        '[[seats]]\nunit = "hai"\nrole = "deputy"\nplace = 1\n'
    )
    assert [seat.unit.code for seat in year.seats_in_order()] == ["hai", "mot"]


def test_point_above_its_maximum_on_a_signed_paper_is_kept_with_a_warning(tmp_path):
    path = write_scored(tmp_path, ("points = 12.5", "points = 16.5"))

    said = load(path)

    score = Score.objects.get(sheet__tier="check", criterion__key="b1")
    assert (score.points, score.bonus, score.stated) == (16.5, 0, True)
    assert score.working == "theo văn bản giấy → 16,5 điểm, quá điểm tối đa 15"
    assert (
        "tiêu chí B1 ghi 16,5 điểm, quá điểm tối đa 15; giữ nguyên theo văn bản giấy. "
        "Hãy đối chiếu lại với bản gốc." in said
    )
    year = BlocYear.objects.get(year__code="2019")
    assert scores_of([year])[year.pk].totals(score.sheet.unit_id).total > 85
    assert "không có gì thay đổi" in load(path)


@pytest.mark.parametrize("words", ["năm học 2020-2021", "2020 - 2021", "2020-2021"])
def test_year_is_read_from_the_words_that_hold_it(loaded, words):
    year = loaded(SEATS, BASE.replace('"2021"', f'"{words}"'))
    assert year.year.code == "2020-2021"


def test_year_without_a_code_is_told(loaded):
    with pytest.raises(CommandError, match="khoá code: ghi năm thi đua là “2020”, năm học là “2020-2021”"):
        loaded(SEATS, BASE.replace('"2021"', '"nhiệm kỳ 5"'))
