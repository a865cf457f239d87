"""System checks of what Python packages cannot bring: Pango, a font for printed Vietnamese, the database.

Each finding's hint is the command that mends it.
"""

import ctypes
import os
import platform
import unicodedata
from pathlib import Path

from django.core.checks import Error, Tags, register
from django.db import NotSupportedError, OperationalError, connections
from fontTools.ttLib import TTFont, TTLibError

LIBRARIES = {  # file that WeasyPrint loads -> Debian package that holds it
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts"),
    Path("~/.fonts"),
)
# Nghị định 30/2020/NĐ-CP asks for Times New Roman; the others have its metrics.
FAMILIES = {"Liberation Serif", "Times New Roman", "Tinos"}
STYLES = {"Regular", "Bold", "Italic", "Bold Italic"}
TONES = ("", "\N{COMBINING GRAVE ACCENT}", "\N{COMBINING HOOK ABOVE}", "\N{COMBINING TILDE}",
         "\N{COMBINING ACUTE ACCENT}", "\N{COMBINING DOT BELOW}")  # fmt: skip
LETTERS = {"đ", "Đ"} | {
    unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in TONES
}
LOWEST_POSTGRESQL = 15  # the lowest that the product was run on


def missing_libraries(libraries=LIBRARIES):
    """The shared libraries of Pango that cannot be loaded."""
    return [name for name in libraries if not _loads(name)]


def _loads(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def complete_families(folders=FONT_FOLDERS):
    """The families with Times metrics whose four faces all hold every Vietnamese letter."""
    faces = {family: set() for family in FAMILIES}
    for folder in folders:
        # A folder that this user may not read is passed over, as by fontconfig.
        found = (Path(place, name) for place, _, names in os.walk(folder.expanduser()) for name in names)
        for path in found:
            if path.suffix.lower() in {".ttf", ".otf"} and path.stem.lower().startswith(
                ("liberationserif", "times", "tinos")
            ):
                family, style, letters = _face(path)
                if family in FAMILIES and letters >= LETTERS:
                    faces[family].add(style)
    return {family for family, styles in faces.items() if styles >= STYLES}


def _face(path):
    try:
        with path.open("rb") as file, TTFont(file, lazy=True) as font:
            names = font["name"]
            return names.getDebugName(1), names.getDebugName(2), set(map(chr, font.getBestCmap() or ()))
    except TTLibError:  # not a font, whatever its name says: no face of any family
        return None, None, set()


def font_package():
    """The Debian package whose Liberation Serif holds every Vietnamese letter: version 1 lacked 92."""
    system = platform.freedesktop_os_release()
    has_version_1 = system["ID"] == "debian" and system.get("VERSION_ID", "99") <= "12"
    return "fonts-liberation2" if has_version_1 else "fonts-liberation"


def missing_packages():
    """The Debian packages that the product needs and this machine lacks."""
    packages = [LIBRARIES[name] for name in missing_libraries()]
    return packages if complete_families() else [*packages, font_package()]


def install(*packages):
    return f"apt-get install --no-install-recommends {' '.join(packages)}"


@register("documents")
def check_pango(libraries=LIBRARIES, **kwargs):
    missing = missing_libraries(libraries)
    if not missing:
        return []
    return [
        Error(
            f"No PDF can be made: Pango is missing ({', '.join(missing)}).",
            hint=install(*(libraries[name] for name in missing)),
            id="config.E001",
        )
    ]


@register("documents")
def check_fonts(folders=FONT_FOLDERS, **kwargs):
    if complete_families(folders):
        return []
    return [
        Error(
            "No font with the metrics of Times New Roman holds all Vietnamese letters in regular, bold, "
            f"italic and bold italic. Looked for {', '.join(sorted(FAMILIES))} "
            f"in {', '.join(map(str, folders))}.",
            hint=install(font_package()),
            id="config.E002",
        )
    ]


@register(Tags.database)
def check_database(databases=None, **kwargs):
    return [error for alias in databases or () for error in _database_errors(connections[alias])]


def _database_errors(connection):
    try:
        connection.ensure_connection()
        version = connection.pg_version // 10000
    except NotSupportedError:  # older than even Django takes
        version = 0
    except OperationalError as error:
        hint = "Set DATABASE_URL to a PostgreSQL that runs, or start the embedded one: "
        hint += ".venv/bin/python -m config.database start"
        return [Error(f"The database does not answer: {error}", hint=hint, id="config.E003")]
    if version >= LOWEST_POSTGRESQL:
        return []
    return [
        Error(
            f"The database server is older than PostgreSQL {LOWEST_POSTGRESQL}.",
            hint="pg_upgradecluster OLD-VERSION main, after: apt-get install postgresql",
            id="config.E004",
        )
    ]
