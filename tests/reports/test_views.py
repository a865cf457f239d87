"""The report's page: who reads what in each state of its life, what is offered, which files are given."""

from datetime import date

import pytest
from django.urls import reverse

from blocs.models import Post
from reports.documents.year_end_summary import CONFERENCE, OFFICIAL
from tests import factories as make
from tests.reports.conftest import address_of

pytestmark = pytest.mark.django_db


def files(page):
    return [words for words in page.links if words.endswith((".pdf", ".docx"))]


DRAFT = ["BC-tong-ket-khoi-2020_du-thao-01_20201214.pdf", "BC-tong-ket-khoi-2020_du-thao-01_20201214.docx"]
TO_SIGN = ["BC-tong-ket-khoi-2020_trinh-ky_20201214.pdf", "BC-tong-ket-khoi-2020_trinh-ky_20201214.docx"]
SIGNED = ["BC-tong-ket-khoi-2020_da-ky_20201215.pdf"]
RELEASED = ["BC-tong-ket-khoi-2020_so-07_20201216.pdf", "BC-tong-ket-khoi-2020_so-07_20201216.docx"]
FILES = {
    "draft": DRAFT,
    "for-signature": TO_SIGN + DRAFT,
    "signed": SIGNED + TO_SIGN + DRAFT,
    "numbered": SIGNED + TO_SIGN + DRAFT,
    "released": RELEASED + SIGNED + TO_SIGN + DRAFT,
}
NUMBER = {"number": 7, "issued_on": date(2020, 12, 16)}


# Who reads what ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["stranger", "nobody"])
@pytest.mark.parametrize("edition", [OFFICIAL, CONFERENCE])
def test_page_is_not_there_for_who_has_no_seat(client, people, bloc_year, paper, who, edition):
    paper("released", edition)
    client.force_login(people[who])
    assert client.get(address_of(bloc_year, edition)).status_code == 404


def test_edition_that_does_not_exist(client, people, bloc_year):
    client.force_login(people["staff"])
    assert client.get(address_of(bloc_year, "khac")).status_code == 404


@pytest.mark.parametrize("state", FILES)
@pytest.mark.parametrize("who", ["staff", "secretary", "clerk", "administrator", "member"])
def test_files_that_a_person_is_offered(page_of, paper, who, state):
    paper(state, **(NUMBER if state in ("numbered", "released") else {}))
    expected = FILES[state] if who != "member" else RELEASED + SIGNED if state == "released" else []
    assert files(page_of(who)) == expected


@pytest.mark.parametrize("state", ["nothing", *FILES])
@pytest.mark.parametrize("who", ["clerk", "member", "administrator"])
def test_words_of_the_report_are_read_from_the_newest_version_by_who_may_not_draft(
    page_of, paper, bloc_year, who, state
):
    if state != "nothing":
        paper(state)
    make.ObservationFactory(bloc_year=bloc_year, text="Ghi sau khi lập.")
    text = page_of(who).text
    reads = state == "released" or (who != "member" and state in ("for-signature", "signed", "numbered"))
    assert ("ĐẶC ĐIỂM, TÌNH HÌNH" in text) == reads
    assert "Ghi sau khi lập." not in text
    assert "chưa có số liệu:" not in text
    assert ("Văn bản này chưa được phát hành" in text) == (who == "member" and state != "released") or (
        state == "nothing"
    )


@pytest.mark.parametrize(
    ("state", "of_today"), [("nothing", True), ("draft", True), ("for-signature", False)]
)
def test_preview_shows_todays_data_until_the_report_is_sent_to_be_signed(
    page_of, paper, bloc_year, state, of_today
):
    if state != "nothing":
        paper(state)
    make.ObservationFactory(bloc_year=bloc_year, text="Ghi sau khi lập.")
    text = page_of("secretary").text
    assert ("Ghi sau khi lập." in text) == of_today
    assert ("Xem trước từ số liệu hôm nay." in text) == of_today
    assert ("chưa có số liệu:" in text) == of_today


def test_places_without_data_are_counted_with_a_link_to_each(page_of, bloc_year):
    page = page_of("secretary")
    missing = page.text.count("chưa có số liệu:")
    assert f"Còn {missing} chỗ chưa có số liệu" in page.text
    add = reverse("admin:campaigns_campaign_add")
    assert any(address.startswith(f"{add}?bloc_year={bloc_year.pk}") for address in page.addresses)
    make.CampaignFactory(bloc_year=bloc_year)
    assert f"Còn {missing - 1} chỗ chưa có số liệu" in page_of("secretary").text


@pytest.mark.parametrize(
    ("who", "reads"),
    [("staff", True), ("secretary", True), ("clerk", False), ("member", False), ("administrator", False)],
)
def test_journal_is_read_by_who_may_draft(page_of, paper, who, reads):
    document = paper("released")
    make.EntryFactory(
        object_kind="blocs.issueddocument",
        object_key=document.pk,
        act="document.assign-number",
        actor_name="Vũ Thị Kín",
        post_title="Văn thư",
        reason="Ghi nhầm số.",
        paper=make.PaperRecordFactory(day=date(2020, 12, 16), place="Hà Nội", participants="Lê B"),
    )
    text = page_of(who).text
    said = (
        "Ghi số, ngày Vũ Thị Kín, Văn thư theo văn bản giấy ngày 16/12/2020, Hà Nội, Lê B Lý do: Ghi nhầm số."
    )
    assert (said in text) == reads
    assert ("Vũ Thị Kín" in text) == reads


