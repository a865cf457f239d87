"""Every kind of fault in a bloc-year file is told with its line, table and key, and nothing is loaded."""

import re
from pathlib import Path

import pytest
from django.core.management import CommandError

from blocs.models import Entry, Unit
from blocs.toml_text import Faulty
from campaigns.models import BlocYear
from reports.imports.bloc_year.format import FILE
from reports.imports.bloc_year.rows import read
from tests.factories import UnitFactory
from tests.reports.bloc_year_files import SMALL, load

# name: (what is replaced, by what, the faults as they are printed)
SYNTAX = {
    "header not closed": ("[bloc_year]\n", "[bloc_year\n", "29: thiếu dấu ] ở cuối tên bảng"),
    "array header not closed": ("[[years]]\n", "[[years]\n", "24: thiếu dấu ] ở cuối tên bảng"),
    "two values": ("count = 2", "count = 2 3", "63: còn chữ thừa sau giá trị"),
    "no value": ("count = 2", "count = ", "63: giá trị đọc không được"),
    "month 13": ("2019-12-20\n", "2019-13-20\n", "51: còn chữ thừa sau giá trị"),
    "30 February": ("2019-12-20\n", "2019-02-30\n", "51: ngày không có thật"),
    "day as written on paper": ("= 2019-12-20\n", "= 20/12/2019\n", "51: còn chữ thừa sau giá trị"),
    "text not closed": ('code = "2019"', 'code = "2019', "25: thiếu dấu nháy ở cuối chữ"),
    "long text not closed": ('"Hoàn thành', '"""Hoàn thành', "87: thiếu dấu nháy đóng"),
    "literal text not closed": ('code = "2019"', "code = '2019", "87: thiếu dấu nháy đóng"),
    "text over two lines": ('"Hoàn thành kế', '"Hoàn thành\nkế', "83: thiếu dấu nháy ở cuối chữ"),
    "list not closed": ('["Cục 1"]', '["Cục 1"', "19: thiếu dấu ] ở cuối danh sách"),
    "inline table not closed": ("count = 2", "count = {a = 1", "63: thiếu dấu } ở cuối bảng"),
    "key twice in a table": ("count = 2", "count = 2\ncount = 3", "64: khoá hoặc bảng này đã có ở trên"),
    "key twice in an inline table": ("count = 2", "count = {a = 1, a = 2}", "63: khoá viết hai lần"),
    "table twice": ("[bloc_year]", "[bloc_year]\n[bloc_year]", "30: bảng này đã có ở trên"),
    "table and list of tables": ("[[years]]", "[years]\n[[years]]", "25: khoá hoặc bảng này đã có ở trên"),
    "no equals sign": ('code = "2019"', 'code "2019"', "25: thiếu dấu = sau tên khoá"),
    "key with tones": ('code = "2019"', 'mã = "2019"', "25: thiếu dấu = sau tên khoá"),
    "statement": ('code = "2019"', '? = "2019"', "25: dòng này không phải là khoá = giá trị"),
    "key part": ('code = "2019"', 'code.? = "2019"', "25: tên khoá chỉ gồm"),
    "backslash": ('"Các đơn', '"\\q Các đơn', "45: dấu \\ trong chữ phải viết là \\\\"),
    "hex": ('"Các đơn', '"\\u12 Các đơn', "45: sau \\u phải có 4 chữ số"),
    "no character": ('"Các đơn', '"\\ud800 Các đơn', "45: mã \\u sau dấu \\"),
    "control character": ('"Các đơn', '"\x01Các đơn', "45: có ký tự không được phép"),
    "control character in a comment": ("format = 1", "format = 1 # \x01", "1: có ký tự không được phép"),
    "key into a table above": ("[bloc_year]", "[x.y]\n[x]\ny.z = 1\n[bloc_year]", "31: bảng này đã"),
    "key into an inline table": ("[bloc_year]", "[x]\ny = {}\ny.z = 1\n[bloc_year]", "31: bảng này đã"),
}

