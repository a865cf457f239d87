"""What is wrong with measures: their settings, and what they share with each other."""

import pytest

from campaigns.scores.scoring.check import faults_of
from campaigns.scores.scoring.measures import KINDS
from tests.campaigns.scores.scoring.making import (
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


def of_measures(*measures):
    starts = "zero" if any(each.effect == "base" for each in measures) else "full"
    return [each.words for each in faults_of(plan(section("s", criterion(10, *measures, starts=starts))))]


NUMBER = "“%s” phải là số viết trong ngoặc kép, dấu thập phân là dấu chấm: “0.5”."
OF_BAND = "“%s” phải là số viết trong ngoặc kép, không âm, ví dụ “0.5”."
GOOD = bands(("90", "10"), ("50", "5"))
SMALL = (
    "Có mức từ 1% trở xuống: hãy đặt “Số liệu có thể từ 1% trở xuống [allow_below_one]” (true) "
    "để ghi được số liệu như 0,5%."
)
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
        (measure("ratio", limit_percent="100%"), NUMBER % "Tính nhiều nhất đến bao nhiêu % [limit_percent]"),
        (measure("ratio", limit_percent=100), NUMBER % "Tính nhiều nhất đến bao nhiêu % [limit_percent]"),
        (measure("ratio", plan="0"), "“Kế hoạch ấn định [plan]” phải lớn hơn 0, đang là 0."),
        (
            measure("ratio", from_percent="-1"),
            "“Tính từ bao nhiêu % [from_percent]” không được âm, đang là -1.",
        ),
        (
            measure("ratio", allow_below_one="no"),
            "“Số liệu có thể từ 1% trở xuống [allow_below_one]” chỉ nhận true hoặc false.",
        ),
        (measure("ratio", unit=5), "“unit” phải là chữ."),
        (measure("ratio", labels=["x"]), "“Tên của số liệu [labels]” phải là bảng ghi tên của từng số liệu."),
        (
            measure("ratio", labels={"part": "x"}),
            "“Tên của số liệu [labels]” nói đến số liệu “part”, mà cách tính điểm này không hỏi.",
        ),
        (measure("ratio", unless="x"), "“Không tính khi có [unless]” phải là danh sách các mã."),
        (
            measure("ratio", unless=["m"]),
            "“Không tính khi có [unless]” nói đến “m”, không phải cách tính điểm khác của tiêu chí này.",
        ),
        (
            measure("ratio", plan="0.8", unit="%"),
            SMALL,
        ),
        (
            measure("ratio", lowest="9", highest="8"),
            "Số liệu thấp nhất “lowest” lớn hơn số liệu cao nhất “highest”.",
        ),
        (
            measure("bands", unit="%", bands=bands(("5", "10"), ("1", "5"))),
            SMALL,
        ),
        (
            measure("bands", unit="%", bands=bands(("5", "10"), ("above 0", "5"))),
            SMALL,
        ),
        (measure("manual", lowest="11"), "“Điểm thấp nhất [lowest]” lớn hơn số điểm."),
        (
            deduction("per-case", points="1", free="1.5"),
            "“Số trường hợp đầu không tính [free]” phải là số nguyên: bao nhiêu trường hợp đầu không tính.",
        ),
        (
            measure("yes-no", key="Có"),
            "Mã khoá “Có” chỉ được có chữ thường không dấu, chữ số và gạch nối ở giữa.",
        ),
        (
            measure("inverse", limit_percent="0"),
            "“Tính nhiều nhất đến bao nhiêu % [limit_percent]” phải lớn hơn 0, đang là 0.",
        ),
        (
            bonus("above-plan"),
            "Hãy ghi hoặc số điểm cho mỗi phần trăm, hoặc số phần trăm của điểm chuẩn.",
        ),
        (
            bonus("above-plan", points="1", percent_of_maximum="1"),
            "Hãy ghi hoặc số điểm cho mỗi phần trăm, hoặc số phần trăm của điểm chuẩn.",
        ),
        (
            bonus("above-plan", points="1", step_percent="0"),
            "“Mỗi bước là bao nhiêu % [step_percent]” phải lớn hơn 0, đang là 0.",
        ),
        (measure("bands"), "Hãy ghi ít nhất một mức."),
        (measure("bands", bands="90"), "“bands” phải là danh sách các dòng."),
        (measure("bands", bands=bands(("50", "5"), ("90", "10"))), ORDER),
        (measure("bands", bands=bands(("90", "10"), ("90", "5"))), ORDER),
        (measure("bands", bands=bands(("90", "10"), ("above 90", "5"))), ORDER),
        (measure("bands", bands=[{"from": "90"}]), OF_BAND % "Điểm [points]"),
        (measure("bands", bands=bands(("90", "10")), otherwise="-1"), OF_BAND % "otherwise"),
        (
            measure("bands", bands=[{"from": "90", "points": "10", "to": "95"}]),
            "Một mức chỉ có “from”, “above”, “points”; không có “to”.",
        ),
        (
            measure("bands", bands=[{"from": "90", "points": "10", "above": "yes"}]),
            "“Phải cao hơn mức này [above]” chỉ nhận true hoặc false.",
        ),
        (
            measure("bands", of="percent", bands=GOOD),
            "“Số liệu ghi [of]” phải là “value” (một số) hoặc “share” (một phần trên tổng số).",
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
            "“Số liệu để chia nhóm [class_by]” nói đến số liệu “whole”, mà cách tính điểm này không hỏi.",
        ),
        (measure("lateness"), "Hãy ghi ít nhất một mức."),
        (measure("lateness", bands=days(("5", "10"), ("0", "5"))), LATE_ORDER),
        (
            measure("lateness", bands=days(("sớm", "10"))),
            "“Chậm đến (ngày) [up_to]” phải là số ngày: “0” là đúng hạn, “-3” là sớm 3 ngày.",
        ),
        (
            measure("lateness", bands=[{"up_to": "0", "points": "10", "from": "1"}]),
            "Một mức chỉ có “up_to”, “points”; không có “from”.",
        ),
        (
            measure("lateness", due="02-29", bands=days(("0", "10"))),
            "“Hạn trong năm [due]” phải là tháng và ngày có trong mọi năm, viết trong tệp như “01-31”.",
        ),
        (
            measure("lateness", due_next_year=True, bands=days(("0", "10"))),
            "“Hạn thuộc năm sau [due_next_year]” chỉ dùng khi có “Hạn trong năm [due]”.",
        ),
        (
            measure("lateness", of="weeks", bands=days(("0", "10"))),
            "“Số liệu ghi [of]” phải là “dates” (ngày đến hạn và ngày thực hiện) hoặc “days” (số ngày chậm).",
        ),
        (measure("graded", grades=[{"grade": "A", "points": "10"}]), "Hãy ghi ít nhất hai loại."),
        (
            measure("graded", grades=[{"grade": "A", "points": "10"}, {"grade": "A", "points": "5"}]),
            "Mỗi loại phải có “Loại [grade]” riêng.",
        ),
        (
            measure("graded", grades=[{"grade": "A", "points": "10"}, {"grade": "B"}]),
            "Loại B chỉ ghi một trong hai: “Điểm [points]”, “Hoặc % điểm [percent]”.",
        ),
        (
            measure("graded", grades=[{"grade": "A", "points": "10"}, {"grade": "B", "percent": "tám"}]),
            OF_BAND % "Hoặc % điểm [percent]",
        ),
    ],
)
def test_faults_of_measures(one, words):
    assert of_measures(one) == [words]


