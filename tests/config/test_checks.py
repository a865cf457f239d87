import os
import pwd
import shutil

import pytest
from django.core.checks import run_checks
from django.db.backends.postgresql.base import DatabaseWrapper
from fontTools.ttLib import TTFont

from config import checks

FACES = ["Regular", "Bold", "Italic", "BoldItalic"]


@pytest.fixture
def fonts(tmp_path):
    """The four faces of Liberation Serif of this machine, alone in a folder."""
    for face in FACES:
        shutil.copy(next(checks.FONT_FOLDERS[0].rglob(f"LiberationSerif-{face}.ttf")), tmp_path)
    return tmp_path


def take_letters(path, letters):
    font = TTFont(path)
    for table in font["cmap"].tables:
        for letter in letters:
            table.cmap.pop(ord(letter), None)
    font.save(path)


def test_letters_are_those_of_vietnamese():
    assert len(checks.LETTERS) == 2 * 12 * 6 + 2
    assert set("đĐàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵẴỆỊỠỰỸ") <= checks.LETTERS


def test_this_machine_passes():
    assert run_checks(tags=["documents"]) == []
    assert checks.missing_packages() == []


def test_check_pango_missing():
    [error] = checks.check_pango({"libpango-1.0.so.0": "libpango-1.0-0", "libno-such.so.7": "libno-such7"})
    assert (error.id, error.hint) == (
        "config.E001",
        "apt-get install --no-install-recommends libno-such7",
    )
    assert "libno-such.so.7" in error.msg


def test_check_fonts_complete(fonts):
    assert checks.check_fonts([fonts]) == []


def test_check_fonts_in_an_empty_folder(tmp_path):
    [error] = checks.check_fonts([tmp_path, tmp_path / "no such folder"])
    assert error.id == "config.E002"
    assert error.hint == f"apt-get install --no-install-recommends {checks.font_package()}"


@pytest.mark.parametrize("face", FACES)
def test_check_fonts_without_one_face(fonts, face):
    (fonts / f"LiberationSerif-{face}.ttf").unlink()
    assert [error.id for error in checks.check_fonts([fonts])] == ["config.E002"]


@pytest.mark.parametrize("letter", ["ỵ", "Ẵ", "đ", "Ư"])
def test_check_fonts_without_one_letter(fonts, letter):
    take_letters(fonts / "LiberationSerif-Bold.ttf", letter)
    assert [error.id for error in checks.check_fonts([fonts])] == ["config.E002"]


def test_check_fonts_where_a_file_is_no_font(fonts):
    (fonts / "times.ttf").write_text("not a font")
    assert checks.check_fonts([fonts]) == []


@pytest.mark.parametrize(
    ("system", "package"),
    [
        ({"ID": "debian", "VERSION_ID": "12"}, "fonts-liberation2"),
        ({"ID": "debian", "VERSION_ID": "13"}, "fonts-liberation"),
        ({"ID": "debian"}, "fonts-liberation"),
        ({"ID": "ubuntu", "VERSION_ID": "24.04"}, "fonts-liberation"),
    ],
)
def test_font_package(monkeypatch, system, package):
    monkeypatch.setattr(checks.platform, "freedesktop_os_release", lambda: system)
    assert checks.font_package() == package


@pytest.mark.django_db
def test_check_database_answers():
    assert checks.check_database(databases=["default"]) == []


@pytest.mark.django_db
def test_check_database_does_not_answer(settings, tmp_path):
    nowhere = DatabaseWrapper({**settings.DATABASES["default"], "HOST": str(tmp_path)}, alias="nowhere")
    [error] = checks._database_errors(nowhere)
    assert error.id == "config.E003"
    assert str(tmp_path) in error.msg
    assert error.hint.endswith(".venv/bin/python -m config.database start")


@pytest.mark.django_db
def test_check_database_older_than_the_lowest_that_serves(monkeypatch):
    monkeypatch.setattr(checks, "LOWEST_POSTGRESQL", 99)
    assert [error.id for error in checks.check_database(databases=["default"])] == ["config.E004"]


def test_check_fonts_passes_over_a_folder_it_may_not_read(fonts):
    fonts.chmod(0)
    as_root = os.geteuid() == 0
    if as_root:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        [error] = checks.check_fonts([fonts])
    finally:
        if as_root:
            os.seteuid(0)
        fonts.chmod(0o700)
    assert error.id == "config.E002"
