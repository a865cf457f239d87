"""Loading bloc-year files: whole or not at all, differences shown, one journal entry, the operator only."""

import threading
import time
import unicodedata
from datetime import date

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from awards.decisions.models import Exemplar
from awards.nominations.models import Nomination
from blocs.models import Entry, Post, Unit, UnitState
from blocs.models.people import Operator
from blocs.permissions import Refused
from blocs.toml_text import Faulty
from campaigns.models import AgendaItem, BlocYear, Campaign, Meeting, Observation, Pledge, Seat
from reports.actions import load_bloc_year
from reports.imports.bloc_year.rows import read
from tests.factories import UnitFactory, user_with
from tests.reports.bloc_year_files import SMALL, load


@pytest.fixture
def write(tmp_path):
    """Write a file: the small one, or it with pieces replaced."""

    def write(*replacements, name="khoi-2019.toml", text=SMALL):
        for old, new in replacements:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def everything():
    """How many rows each model of ours has, but for the operator's post, which reading a permission makes."""
    return {
        model: model.objects.count()
        for app in ("blocs", "campaigns", "scores", "awards", "nominations", "decisions")
        for model in apps.get_app_config(app).get_models()
        if model is not Post
    }


@pytest.fixture
def loaded(db, write):
    load(write())
    return BlocYear.objects.get()


def test_new_year_is_added_with_one_journal_entry(db, write):
    printed = load(write())

    bloc_year = BlocYear.objects.get()
    entry = Entry.objects.get()
    assert printed.splitlines()[0].startswith("Khối các Cục năm 2019: đã nạp từ ")
    assert "  thêm 3 đơn vị" in printed.splitlines()
    assert (entry.act, entry.object_kind, entry.object_key) == (
        "bloc-year.load",
        "campaigns.blocyear",
        str(bloc_year.pk),
    )
    assert entry.actor is None
    assert entry.post.role == Post.Role.OPERATOR
    after = entry.payload.data["after"]
    assert after["file"] == "khoi-2019.toml"
    assert after["sources"] == {"bien-ban": "Biên bản Hội nghị ngày 20/12/2019"}
    assert after["added"].count("đề nghị khen thưởng “CTDB 1”") == 1
    assert len(after["added"]) == 22


def test_same_file_again_changes_and_writes_nothing(loaded, write):
    before = everything()

    assert load(write()) == "Khối các Cục năm 2019: không có gì thay đổi.\n"
    assert load(write(), update=True) == "Khối các Cục năm 2019: không có gì thay đổi.\n"
    assert everything() == before


def test_act_is_refused_when_there_is_nothing_to_do(loaded, write):
    with pytest.raises(Refused, match="không có gì khác"):
        load_bloc_year(file=read(write()), by=Operator("root"))


# Differences ------------------------------------------------------------------------------------------------

DIFFERENCES = {
    "text": (
        ('representative = "Nguyễn Văn An"', 'representative = "Lê Thị Ba"'),
        "đơn vị trong khối “Cục Một (Khối trưởng)”, người đại diện: "
        "đã có “Nguyễn Văn An”, trong tệp “Lê Thị Ba”",
        lambda: Seat.objects.get(role="leader").representative == "Lê Thị Ba",
    ),
    "day": (
        ("day = 2019-12-20", "first_day = 2019-12-20\nlast_day = 2019-12-21"),
        "hội nghị, hoạt động “Hội nghị tổng kết năm 2019”, đến ngày: đã có 20/12/2019, trong tệp 21/12/2019",
        lambda: Meeting.objects.get().last_day == date(2019, 12, 21),
    ),
    "choice": (
        ('unit = "cuc-hai"\n\n[[observations]]', 'unit = "cuc-hai"\nrole = "deputy"\n\n[[observations]]'),
        "đơn vị trong khối “Cục Hai (Thành viên)”, vai trò: đã có Thành viên, trong tệp Khối phó",
        lambda: Seat.objects.get(unit__code="cuc-hai").role == "deputy",
    ),
    "list": (
        ('aliases = ["Cục 1"]', 'aliases = ["Cục số 1"]'),
        "tên và tình trạng đơn vị “Cục Một”, tên gọi khác: đã có “Cục 1”, trong tệp “Cục 1”, “Cục số 1”",
        lambda: UnitState.objects.get(unit__code="cuc-mot").aliases == ["Cục 1", "Cục số 1"],
    ),
    "unit": (
        ('name = "Cục Hai"\n', 'name = "Cục Hai"\nsuperior = "bo"\n'),
        "tên và tình trạng đơn vị “Cục Hai”, cơ quan chủ quản: đã có (trống), trong tệp “Bộ Thử nghiệm”",
        lambda: UnitState.objects.get(unit__code="cuc-hai").superior == Unit.objects.get(code="bo"),
    ),
    "yes or no": (
        ('kind = "opening"\n', 'kind = "opening"\nis_request = true\n'),
        "phát biểu “: Chào mừng các đại biểu.”, là yêu cầu, kiến nghị: đã có không, trong tệp có",
        lambda: Meeting.objects.get().statements.get().is_request,
    ),
    "count": (
        ("count = 2", "count = 3"),
        "thêm 1 đề nghị khen thưởng",
        lambda: Nomination.objects.count() == 3,
    ),
    "row": (
        ('title = "Khai mạc"\n', 'title = "Khai mạc"\n\n[[meetings.agenda]]\ntitle = "Bế mạc"\n'),
        "thêm 1 nội dung chương trình",
        lambda: [item.title for item in AgendaItem.objects.all()] == ["Khai mạc", "Bế mạc"],
    ),
    "bloc of a campaign": (
        ('theme = "Đổi mới"\n', 'theme = "Đổi mới"\nof_bloc = true\n'),
        "phong trào thi đua “Đổi mới”, khối trong năm: đã có (trống), trong tệp “Khối các Cục năm 2019”",
        lambda: Campaign.objects.get().bloc_year == BlocYear.objects.get(),
    ),
}


