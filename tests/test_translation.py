"""The catalogues of translation: nothing said in Vietnamese lacks its English, and nothing is stale."""

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

APPS = ["awards", "blocs", "campaigns", "config", "reports"]
LOCALE = settings.BASE_DIR / "locale"
ENGLISH = LOCALE / "en/LC_MESSAGES/django.po"
CATALOGUES = sorted(LOCALE.rglob("*.po"))
VIETNAMESE = re.compile(r"[ăâđêôơưàáãèéìíòóõùúýĩũ\u1ea0-\u1ef9]", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
GETTEXT = {"gettext", "ngettext", "pgettext", "npgettext", "gettext_noop"}
GETTEXT |= {f"{name}_lazy" for name in GETTEXT}
GETTEXT_OF = {"django.utils.translation", "campaigns.scores.scoring.language"}
# What is written in Vietnamese alone: printed documents and what goes into them (usual agendas, how a person
# is addressed, how points were worked out, why a unit has no rank), what is looked for in people's papers and
# tables, files written by hand, an installation's commands, the law, letters, the made-up ministry, the
# developers' gallery.
VIETNAMESE_ALONE = re.compile(
    r"reports/(blocks|documents|imports|ministry|writers)/|/management/commands/|config/(checks.py|formats/)"
    r"|blocs/(notation|search|text).py|blocs/views/gallery_samples.py"
    r"|campaigns/(meetings/(agendas|guests)|search).py|campaigns/years/actions/accounts.py"
    r"|campaigns/scores/scoring/(measures/|(ranking|score|totals|wording).py)"
    r"|campaigns/scores/(rankings/making|sheets/(counting|citations)|criteria/words).py"
    r"|campaigns/scores/(criteria/files|spreadsheets)/|blocs/toml_text/"
    r"|blocs/(files/classified|imports/(legacy|reading|shown|totals)).py|Nghị định|Số: |Khối trưởng"
    r"|Khối phó|Người vận hành"
    r"|(py Khối|py Cụm|py trưởng)$"
    r"|(py Ông|py Bà|py đ|py Đ|py Tổ kiểm tra|Cục trưởng|Vụ trưởng|Viện trưởng|Cốc Cốc)$"
)


def messages(path):
    """[(flags, {field: text})] of a .po file, its header left out; an obsolete one has the field "#~"."""
    found = []
    for paragraph in path.read_text("utf-8").split("\n\n"):
        flags, fields, name = [], {}, ""
        for line in paragraph.splitlines():
            if line.startswith("#~"):
                fields["#~"] = line
            elif line.startswith("#,"):
                flags += line[2:].replace(",", " ").split()
            elif line and not line.startswith("#"):
                if not line.startswith('"'):
                    name, line = line.split(" ", 1)
                fields[name] = fields.get(name, "") + ast.literal_eval(line)
        if fields and fields.get("msgid") != "":
            found.append((flags, fields))
    return found


def said(path):
    """What a catalogue translates: {(context, text, text for many)}."""
    return {
        (fields.get("msgctxt"), fields["msgid"], fields.get("msgid_plural"))
        for _flags, fields in messages(path)
        if "#~" not in fields
    }


def translations(fields):
    return [text for name, text in fields.items() if name.startswith("msgstr")]


def sources():
    """Each module of the product as (address within the project, syntax tree)."""
    for app in APPS:
        for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(settings.BASE_DIR).as_posix(), ast.parse(path.read_text("utf-8"))


def gettext_names(tree):
    """{name in this module: the function of gettext that it stands for}."""
    imports = [each for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)]
    return {
        alias.asname or alias.name: alias.name
        for each in imports
        if each.module in GETTEXT_OF
        for alias in each.names
        if alias.name in GETTEXT
    }


def gettext_calls(tree):
    """[(function of gettext, call)]."""
    names = gettext_names(tree)
    return [
        (names[each.func.id], each)
        for each in ast.walk(tree)
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id in names
    ]


