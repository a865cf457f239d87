"""The sets of criteria that come with the software, as files to begin from."""

from dataclasses import dataclass
from pathlib import Path

from campaigns.scores.criteria.files.content import Content
from campaigns.scores.criteria.files.reading import read

DIRECTORY = Path(__file__).resolve().parents[2] / "data" / "criteria"
DEFAULT = "mac-dinh-100-10"


@dataclass(frozen=True)
class Shipped:
    """A file that comes along: its name and what it says."""

    name: str
    content: Content


def shipped():
    """All of them, the default first."""
    names = sorted((path.stem for path in DIRECTORY.glob("*.toml")), key=lambda name: (name != DEFAULT, name))
    return [Shipped(name, read_shipped(name)) for name in names]


def read_shipped(name):
    """What the file of a name says; KeyError where there is none."""
    path = DIRECTORY / f"{name}.toml"
    if path.stem != name or not path.is_file():
        raise KeyError(name)
    return read(path.read_bytes())