@pytest.mark.parametrize(("replacement", "line", "is_changed"), DIFFERENCES.values(), ids=DIFFERENCES.keys())
def test_differing_file_is_shown_and_changes_something_only_with_update(
    loaded, write, replacement, line, is_changed
):
    path, before = write(replacement), everything()
    versions = {seat.pk: seat.version for seat in Seat.objects.all()}

    with pytest.raises(CommandError, match="chưa thay đổi gì. Thêm --update"):
        load(path)
    assert everything() == before
    assert not is_changed()
    assert versions == {seat.pk: seat.version for seat in Seat.objects.all()}

    assert load(path, update=True).splitlines()[1:] == [f"  {line}"]
    assert is_changed()
    assert Entry.objects.count() == 2
    assert load(path) == "Khối các Cục năm 2019: không có gì thay đổi.\n"


def test_differences_are_printed_before_the_command_fails(loaded, write, capsys):
    with pytest.raises(CommandError):
        call_command("load_bloc_year", str(write(("count = 2", "count = 3"))))

    assert capsys.readouterr().out == "  thêm 1 đề nghị khen thưởng\n"


def test_update_raises_the_version_of_changed_rows_and_the_journal_keeps_both_texts(loaded, write):
    load(write(('representative = "Nguyễn Văn An"', 'representative = "Lê Thị Ba"')), update=True)

    assert {seat.role: seat.version for seat in Seat.objects.all()} == {"leader": 2, "member": 1}
    data = Entry.objects.latest("pk").payload.data
    field = "đơn vị trong khối “Cục Một (Khối trưởng)”, người đại diện"
    assert (data["before"][field], data["after"][field]) == ("“Nguyễn Văn An”", "“Lê Thị Ba”")


def test_rows_that_only_the_database_has_are_shown_and_kept(loaded, write):
    Observation.objects.create(bloc_year=loaded, kind="weakness", text="Chậm báo cáo.")
    Exemplar.objects.create(bloc_year=loaded, kind="individual")
    AgendaItem.objects.create(meeting=Meeting.objects.get(), place=2, title="Bế mạc")
    Pledge.objects.create(
        code="khac", theme="Khác", first_day=date(2019, 1, 1), last_day=date(2019, 1, 9)
    ).bloc_years.add(loaded)
    before = everything()

    kept = [line.partition(" (giữ nguyên): ")[2] for line in load(write(), update=True).splitlines()[1:]]
    assert kept == [
        "nhận định, đánh giá “Chậm báo cáo.”",
        "nội dung chương trình “Bế mạc”",
        "điển hình tiên tiến “cá nhân 1”",
        "giao ước thi đua “Giao ước thi đua từ 01/01/2019 đến 09/01/2019”",
    ]
    assert everything() == before


def test_recipients_entered_later_do_not_differ_from_a_count(loaded, write):
    Nomination.objects.filter(place=1).update(unit=Unit.objects.get(code="cuc-hai"))

    assert load(write()) == "Khối các Cục năm 2019: không có gì thay đổi.\n"


def test_leader_named_later_does_not_differ_from_an_empty_seat(db, write):
    path = write(('unit = "cuc-mot"\nrole = "leader"\nrepresentative = "Nguyễn Văn An"', 'role = "leader"'))
    load(path)
    Seat.objects.filter(role="leader").update(unit=Unit.objects.get(code="cuc-mot"))

    assert load(path) == "Khối các Cục năm 2019: không có gì thay đổi.\n"


