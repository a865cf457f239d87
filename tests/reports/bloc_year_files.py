"""A small sound bloc-year file, and how tests load one."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

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


def load(path, *, update=False):
    """What the command prints for a file; raises CommandError as it does."""
    out = StringIO()
    call_command("load_bloc_year", str(path), update=update, stdout=out)
    return out.getvalue()
