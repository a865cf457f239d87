"""Pages of criteria, scores and rankings in both languages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.scores.scoring.measures import KINDS
from tests.bilingual import World, answers, faults, untranslated
from tests.bilingual_scores import Scores, printed
from tests.blocs.imports.books import book

pytestmark = pytest.mark.whole


def scored_world():
    world = World()
    world.desks()
    world.scores = Scores(world)
    return world


MADE_ONCE = scored_world


@pytest.fixture
def world(made_once, settings):
    settings.REQUIRE_MFA = False
    return made_once


def pages_of_criteria(world):
    year = world.bloc_year.year.code
    frozen, draft = world.scores.criteria_set, world.scores.draft
    section, criterion = draft.sections.first(), draft.criteria.first()
    measures = [each for part in draft.criteria.all() for each in part.measures.all()]

    def of(criteria_set, name, *more):
        return reverse(f"criteria-{name}", args=[year, criteria_set.pk, *more])

    return [
        *(reverse(f"criteria-{name}", args=[year]) for name in ("sets", "start", "choose")),
        *(of(frozen, name) for name in ("set", "version", "discard")),
        *(of(world.scores.amended, name) for name in ("set", "compare", "adopt")),
        *(of(draft, name) for name in ("set", "fields", "section-new", "freeze", "discard", "import")),
        *(of(draft, name, section.pk) for name in ("section", "criterion-new")),
        *(of(draft, name, criterion.pk) for name in ("criterion", "try", "measure-new")),
        *(f"{of(draft, 'measure-new', criterion.pk)}?loai={kind}" for kind in KINDS),
        *(of(draft, "measure", each.criterion_id, each.pk) for each in measures),
        of(draft, "drop", "tieu-chi", criterion.pk),
        reverse("open-year"),
        *(reverse("unit-change", args=[unit.pk]) for unit in (world.member, world.scores.checked)),
    ]


def pages_of_scores(world):
    scores = world.scores
    units = [world.member, world.leader, scores.checked]
    names = ["scores", "score-inspections", "score-reopen", "score-grid", "score-import"]
    names += ["ranking", "ranking-settle", "ranking-part-year", "ranking-release"]
    names += ["ranking-known", "score-differences"]
    of_unit = ["score-unit", "score-own", "score-sitting", "score-sitting-members", "score-return"]
    of_unit += ["score-evidence-drop", "score-import-unit", "ranking-unit", "ranking-known-unit"]
    version = scores.check.versions.get()
    following = [world.following.year.code, world.following.bloc.code]
    ask = [scores.checked.code, scores.check.pk]
    return [
        *(world.page(name) for name in names),
        *(f"{world.page('score-differences')}?xem={part}" for part in ("tieu-chi", "cheo", "noi-bat")),
        f"{world.page('score-grid')}?cap=check&so=self&o={scores.checked.pk}-a2",
        f"{world.page('score-grid')}?cap=self&chi=empty",
        *(world.page(name, unit.code) for name in of_unit for unit in units),
        *(world.page("score-tier", unit.code, "leader") for unit in units),
        *(world.page("score-release", tier) for tier in ("check", "leader")),
        *(world.page("score-import", tier) for tier in ("check", "leader")),
        *(world.page("score-paper", world.member.code, tier) for tier in ("check", "leader")),
        world.page("score-version", scores.checked.code, version.pk),
        *(world.page("score-evidence", unit.code, "a1") for unit in units),
        *(world.page("score-ask", *ask, key) for key in ("a1", "a2")),
        world.page("score-answer", scores.checked.code, scores.explanation.pk),
        world.page("meeting-scores", world.meeting.pk),
        *(reverse(name, args=following) for name in ("ranking", "scores", "score-assignments", "score-grid")),
        *(reverse("score-unit", args=[*following, unit.code]) for unit in units),
        *(reverse("score-sitting", args=[*following, unit.code]) for unit in units),
        world.bloc_year.get_absolute_url(),
        world.bloc_year.year.get_absolute_url(),
        "/",
    ]


def pages_of_papers(world):
    member, checked = world.member.code, world.scores.checked.code
    copies = [world.page("inspection-copies", unit) for unit in (member, checked)]
    minutes = [world.page("inspection-minutes", unit) for unit in (member, checked)]
    sheets = [world.page("score-sheet-paper", unit) for unit in (member, checked)]
    return [world.page("score-table"), world.page("ranking-paper"), *sheets, *minutes, *copies]


PAGES = [pages_of_criteria, pages_of_scores, pages_of_papers]


@pytest.mark.parametrize("who", ["secretary", "staff", "officer"])
@pytest.mark.parametrize("pages", PAGES)
def test_pages_of_scores(client, world, pages, who):
    client.force_login(getattr(world, who))
    assert faults(client, pages(world), data=printed()) == {}


def test_units_read_what_was_released(client, world):
    client.force_login(world.scores.checked_officer)
    assert faults(client, pages_of_scores(world), data=printed()) == {}


@pytest.mark.parametrize("pages", [pages_of_criteria, pages_of_scores])
def test_pages_that_are_sent_next_to_nothing(client, world, pages):
    """What a form lacks, or what was done and where that leads; it is taken back."""
    client.force_login(world.staff)
    data = printed()
    found = {address: untranslated(*answers(client, address, {}, data)) for address in pages(world)}
    assert {address: left for address, left in found.items() if left} == {}


def test_spreadsheets(client, world):
    """A table of criteria and a bloc's table of scores: columns to be named, rows to be mended."""
    client.force_login(world.staff)
    year, draft = world.bloc_year.year.code, world.scores.draft
    tables = {
        reverse("criteria-import", args=[year, draft.pk]): [
            ["STT", "Nội dung tiêu chí", "Điểm chuẩn"],
            ["ZqA", "ZqSection", "10"],
            ["1", "ZqCriterion", "zq"],
        ],
        world.page("score-import", "check"): [
            ["STT", "Nội dung tiêu chí", "ZqMember", "ZqNobody"],
            ["A1", "ZqCriterion", "1000", "zq"],
            ["A2", "ZqCriterion", "12", ""],
        ],
    }
    for address, rows in tables.items():
        sent = client.post(address, {"file": SimpleUploadedFile("zq.xlsx", book(rows))})
        assert sent.status_code == 302
        data = [*printed(), " ".join(rows[0][:3]), *rows[0], "Bảng điểm"]  # what the table says, its own name
        assert faults(client, [sent.url, f"{sent.url}cot/"], data=data) == {}
        assert untranslated(*answers(client, sent.url, {"mend": "1"}, data)) == []
