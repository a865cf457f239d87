"""The pictures of the help, taken of the product itself: `make help-pictures`.

Each picture is one screen with one numbered mark, the number of the sentence in config/help.py. The clock,
the data and the window are the same each time: a picture changes only where the product has changed.
"""

import io
from dataclasses import dataclass

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from PIL import Image

from campaigns.models import Meeting
from config import help as guide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOLDER = settings.BASE_DIR / "static" / "img" / "help"
WINDOW = {"width": 960, "height": 540}
COLOURS = 48
TODAY = "2020-12-14T09:00+07:00"

# A mark: a frame around what is spoken of, and its number at the frame's corner.
MARK = """
([box, number]) => {
  const draw = (styles, text) => {
    const mark = document.createElement("div");
    for (const [name, value] of Object.entries(styles)) mark.style[name] = value;
    mark.textContent = text;
    document.body.append(mark);
  };
  const left = box.x + scrollX - 6, top = box.y + scrollY - 6;
  draw({
    position: "absolute", zIndex: 98, left: `${left}px`, top: `${top}px`, boxSizing: "border-box",
    width: `${box.width + 12}px`, height: `${box.height + 12}px`, border: "3px solid #8a1c1c",
  }, "");
  draw({
    position: "absolute", zIndex: 99, left: `${Math.max(left - 16, 2)}px`, top: `${Math.max(top - 16, 2)}px`,
    width: "32px", height: "32px", borderRadius: "50%", background: "#8a1c1c", color: "#fff",
    font: "700 18px/32px sans-serif", textAlign: "center",
  }, number);
}
"""


@dataclass(frozen=True)
class Shot:
    """One picture: who looks, at which address, and what is marked there."""

    username: str
    address: str
    marked: str
    args: tuple = ()


def of_bloc(name, marked, *more, username="thu-ky-khoi"):
    """A picture of a page of the bloc's year."""
    return Shot(username, name, marked, ("year", "bloc", *more))


def of_records(name, marked, *more):
    """A picture of a page of the records."""
    return Shot("thu-ky-khoi", f"admin:{name}", marked, more)


PICTURES = {
    "nam": [
        Shot("can-bo-bo", "year", ".section-nav", ("year",)),
        Shot("can-bo-bo", "year", ".filter-bar", ("year",)),
        Shot("can-bo-bo", "year", "#list td:last-child", ("year",)),
    ],
    "khoi": [
        of_bloc("bloc-year", ".page-header__next"),
        of_bloc("bloc-year", ".timeline__step:nth-child(3)"),
        of_bloc("bloc-year", ".section-nav ul"),
    ],
    "hoi-nghi": [
        of_bloc("meeting", ".page-header", "conference"),
        of_bloc("meeting", "main table tbody tr:nth-child(2)", "conference"),
        of_bloc("meeting", ".section-nav ul", "conference"),
    ],
    "de-nghi": [
        of_bloc("proposals", ".section-nav [aria-current]"),
        of_bloc("proposals", "main .table-region"),
        of_bloc("proposals", "main section:last-of-type h2"),
    ],
    "bao-cao": [
        of_bloc("report", ".page-header__next", "official"),
        of_bloc("report", ".life", "official"),
        of_bloc("report", ".page-header__words", "official"),
    ],
    "so-so-lieu": [
        of_records("index", ".records li:first-child"),
        of_records("campaigns_meeting_changelist", "#searchbar"),
        of_records("campaigns_meeting_change", ".submit-row", "conference"),
    ],
}


@pytest.fixture(autouse=True)
def clock():
    """The day before the bloc's conference."""
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def take(page, live_server, sign_in, bloc_year):
    """Take one picture and return its bytes."""
    conference = Meeting.objects.get(bloc_year=bloc_year, kind="year-end")
    known = {"year": bloc_year.year.code, "bloc": bloc_year.bloc.code, "conference": conference.pk}
    page.set_viewport_size(WINDOW)

    def take(shot, number):
        page.context.clear_cookies()
        sign_in(shot.username)
        page.goto(live_server.url + reverse(shot.address, args=[known.get(each, each) for each in shot.args]))
        place = page.locator(shot.marked).first
        place.evaluate("element => element.scrollIntoView({block: 'center'})")
        page.evaluate(MARK, [place.bounding_box(), str(number)])
        return page.screenshot(animations="disabled", caret="hide")

    return take


def small(picture):
    """A picture as a file that loads quickly on a slow line."""
    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    file = io.BytesIO()
    image.save(file, "WEBP", lossless=True, quality=100, method=6)
    return file.getvalue()


@pytest.mark.parametrize("key", guide.PAGES)
def test_take_pictures(take, key):
    FOLDER.mkdir(parents=True, exist_ok=True)
    for number, shot in enumerate(PICTURES[key], 1):
        (FOLDER / f"{key}-{number}.webp").write_bytes(small(take(shot, number)))
