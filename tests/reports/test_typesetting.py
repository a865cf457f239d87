import io
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pypdf
import pytest
from django.conf import settings

from blocs import ceilings
from reports.blocks import Paragraph, Picture
from reports.writers import pdf as pdf_writer
from reports.writers import typesetting
from reports.writers.html import to_html
from reports.writers.pdf import RenderingFailed, run, to_pdf
from tests.reports.conftest import run_here
from tests.reports.trees import letter, png, table


@pytest.fixture(autouse=True)
def typeset_here():
    """Not here: these tests try the program itself."""


WEASYPRINT_LEAVES_A_FILE_OPEN = "ignore:unclosed file .*sRGB2014.icc:ResourceWarning"


# What the program refuses


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "thư mục tĩnh"
    folder.mkdir()
    (folder / "a.css").write_text("p { color: red }")
    (tmp_path / "secret.css").write_text("p { color: red }")
    (folder / "link.css").symlink_to(tmp_path / "secret.css")
    return folder


HOSTILE = [
    "file:///etc/passwd",
    "/etc/passwd",
    "../secret.css",
    "%2e%2e/secret.css",
    "..%2fsecret.css",
    "link.css",
    "a.css/../../secret.css",
    "//evil.example/a.css",
    "file://localhost/etc/passwd",
    "file:a.css",
    "http://localhost/a.css",
    "https://localhost/a.css",
    "ftp://localhost/a.css",
    "data:text/css,p{color:red}",
    "data:image/png;base64,AAAA",
    "picture:unknown",
    "a%00.css",
    "missing.css",
    ".",
]


@pytest.mark.parametrize("address", HOSTILE)
def test_fetcher_refuses(root, address):
    fetcher = typesetting.Fetcher(root, {"picture:a": ("image/png", png())})
    absolute = address if re.match(r"\w+:", address) else f"{root.as_uri()}/{address}"

    with pytest.raises((ValueError, OSError)):
        fetcher.fetch(f"file:{address}" if address.startswith("//") else absolute)


@pytest.mark.filterwarnings(WEASYPRINT_LEAVES_A_FILE_OPEN)
@pytest.mark.parametrize("address", ["../secret.css", "link.css", "http://localhost/a.css"])
@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="stylesheet" href="{}">',
        '<style>@import url("{}");</style>',
        '<style>@font-face {{ font-family: a; src: url("{}") }} p {{ font-family: a }}</style>',
        '<style>p {{ background: url("{}") }}</style>',
        '<img alt="a" src="{}">',
        '<object data="{}"></object>',
        '<link rel="attachment" href="{}">',
        '<a rel="attachment" href="{}">a</a>',
    ],
)
def test_address_outside_static_and_pictures_is_not_read(root, markup, address):
    html = f"<html lang=vi><title>a</title>{markup.format(address)}<p>a</p>"

    content, warnings = typesetting.typeset(html, root, {})

    assert warnings
    assert "/EmbeddedFiles" not in pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"].get("/Names", {})


def test_fetcher_serves_static_files_and_pictures(root):
    fetcher = typesetting.Fetcher(root, {"picture:a": ("image/png", png())})

    assert fetcher.fetch(f"{root.as_uri()}/a.css").read() == b"p { color: red }"
    assert fetcher.fetch(f"{root.as_uri()}/a.css").content_type == "text/css"
    assert fetcher.fetch("picture:a").read() == png()
    assert fetcher.fetch("picture:a").content_type == "image/png"


@pytest.mark.filterwarnings(WEASYPRINT_LEAVES_A_FILE_OPEN)
def test_file_asked_for_by_a_picture_is_not_read(root):
    image = b'<image href="file:///etc/passwd" width="9" height="9"/>'
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">' + image + b"</svg>"
    html = '<html lang=vi><title>a</title><img alt="a" src="picture:a">'

    assert typesetting.typeset(html, root, {"picture:a": ("image/svg+xml", svg)})[1]