AWARDS = (
    "AHLD (Anh hùng Lao động); NGND (Nhà giáo Nhân dân); NGUT (Nhà giáo Ưu tú); TTND (Thầy thuốc Nhân "
    "dân); TTUT (Thầy thuốc Ưu tú); NSND (Nghệ sĩ Nhân dân); NSUT (Nghệ sĩ Ưu tú); HCDL1 (Huân chương "
    "Độc lập hạng Nhất); HCDL2 (Huân chương Độc lập hạng Nhì); HCDL3 (Huân chương Độc lập hạng Ba); "
    "HCLD1 (Huân chương Lao động hạng Nhất); HCLD2 (Huân chương Lao động hạng Nhì); HCLD3 (Huân chương "
    "Lao động hạng Ba); CTDCP (Cờ thi đua của Chính phủ); CSTDTQ (Chiến sĩ thi đua toàn quốc); BKTTG "
    "(Bằng khen của Thủ tướng Chính phủ); CTDB (Cờ thi đua của Bộ); CTDT (Cờ thi đua của Ủy ban nhân "
    "dân tỉnh); CTDN (Cờ thi đua của ngành); CTDDT (Cờ thi đua của đoàn thể trung ương); TTLDXS (Tập "
    "thể lao động xuất sắc); CSTDB (Chiến sĩ thi đua Bộ Thử nghiệm); CSTDT (Chiến sĩ thi đua cấp tỉnh); "
    "CSTDDT (Chiến sĩ thi đua cấp đoàn thể trung ương); BKB (Bằng khen của Bộ Thử nghiệm); BKT (Bằng "
    "khen của Chủ tịch Ủy ban nhân dân tỉnh); BKN (Bằng khen của ngành); BKDT (Bằng khen của đoàn thể "
    "trung ương); KNC (Kỷ niệm chương); TTLDTT (Tập thể lao động tiên tiến); CSTDCS (Chiến sĩ thi đua "
    "cơ sở); LDTT (Lao động tiên tiến); GK (Giấy khen)"
)
FAULTS = {
    "format of the future": ("format = 1", "format = 2", "1: khoá format: không có “2”. Chọn một trong: 1."),
    "number in quotes": (
        "format = 1",
        'format = "1"',
        "1: khoá format: phải là số nguyên, không có dấu nháy, không phải chữ.",
    ),
    "no format": ("format = 1\n", "\n", "1: thiếu khoá format. Hãy thêm vào."),
    "no bloc-year": (
        SMALL[SMALL.index("[bloc_year]") : SMALL.index("[[seats]]")],
        "",
        "1: thiếu bảng [bloc_year]. Hãy thêm vào.",
    ),
    "misspelt key": (
        'title = "Khai mạc"',
        'tilte = "Khai mạc"',
        "54: bảng [meetings.agenda]: thiếu khoá title. Hãy thêm vào.",
        "55: bảng [meetings.agenda], khoá tilte: khoá lạ. Có phải là title?",
    ),
    "unknown key": (
        'title = "Khai mạc"',
        'title = "Khai mạc"\nxyz = 1',
        "56: bảng [meetings.agenda], khoá xyz: khoá lạ. Các khoá có thể dùng: title, outcome.",
    ),
    "unknown table": ("[[exemplars]]", "[[exemplar]]", "66: khoá exemplar: khoá lạ. Có phải là exemplars?"),
    "missing key": ('name = "Cục Hai"\n', "", "19: bảng [units]: thiếu khoá name. Hãy thêm vào."),
    "number for text": (
        'name = "Cục Hai"',
        "name = 5",
        "21: bảng [units], khoá name: phải là chữ đặt giữa hai dấu nháy, không phải số.",
    ),
    "empty text": (
        'name = "Cục Hai"',
        'name = " "',
        "21: bảng [units], khoá name: để trống. Điều chưa biết thì bỏ hẳn dòng này.",
    ),
    "long text": (
        'name = "Cục Hai"',
        f'name = "{"Cục " * 80}"',
        "21: bảng [units], khoá name: Giá trị này chỉ có tối đa 300 kí tự (hiện có 319)",
    ),
    "control character by its code": (
        'name = "Cục Hai"',
        'name = "Cục\\u0000Hai"',
        "21: bảng [units], khoá name: có ký tự điều khiển. Hãy gõ lại chữ này.",
    ),
    "code with tones": (
        'code = "giao-uoc-2019"',
        'code = "Giao ước"',
        "78: bảng [pledges], khoá code: “Giao ước” không phải là mã. "
        "Mã chỉ gồm chữ không dấu, số và dấu gạch.",
    ),
    "no such choice": (
        'kind = "opening"',
        'kind = "openning"',
        "58: bảng [meetings.statements], khoá kind: không có “openning”. "
        "Chọn một trong: opening, report, discussion, department, direction, conclusion.",
    ),
    "day in quotes": (
        "day = 2019-12-20",
        'day = "20/12/2019"',
        "51: bảng [meetings], khoá day: phải là ngày ghi dạng 2020-12-15, không có dấu nháy và không có giờ, "
        "không phải chữ.",
    ),
    "day with a time": (
        "day = 2019-12-20",
        "day = 2019-12-20T08:00:00",
        "51: bảng [meetings], khoá day: phải là ngày ghi dạng 2020-12-15, không có dấu nháy và không có giờ, "
        "không phải ngày giờ.",
    ),
    "day and period": (
        "day = 2019-12-20",
        "day = 2019-12-20\nfirst_day = 2019-12-20",
        "47: bảng [meetings]: ghi day, hoặc cả first_day và last_day.",
    ),
    "half a period": (
        "day = 2019-12-20",
        "first_day = 2019-12-20",
        "47: bảng [meetings]: ghi day, hoặc cả first_day và last_day.",
    ),
    "period backwards": (
        "day = 2019-12-20",
        "first_day = 2019-12-21\nlast_day = 2019-12-20",
        "47: bảng [meetings]: Ghi cả ngày đầu và ngày cuối; ngày cuối không trước ngày đầu.",
    ),
    "year backwards": (
        'code = "2019"\nfirst_day = 2019-01-01',
        'code = "2019"\nfirst_day = 2020-01-01',
        "24: bảng [years]: Ngày cuối phải sau ngày đầu.",
    ),
    "yes for true": (
        "root = true",
        'root = "có"',
        "10: bảng [units], khoá root: phải là true hoặc false, không phải chữ.",
    ),
    "true for a number": (
        "count = 2",
        "count = true",
        "63: bảng [nominations], khoá count: phải là số nguyên, không có dấu nháy, không phải true, false.",
    ),
    "nobody counted": (
        "count = 2",
        "count = 0",
        "63: bảng [nominations], khoá count: Giá trị nhỏ nhất là 1.",
    ),
    "neither counted nor named": (
        "count = 2\n",
        "\n",
        "61: bảng [nominations]: ghi một trong hai: "
        "unit (khi biết đơn vị) hoặc count (khi chỉ biết số lượng).",
    ),
    "counted and named": (
        "count = 2\n",
        'count = 2\nunit = "cuc-hai"\n',
        "61: bảng [nominations]: ghi một trong hai: "
        "unit (khi biết đơn vị) hoặc count (khi chỉ biết số lượng).",
    ),
    "text for a list": (
        'aliases = ["Cục 1"]',
        'aliases = "Cục 1"',
        '17: bảng [units], khoá aliases: phải là danh sách: ["...", "..."], không phải chữ.',
    ),
    "number in a list": (
        'aliases = ["Cục 1"]',
        'aliases = [\n  "Cục 1",\n  2,\n]',
        "19: bảng [units], khoá aliases: phải là chữ đặt giữa hai dấu nháy, không phải số.",
    ),
    "one table for several": (
        "[[pledges.contents]]",
        "[pledges.contents]",
        "82: bảng [pledges.contents]: phải là bảng lặp lại được: viết [[pledges.contents]].",
    ),
    "several tables for one": (
        "[bloc_year]",
        "[[bloc_year]]",
        "29: bảng [bloc_year]: phải là một bảng viết một lần: viết [bloc_year].",
    ),
    "unknown unit": (
        'superior = "bo"',
        'superior = "bo-khac"',
        "16: bảng [units], khoá superior: không có đơn vị nào mang mã “bo-khac”. "
        "Hãy sửa mã; thêm [[units]] nếu là mới.",
    ),
    "unknown year": (
        'year = "2019"',
        'year = "2018"',
        "31: bảng [bloc_year], khoá year: không có năm thi đua nào mang mã “2018”. "
        "Hãy sửa mã; thêm [[years]] nếu là mới.",
    ),
    "unknown award": (
        "CTDB",
        "CTBD",
        "62: bảng [nominations], khoá award: không có danh hiệu, hình thức khen thưởng gọi là “CTBD”. "
        f"Ghi một trong các mã: {AWARDS}.",
    ),
    "unknown campaign": (
        'theme = "Đổi mới"',
        'theme = "Đổi mới"\nparent = "toan-quoc"',
        "74: bảng [campaigns], khoá parent: không có phong trào nào mang mã “toan-quoc”. "
        "Hãy sửa mã; thêm [[campaigns]] nếu là mới.",
    ),
    "unknown meeting": (
        'meeting = "tong-ket"',
        'meeting = "so-ket"',
        "64: bảng [nominations], khoá meeting: không có hội nghị nào mang id “so-ket” trong [[meetings]].",
    ),
    "unknown source": (
        'source = "bien-ban"',
        'source = ["bien-ban", "bao"]',
        "52: bảng [meetings], khoá source: không có nguồn “bao” trong bảng [sources]. "
        "Hãy ghi nguồn đó vào [sources].",
    ),
    "source that is no text": (
        '"Biên bản Hội nghị ngày 20/12/2019"',
        "2019-12-20",
        "4: khoá sources.bien-ban: nguồn ghi bằng chữ, đặt giữa hai dấu nháy.",
    ),
    "sources that are no table": (
        '[sources]\nbien-ban = "Biên bản Hội nghị ngày 20/12/2019"\n',
        'sources = "Biên bản"\n',
        "3: khoá sources: phải là một bảng: viết [sources].",
        "51: bảng [meetings], khoá source: không có nguồn “bien-ban” trong bảng [sources]. "
        "Hãy ghi nguồn đó vào [sources].",
    ),
    "unit twice": (
        'code = "cuc-hai"\n',
        'code = "cuc-hai"\nname = "Cục Hai"\nkind = "authority"\n\n[[units]]\ncode = "cuc-hai"\n',
        "24: bảng [units]: đơn vị này đã ghi ở dòng 19. Hãy bỏ bớt một.",
    ),
    "two roots": (
        'name = "Cục Hai"',
        'name = "Cục Hai"\nroot = true',
        "22: bảng [units], khoá root: đã có cơ quan gốc khác. Hãy bỏ dòng này.",
    ),
    "id twice": (
        "[[meetings.agenda]]",
        '[[meetings]]\nid = "tong-ket"\nkind = "mid-year"\ntitle = "Sơ kết"\n\n[[meetings.agenda]]',
        "55: bảng [meetings], khoá id: “tong-ket” đã dùng cho hội nghị khác ở trên. Hãy đặt tên khác.",
    ),
    "meeting twice": (
        "[[meetings.agenda]]",
        '[[meetings]]\nkind = "year-end"\ntitle = "Hội nghị tổng kết năm 2019"\nday = 2019-12-20\n\n'
        "[[meetings.agenda]]",
        "54: bảng [meetings]: hội nghị, hoạt động này đã ghi ở dòng 47. Hãy bỏ bớt một.",
    ),
    "two conferences at the year's end": (
        "[[meetings.agenda]]",
        '[[meetings]]\nkind = "year-end"\ntitle = "Hội nghị khác"\nday = 2019-12-21\n\n[[meetings.agenda]]',
        "54: bảng [meetings]: Khối đã có Hội nghị tổng kết của năm này.",
    ),
    "member without a unit": (
        '[[seats]]\nunit = "cuc-hai"\n',
        '[[seats]]\nrepresentative = "An"\n',
        "40: bảng [seats]: thiếu khoá unit. Chỉ Khối trưởng, Khối phó mới để trống đơn vị được.",
    ),
    "unit in two seats": (
        '[[seats]]\nunit = "cuc-hai"\n',
        '[[seats]]\nunit = "cuc-mot"\n',
        "40: bảng [seats]: Đơn vị đã có trong khối trong thời gian này.",
    ),
    "two leaders": (
        '[[seats]]\nunit = "cuc-hai"\n',
        '[[seats]]\nunit = "cuc-hai"\nrole = "leader"\n',
        "40: bảng [seats]: Khối đã có Khối trưởng trong thời gian này.",
    ),
    "campaign without name or theme": (
        'theme = "Đổi mới"\n',
        "",
        "70: bảng [campaigns]: Hãy ghi tên phong trào hoặc chủ đề.",
    ),
    "more signed than there are": (
        'code = "giao-uoc-2019"\n',
        'code = "giao-uoc-2019"\nsigned_on = 2019-01-15\nsigned_count = 3\nsigning_units = 2\n',
        "77: bảng [pledges]: Số đơn vị đã ký cần tổng số đơn vị và không vượt số đó.",
    ),
    "unit honoured as a person": (
        'kind = "collective"',
        'kind = "individual"',
        "66: bảng [exemplars]: Điển hình tập thể chọn đơn vị, điển hình cá nhân chọn cá nhân.",
    ),
    "unit nominated twice": (
        "count = 2\n",
        'unit = "cuc-hai"\n\n[[nominations]]\naward = "CTDB"\nunit = "cuc-hai"\n',
        "65: bảng [nominations]: Đơn vị này đã được đề nghị hình thức đó.",
    ),
}


