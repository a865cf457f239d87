"""A small sound bloc-year file, scores of its year with their criteria, and how tests load one."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from blocs.models import Entry
from campaigns.scores.models import CriteriaSet, Score, ScoreSheet, SheetVersion

SHIPPED = Path(__file__).parents[2] / "reports/data/tong-cuc-cuc-ban-quy-2020.toml"

SMALL = """\
format = 1

[sources]
bien-ban = "Biên bản Hội nghị ngày 20/12/2019"

[[units]]
code = "bo"
name = "Bộ Thử nghiệm"
kind = "ministry"
root = true

[[units]]
code = "cuc-mot"
name = "Cục Một"
kind = "authority"
superior = "bo"
aliases = ["Cục 1"]

[[units]]
code = "cuc-hai"
name = "Cục Hai"
kind = "authority"

[[years]]
code = "2019"
first_day = 2019-01-01
last_day = 2019-12-31

[bloc_year]
bloc = "khoi-cuc"
year = "2019"
name = "Khối các Cục"
organiser = "bo"

[[seats]]
unit = "cuc-mot"
role = "leader"
representative = "Nguyễn Văn An"

[[seats]]
unit = "cuc-hai"

[[observations]]
kind = "result"
text = "Các đơn vị hoàn thành nhiệm vụ."

[[meetings]]
id = "tong-ket"
kind = "year-end"
title = "Hội nghị tổng kết năm 2019"
day = 2019-12-20
source = "bien-ban"

[[meetings.agenda]]
title = "Khai mạc"

[[meetings.statements]]
kind = "opening"
text = "Chào mừng các đại biểu."

[[nominations]]
award = "CTDB"
count = 2
meeting = "tong-ket"

[[exemplars]]
kind = "collective"
unit = "cuc-hai"

[[campaigns]]
code = "phong-trao-2019"
launched_by = "bo"
theme = "Đổi mới"
first_day = 2019-01-01
last_day = 2019-12-31

[[pledges]]
code = "giao-uoc-2019"
first_day = 2019-01-01
last_day = 2019-12-31

[[pledges.contents]]
text = "Hoàn thành kế hoạch năm."

[[pledges.signatures]]
unit = "cuc-mot"
signed_on = 2019-01-15
"""

CRITERIA = """\
format = 1
name = "Bộ tiêu chí năm 2019"
digits = 2
maximum = 100
bonus_cap = 10
na_policy = "full"
check_mode = "sitting"
checkers = 1

[[sections]]
key = "a"
code = "A"
title = "Nhiệm vụ chuyên môn"
maximum = 80

[[sections.criteria]]
key = "a1"
code = "A1"
text = "Xử lý văn bản đến đúng hạn"
maximum = 40
needs_evidence = true

[[sections.criteria.measures]]
key = "ty-le"
kind = "ratio"
points = 40
[sections.criteria.measures.settings]
unit = "văn bản"

[[sections.criteria]]
key = "a2"
code = "A2"
text = "Xếp loại cải cách hành chính"
maximum = 20

[[sections.criteria.measures]]
key = "loai"
kind = "graded"
points = 20
[sections.criteria.measures.settings]
grades = [
  { grade = "A", label = "Tốt", points = 20 },
  { grade = "B", label = "Khá", points = 15 },
  { grade = "C", label = "Trung bình", points = 10 },
  { grade = "D", label = "Yếu", points = 0 },
]

[[sections.criteria]]
key = "a3"
code = "A3"
text = "Chấp hành chế độ báo cáo"
maximum = 20
starts = "full"

[[sections.criteria.measures]]
key = "tre"
kind = "per-case"
effect = "deduction"
points = 2
[sections.criteria.measures.settings]
unit = "báo cáo"

[[sections]]
key = "b"
code = "B"
title = "Phong trào thi đua"
maximum = 20

[[sections.criteria]]
key = "b1"
code = "B1"
text = "Nhân rộng điển hình tiên tiến"
maximum = 15

[[sections.criteria.measures]]
key = "cham"
kind = "manual"
points = 15

[[sections.criteria]]
key = "b2"
code = "B2"
text = "Có kế hoạch phong trào"
maximum = 5
may_be_not_applicable = true

[[sections.criteria.measures]]
key = "co"
kind = "yes-no"
points = 5

[[sections.criteria]]
key = "b3"
code = "B3"
text = "Thành tích được khen"
maximum = 0

[[sections.criteria.measures]]
key = "khen"
kind = "per-case"
effect = "bonus"
points = 1
cap = 5
[sections.criteria.measures.settings]
unit = "bằng khen"
"""
# A sheet with every criterion, 33.6 + 15 + 18 + 12.5 points and 5 for what does not apply; another in part.
NAMED_CRITERIA = """
[criteria]
file = "bo-tieu-chi.toml"
"""
WHOLE = """
[[scores]]
unit = "cuc-mot"
tier = "check"
criterion = "a1"
figures = { ty-le = { achieved = 42, plan = 50 } }

[[scores]]
unit = "cuc-mot"
tier = "check"
criterion = "A2"
figures.loai.grade = "B"

[[scores]]
unit = "cuc-mot"
tier = "check"
criterion = "a3"
figures = { tre = { cases = 1 } }

[[scores]]
unit = "cuc-mot"
tier = "check"
criterion = "b1"
points = 12.5
reason = "Theo biên bản"

[[scores]]
unit = "cuc-mot"
tier = "check"
criterion = "b2"
not_applicable = true

[[scores]]
unit = "cuc-mot"
tier = "check"
criterion = "b3"
figures = {}
"""
PART = """
[[scores]]
unit = "cuc-hai"
tier = "self"
criterion = "a1"
points = 0

[[scores]]
unit = "cuc-hai"
tier = "self"
criterion = "b2"
figures = { co = { answer = true } }
"""
SCORES = NAMED_CRITERIA + WHOLE + PART


def load(path, *, update=False):
    """What the command prints for a file; raises CommandError as it does."""
    out = StringIO()
    call_command("load_bloc_year", str(path), update=update, stdout=out)
    return out.getvalue()


def write_scored(folder, *replacements, scores=SCORES, criteria=CRITERIA):
    """The path of the small file with scores, pieces of them replaced, and the criteria beside it."""
    for old, new in replacements:
        assert scores.count(old) == 1, old
        scores = scores.replace(old, new)
    (folder / "bo-tieu-chi.toml").write_text(criteria, encoding="utf-8")
    path = folder / "khoi-2019.toml"
    path.write_text(SMALL + scores, encoding="utf-8")
    return path


def kept_scores():
    """Everything that is kept of scores, their criteria and how they came there."""
    models = (CriteriaSet, ScoreSheet, Score, SheetVersion, Entry)
    return [list(model.objects.order_by("pk").values()) for model in models]
