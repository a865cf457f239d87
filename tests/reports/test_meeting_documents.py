"""Documents of a meeting by their pages and acts: who reads what, their life, what stays closed."""

from datetime import date

import pytest
from django.urls import reverse

from blocs import actions
from blocs.journal import Paper
from blocs.models import IssuedDocument, Job
from blocs.permissions import Refused
from reports import issuing
from reports.documents import KINDS, MEETING_PAPERS
from reports.documents.base import DocumentKind
from tests import factories as make
from tests.factories import user_with
from tests.pages import read
from tests.reports import meeting_world as world
from tests.reports.trees import pages_of

pytestmark = pytest.mark.django_db
State = IssuedDocument.State
ISSUED = [kind.code for kind in MEETING_PAPERS if kind.code in KINDS]
PRINTED = [kind.code for kind in MEETING_PAPERS if kind.code not in KINDS]


def address(meeting, kind, name="meeting-document"):
    bloc_year = meeting.bloc_year
    return reverse(name, args=[bloc_year.year.code, bloc_year.bloc.code, meeting.pk, kind])


def papers_address(meeting, name="meeting-papers"):
    bloc_year = meeting.bloc_year
    return reverse(name, args=[bloc_year.year.code, bloc_year.bloc.code, meeting.pk])


@pytest.fixture
def meeting(leader, member):
    return world.fill(world.conference(leader), [leader.unit, member.unit])


@pytest.fixture
def closed(leader, member):
    """A preparatory meeting before its conference: closed to all but the leader's unit and the department."""
    found = world.conference(leader, kind="preparatory", title="Họp trù bị")
    return world.fill(found, [leader.unit, member.unit])


def live(document, by, number=7):
    """Lead a drafted document to its release."""
    issuing.send_to_signature(document, by=by)
    actions.file_signed(
        document=document,
        content=b"%PDF signed",
        media_type="application/pdf",
        paper=Paper(day=date(2020, 12, 15)),
        signer_name="Đinh Hữu A",
        signer_title="Viện trưởng",
        by=by,
    )
    paper = Paper(day=date(2020, 12, 16))
    actions.assign_number(document=document, number=number, issued_on=date(2020, 12, 16), paper=paper, by=by)
    issuing.release(IssuedDocument.objects.get(pk=document.pk), by=by)
    return IssuedDocument.objects.get(pk=document.pk)


# The page ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind.code for kind in MEETING_PAPERS])
def test_page_shows_the_paper_of_today_to_who_keeps_the_meeting(client, people, meeting, kind):
    for who in ("staff", "secretary"):
        client.force_login(people[who])
        page = read(client, address(meeting, kind))
        assert "Hội nghị tổng kết công tác thi đua, khen thưởng năm 2020" in page.text
        assert "Xem trước từ số liệu hôm nay." in page.text
        assert ("Lập dự thảo lần 1" in page.buttons) == (kind in KINDS)
        assert ("Đã phát hành" in page.text) == (kind in KINDS)


@pytest.mark.parametrize("kind", [kind.code for kind in MEETING_PAPERS])
@pytest.mark.parametrize("who", ["member", "clerk", "administrator"])
def test_others_read_nothing_before_release(client, people, meeting, kind, who):
    client.force_login(people[who])
    page = read(client, address(meeting, kind))
    has_life = isinstance(KINDS.get(kind), DocumentKind)
    words = "Văn bản này chưa được phát hành" if has_life else "Văn bản này chưa mở cho đơn vị"
    assert words in page.text
    assert "Hoàng Văn Lâm" not in page.text


@pytest.mark.parametrize("who", ["stranger", "nobody"])
@pytest.mark.parametrize("kind", ["invitation", "plates"])
def test_page_is_not_there_for_who_has_no_seat(client, people, meeting, kind, who):
    client.force_login(people[who])
    assert client.get(address(meeting, kind)).status_code == 404
    assert client.get(papers_address(meeting)).status_code == 404


@pytest.mark.parametrize("kind", ["year-end-summary", "handover", "khac"])
def test_paper_of_another_subject_is_none_of_a_meeting(client, people, meeting, kind):
    client.force_login(people["staff"])
    assert client.get(address(meeting, kind)).status_code == 404


