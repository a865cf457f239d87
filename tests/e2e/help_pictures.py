"""The pictures of the help, taken of the product itself: `make help-pictures`.

Each picture is one screen with one numbered mark, the number of the sentence in config/help.py. The clock,
the made-up ministry and the window are the same each time: a picture changes only where the product has.
"""

import io
from dataclasses import replace

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from PIL import Image

from blocs.models import Unit, User
from blocs.models.people import Operator
from campaigns.actions import make_trial_accounts
from campaigns.models import BlocYear, Meeting
from campaigns.scores import actions
from campaigns.scores.criteria.actions import start_set
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.criteria.sets import content_of
from campaigns.scores.models import ScoreSheet, Tier
from campaigns.scores.sheets.filling import Row
from campaigns.scores.spreadsheets.criteria import CriteriaSheet
from reports.actions import make_demo_ministry
from tests.blocs.imports.books import book
from tests.campaigns.scores.spreadsheets.tables import kept
from tests.e2e.help_shots import PICTURES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOLDER = settings.BASE_DIR / "static" / "img" / "help"
WINDOW = {"width": 960, "height": 540}
COLOURS = 48
TODAY = "2026-11-23T09:00+07:00"
YEAR, BLOC_CODE = "2026", "khoi-thi-dua-cac-vu-tham-muu"
OTHER_BLOC_CODE = "khoi-thi-dua-cac-cuc-so-1"
TABLE = [
    ["STT", "Tiêu chí", "Điểm chuẩn", "Điểm thưởng", "Điểm trừ"],
    ["1", "Hoàn thành nhiệm vụ được giao trong năm", 60, None, None],
    ["2", "Chấp hành chế độ báo cáo", 40, None, None],
    ["2.1", "Mỗi báo cáo chậm: trừ 1 điểm", None, None, -1],
]

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
    bloc_year = BlocYear.objects.get(year__code=YEAR, bloc__code=BLOC_CODE)
    officer = User.objects.get(username="can-bo-don-vi")
    own_unit = officer.person.posts.get().unit
    _score_itself(bloc_year, own_unit, officer)
    return {
        "year": YEAR,
        "last year": str(int(YEAR) - 1),
        "bloc": BLOC_CODE,
        "other bloc": OTHER_BLOC_CODE,
        "conference": Meeting.objects.get(bloc_year=bloc_year, kind="year-end").pk,
        "person": officer.person_id,
        "unit": own_unit.pk,
        "own unit": own_unit.code,
        "checked": Unit.objects.get(code="cuc-dieu-sao").pk,
        **_drafts(bloc_year, User.objects.get(username="can-bo-bo")),
    }


def _score_itself(bloc_year, unit, officer):
    """A unit that has not yet scored itself does so, with the figures of another one."""
    sheet = actions.begin_sheet(bloc_year=bloc_year, unit=unit, tier=Tier.SELF, by=officer)
    other = ScoreSheet.objects.filter(bloc_year=bloc_year, tier=Tier.SELF).exclude(unit=unit).earliest("pk")
    rows = [
        Row(each.criterion, figures=each.figures, grounds=each.reason)
        for each in other.scores.select_related("criterion")
    ]
    actions.save_scores(sheet=sheet, rows=rows, by=officer)


def _drafts(bloc_year, staff):
    """Criteria in the making, one set of them with faults, and tables that are read into it."""
    frozen = chosen_set(bloc_year)
    content = content_of(frozen)
    partial = replace(content, plan=replace(content.plan, sections=content.plan.sections[1:]))
    draft = start_set(year=bloc_year.year, cloned_from=frozen, by=staff)
    faulty = start_set(year=bloc_year.year, content=partial, by=staff)
    mistyped = [*TABLE[:-1], [*TABLE[-1][:-1], "một"]]
    return {
        "draft set": draft.pk,
        "faulty set": faulty.pk,
        "table": kept(CriteriaSheet(draft), book(TABLE), staff).pk,
        "faulty table": kept(CriteriaSheet(draft), book(mistyped), staff).pk,
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


@pytest.mark.parametrize("username", ["can-bo-bo", "thu-ky-khoi", "can-bo-don-vi"])
def test_take_pictures(page, live_server, sign_in, known, username):
    page.set_viewport_size(WINDOW)
    sign_in(username)

    for key, shots in PICTURES.items():
        for number, shot in enumerate(shots, 1):
            if shot.username == username:
                address = reverse(shot.name, args=[known.get(each, each) for each in shot.args])
                address += shot.query.format_map(known)
                picture = take(page, live_server.url + address, shot.marked, number)
                (FOLDER / f"{key}-{number}.webp").write_bytes(small(picture))
