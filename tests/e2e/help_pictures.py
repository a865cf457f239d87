"""The pictures of the help, taken of the product itself: `make help-pictures`.

Each picture is one screen with one numbered mark, the number of the sentence in config/help.py. The clock,
the made-up ministry and the window are the same each time: a picture changes only where the product has.
"""

import io
from dataclasses import dataclass

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from PIL import Image

from blocs.models import User
from blocs.models.people import Operator
from campaigns.actions import make_trial_accounts
from campaigns.models import BlocYear, Meeting
from reports.actions import make_demo_ministry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOLDER = settings.BASE_DIR / "static" / "img" / "help"
WINDOW = {"width": 960, "height": 540}
COLOURS = 48
TODAY = "2026-11-23T09:00+07:00"
YEAR, BLOC_CODE = "2026", "khoi-thi-dua-cac-vu-tham-muu"

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
    name: str
    marked: str
    args: tuple = ()
    query: str = ""


def staff(name, marked, *args, query=""):
    """A picture of a page of the ministry's staff in charge."""
    return Shot("can-bo-bo", name, marked, args, query)


def secretary(name, marked, *args, query=""):
    """A picture of a page of a bloc's secretary."""
    return Shot("thu-ky-khoi", name, marked, args, query)


BLOC = ("year", "bloc")
CONFERENCE = (*BLOC, "conference")
LAST_YEAR = ("last year", "bloc")
PICTURES = {
    "viec-cua-toi": [
        secretary("home", ".waiting__line"),
        secretary("home", ".waiting__due"),
        secretary("home", "section[aria-labelledby=blocs] .waiting__line"),
    ],
    "nam": [
        staff("year", ".section-nav ul", "year"),
        staff("year", ".filter-bar", "year"),
        staff("year", "#list tbody tr:first-child td:last-child", "year"),
    ],
    "giai-doan": [
        staff("phases", "main tbody tr:nth-child(2)", "year"),
        staff("phases", "main form .button--primary", "year"),
        staff("phases", "main a[href$='/gia-han/']", "year"),
    ],
    "don-doc": [
        staff("board", ".filter-bar", "year"),
        staff("board", ".board__do .button", "year"),
        staff("board", ".board__call", "year"),
    ],
    "khoi": [
        secretary("bloc-year", ".page-header__next", *BLOC),
        secretary("bloc-year", ".timeline__step:nth-child(3)", *BLOC),
        secretary("bloc-year", ".section-nav ul", *BLOC),
    ],
    "giao-uoc": [
        secretary("pledge-sign", "main .fields", *BLOC),
        secretary("pledge-sign", ".door > li:nth-child(2)", *BLOC),
        secretary("pledge-sign", ".field:has([name=paper_scan])", *BLOC),
    ],
    "hoi-nghi": [
        secretary("meeting", ".page-header__next", *CONFERENCE),
        secretary("meeting", "main table tbody tr:nth-child(2)", *CONFERENCE),
        secretary("meeting", "main aside", *CONFERENCE),
    ],
    "diem-danh": [
        secretary(
            "meeting-attendance", ".door > li:nth-child(3) .field__tick, .door > li:nth-child(3)", *CONFERENCE
        ),
        secretary("meeting-attendance", ".door > li:nth-child(3) summary", *CONFERENCE),
        secretary("meeting-attendance", ".door__guest", *CONFERENCE),
    ],
    "ghi-hoi-nghi": [
        secretary("meeting-record", ".screens", *CONFERENCE),
        secretary("meeting-record", ".fields", *CONFERENCE),
        secretary("meeting-record", ".form__do", *CONFERENCE),
    ],
    "nhiem-vu-ket-luan": [
        staff("year-tasks", ".filter-bar", "last year"),
        staff("year-tasks", "main tbody tr:first-child", "last year"),
        staff("year-tasks", "main tbody tr:first-child a", "last year"),
    ],
    "ban-giao": [
        staff("handover", "main .facts", *LAST_YEAR),
        staff("handover", "main .button:has(.icon)", *LAST_YEAR),
        staff("handover", "main :is(section, aside) ol", *LAST_YEAR),
    ],
    "de-nghi": [
        staff("proposals", ".section-nav [aria-current]", *LAST_YEAR),
        staff("proposals", "main .table-region", *LAST_YEAR),
        staff("proposals", "main section:last-of-type h2", *LAST_YEAR),
    ],
    "bao-cao": [
        secretary("report", ".page-header__next", *BLOC, "official"),
        secretary("report", ".life", *BLOC, "official"),
        secretary("report", "main .document > :first-child", *BLOC, "official"),
    ],
    "so-so-lieu": [
        secretary("admin:index", ".records li:first-child"),
        secretary("admin:campaigns_meeting_changelist", "#searchbar"),
        secretary("admin:campaigns_meeting_change", ".submit-row", "conference"),
    ],
    "tim": [
        staff("search", "main .filter-bar", query="?q=dieu+sao"),
        staff("search", "main .section-head", query="?q=dieu+sao"),
        staff("search", "main .found li", query="?q=dieu+sao"),
    ],
    "nguoi-dung": [
        staff("accounts", ".filter-bar"),
        staff("accounts", ".page-header__next"),
        staff("person", "main tbody td:last-child", "person"),
    ],
    "tai-khoan": [
        secretary("help", ".masthead__account summary"),
        secretary("account_change_password", "main .form"),
        secretary("usersessions_list", "main tbody tr:first-child"),
    ],
}


@pytest.fixture
def clock():
    """A day on which things are due: the year is under way, its last weeks are near."""
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def passwords(clock, transactional_db):
    """{username: password} of the trial accounts in the made-up ministry."""
    make_demo_ministry(seed=2026, by=Operator("tester"))
    bloc_year = BlocYear.objects.get(year__code=YEAR, bloc__code=BLOC_CODE)
    made = make_trial_accounts(bloc_year=bloc_year, keep=set(), by=Operator("tester"))
    return {username: password for username, _post, password in made}


@pytest.fixture
def known(passwords):
    """What stands in the addresses of the pictures."""
    conference = Meeting.objects.get(
        bloc_year__year__code=YEAR, bloc_year__bloc__code=BLOC_CODE, kind="year-end"
    )
    return {
        "year": YEAR,
        "last year": str(int(YEAR) - 1),
        "bloc": BLOC_CODE,
        "conference": conference.pk,
        "person": User.objects.get(username="can-bo-don-vi").person_id,
    }


def take(page, address, marked, number):
    """The picture of a page with one mark, as bytes."""
    page.goto(address)
    place = page.locator(marked).first
    place.evaluate("element => element.scrollIntoView({block: 'center'})")
    page.evaluate(MARK, [place.bounding_box(), str(number)])
    return page.screenshot(animations="disabled", caret="hide")


def small(picture):
    """A picture as a file that loads quickly on a slow line."""
    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    file = io.BytesIO()
    image.save(file, "WEBP", lossless=True, quality=100, method=6)
    return file.getvalue()


@pytest.mark.parametrize("username", ["can-bo-bo", "thu-ky-khoi"])
def test_take_pictures(page, live_server, sign_in, known, username):
    page.set_viewport_size(WINDOW)
    sign_in(username)

    for key, shots in PICTURES.items():
        for number, shot in enumerate(shots, 1):
            if shot.username == username:
                address = reverse(shot.name, args=[known.get(each, each) for each in shot.args]) + shot.query
                picture = take(page, live_server.url + address, shot.marked, number)
                (FOLDER / f"{key}-{number}.webp").write_bytes(small(picture))