@pytest.mark.filterwarnings(WEASYPRINT_LEAVES_A_FILE_OPEN)
def test_page_without_fault_gives_no_warning(root):
    html = '<html lang=vi><title>a</title><link rel=stylesheet href="a.css"><img alt="a" src="picture:a">'

    content, warnings = typesetting.typeset(html, root, {"picture:a": ("image/png", png())})

    assert content.startswith(b"%PDF-1.7")
    assert warnings == []


# The process


def order(html="<html lang=vi><title>a</title><p>a</p>", root=Path("/nowhere"), **values):
    return {"html": html, "root": str(root), "pictures": {}, **values}


def test_program_answers_with_what_other_tests_typeset_in_their_own_process():
    asked = order(to_html(letter(table(40))), root=settings.BASE_DIR / "static")
    printed, expected = (
        [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
        for content in (run(asked), run_here(asked))
    )

    assert printed == expected
    assert len(printed) > 1


def test_warning_is_an_error():
    with pytest.raises(
        RenderingFailed, match="đúng thể thức: Ignored `nonsense: 1 ` at 1:5, unknown property. Nếu"
    ):
        run(order("<html lang=vi><title>a</title><style>p { nonsense: 1 }</style><p>a</p>"))


def test_character_that_no_font_has_is_named():
    with pytest.raises(RenderingFailed, match=r"không in được: \(U\+F0B7\)\."):
        to_pdf(letter(Paragraph.plain("Dán từ Word: \uf0b7 một")))


def test_broken_picture_is_an_error():
    with pytest.raises(RenderingFailed, match="hình PNG"):
        to_pdf(letter(Picture(b"not a picture", "image/png", "a")))


def test_too_little_memory_ends_with_words(settings):
    settings.RENDER_MEMORY_MB = 220

    with pytest.raises(RenderingFailed, match="trong 220 MB bộ nhớ"):
        to_pdf(letter(table(4000)))


def test_too_little_memory_to_start_ends_with_words(settings):
    settings.RENDER_MEMORY_MB = 60

    with pytest.raises(RenderingFailed, match="trong 60 MB bộ nhớ"):
        to_pdf(letter())


def test_too_little_time_ends_with_words(settings):
    settings.RENDER_SECONDS = 2

    with pytest.raises(RenderingFailed, match="sau 2 giây"):
        to_pdf(letter(table(8000)))


def test_broken_order_ends_with_words():
    with pytest.raises(RenderingFailed, match="mã 1"):
        run({})


def test_missing_pango_is_named(tmp_path, monkeypatch):
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(ceilings, "KEPT_VARIABLES", ("PYTHONPATH", "PATH"))

    with pytest.raises(RenderingFailed, match="manage.py check"):
        run(order())


def test_program_needs_neither_django_nor_secrets(monkeypatch):
    seen = {}

    def spy(command, **options):
        seen.update(options["env"])
        return real(command, **options)

    real = subprocess.run
    monkeypatch.setenv("SECRET_KEY", "secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    monkeypatch.setattr(subprocess, "run", spy)
    run(order())
    loaded = (
        "import sys, reports.writers.typesetting; print(sorted({'django', 'psycopg2'} & set(sys.modules)))"
    )
    result = real([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)

    assert set(seen) <= set(ceilings.KEPT_VARIABLES)
    assert result.stdout == "[]\n"


def test_program_dies_with_its_parent():
    reading, writing = os.pipe()
    command = [sys.executable, "-m", pdf_writer.MODULE, "1024", "60"]
    start = f"import subprocess, time; print(subprocess.Popen({command}).pid, flush=True); time.sleep(60)"
    parent = subprocess.Popen(
        [sys.executable, "-c", start],
        stdin=reading, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        child = Path("/proc") / parent.stdout.readline().strip()
        wait_until(lambda: b"typesetting" in (child / "cmdline").read_bytes() and limited(child))
        assert alive(child)

        parent.send_signal(signal.SIGKILL)
        parent.wait()

        wait_until(lambda: not alive(child))
    finally:
        parent.kill()
        parent.wait()
        parent.stdout.close()
        os.close(reading)
        os.close(writing)


def alive(process):
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0] not in "XZ"
    except FileNotFoundError:
        return False


def limited(process):
    return str(1024 * 2**20) in (process / "limits").read_text()


def wait_until(condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