def test_meeting_of_another_bloc_is_not_at_this_blocs_address(client, people, meeting):
    other = make.MeetingFactory()
    bloc_year = meeting.bloc_year
    client.force_login(people["staff"])
    args = [bloc_year.year.code, bloc_year.bloc.code, other.pk]
    assert client.get(reverse("meeting-papers", args=args)).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("staff", 302), ("secretary", 302), ("clerk", 403), ("member", 403)]
)
@pytest.mark.parametrize("kind", ISSUED)
def test_draft_is_asked_of_a_worker_by_who_may(client, people, meeting, kind, who, status):
    client.force_login(people[who])
    assert client.post(f"{address(meeting, kind)}lap-du-thao/").status_code == status
    jobs = [(job.kind, job.parameters["kind"], job.parameters["subject"]) for job in Job.objects.all()]
    assert jobs == ([("document.draft", kind, meeting.pk)] if status == 302 else [])


@pytest.mark.parametrize("kind", PRINTED)
def test_what_is_only_printed_is_not_drafted(client, people, meeting, kind):
    client.force_login(people["secretary"])
    assert client.post(f"{address(meeting, kind)}lap-du-thao/").status_code == 404


# Their life -------------------------------------------------------------------------------------------------

TITLES = {
    "invitation": ("GM", "GM-hoi-nghi-tong-ket-khoi-2020", "GM-V1"),
    "minutes": ("BB", "BB-hoi-nghi-tong-ket-khoi-2020", "BB-V1"),
    "conclusions": ("TB", "TB-ket-luan-hoi-nghi-tong-ket-khoi-2020", "TB-V1"),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ISSUED)
def test_life_of_a_document_of_a_meeting(client, people, meeting, member, kind):
    secretary = people["secretary"]
    version = issuing.draft(meeting, kind, by=secretary)
    document = version.document
    assert (document.type_code, document.file_stem, document.symbol) == TITLES[kind]
    assert document.subject == meeting

    document = live(document, secretary)

    assert document.state == State.RELEASED
    assert document.rulebook_day == meeting.last_day
    printed = document.versions.get(stage="released")
    words = " ".join(" ".join(page.extract_text() for page in pages_of(bytes(printed.pdf.content))).split())
    assert f"Số: 07/{TITLES[kind][2]}" in words
    assert "Hà Nội, ngày 16 tháng 12 năm 2020" in words
    assert words.count("(Đã ký)") == (2 if kind == "minutes" else 1)
    client.force_login(people["member"])
    page = read(client, address(meeting, kind))
    assert f"{TITLES[kind][1]}_so-07_20201216.pdf" in page.links
    assert read(client, reverse("document", args=[document.pk]), follow=True).title == page.title


@pytest.mark.django_db(transaction=True)
def test_each_who_signs_the_minutes_keeps_the_name(people, meeting):
    document = live(issuing.draft(meeting, "minutes", by=people["secretary"]).document, people["secretary"])
    signatures = document.versions.get(stage="released").data["signatures"]
    assert [(each["name"], each["signed"]) for each in signatures] == [
        ("Ngô Thị Minh", True),
        ("Đinh Hữu A", True),
    ]


def test_kinds_of_a_meeting_number_in_the_series_of_their_type(people, meeting, leader):
    document = issuing.draft(meeting, "minutes", by=people["secretary"]).document
    for type_code, number in (("BB", 11), ("GM", 30)):
        make.IssuedDocumentFactory(numbered=True, issuer=leader.unit, type_code=type_code, number=number)
    assert IssuedDocument.objects.next_number(document, 2020) == 12


def test_draft_needs_a_unit_that_issues(people, leader, meeting):
    leader.unit = None
    leader.save()
    with pytest.raises(Refused, match="Chưa biết đơn vị Khối trưởng của năm này"):
        issuing.draft(meeting, "invitation", by=people["staff"])


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (None, "Chưa lập được: chưa ghi ngày họp."),
        (date(2999, 5, 4), "Lập sau khi họp, ngày 04/05/2999."),
        (date(2020, 12, 15), "Chưa lập được: chưa ghi kết quả, ý kiến, kết luận nào."),
    ],
)
def test_minutes_and_notice_wait_for_the_meeting_and_its_record(client, people, leader, day, reason):
    ahead = world.conference(leader, first_day=day, last_day=day)
    make.AgendaItemFactory(meeting=ahead, place=1)
    client.force_login(people["secretary"])
    for kind in ("minutes", "conclusions"):
        with pytest.raises(Refused, match=reason):
            issuing.draft(ahead, kind, by=people["secretary"])
        page = read(client, address(ahead, kind))
        assert reason in page.text
        assert "Lập dự thảo lần 1" not in page.buttons
        assert client.post(f"{address(ahead, kind)}lap-du-thao/").status_code == 403
    page = read(client, papers_address(ahead))
    assert f"Biên bản {reason} Thông báo kết luận {reason}" in page.text
    assert "Giấy mời Chưa lập dự thảo" in page.text
    issuing.draft(ahead, "invitation", by=people["secretary"])