def test_versions_say_who_made_them_when_and_which_is_the_newest(page_of, paper):
    document = paper("draft", drafts=2)
    text = page_of("secretary").text
    assert "Dự thảo lần 2 Mới nhất 14/12/2020 09:30 Nguyễn Văn An, Chuyên viên" in text
    assert "Dự thảo lần 1 Đã có bản sau 14/12/2020 09:30" in text
    for version in document.versions.all():
        assert version.pdf.sha256 in text
        assert version.docx.sha256 in text


def test_editions_are_papers_of_their_own(page_of, paper, bloc_year):
    paper("draft", CONFERENCE)
    assert "Lập dự thảo lần 1" in page_of("secretary").buttons
    page = page_of("secretary", address_of(bloc_year, CONFERENCE))
    assert page.title == "Báo cáo tổng kết năm 2020: bản trình Hội nghị"
    assert "Trình ký" in page.buttons


# What is offered --------------------------------------------------------------------------------------------

KEEPER = {
    "nothing": ("Lập dự thảo lần 1", []),
    "draft": ("Trình ký", ["Lập dự thảo lần 2"]),
    "for-signature": ("Lưu bản đã ký", ["Rút về để sửa"]),
    "signed": ("Ghi số, ngày", ["Thay bản chụp đã ký"]),
    "numbered": ("Phát hành", ["Sửa số, ngày", "Thay bản chụp đã ký"]),
    "released": ("Tải bản phát hành (PDF)", ["Lập dự thảo thay thế"]),
}
CLERK = {
    "nothing": (None, []),
    "draft": (None, []),
    "for-signature": ("Lưu bản đã ký", []),
    "signed": ("Ghi số, ngày", ["Thay bản chụp đã ký"]),
    "numbered": ("Phát hành", ["Sửa số, ngày", "Thay bản chụp đã ký"]),
    "released": ("Tải bản phát hành (PDF)", []),
}
READER = dict.fromkeys(KEEPER, (None, [])) | {"released": ("Tải bản phát hành (PDF)", [])}
OFFERED = {"staff": KEEPER, "secretary": KEEPER, "clerk": CLERK, "member": READER, "administrator": READER}
ACTS = {act for first, others in KEEPER.values() for act in [first, *others]}


@pytest.mark.parametrize("state", KEEPER)
@pytest.mark.parametrize("who", OFFERED)
def test_one_next_act_and_what_may_be_done_besides(page_of, paper, who, state):
    if state != "nothing":
        paper(state)
    page = page_of(who)
    first, others = OFFERED[who][state]
    assert {words for words in [*page.links, *page.buttons] if words in ACTS} == {first, *others} - {None}


@pytest.mark.parametrize(
    ("who", "state", "reason"),
    [
        (
            "clerk",
            "draft",
            "Việc này do thư ký hoặc cán bộ thi đua, khen thưởng của đơn vị làm; văn thư cấp số, ngày.",
        ),
        ("administrator", "signed", "Việc này thuộc về đơn vị ban hành văn bản."),
    ],
)
def test_act_that_is_not_ones_own_says_whose_it_is(page_of, paper, who, state, reason):
    paper(state)
    assert reason in page_of(who).text


def test_life_shows_what_is_done_and_what_is_now(page_of, paper):
    paper("numbered", drafts=3, **NUMBER)
    text = page_of("secretary").text
    assert (
        "Đã qua: Dự thảo lần 3 Đã qua: Trình ký Đã qua: Đã ký 15/12/2020 "
        "Đã có số, ngày Số: 07/BC-ĐV, 16/12/2020 Đã phát hành" in text
    )


def test_job_under_way_is_shown_to_who_asked(page_of, people, address):
    job = make.JobFactory(asked_by=people["secretary"], parameters={"page": address})
    assert page_of("secretary").links["Xem tiến độ"] == reverse("job", args=[job.pk])
    assert "Xem tiến độ" not in page_of("member").links


@pytest.mark.parametrize(("state", "act"), [("nothing", "Lập dự thảo lần 1"), ("draft", "Trình ký")])
def test_report_past_its_phase_is_neither_drafted_nor_sent_to_be_signed(
    client, people, page_of, paper, bloc_year, state, act
):
    if state != "nothing":
        paper(state)
    make.PhaseFactory(year=bloc_year.year, kind="report", last_day=date(2020, 12, 31))
    page = page_of("secretary")
    assert "“Báo cáo tổng kết” đã hết hạn ngày 31/12/2020." in page.text
    assert act not in page.buttons
    assert client.post(address_of(bloc_year, name="report-draft")).status_code == 403