@pytest.fixture
def file(tmp_path):
    """Write the small file with a piece of it replaced."""

    def file(old="", new=""):
        assert SMALL.count(old) == 1 or not old
        path = tmp_path / "khoi-2019.toml"
        path.write_text(SMALL.replace(old, new) if old else SMALL, encoding="utf-8")
        return path

    return file


@pytest.mark.parametrize(("old", "new", "expected"), SYNTAX.values(), ids=SYNTAX.keys())
def test_error_of_syntax_is_told_with_its_line(file, old, new, expected):
    line, words = expected.split(": ", 1)

    with pytest.raises(Faulty) as raised:
        read(file(old, new))

    assert str(raised.value).startswith(f"dòng {line}: sai cú pháp TOML: {words}")


@pytest.mark.parametrize(
    ("old", "new", "faults"), [(old, new, faults) for old, new, *faults in FAULTS.values()], ids=FAULTS.keys()
)
def test_fault_is_told_with_its_line_and_nothing_is_loaded(db, file, old, new, faults):
    path = file(old, new)

    with pytest.raises(CommandError) as raised:
        load(path)

    assert str(raised.value).splitlines() == [
        *(f"{path}, dòng {fault}" for fault in faults),
        f"Chưa nạp gì. Sửa {len(faults)} lỗi trên rồi chạy lại.",
    ]
    assert not Unit.objects.exists()
    assert not Entry.objects.exists()


