"""The pages and files of the papers of scores: who reads them, what is had there, at what cost."""

from datetime import date
from io import BytesIO

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from blocs.contributions import registry
from blocs.models import Entry, Job, Pack
from blocs.permissions import Refused
from campaigns.scores.criteria.chosen import chosen_set
from campaigns.scores.rankings.making import make as make_ranking
from reports import issuing, jobs, packs, prints
from reports.documents.base import Stage
from reports.documents.scores import RANKING, SCORE_TABLE, SHEET
from tests import factories as make
from tests.reports import meeting_world
from tests.reports.scores import world

pytestmark = pytest.mark.django_db
CEILING = 45


@pytest.fixture
def scored(bloc_year, leader, member):
    world.set_of(bloc_year)
    world.sheet_of(bloc_year, leader.unit)
    world.sheet_of(bloc_year, member.unit)
    world.sheet_of(bloc_year, member.unit, "check")
    return bloc_year


def address(name, bloc_year, *more):
    return reverse(name, args=[bloc_year.year.code, bloc_year.bloc.code, *more])


def release(bloc_year):
    made = make_ranking(bloc_year)
    return make.RankingFactory(
        bloc_year=bloc_year, state="released", rows=made.rows, released_at=world.AT, tie_words=made.tie_words
    )


def links(page):
    """The words and addresses of the files that the page offers."""
    endings = (".docx", ".xlsx", ".pdf")
    return [(words, at) for words, at in page.links.items() if at.endswith(endings)]


# Who reads


@pytest.mark.parametrize(("who", "reads"), [("staff", True), ("secretary", True), ("member", False)])
def test_table_is_the_leaders_units_until_the_ranking_is_released(page_of, scored, who, reads):
    at = address("score-table", scored)
    page = page_of(who, at)
    assert ("BẢNG TỔNG HỢP ĐIỂM" in page.text, "khi bảng xếp hạng được công bố" in page.text) == (
        reads,
        not reads,
    )
    release(scored)
    assert "BẢNG TỔNG HỢP ĐIỂM" in page_of(who, at).text


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_file_of_the_table_is_refused_as_its_page_is(client, people, scored, ending):
    at = address(f"score-table-{ending}", scored)
    client.force_login(people["member"])
    assert client.get(at).status_code == 403
    client.force_login(people["stranger"])
    assert client.get(at).status_code == 404
    client.force_login(people["secretary"])
    assert client.get(at).status_code == 200


def test_member_reads_its_own_sheet_and_no_figure_of_another_unit(page_of, scored, leader, member):
    own = page_of("member", address("score-sheet-paper", scored, member.unit.code))
    other = page_of("member", address("score-sheet-paper", scored, leader.unit.code))

    assert "33,60" in own.text
    assert "33,60" not in other.text and "chưa có số liệu: điểm của đơn vị" in other.text


@pytest.mark.parametrize("name", ["score-table", "ranking-paper"])
@pytest.mark.parametrize("who", ["stranger", "nobody"])
def test_papers_of_a_foreign_bloc_are_not_there(client, people, scored, name, who):
    client.force_login(people[who])
    assert client.get(address(name, scored)).status_code == 404


def test_unit_that_does_not_sit_there_has_no_sheet(client, people, scored):
    client.force_login(people["staff"])
    assert client.get(address("score-sheet-paper", scored, "khong-co")).status_code == 404


# Files


def test_page_offers_word_and_spreadsheet_of_today(client, people, page_of, scored):
    page = page_of("secretary", address("score-table", scored))

    assert links(page) == [
        ("Tải bản Word", address("score-table-docx", scored)),
        ("Tải bảng tính (Excel)", address("score-table-xlsx", scored)),
    ]
    client.force_login(people["secretary"])
    answer = client.get(address("score-table-xlsx", scored))
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["Tổng hợp điểm theo mục", "Điểm theo tiêu chí"]
    assert [cell.value for cell in book.worksheets[0][5]][:4] == [1, "Viện Một", 66.6, 19]
    assert "Bang-tong-hop-diem-khoi-2020_" in answer["Content-Disposition"]


def test_pdf_is_asked_of_a_worker_and_kept_for_the_unit_that_asked(client, people, page_of, scored):
    client.force_login(people["secretary"])
    client.post(address("score-table-print", scored))
    job = Job.objects.get(kind=jobs.PRINT)
    words, at = jobs.print_paper(job)

    assert (words, at) == ("Đã lập bản in.", address("score-table", scored))
    kept = Pack.objects.get()
    assert bytes(kept.file.content).startswith(b"%PDF")
    assert Entry.objects.filter(act="paper.print", object_key=kept.pk).count() == 1
    assert links(page_of("secretary", at))[-1] == (kept.file_name, reverse("print", args=[kept.pk]))
    client.force_login(people["member"])
    assert client.get(reverse("print", args=[kept.pk])).status_code == 404


def test_print_holds_what_its_reader_may_see(people, scored, leader):
    """The member's print of another unit's sheet would be empty, so there is none."""
    with pytest.raises(Refused, match="Chưa có số liệu"):
        prints.make(SHEET, leader, by=people["member"])