def test_phase_of_the_report_governs_no_other_document(page_of, bloc_year):
    make.PhaseFactory(year=bloc_year.year, kind="report", last_day=date(2020, 12, 31))
    meeting = make.MeetingFactory(bloc_year=bloc_year, kind="year-end")
    address = reverse(
        "meeting-document", args=[bloc_year.year.code, bloc_year.bloc.code, meeting.pk, "invitation"]
    )
    assert "Lập dự thảo lần 1" in page_of("secretary", address).buttons


# Files ------------------------------------------------------------------------------------------------------

MAY_READ = {
    "draft": ["staff", "secretary", "clerk", "administrator"],
    "for-signature": ["staff", "secretary", "clerk", "administrator"],
    "released": ["staff", "secretary", "clerk", "administrator", "member"],
}
EVERYBODY = ["staff", "secretary", "clerk", "administrator", "member", "stranger", "nobody"]


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("stage", MAY_READ)
def test_file_is_given_to_who_may_read_it(client, people, paper, who, stage):
    version = paper("released").versions.get(stage=stage)
    client.force_login(people[who])
    responses = [
        client.get(reverse("document-version", args=[version.pk, ending])) for ending in ("pdf", "docx")
    ]
    allowed = who in MAY_READ[stage]
    assert [response.status_code for response in responses] == [200 if allowed else 404] * 2
    if allowed:
        assert [response.content for response in responses] == [
            bytes(version.pdf.content),
            bytes(version.docx.content),
        ]


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("state", ["signed", "released"])
def test_signed_copy_is_given_to_who_may_read_it(client, people, paper, who, state):
    document = paper(state)
    client.force_login(people[who])
    allowed = MAY_READ["released" if state == "released" else "draft"]
    response = client.get(reverse("document-signed-copy", args=[document.pk]))
    assert response.status_code == (200 if who in allowed else 404)


def test_paper_without_a_signed_copy_has_none(client, people, paper):
    client.force_login(people["staff"])
    document = paper("for-signature")
    assert client.get(reverse("document-signed-copy", args=[document.pk])).status_code == 404


@pytest.mark.parametrize(
    ("stage", "number", "ending", "name"),
    [
        ("draft", 1, "pdf", "BC-tong-ket-khoi-2020_du-thao-01_20201214.pdf"),
        ("draft", 3, "docx", "BC-tong-ket-khoi-2020_du-thao-03_20201214.docx"),
        ("for-signature", 3, "pdf", "BC-tong-ket-khoi-2020_trinh-ky_20201214.pdf"),
        ("released", 3, "docx", "BC-tong-ket-khoi-2020_so-07_20201216.docx"),
    ],
)
def test_file_is_named_as_officials_name_it(client, people, paper, stage, number, ending, name):
    version = paper("released", drafts=3, **NUMBER).versions.get(stage=stage, draft_number=number)
    client.force_login(people["staff"])
    response = client.get(reverse("document-version", args=[version.pk, ending]))
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Cache-Control"] == "private, no-store"


def test_signed_copy_is_named_by_its_day_and_kind(client, people, paper):
    document = paper("signed", signed_file__media_type="image/jpeg")
    client.force_login(people["staff"])
    response = client.get(reverse("document-signed-copy", args=[document.pk]))
    assert response["Content-Disposition"] == (
        'attachment; filename="BC-tong-ket-khoi-2020_da-ky_20201215.jpg"'
    )


@pytest.mark.parametrize("ending", ["exe", "png", ""])
def test_file_of_another_kind_is_not_there(client, people, paper, ending):
    version = paper("draft").versions.get()
    client.force_login(people["staff"])
    address = reverse("document-version", args=[version.pk, "pdf"]).removesuffix("pdf") + ending
    assert client.get(address).status_code == 404


# Successors -------------------------------------------------------------------------------------------------


def test_released_copy_stays_readable_while_its_successor_is_drafted(page_of, paper):
    before = paper("released", **NUMBER)
    paper("draft", supersedes=before)
    assert files(page_of("member")) == RELEASED + SIGNED
    kept = page_of("secretary")
    assert [words for words in files(kept) if "so-07" in words] == RELEASED
    assert "Trình ký" in kept.buttons


def test_superseded_copy_stays_with_its_successor(page_of, paper):
    before = paper("superseded", **NUMBER)
    paper("released", number=8, issued_on=date(2020, 12, 20), supersedes=before)
    page = page_of("member")
    assert [heading for heading in page.headings if heading.startswith("Số: ")] == [
        "Số: 08/BC-ĐV Đã phát hành",
        "Số: 07/BC-ĐV Đã được thay thế",
    ]
    assert page.links["Tải bản phát hành (PDF)"] == page.links["BC-tong-ket-khoi-2020_so-08_20201220.pdf"]


def test_version_made_by_a_command_on_the_server_is_the_issuing_units(page_of, paper):
    version = {
        "stage": "draft",
        "draft_number": 2,
        "made_by": Post.objects.operator(),
        "made_by_name": "root",
    }
    document = paper("draft")
    make.DocumentVersionFactory(document=document, **version)
    text = page_of("secretary").text
    for words in ("root", "Người vận hành"):
        assert words not in text
    assert document.issuer.name() in text