def test_all_faults_are_told_at_once_in_the_order_of_lines(db, tmp_path):
    """One misspelt key, one wrong type, one unknown code, one refused by the models."""
    path = tmp_path / "khoi-2019.toml"
    path.write_text(
        SMALL.replace('representative = "Nguyễn Văn An"', 'reprezentative = "Nguyễn Văn An"')
        .replace('theme = "Đổi mới"\n', "")
        .replace("count = 2", 'count = "02"')
        .replace('superior = "bo"', 'superior = "bộ"'),
        encoding="utf-8",
    )

    with pytest.raises(CommandError) as raised:
        load(path)

    assert re.findall(r"dòng (\d+): (bảng \[\w+\])", str(raised.value)) == [
        ("16", "bảng [units]"),
        ("38", "bảng [seats]"),
        ("63", "bảng [nominations]"),
        ("70", "bảng [campaigns]"),
    ]


def test_text_in_another_encoding_is_told_with_its_line(db, tmp_path):
    path = tmp_path / "khoi-2019.toml"
    path.write_bytes("format = 1\n# ghi chú\n# Đơn vị\n".encode("utf-16-le")[:20] + b"\n\xff\n")

    with pytest.raises(CommandError, match="dòng [0-9]+: tệp không phải là văn bản UTF-8"):
        load(path)