def test_unit_renamed_later_keeps_the_name_of_the_files_year(loaded, write):
    old = UnitState.objects.get(unit__code="cuc-mot")
    old.last_day = date(2024, 12, 31)
    old.save()
    UnitState.objects.create(
        unit=old.unit, official_name="Cục Một và Hai", kind=old.kind, first_day=date(2025, 1, 1)
    )

    assert load(write()) == "Khối các Cục năm 2019: không có gì thay đổi.\n"


def test_name_of_a_unit_is_compared_with_its_state_in_the_files_year(loaded, write):
    old = UnitState.objects.get(unit__code="cuc-mot")
    UnitState.objects.filter(pk=old.pk).update(first_day=date(2018, 5, 1), last_day=date(2024, 12, 31))
    UnitState.objects.create(
        unit=old.unit, official_name="Cục Một và Hai", kind=old.kind, first_day=date(2025, 1, 1)
    )

    assert load(write()) == "Khối các Cục năm 2019: không có gì thay đổi.\n"


def test_file_may_name_units_and_years_that_the_database_knows(loaded, write):
    path = write(
        name="khoi-2019-khac.toml",
        text="""\
format = 1
[bloc_year]
bloc = "khoi-khac"
year = "2019"
name = "Khối khác"
organiser = "bo"
[[seats]]
unit = "cuc-hai"
role = "leader"
""",
    )

    load(path)

    assert BlocYear.objects.get(bloc__code="khoi-khac").seats.get().unit.code == "cuc-hai"


def test_closed_year_is_still_history_to_load(loaded, write):
    BlocYear.objects.update(closed_on=date(2020, 3, 1))

    load(write(("count = 2", "count = 3")), update=True)

    assert Nomination.objects.count() == 3


def test_text_is_stored_in_nfc_with_single_spaces_and_one_paragraph_a_line(db, write):
    text = unicodedata.normalize("NFD", '"""\nCác đơn vị\n  hoàn thành.\n\nĐoạn   hai."""')
    load(write(('"Các đơn vị hoàn thành nhiệm vụ."', text)))

    assert Observation.objects.get().text == "Các đơn vị hoàn thành.\nĐoạn hai."


# All or nothing, and who may --------------------------------------------------------------------------------


def test_file_that_the_models_refuse_in_the_middle_leaves_nothing(db, write):
    path = write(
        ('unit = "cuc-hai"\n\n[[observations]]', 'unit = "cuc-hai"\nrole = "leader"\n\n[[observations]]')
    )
    before = everything()

    with pytest.raises(CommandError, match="dòng 40: bảng \\[seats\\]: Khối đã có Khối trưởng"):
        load(path)
    with pytest.raises(Faulty, match="dòng 40"):
        load_bloc_year(file=read(path), by=Operator("root"))
    assert everything() == before


def test_act_without_update_leaves_a_differing_year_alone(loaded, write):
    before = everything()

    with pytest.raises(Refused, match="chưa thay đổi gì"):
        load_bloc_year(file=read(write(("count = 2", "count = 3"))), by=Operator("root"))
    assert everything() == before


@pytest.mark.parametrize("role", [role for role in Post.Role if role != Post.Role.OPERATOR])
def test_nobody_but_the_operator_may_load(db, write, role):
    by = user_with(role)
    before = everything()

    with pytest.raises(Refused, match="bằng lệnh trên máy chủ"):
        load_bloc_year(file=read(write()), by=by)
    assert everything() == before


def test_file_that_is_not_there_is_told(db, tmp_path):
    with pytest.raises(CommandError, match=r"Không đọc được .*khong-co.toml"):
        load(tmp_path / "khong-co.toml")


@pytest.mark.django_db(transaction=True)
def test_two_who_load_at_once_load_once(write):
    """The second waits for the first, and is told to run again."""
    path, outcome = write(('[[nominations]]\naward = "CTDB"\ncount = 2\nmeeting = "tong-ket"\n', "")), []

    def second():
        try:
            outcome.append(load(path))
        except CommandError as error:
            outcome.append(str(error))
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        UnitFactory(code="bo")
        thread.start()
        wait_for_a_waiting_session()
    thread.join(timeout=10)

    assert outcome[0].startswith("Có người vừa ghi cùng dữ liệu này; chưa nạp gì. Hãy chạy lại.")
    assert not BlocYear.objects.exists()


def wait_for_a_waiting_session():
    waiting = """
        SELECT count(*) FROM pg_locks AS waiting JOIN pg_locks AS held USING (pid)
        WHERE NOT waiting.granted
        AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    """
    deadline = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError("nobody waits")