def texts_of(function, call):
    """The arguments of a gettext call that are looked up."""
    return call.args[: 1 + function.startswith(("n", "p")) + function.startswith("np")]


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    """What the sources say today, extracted from a copy of them."""
    tree = tmp_path_factory.mktemp("sources")
    for name in [*APPS, "templates"]:
        shutil.copytree(settings.BASE_DIR / name, tree / name)
    (tree / "locale").mkdir()
    program = Path(sys.executable).with_name("django-admin")
    environment = {name: text for name, text in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [program, "makemessages", "--locale", "en", "--verbosity", "0"]
    subprocess.run(command, cwd=tree, env=environment, check=True)
    return said(tree / "locale/en/LC_MESSAGES/django.po")


def test_english_has_what_the_sources_say_and_nothing_else(extracted):
    english = said(ENGLISH)
    assert (extracted - english, english - extracted) == (set(), set())


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.relative_to(LOCALE).as_posix())
def test_every_message_is_translated(path):
    assert [
        fields
        for flags, fields in messages(path)
        if "fuzzy" in flags or "#~" in fields or not all(translations(fields))
    ] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.relative_to(LOCALE).as_posix())
def test_translation_has_the_placeholders_of_the_text(path):
    def placeholders(text):
        return Counter(PLACEHOLDER.findall(text))

    assert [
        fields
        for _flags, fields in messages(path)
        for text in translations(fields)
        if placeholders(text) != placeholders(fields.get("msgid_plural", fields["msgid"]))
    ] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.relative_to(LOCALE).as_posix())
def test_compiled_catalogue_is_that_of_the_text(path, tmp_path):
    fresh = tmp_path / "fresh.mo"
    subprocess.run(["msgfmt", "--check-format", "--output-file", fresh, path], check=True)
    with fresh.open("rb") as expected, path.with_suffix(".mo").open("rb") as committed:
        assert (
            gettext.GNUTranslations(committed)._catalog.items()
            == gettext.GNUTranslations(expected)._catalog.items()
        )


def test_english_is_english():
    english = [text for _flags, fields in messages(ENGLISH) for text in translations(fields)]
    assert [text for text in english if VIETNAMESE.search(text.replace("Thi Đua", ""))] == []


def test_gettext_is_given_whole_texts():
    """An f-string, a variable or a filled text is not what was extracted, and would never be translated."""
    assert [
        f"{path}:{call.lineno}"
        for path, tree in sources()
        for function, call in gettext_calls(tree)
        for text in texts_of(function, call)
        if not isinstance(text, ast.Constant)
    ] == []


def test_gettext_goes_by_names_that_are_extracted():
    assert [
        f"{path}: {name}"
        for path, tree in sources()
        for name, function in gettext_names(tree).items()
        if name not in (function, "_")
    ] == []


def test_vietnamese_in_python_goes_through_gettext():
    def said_plainly(tree):
        kept = {id(part) for _function, call in gettext_calls(tree) for part in ast.walk(call)}
        for each in ast.walk(tree):
            if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant):
                kept.add(id(each.value))  # a docstring
            elif isinstance(each, ast.Constant) and isinstance(each.value, str) and id(each) not in kept:
                yield each

    assert [
        f"{path}:{text.lineno}: {text.value}"
        for path, tree in sources()
        for text in said_plainly(tree)
        if VIETNAMESE.search(text.value) and not VIETNAMESE_ALONE.search(f"{path} {text.value}")
    ] == []


def test_vietnamese_in_templates_goes_through_gettext():
    through_gettext = re.compile(
        r"""\{%\s*blocktranslate\b.*?\{%\s*endblocktranslate\s*%\}|\{%\s*translate\s+("[^"]*"|'[^']*')"""
        r"""|_\("[^"]*"\)|_\('[^']*'\)|\{\#.*?\#\}|\{%\s*comment\b.*?\{%\s*endcomment\s*%\}|Thi\ Đua""",
        re.DOTALL | re.VERBOSE,
    )
    pages = [
        path
        for path in sorted((settings.BASE_DIR / "templates").rglob("*.*"))
        if path.parent.name != "blocks" and path.name != "gallery.html"  # printed documents, for developers
    ]
    assert [
        f"{path.relative_to(settings.BASE_DIR)}: {line.strip()}"
        for path in pages
        for line in through_gettext.sub("", path.read_text("utf-8")).splitlines()
        if VIETNAMESE.search(line)
    ] == []