def test_a_band_for_all_the_rest_says_nothing_of_small_percentages():
    assert of_measures(measure("bands", unit="%", bands=bands(("90", "10"), ("0", "5")))) == []


RATIO = measure("ratio", key="ratio")


@pytest.mark.parametrize(
    ("one", "beside", "words"),
    [
        (
            bonus("above-plan", points="1", figures_of="none"),
            RATIO,
            "“Lấy số liệu của [figures_of]” nói đến “none”, không phải cách tính điểm khác của tiêu chí này.",
        ),
        (
            bonus("above-plan", points="1", figures_of="m"),
            RATIO,
            "“Lấy số liệu của [figures_of]” nói đến “m”, không phải cách tính điểm khác của tiêu chí này.",
        ),
        (
            bonus("above-plan", points="1", figures_of="n"),
            bonus("above-plan", key="n", points="1", figures_of="m"),
            "“Lấy số liệu của [figures_of]” phải nói đến cách tính điểm tự hỏi số liệu của mình.",
        ),
        (
            bonus("above-plan", points="1", figures_of="n"),
            measure("yes-no", key="n"),
            "Cách tính điểm ở “Lấy số liệu của [figures_of]” không có tỷ lệ hay kết quả để dùng chung.",
        ),
        (
            deduction("yes-no", points="1", figures_of="ratio"),
            RATIO,
            "Hai cách tính điểm không hỏi số liệu nào giống nhau để dùng chung.",
        ),
        (
            bonus("bands", of="share", bands=GOOD, figures_of="ratio", shares=["whole"]),
            RATIO,
            "“Số liệu dùng chung [shares]” nói đến số liệu “whole”, mà hai cách tính điểm không cùng hỏi.",
        ),
        (
            bonus("above-plan", points="1", shares=["plan"]),
            RATIO,
            "“Số liệu dùng chung [shares]” chỉ dùng khi có “Lấy số liệu của [figures_of]”.",
        ),
        (
            bonus("above-plan", points="1", figures_of="n"),
            measure("inverse", key="n"),
            "Thưởng theo tỷ lệ nghịch phải có mức trần, vì kết quả bằng 0 thì vượt bao nhiêu cũng được.",
        ),
    ],
)
def test_faults_of_shared_figures(one, beside, words):
    assert words in of_measures(beside, one)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_measure_without_any_settings_is_told_what_it_lacks_and_does_not_fail(kind):
    effect = KINDS[kind].effects[0]
    faults = of_measures(measure(kind, effect))
    assert bool(faults) == (kind not in {"ratio", "inverse", "yes-no", "manual", "target-and-best"})
