"""Files of criteria: read and written the same, faults told by line and key, the sets that come along."""

from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocs.toml_text import Faulty
from campaigns.scores.criteria.files import DEFAULT, Beside, Content, read, read_shipped, shipped, write
from campaigns.scores.scoring.plan import (
    EFFECTS,
    NA_POLICIES,
    STARTS,
    TIERS,
    Criterion,
    Measure,
    Plan,
    Section,
    TieBreak,
)

HUNG_YEN = Path(__file__).resolve().parents[3] / "data" / "criteria-hung-yen-2021.toml"

words = st.text(max_size=20).map(str.strip)
points = st.decimals(min_value=0, max_value=9999, places=4)
maybe = st.none() | points
keys = st.integers(1, 999).map(str)
settings = st.recursive(
    words | st.booleans() | st.decimals(-999, 999, places=3).map(str) | st.sampled_from(["0", "-1", "007"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
measures = st.builds(
    Measure,
    key=keys,
    kind=words,
    effect=st.sampled_from(EFFECTS),
    code=words,
    text=words,
    points=maybe,
    cap=maybe,
    settings=st.dictionaries(st.text(max_size=8), settings, max_size=3),
    excludes_from_flags=st.booleans(),
    disqualifies=st.booleans(),
)
criteria = st.builds(
    Criterion,
    key=keys.map("c{}".format),
    code=words,
    text=words,
    maximum=points,
    measures=st.lists(measures, max_size=3).map(tuple),
    starts=st.sampled_from(STARTS),
    lowest=st.none() | st.decimals(-99, 99, places=2),
    bonus_cap=maybe,
    deduction_cap=maybe,
    may_be_not_applicable=st.booleans(),
)


def _sections(parts):
    return st.builds(
        Section,
        key=keys.map("s{}".format),
        code=words,
        title=words,
        parts=st.lists(parts, max_size=3, unique_by=lambda part: part.key).map(tuple),
        maximum=maybe,
        bonus_cap=maybe,
        deduction_cap=maybe,
        tiers=st.lists(st.sampled_from(TIERS), unique=True).map(tuple),
        counting_tier=st.sampled_from(("", *TIERS)),
    )


tie_breaks = st.builds(TieBreak, st.sampled_from(["fewer-deductions", "more-bonus"])) | st.builds(
    TieBreak, st.just("section"), keys
)
plans = st.builds(
    Plan,
    name=words,
    sections=st.lists(_sections(criteria | _sections(criteria)), max_size=2).map(tuple),
    digits=st.integers(0, 4),
    maximum=maybe,
    bonus_cap=maybe,
    na_policy=st.sampled_from(NA_POLICIES),
    tie_breaks=st.lists(tie_breaks, max_size=3).map(tuple),
    deduction_share=maybe,
    class_section=keys,
)


def beside_of(plan):
    """A content whose parts say something beside their points."""
    found = {criterion.key: Beside("Văn phòng Sở", True, "Kèm theo…") for _, criterion in plan.walk()}
    return {key: said for key, said in found.items() if key}


@given(plan=plans, note=words, issued_on=st.none() | st.dates())
def test_a_set_is_read_as_it_was_written(plan, note, issued_on):
    content = Content(
        plan=plan,
        beside=beside_of(plan),
        check_mode="blind",
        checkers=3,
        reference="12/HD-BKHCN",
        issued_on=issued_on,
        note=note,
    )
    assert read(write(content)) == content


TEXT = """\
format = 1
name = "Bộ tiêu chí"
bonus_cap = "none"
issued_on = 2022-03-01

[[sections]]
key = "a"
title = "Mục A"

[[sections.criteria]]
key = "a1"
text = "Tiêu chí 1"
maximum = 5.5

[[sections.criteria.measures]]
key = "a1-1"
kind = "yes-no"
points = 5.5
settings = { no = 0.50 }
"""


def test_numbers_are_exact():
    content = read(TEXT.encode())
    criterion = content.plan.criteria["a1"]
    assert (criterion.maximum, criterion.measures[0].points) == (D("5.5"), D("5.5"))
    assert criterion.measures[0].settings == {"no": "0.50"}
    assert (content.plan.bonus_cap, content.issued_on) == (None, date(2022, 3, 1))


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ("format = 1\n", "", ["dòng 1: thiếu khoá format."]),
        ("format = 1", "format = 2", ["dòng 1: khoá format: phải là số nguyên từ 1 đến 1."]),
        ('bonus_cap = "none"\n', "", ["dòng 1: thiếu khoá bonus_cap."]),
        (
            '"none"',
            '"không"',
            [
                "dòng 3: khoá bonus_cap: phải là số viết trần với dấu chấm thập phân, ví dụ 0.5. "
                'Không giới hạn thì ghi "none".'
            ],
        ),
        ("2022-03-01", '"1/3"', ["dòng 4: khoá issued_on: phải là ngày, ghi dạng 2022-03-01."]),
        ('title = "Mục A"\n', "", ["dòng 6: bảng [sections]: thiếu khoá title."]),
        (
            'text = "Tiêu chí 1"',
            "text = 1",
            ["dòng 12: bảng [sections.criteria], khoá text: phải là chữ đặt giữa hai dấu nháy."],
        ),
        (
            "maximum = 5.5",
            "maximum = -5.5",
            [
                "dòng 13: bảng [sections.criteria], khoá maximum: ghi số không âm; "
                "cộng hay trừ do khoá effect nói."
            ],
        ),
        (
            "maximum = 5.5",
            "maximum = 1000000",
            [
                "dòng 13: bảng [sections.criteria], khoá maximum: số điểm quá lớn, phải dưới 1000000.",
            ],
        ),
        (
            'key = "a1-1"',
            'key = "a1-1"\ncode = "mục một phẩy một chấm một"',
            [
                "dòng 17: bảng [sections.criteria.measures], khoá code: "
                "dài 25 ký tự, chỉ giữ được 20. Hãy rút gọn."
            ],
        ),
        (
            'kind = "yes-no"',
            'loai = "yes-no"',
            [
                "dòng 15: bảng [sections.criteria.measures]: thiếu khoá kind.",
                "dòng 17: bảng [sections.criteria.measures], khoá loai: "
                "không có khoá này trong tệp bộ tiêu chí; xem lại tên khoá.",
            ],
        ),
        (
            'key = "a"\n',
            'key = "a"\norder = ["a2"]\n',
            [
                "dòng 8: bảng [sections], khoá order: phải ghi đủ mã của từng tiêu chí, mục con, "
                "mỗi mã một lần."
            ],
        ),
        (
            'key = "a"\n',
            'key = "a"\ntiers = ["self", "me"]\n',
            [
                "dòng 8: bảng [sections], khoá tiers: chỉ nhận self, check, leader, conference, department.",
            ],
        ),
        (
            "issued_on",
            'tie_breaks = [{ kind = "section" }]\nissued_on',
            [
                "dòng 4: khoá tie_breaks: khoá section ghi mã của mục, và chỉ ghi khi kind là section.",
            ],
        ),
        (
            "settings = { no = 0.50 }",
            "settings = { due = 2022-01-31 }",
            [
                "dòng 19: bảng [sections.criteria.measures], khoá settings: "
                'ngày trong thông số ghi là chữ, ví dụ "01-31".'
            ],
        ),
        ("[[sections]]", "[sections]", ["dòng 6: bảng [sections]: phải là các bảng [[sections]]."]),
        ("maximum = 5.5", "maximum = 5,5", ["dòng 13: sai cú pháp TOML:"]),
    ],
)
def test_faults_are_told_where_they_stand(old, new, faults):
    assert old in TEXT
    text = TEXT.replace(old, new, 1)
    if new == "[sections]":
        text = text[: text.index("[[sections.criteria]]")]
    with pytest.raises(Faulty) as error:
        read(text.encode())
    found = [str(fault) for fault in error.value.faults]
    assert [one[: len(told)] for one, told in zip(found, faults, strict=True)] == faults


def test_files_that_come_along_are_known_by_name():
    assert [each.name for each in shipped()] == [DEFAULT, "tien-giang-2022"]
    for name in ("khong-co", "../criteria/mac-dinh-100-10", ""):
        with pytest.raises(KeyError):
            read_shipped(name)


@pytest.mark.parametrize(
    ("content", "criteria", "maximum", "sections", "bonus_cap"),
    [
        (read_shipped(DEFAULT), 22, 100, {"a": 60, "b": 15, "c": 20, "d": 5, "e": 0, "f": 0}, D(10)),
        (
            read_shipped("tien-giang-2022"),
            31,
            100,
            {"tc1": 80, "tc2": 2, "tc3": 10, "tc4": 3, "tc5": 5},
            None,
        ),
        (read(HUNG_YEN.read_bytes()), 14, 350, {"i": 200, "ii": 100, "iii": 50}, None),
    ],
)
def test_full_points_add_up(content, criteria, maximum, sections, bonus_cap):
    plan = content.plan
    assert (len(plan.criteria), plan.maximum, plan.bonus_cap) == (criteria, D(maximum), bonus_cap)
    added = {}
    for above, criterion in plan.walk():
        added[above[0].key] = added.get(above[0].key, 0) + criterion.maximum
    assert added == sections
    assert {section.key: section.maximum for section in plan.sections} == sections
