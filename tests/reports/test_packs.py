"""A meeting's set of papers: what is in it, by which names, who has it."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone

from blocs.contributions import registry
from blocs.models import Entry, Job, Pack
from blocs.permissions import Refused
from campaigns.scores.actions import make_ranking
from reports import issuing, jobs, packs
from tests import factories as make
from tests.pages import read
from tests.reports import meeting_world as world
from tests.reports.scores.world import set_of, sheet_of
from tests.reports.test_meeting_documents import papers_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(leader, member):
    return world.fill(world.conference(leader), [leader.unit, member.unit])


def names(pack):
    with ZipFile(BytesIO(bytes(pack.file.content))) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def test_set_holds_every_paper_as_pdf_and_word_named_as_officials_name_files(people, meeting):
    told = []
    pack = packs.make(
        meeting, by=people["secretary"], tell=lambda words, done: told.append((str(words), done))
    )
    today = f"{timezone.localdate():%Y%m%d}"
    stems = [
        f"01_GM-hoi-nghi-tong-ket-khoi-2020_du-thao_{today}",
        f"02_GM-tung-khach-hoi-nghi-tong-ket-khoi-2020_{today}",
        f"03_chuong-trinh-hoi-nghi-tong-ket-khoi-2020_{today}",
        f"04_danh-sach-ky-ten-hoi-nghi-tong-ket-khoi-2020_{today}",
        f"05_bien-ten-hoi-nghi-tong-ket-khoi-2020_{today}",
        f"06_kich-ban-loi-dan-hoi-nghi-tong-ket-khoi-2020_{today}",
        f"07_phieu-thong-tin-hoi-nghi-tong-ket-khoi-2020_{today}",
        f"08_BB-hoi-nghi-tong-ket-khoi-2020_du-thao_{today}",
        f"09_TB-ket-luan-hoi-nghi-tong-ket-khoi-2020_du-thao_{today}",
    ]
    assert names(pack) == [f"{stem}.{ending}" for stem in stems for ending in ("pdf", "docx")]
    assert pack.file_name == f"Bo-tai-lieu-hoi-nghi-tong-ket-khoi-2020_{today}.zip"
    assert told[0] == ("Đang lập: Giấy mời", 0)
    assert [done for _words, done in told] == list(range(9))
    assert Entry.objects.filter(act="pack.make", object_key=pack.pk).count() == 1


def test_document_that_was_drafted_goes_in_as_its_newest_version(people, meeting):
    version = issuing.draft(meeting, "minutes", by=people["secretary"])
    make.StatementFactory(meeting=meeting, place=90, kind="conclusion", text="Ghi sau dự thảo.")
    pack = packs.make(meeting, by=people["secretary"])
    name = f"08_BB-hoi-nghi-tong-ket-khoi-2020_du-thao-01_{timezone.localdate():%Y%m%d}.pdf"
    with ZipFile(BytesIO(bytes(pack.file.content))) as archive:
        assert archive.read(name) == bytes(version.pdf.content)


def test_paper_with_nothing_to_print_is_left_out(people, leader):
    bare = make.MeetingFactory(bloc_year=leader.bloc_year, kind="activity", title="Giao lưu: cờ vua")
    stems = {name.split("_")[1] for name in names(packs.make(bare, by=people["secretary"]))}
    assert "bien-ten-giao-luu-co-vua-khoi-2020" not in stems
    assert "chuong-trinh-giao-luu-co-vua-khoi-2020" not in stems
    assert "danh-sach-ky-ten-giao-luu-co-vua-khoi-2020" not in stems
    assert "BB-giao-luu-co-vua-khoi-2020" not in stems
    assert "TB-ket-luan-giao-luu-co-vua-khoi-2020" not in stems
    assert "GM-giao-luu-co-vua-khoi-2020" in stems


@pytest.mark.parametrize("who", ["clerk", "member", "stranger", "administrator", "nobody"])
def test_set_is_made_by_who_keeps_the_meeting(client, people, meeting, who):
    with pytest.raises(Refused):
        packs.make(meeting, by=people[who])
    client.force_login(people[who])
    status = 404 if who in ("stranger", "nobody") else 403
    assert client.post(papers_address(meeting, "meeting-pack")).status_code == status
    assert not Job.objects.exists()


def test_set_is_asked_of_a_worker_and_made_again_only_when_asked(client, people, meeting):
    client.force_login(people["secretary"])
    client.post(papers_address(meeting, "meeting-pack"))
    job = Job.objects.get()
    job.start()
    assert jobs.pack(job) == ("Đã lập bộ tài liệu.", papers_address(meeting))
    job.tries = 2
    jobs.pack(job)
    pack = Pack.objects.get()
    page = read(client, papers_address(meeting))
    assert page.links[pack.file_name] == reverse("pack", args=[pack.pk])
    response = client.get(page.links[pack.file_name])
    assert response.content == bytes(pack.file.content)
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == f'attachment; filename="{pack.file_name}"'


def test_worker_counts_the_papers_of_scores_too(people, meeting, member):
    set_of(meeting.bloc_year)
    sheet_of(meeting.bloc_year, member.unit)
    make_ranking(bloc_year=meeting.bloc_year, by=people["secretary"])
    job = make.JobFactory(kind=jobs.PACK, parameters={"meeting": meeting.pk}, asked_by=people["secretary"])
    job.start()
    jobs.pack(job)

    assert (job.total, len(packs.papers_of(meeting, people["secretary"]))) == (11, 11)
    stems = {name.split("_")[0] for name in names(Pack.objects.get())}
    assert stems == {f"{number:02d}" for number in range(1, 12)}


@pytest.mark.parametrize(
    ("who", "status"),
    [("staff", 200), ("secretary", 200), ("clerk", 200), ("member", 404), ("stranger", 404), ("nobody", 404)],
)
def test_set_of_a_closed_meeting_is_for_the_leaders_unit_and_the_department(
    client, people, leader, who, status
):
    closed = world.conference(leader, kind="preparatory", title="Họp trù bị")
    pack = make.PackFactory(
        subject=closed, made_by=make.PostFactory(unit=leader.unit, person=people["secretary"].person)
    )
    client.force_login(people[who])
    assert client.get(reverse("pack", args=[pack.pk])).status_code == status


def test_sets_of_other_meetings_are_not_offered(client, people, meeting, leader):
    post = make.PostFactory(unit=leader.unit)
    make.PackFactory(made_by=post, file_name="khac.zip")
    make.PackFactory(subject=meeting, made_by=post, file_name="cua-hoi-nghi.zip")
    client.force_login(people["secretary"])
    links = read(client, papers_address(meeting)).links
    assert [words for words in links if words.endswith(".zip")] == ["cua-hoi-nghi.zip"]


def test_meetings_page_leads_to_papers_and_set(people, meeting):
    found = {
        who: [
            (button.address, button.posts)
            for button in registry.buttons_of("campaigns.meeting", [meeting], people[who])[meeting.pk]
        ]
        for who in ("secretary", "member")
    }
    assert found == {
        "secretary": [
            (papers_address(meeting), False),
            (papers_address(meeting, "meeting-pack"), True),
        ],
        "member": [(papers_address(meeting), False)],
    }