def test_file_with_a_byte_order_mark_and_windows_line_ends_is_read(db, tmp_path):
    path = tmp_path / "khoi-2019.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())

    load(path)

    assert BlocYear.objects.get().name == "Khối các Cục"


def test_another_root_in_the_database_is_told(db, file):
    UnitFactory(code="bo-khac", is_root=True)

    with pytest.raises(CommandError, match=r"dòng 10: bảng \[units\], khoá root: đã có cơ quan gốc khác"):
        load(file())


# The page that explains the format ------------------------------------------------------------------------

PAGE = (Path(__file__).parents[2] / "docs/bloc-year-file.md").read_text(encoding="utf-8")


def tables(table, path=()):
    for name, each in table.tables.items():
        yield (*path, name), each
        yield from tables(each, (*path, name))


@pytest.mark.parametrize(
    ("path", "table"), [pytest.param(path, table, id=".".join(path)) for path, table in tables(FILE)]
)
def test_page_explains_every_table_and_key(path, table):
    name = ".".join(path)
    header = f"[[{name}]]" if table.repeats else f"[{name}]"
    assert f"`{header}`" in PAGE
    if path[0] == "next_year" and len(path) > 1:
        return  # explained where the same table of this year is
    section = PAGE.split(f"### `{header}`")[1].split("###")[0]
    assert [key for key in table.keys if f"`{key}`" not in section] == []
    assert [key for key in table.required if f"**`{key}`**" not in section] == []
    choices = [code for field in table.keys.values() for code, _label in field.choices or ()]
    assert [code for code in choices if f"`{code}`" not in section] == []


def test_example_of_the_page_loads(db, tmp_path):
    path = tmp_path / "vi-du.toml"
    path.write_text(PAGE.split("```toml\n")[1].split("```")[0], encoding="utf-8")

    load(path)

    assert [str(each) for each in BlocYear.objects.all()] == [
        "Khối thi đua các Cục năm 2020",
        "Khối thi đua các Cục năm 2019",
    ]