def test_version_of_a_document_has_its_tables_as_a_spreadsheet(client, people, page_of, scored):
    release(scored)
    document = make.IssuedDocumentFactory(
        issuer=scored.seats.get(role="leader").unit, subject=scored, kind="ranking", draft_number=1
    )
    tree = RANKING.build(RANKING.gather(scored), "", Stage())
    version = make.DocumentVersionFactory(
        document=document, stage="draft", draft_number=1, data=tree.as_data()
    )
    at = reverse("document-version", args=[version.pk, "xlsx"])

    assert at in [found for _words, found in links(page_of("secretary", address("ranking-paper", scored)))]
    client.force_login(people["secretary"])
    book = load_workbook(BytesIO(client.get(at).content))
    assert [cell.value for cell in book.active[5]][:2] == [1, "Viện Một"]


def test_set_of_the_conference_holds_table_and_ranking(people, scored, leader):
    conference = meeting_world.conference(leader)
    names = [kind.code for kind, _subject, _facts in packs.papers_of_scores(conference, people["secretary"])]
    assert names == ["score-table"]
    release(scored)
    papers = packs.papers_of_scores(conference, people["secretary"])
    found = [name for paper in papers for name, _content in packs.files_of(*paper, date(2020, 12, 14))]

    assert found == [
        "Bang-tong-hop-diem-khoi-2020_20201214.pdf",
        "Bang-tong-hop-diem-khoi-2020_20201214.docx",
        "Bang-tong-hop-diem-khoi-2020_20201214.xlsx",
        "TB-xep-hang-khoi-2020_du-thao_20201214.pdf",
        "TB-xep-hang-khoi-2020_du-thao_20201214.docx",
        "TB-xep-hang-khoi-2020_du-thao_20201214.xlsx",
    ]
    activity = make.MeetingFactory(bloc_year=scored, kind="activity")
    assert packs.papers_of_scores(activity, people["secretary"]) == []


def test_notice_of_an_expected_ranking_is_read_and_not_signed(people, scored):
    made = make_ranking(scored)
    draft = make.RankingFactory(bloc_year=scored, rows=made.rows)
    document = issuing.draft(scored, "ranking", by=people["secretary"]).document
    with pytest.raises(Refused, match="bảng xếp hạng dự kiến"):
        issuing.send_to_signature(document, by=people["secretary"])
    draft.released_at = world.AT
    draft.move_to("released")
    issuing.draft(scored, "ranking", by=people["secretary"])
    assert issuing.send_to_signature(document, by=people["secretary"]).state == "for-signature"


# Ways


def test_pages_of_scores_lead_to_their_papers(people, scored, member):
    sitting = make.InspectionFactory(bloc_year=scored, unit=member.unit, day=date(2020, 11, 25))
    ranking = release(scored)
    sheet = scored.score_sheets.filter(unit=member.unit).first()
    found = {
        label: [button.address for button in registry.buttons_of(label, [row], people["secretary"])[row.pk]]
        for label, row in (
            ("scores.scoresheet", sheet),
            ("scores.inspection", sitting),
            ("scores.ranking", ranking),
        )
    }
    code = member.unit.code
    assert found["scores.scoresheet"][-1:] == [address("score-sheet-paper", scored, code)]
    assert found["scores.inspection"][-2:] == [
        address("inspection-minutes", scored, code),
        address("inspection-copies", scored, code),
    ]
    assert found["scores.ranking"][-2:] == [
        RANKING.address(scored, ""),
        SCORE_TABLE.address(scored, ""),
    ]


# Cost


def counted(client, people, bloc_year, unit, who):
    """{page: its number of queries}."""
    client.force_login(people[who])
    client.get(reverse("usersessions_list"))
    found = {}
    for name, more in (
        ("score-table", []),
        ("ranking-paper", []),
        ("score-sheet-paper", [unit.code]),
        ("inspection-minutes", [unit.code]),
        ("inspection-copies", [unit.code]),
    ):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(name, bloc_year, *more)).status_code == 200
        found[name] = len(queries)
    return found


@pytest.mark.parametrize("who", ["staff", "secretary", "member"])
def test_queries_do_not_grow_with_units(client, people, scored, leader, member, who):
    sitting = make.InspectionFactory(bloc_year=scored, unit=member.unit, day=date(2020, 11, 25))
    make.InspectionMemberFactory(inspection=sitting, unit=leader.unit)
    ContentType.objects.get_for_models(*apps.get_models())  # kept by the process, not asked for by each page
    with transaction.atomic():
        release(scored)
        few = counted(client, people, scored, member.unit, who)
        transaction.set_rollback(True)
    for _unit in range(3):
        seat = make.SeatFactory(bloc_year=scored, unit=make.UnitStateFactory().unit)
        world.sheet_of(scored, seat.unit)
        make.InspectionMemberFactory(inspection=sitting, unit=seat.unit)
    make.ExplanationFactory(
        sheet=scored.score_sheets.get(tier="check"), criterion=chosen_set(scored).criteria.first()
    )
    release(scored)
    assert counted(client, people, scored, member.unit, who) == few
    assert max(few.values()) <= CEILING