def test_page_says_beside_the_button_why_nobody_can_issue(client, people, leader, meeting):
    leader.unit = None
    leader.save()
    client.force_login(people["staff"])
    page = read(client, address(meeting, "invitation"))
    assert "Chưa biết đơn vị Khối trưởng của năm này, nên chưa có đơn vị ban hành văn bản." in page.text
    assert "Lập dự thảo lần 1" not in page.buttons


# What stays closed ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind.code for kind in MEETING_PAPERS])
@pytest.mark.parametrize(
    ("who", "status"),
    [("staff", 200), ("secretary", 200), ("clerk", 200), ("member", 404), ("stranger", 404)],
)
def test_papers_of_a_preparatory_meeting_are_not_there_for_others(client, people, closed, kind, who, status):
    client.force_login(people[who])
    assert client.get(address(closed, kind)).status_code == status
    assert client.get(papers_address(closed)).status_code == status


@pytest.mark.django_db(transaction=True)
def test_released_minutes_of_a_preparatory_meeting_stay_with_the_leaders_unit(client, people, closed, leader):
    document = live(issuing.draft(closed, "minutes", by=people["secretary"]).document, people["secretary"])
    assert [each.unit for each in document.recipients.all()] == [leader.unit]
    client.force_login(people["member"])
    version = document.versions.get(stage="released")
    assert client.get(reverse("document-version", args=[version.pk, "pdf"])).status_code == 404
    assert client.get(reverse("document", args=[document.pk])).status_code == 404
    # After the conference the meeting is open; what was released to the leader's unit alone stays there.
    world.conference(leader)
    assert "Văn bản này chưa được phát hành" in read(client, address(closed, "minutes")).text


def test_document_of_an_open_meeting_reaches_units_and_guests(people, meeting, leader, member):
    guest = make.UnitStateFactory(official_name="Hội Khách").unit
    world.attend(meeting, 40, "guest", "Cao Văn Khách", "Chủ tịch", unit=guest)
    document = issuing.draft(meeting, "invitation", by=people["secretary"]).document
    assert set(issuing.recipients(document)) == {leader.unit, member.unit, guest}


# The list of papers -----------------------------------------------------------------------------------------


def test_list_of_papers_says_how_far_each_is(client, people, meeting, leader):
    make.IssuedDocumentFactory(kind="minutes", subject=meeting, issuer=leader.unit, numbered=True, number=5)
    client.force_login(people["secretary"])
    page = read(client, papers_address(meeting))
    assert {words: page.links[words] for words in ("Biên bản", "Biển tên")} == {
        "Biên bản": address(meeting, "minutes"),
        "Biển tên": address(meeting, "plates"),
    }
    assert "Biên bản Đã có số, ngày Số: 05/BC-ĐV" in page.text
    assert "Giấy mời Chưa lập dự thảo" in page.text
    assert "Biển tên In từ số liệu hôm nay" in page.text
    assert "Lập trọn bộ (PDF và Word)" in page.buttons


def test_list_of_papers_offers_readers_what_was_released_alone(client, people, meeting, member, leader):
    client.force_login(people["member"])
    page = read(client, papers_address(meeting))
    assert "Chưa có văn bản nào được phát hành" in page.text
    document = make.IssuedDocumentFactory(
        kind="conclusions", subject=meeting, issuer=leader.unit, released=True, type_code="TB"
    )
    make.IssuedDocumentFactory(kind="minutes", subject=meeting, issuer=leader.unit)
    make.DocumentRecipientFactory(document=document, unit=member.unit)
    page = read(client, papers_address(meeting))
    assert page.links["Thông báo kết luận"] == address(meeting, "conclusions")
    assert "Biên bản" not in page.links
    assert page.buttons == []


def test_officer_of_another_unit_drafts_nothing(people, meeting):
    with pytest.raises(Refused, match="đơn vị Khối trưởng"):
        issuing.draft(meeting, "minutes", by=user_with("secretary"))
