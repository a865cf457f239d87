"""What is wrong with a set before it is frozen: each fault at its place, in words that say what to do."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from campaigns.scoring.check import faults_of, maximum_of
from campaigns.scoring.measures import KINDS
from campaigns.scoring.plan import TieBreak
from tests.campaigns.scoring.making import (
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

SOUND = plan(
    section(
        "a",
        criterion(60, measure("ratio"), key="a1"),
        criterion(30, measure("manual"), key="a2"),
        maximum=D(90),
    ),
    section("b", section("b-1", criterion(10, deduction("per-case", points="1"), key="b1", starts="full"))),
    maximum=D(100),
    tie_breaks=(TieBreak("section", "b-1"), TieBreak("fewer-deductions")),
)


def told(*sections, **rest):
    return [
        (fault.key, fault.words) for fault in faults_of(replace(SOUND, **rest) if rest else plan(*sections))
    ]


def of_criterion(maximum, *measures, **rest):
    return told(section("s", criterion(maximum, *measures, **rest)))


def of_measure(one, maximum=10, beside=()):
    starts = "zero" if one.effect == "base" else "full"
    return [words for _, words in of_criterion(maximum, one, *beside, starts=starts)]


def test_a_sound_plan_has_no_fault():
    assert faults_of(SOUND) == []


def test_full_points_of_a_section_are_those_of_its_parts():
    assert [maximum_of(each) for each in SOUND.sections] == [D(90), D(10)]


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        ({"digits": 5}, "Số chữ số thập phân của điểm phải từ 0 đến 4."),
        ({"na_policy": "none"}, "Hãy chọn cách tính tiêu chí không áp dụng."),
        (
            {"maximum": D(110)},
            "Tổng điểm chuẩn của các mục là 100, khác tổng điểm của bộ tiêu chí là 110.",
        ),
        ({"bonus_cap": D(-1)}, "Mức trần điểm thưởng không được âm, đang là -1."),
        ({"bonus_cap": D("1.125")}, "Mức trần điểm thưởng là 1,125, quá 2 chữ số thập phân của bộ tiêu chí."),
        ({"tie_breaks": (TieBreak("votes"),)}, "Cách xét thứ 1 khi bằng điểm không có. Hãy chọn lại."),
        (
            {"tie_breaks": (TieBreak("more-bonus"), TieBreak("section", "z"))},
            "Cách xét thứ 2 khi bằng điểm nói đến mục “z”, mà bộ tiêu chí không có.",
        ),
        (
            {"tie_breaks": (TieBreak("more-bonus"), TieBreak("more-bonus"))},
            "Cách xét thứ 2 khi bằng điểm đã có ở trên.",
        ),
        (
            {"sections": (), "maximum": None, "tie_breaks": ()},
            "Bộ tiêu chí chưa có mục nào. Hãy thêm ít nhất một mục.",
        ),
    ],
)
def test_faults_of_the_whole(rest, words):
    assert told(**rest) == [("", words)]


ONE = criterion(10, measure("manual"), key="c")


@pytest.mark.parametrize(
    ("sections", "key", "words"),
    [
        ([section("s")], "s", "Mục chưa có tiêu chí nào. Hãy thêm tiêu chí hoặc bỏ mục."),
        (
            [section("s", ONE, maximum=D(9))],
            "s",
            "Các phần của mục cộng lại được 10 điểm, khác điểm của mục là 9.",
        ),
        ([section("s", ONE, tiers=("self", "court"))], "s", "Không có cấp chấm “court”."),
        (
            [section("s", ONE, tiers=("self",), counting_tier="check")],
            "s",
            "Cấp chấm lấy điểm của mục không nằm trong các cấp chấm mục này. Hãy chọn lại.",
        ),
        (
            [section("s", section("t", ONE, tiers=("self",)), counting_tier="check")],
            "t",
            "Cấp chấm lấy điểm của mục không nằm trong các cấp chấm mục này. Hãy chọn lại.",
        ),
        (
            [section("c", ONE)],
            "c",
            "Mã khóa “c” dùng 2 lần. Mỗi mục, tiêu chí một mã khóa riêng.",
        ),
        (
            [section("Mục", ONE)],
            "Mục",
            "Mã khóa “Mục” chỉ được có chữ thường không dấu, chữ số và gạch nối ở giữa.",
        ),
        ([section("s", ONE, deduction_cap=D(-2))], "s", "Mức trần điểm trừ không được âm, đang là -2."),
    ],
)
def test_faults_of_sections(sections, key, words):
    assert told(*sections) == [(key, words)]


@pytest.mark.parametrize(
    ("of", "key", "words"),
    [
        (criterion(10), "c", "Tiêu chí chưa có cách tính điểm nào. Hãy thêm ít nhất một cách."),
        (criterion(10, note("note")), "c", "Tiêu chí chưa có cách tính điểm nào. Hãy thêm ít nhất một cách."),
        (
            criterion(10, measure("yes-no", points="4"), measure("ratio", key="n", points="5")),
            "c",
            "Các cách tính điểm cộng lại chỉ được 9, không đạt tới điểm chuẩn 10.",
        ),
        (
            criterion(10, bonus("yes-no", points="4")),
            "c",
            "Các cách tính điểm cộng lại chỉ được 0, không đạt tới điểm chuẩn 10.",
        ),
        (
            criterion(10, measure("yes-no", points="6"), measure("ratio", key="n", points="5")),
            "c",
            "Các cách tính điểm cộng lại được 11, quá điểm chuẩn 10 của tiêu chí.",
        ),
        (
            criterion(10, measure("ratio", limit_percent="120")),
            "c",
            "Các cách tính điểm cộng lại được 12, quá điểm chuẩn 10 của tiêu chí.",
        ),
        (
            criterion(10, measure("yes-no"), starts="full"),
            "c",
            "Tiêu chí bắt đầu từ điểm chuẩn thì chỉ có thưởng và trừ. Hãy bỏ các cách tính điểm chuẩn.",
        ),
        (
            criterion(10, measure("yes-no"), starts="half"),
            "c",
            "Hãy chọn tiêu chí bắt đầu từ điểm chuẩn hay từ 0.",
        ),
        (
            criterion(10, measure("yes-no"), lowest="11"),
            "c",
            "Điểm thấp nhất của tiêu chí lớn hơn điểm chuẩn.",
        ),
        (
            criterion(10, measure("yes-no"), may_be_not_applicable=True),
            "c",
            "Bộ tiêu chí không cho ghi “không áp dụng”, mà tiêu chí này cho phép. Hãy sửa một trong hai.",
        ),
        (
            criterion(10, measure("yes-no"), bonus_cap="2"),
            "c",
            "Tiêu chí có mức trần điểm thưởng mà không có điểm thưởng nào.",
        ),
        (
            criterion(10, measure("yes-no"), deduction_cap="2"),
            "c",
            "Tiêu chí có mức trần điểm trừ mà không có điểm trừ nào.",
        ),
        (
            criterion("10.125", measure("yes-no")),
            "c",
            "Điểm chuẩn là 10,125, quá 2 chữ số thập phân của bộ tiêu chí.",
        ),
        (
            criterion(10, measure("yes-no"), bonus("per-case", key="n", points="0.001", cap="0.005")),
            "c/n",
            "Mức trần là 0,005, quá 2 chữ số thập phân của bộ tiêu chí.",
        ),
        (
            criterion(10, measure("yes-no", points="5"), measure("yes-no", points="5")),
            "c/m",
            "Mã khóa “m” dùng 2 lần trong một tiêu chí.",
        ),
    ],
)
def test_faults_of_criteria(of, key, words):
    assert told(section("s", of)) == [(key, words)]


def test_alternatives_may_together_be_above_full_points():
    either = measure("yes-no", key="a", points="10"), measure("yes-no", key="b", points="6", unless=["a"])
    assert of_criterion(10, *either) == []


NUMBER = "“%s” phải là số viết trong ngoặc kép, dấu thập phân là dấu chấm: “0.5”."
OF_BAND = "“%s” phải là số viết trong ngoặc kép, không âm, ví dụ “0.5”."
GOOD = bands(("90", "10"), ("50", "5"))
ORDER = "Các mức phải xếp từ cao xuống thấp, không mức nào trùng nhau."
LATE_ORDER = "Các mức phải xếp từ ít ngày chậm đến nhiều ngày chậm, không mức nào trùng nhau."


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (measure("guess"), "Không có cách tính điểm “guess”."),
        (
            bonus("disqualification", text="x"),
            "“Không xét” không dùng được cho loại điểm này. Hãy chọn loại điểm khác.",
        ),
        (deduction("yes-no", points="-1"), "Số điểm không được âm: điểm trừ ghi số dương ở cột điểm trừ."),
        (deduction("yes-no"), "Hãy ghi số điểm thưởng hoặc điểm trừ của cách tính điểm này."),
        (deduction("per-case"), "Hãy ghi số điểm của mỗi trường hợp."),
        (
            deduction("per-case", points="2", cap="1"),
            "Mức trần nhỏ hơn điểm của một trường hợp. Hãy kiểm tra lại hai số này.",
        ),
        (
            deduction("yes-no", points="2", cap="1"),
            "Mức trần nhỏ hơn số điểm. Hãy ghi số điểm bằng mức trần, bỏ mức trần.",
        ),
        (
            bonus("yes-no", points="2", text="x", disqualifies=True),
            "Chỉ điểm trừ hoặc trường hợp không tính điểm mới có thể loại khỏi xét thi đua, suy tôn.",
        ),
        (
            deduction("yes-no", points="2", excludes_from_flags=True),
            "Hãy ghi nội dung: đó là lý do được nêu khi đơn vị không được xét.",
        ),
        (note("disqualification"), "Hãy ghi nội dung: đó là lý do được nêu khi đơn vị không được xét."),
        (measure("ratio", limit="120"), "“Theo tỷ lệ thực hiện so với kế hoạch” không có thiết lập “limit”."),
        (measure("ratio", limit_percent="100%"), NUMBER % "limit_percent"),
        (measure("ratio", limit_percent=100), NUMBER % "limit_percent"),
        (measure("ratio", plan="0"), "“plan” phải lớn hơn 0, đang là 0."),
        (measure("ratio", from_percent="-1"), "“from_percent” không được âm, đang là -1."),
        (measure("ratio", allow_below_one="no"), "“allow_below_one” chỉ nhận true hoặc false."),
        (measure("ratio", unit=5), "“unit” phải là chữ."),
        (measure("ratio", labels=["x"]), "“labels” phải là bảng ghi tên của từng số liệu."),
        (
            measure("ratio", labels={"part": "x"}),
            "“labels” nói đến số liệu “part”, mà cách tính điểm này không hỏi.",
        ),
        (measure("ratio", unless="x"), "“unless” phải là danh sách các mã."),
        (
            measure("ratio", unless=["m"]),
            "“unless” nói đến “m”, không phải cách tính điểm khác của tiêu chí này.",
        ),
        (measure("inverse", limit_percent="0"), "“limit_percent” phải lớn hơn 0, đang là 0."),
        (
            bonus("above-plan"),
            "Hãy ghi hoặc số điểm cho mỗi phần trăm, hoặc số phần trăm của điểm chuẩn.",
        ),
        (
            bonus("above-plan", points="1", percent_of_maximum="1"),
            "Hãy ghi hoặc số điểm cho mỗi phần trăm, hoặc số phần trăm của điểm chuẩn.",
        ),
        (bonus("above-plan", points="1", step_percent="0"), "“step_percent” phải lớn hơn 0, đang là 0."),
        (measure("bands"), "Hãy ghi ít nhất một mức."),
        (measure("bands", bands="90"), "“bands” phải là danh sách các dòng."),
        (measure("bands", bands=bands(("50", "5"), ("90", "10"))), ORDER),
        (measure("bands", bands=bands(("90", "10"), ("90", "5"))), ORDER),
        (measure("bands", bands=bands(("90", "10"), ("above 90", "5"))), ORDER),
        (measure("bands", bands=[{"from": "90"}]), OF_BAND % "points"),
        (measure("bands", bands=bands(("90", "10")), otherwise="-1"), OF_BAND % "otherwise"),
        (
            measure("bands", bands=[{"from": "90", "points": "10", "to": "95"}]),
            "Một mức chỉ có “from”, “above”, “points”; không có “to”.",
        ),
        (
            measure("bands", bands=[{"from": "90", "points": "10", "above": "yes"}]),
            "“above” chỉ nhận true hoặc false.",
        ),
        (
            measure("bands", of="percent", bands=GOOD),
            "“of” phải là “value” (một số) hoặc “share” (một phần trên tổng số).",
        ),
        (
            measure("bands", classes=[{"from": "0", "bands": GOOD}, {"from": "9", "bands": GOOD}]),
            "Các nhóm phải xếp từ mức cao xuống thấp, mỗi mức một nhóm.",
        ),
        (
            measure("bands", classes=[{"from": "9", "bands": GOOD}]),
            "Nhóm cuối cùng phải bắt đầu từ 0 để không đơn vị nào nằm ngoài các nhóm.",
        ),
        (measure("bands", classes=[{"from": "0", "bands": []}]), "Hãy ghi ít nhất một mức."),
        (
            measure("bands", class_by="whole", classes=[{"from": "0", "bands": GOOD}]),
            "“class_by” nói đến số liệu “whole”, mà cách tính điểm này không hỏi.",
        ),
        (measure("lateness"), "Hãy ghi ít nhất một mức."),
        (measure("lateness", bands=days(("5", "10"), ("0", "5"))), LATE_ORDER),
        (
            measure("lateness", bands=days(("sớm", "10"))),
            "“up_to” phải là số ngày, viết trong ngoặc kép: “0” là đúng hạn, “-3” là sớm 3 ngày.",
        ),
        (
            measure("lateness", bands=[{"up_to": "0", "points": "10", "from": "1"}]),
            "Một mức chỉ có “up_to”, “points”; không có “from”.",
        ),
        (
            measure("lateness", due="02-29", bands=days(("0", "10"))),
            "“due” phải là tháng và ngày có trong mọi năm, viết như “01-31”.",
        ),
        (
            measure("lateness", due_next_year=True, bands=days(("0", "10"))),
            "“due_next_year” chỉ dùng khi có “due”.",
        ),
        (
            measure("lateness", of="weeks", bands=days(("0", "10"))),
            "“of” phải là “dates” (ngày đến hạn và ngày thực hiện) hoặc “days” (số ngày chậm).",
        ),
        (measure("graded", grades=[{"grade": "A", "points": "10"}]), "Hãy ghi ít nhất hai loại."),
        (
            measure("graded", grades=[{"grade": "A", "points": "10"}, {"grade": "A", "points": "5"}]),
            "Mỗi loại phải có tên “grade” riêng.",
        ),
        (
            measure("graded", grades=[{"grade": "A", "points": "10"}, {"grade": "B"}]),
            "Loại B phải có hoặc “points” hoặc “percent”.",
        ),
        (
            measure("graded", grades=[{"grade": "A", "points": "10"}, {"grade": "B", "percent": "tám"}]),
            OF_BAND % "percent",
        ),
    ],
)
def test_faults_of_measures(one, words):
    assert of_measure(one) == [words]


RATIO = measure("ratio", key="ratio")


@pytest.mark.parametrize(
    ("one", "beside", "words"),
    [
        (
            bonus("above-plan", points="1", figures_of="none"),
            RATIO,
            "“figures_of” nói đến “none”, không phải cách tính điểm khác của tiêu chí này.",
        ),
        (
            bonus("above-plan", points="1", figures_of="m"),
            RATIO,
            "“figures_of” nói đến “m”, không phải cách tính điểm khác của tiêu chí này.",
        ),
        (
            bonus("above-plan", points="1", figures_of="n"),
            bonus("above-plan", key="n", points="1", figures_of="m"),
            "“figures_of” phải nói đến cách tính điểm tự hỏi số liệu của mình.",
        ),
        (
            bonus("above-plan", points="1", figures_of="n"),
            measure("yes-no", key="n"),
            "Cách tính điểm ở “figures_of” không có tỷ lệ hay kết quả để dùng chung.",
        ),
        (
            deduction("yes-no", points="1", figures_of="ratio"),
            RATIO,
            "Hai cách tính điểm không hỏi số liệu nào giống nhau để dùng chung.",
        ),
        (
            bonus("bands", of="share", bands=GOOD, figures_of="ratio", shares=["whole"]),
            RATIO,
            "“shares” nói đến số liệu “whole”, mà hai cách tính điểm không cùng hỏi.",
        ),
        (
            bonus("above-plan", points="1", shares=["plan"]),
            RATIO,
            "“shares” chỉ dùng cùng với “figures_of”.",
        ),
        (
            bonus("above-plan", points="1", figures_of="n"),
            measure("inverse", key="n"),
            "Thưởng theo tỷ lệ nghịch phải có mức trần, vì kết quả bằng 0 thì vượt bao nhiêu cũng được.",
        ),
    ],
)
def test_faults_of_shared_figures(one, beside, words):
    assert words in [each for _, each in of_criterion(10, beside, one)]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_measure_without_any_settings_is_told_what_it_lacks_and_does_not_fail(kind):
    effect = KINDS[kind].effects[0]
    faults = of_measure(measure(kind, effect))
    assert bool(faults) == (kind not in {"ratio", "inverse", "yes-no", "manual"})
