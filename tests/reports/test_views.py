"""The report's page: who reads what in each state of its life, what is offered, what is refused."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfWriter

from blocs.models import IssuedDocument, Job
from reports import issuing
from reports.documents.year_end_summary import CONFERENCE, OFFICIAL
from tests import factories as make
from tests.pages import Page, read

pytestmark = pytest.mark.django_db

State = IssuedDocument.State
MADE_AT = timezone.make_aware(timezone.datetime(2020, 12, 14, 9, 30))


@pytest.fixture
def address(bloc_year):
    return address_of(bloc_year)


@pytest.fixture
def paper(bloc_year, leader):
    """The report in a state of its life, with the versions that it has by then."""

    def paper(state, edition=OFFICIAL, drafts=1, **fields):
        traits = {} if state == "draft" else {state.replace("-", "_"): True}
        document = make.IssuedDocumentFactory(
            issuer=leader.unit, subject=bloc_year, edition=edition, draft_number=drafts, **traits | fields
        )
        data = issuing.preview(bloc_year, document.kind, edition).as_data()
        stages = [("draft", number + 1) for number in range(drafts)]
        if state != "draft":
            stages.append(("for-signature", drafts))
        if state in ("released", "superseded"):
            stages.append(("released", drafts))
        for stage, number in stages:
            make.DocumentVersionFactory(
                document=document, stage=stage, draft_number=number, data=data, made_at=MADE_AT
            )
        if state in ("released", "superseded"):
            for seat in bloc_year.seats_in_order():
                make.DocumentRecipientFactory(document=document, unit=seat.unit)
        return document

    return paper


@pytest.fixture
def page_of(client, people, address):
    def page_of(who, at=None):
        client.force_login(people[who])
        return read(client, at or address)

    return page_of


def address_of(bloc_year, edition=OFFICIAL, name="report"):
    return reverse(name, args=[bloc_year.year.code, bloc_year.bloc.code, edition])


def files(page):
    return [words for words in page.links if words.endswith((".pdf", ".docx"))]


DRAFT = ["BC-tong-ket-khoi-2020_du-thao-01_20201214.pdf", "BC-tong-ket-khoi-2020_du-thao-01_20201214.docx"]
TO_SIGN = ["BC-tong-ket-khoi-2020_trinh-ky_20201214.pdf", "BC-tong-ket-khoi-2020_trinh-ky_20201214.docx"]
SIGNED = ["BC-tong-ket-khoi-2020_da-ky_20201215.pdf"]
RELEASED = ["BC-tong-ket-khoi-2020_so-07_20201214.pdf", "BC-tong-ket-khoi-2020_so-07_20201214.docx"]
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
    assert ("Báo cáo này chưa được phát hành" in text) == (who == "member" and state != "released") or (
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
    assert "Dự thảo lần 2 Mới nhất 09:30 14/12/2020 Nguyễn Văn An, Chuyên viên" in text
    assert "Dự thảo lần 1 Đã có bản sau 09:30 14/12/2020" in text
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
        ("clerk", "draft", "Việc này thuộc về đơn vị ban hành văn bản."),
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


# Acts -------------------------------------------------------------------------------------------------------


def post(client, user, address, **data):
    client.force_login(user)
    return client.post(address, data)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize(
    ("who", "status"),
    [("staff", 302), ("secretary", 302), ("clerk", 403), ("member", 403), ("stranger", 404)],
)
def test_draft_is_asked_of_a_worker_by_who_may(client, people, bloc_year, who, status):
    response = post(client, people[who], address_of(bloc_year, name="report-draft"))
    assert response.status_code == status
    jobs = list(Job.objects.values_list("kind", "asked_by"))
    assert jobs == ([("document.draft", people[who].pk)] if status == 302 else [])
    if jobs:
        assert response.url == reverse("job", args=[Job.objects.get().pk])


def test_draft_asked_twice_is_one_job(client, people, bloc_year):
    for _time in range(2):
        post(client, people["secretary"], address_of(bloc_year, name="report-draft"))
    assert Job.objects.count() == 1


@pytest.mark.parametrize(("reason", "jobs"), [("", 0), ("  ", 0), ("Sai số liệu", 1)])
def test_successor_of_a_released_report_needs_a_reason(client, people, bloc_year, paper, reason, jobs):
    paper("released")
    response = post(client, people["secretary"], address_of(bloc_year, name="report-draft"), reason=reason)
    assert Job.objects.count() == jobs
    assert said(response) == (["Bản trước đã phát hành. Hãy ghi lý do lập bản thay thế."] if not jobs else [])


DOCUMENT_ACTS = {
    "document-send": "draft",
    "document-take-back": "for-signature",
    "document-file-signed": "for-signature",
    "document-assign-number": "signed",
    "document-release": "numbered",
}


@pytest.mark.parametrize("name", DOCUMENT_ACTS)
@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("nobody", 404), ("member", 404)])
def test_act_on_a_paper_that_one_does_not_see(client, people, paper, name, who, status):
    document = paper(DOCUMENT_ACTS[name])
    assert post(client, people[who], reverse(name, args=[document.pk])).status_code == status


OUT_OF_STATE = [
    (name, state)
    for name, lawful in DOCUMENT_ACTS.items()
    for state in FILES
    if state != lawful
    and (name, state)
    not in {
        ("document-file-signed", "signed"),
        ("document-file-signed", "numbered"),
        ("document-assign-number", "numbered"),
    }
]


@pytest.mark.parametrize(("name", "state"), OUT_OF_STATE)
def test_act_out_of_its_state_is_refused_with_the_reason(client, people, paper, address, name, state):
    document = paper(state)
    response = post(client, people["staff"], reverse(name, args=[document.pk]))
    assert response.url == address
    assert said(response) == [f"Không làm được khi đang ở trạng thái “{document.get_state_display()}”."]
    assert not Job.objects.exists()


@pytest.mark.parametrize(("name", "state"), [("document-send", "draft"), ("document-release", "numbered")])
def test_administrator_acts_on_no_paper(client, people, paper, address, name, state):
    response = post(client, people["administrator"], reverse(name, args=[paper(state).pk]))
    assert (response.url, said(response)) == (address, ["Việc này thuộc về đơn vị ban hành văn bản."])


def test_sending_to_signature_is_asked_of_a_worker(client, people, paper):
    document = paper("draft")
    response = post(client, people["secretary"], reverse("document-send", args=[document.pk]))
    job = Job.objects.get()
    assert response.url == reverse("job", args=[job.pk])
    assert (job.kind, job.parameters["document"]) == ("document.send-to-signature", document.pk)


def test_release_says_what_follows_before_it_is_asked_for(client, people, paper, leader):
    before = paper("released", **NUMBER)
    document = paper("numbered", number=8, issued_on=date(2020, 12, 20), supersedes=before)
    client.force_login(people["secretary"])
    release = reverse("document-release", args=[document.pk])
    text = read(client, release).text
    for words in (
        "số 08/BC-ĐV, ngày 20 tháng 12 năm 2020 và tên người ký.",
        "02 đơn vị trong Khối đọc và tải được bản này.",
        "Bản số 07/BC-ĐV đang có hiệu lực thành bản đã được thay thế.",
    ):
        assert words in text
    assert not Job.objects.exists()
    client.post(release)
    assert Job.objects.get().kind == "document.release"


def test_taking_back_needs_what_is_to_be_mended(client, people, paper, address):
    document = paper("for-signature")
    take_back = reverse("document-take-back", args=[document.pk])
    refused = post(client, people["secretary"], take_back, reason=" ")
    assert (refused.status_code, "Nội dung phải sửa" in Page(refused).text) == (422, True)
    assert post(client, people["secretary"], take_back, reason="Sửa mục II").url == address
    document.refresh_from_db()
    assert document.state == State.DRAFT


def scan(content=None, name="quet.pdf"):
    if content is None:
        writer, kept = PdfWriter(), BytesIO()
        writer.add_blank_page(200, 200)
        writer.write(kept)
        content = kept.getvalue()
    return SimpleUploadedFile(name, content)


def test_form_of_the_signed_copy_proposes_the_leaders_representative(client, people, paper):
    client.force_login(people["clerk"])
    response = client.get(reverse("document-file-signed", args=[paper("for-signature").pk]))
    assert response.context["form"].initial == {"signer_name": "Đinh Hữu A", "signer_title": "Viện trưởng"}


def test_signed_copy_is_filed_with_the_day_on_paper(client, people, paper, address):
    document = paper("for-signature")
    response = post(
        client,
        people["clerk"],
        reverse("document-file-signed", args=[document.pk]),
        file=scan(),
        signed_on="18/12/2020",
        signer_name="Đinh Hữu A",
        signer_title="Viện trưởng",
        place="Hà Nội",
    )
    assert response.url == address
    document.refresh_from_db()
    assert (document.state, document.signed_on, document.signer_name) == (
        State.SIGNED,
        date(2020, 12, 18),
        "Đinh Hữu A",
    )


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"file": b"MZ\x90"}, "Chỉ nhận tệp PDF, JPG hoặc PNG."),
        ({"signed_on": ""}, "Hãy điền ô này."),
        ({"signed_on": "tomorrow"}, "Ngày này chưa đến. Hãy ghi ngày trên giấy."),
        ({"signer_name": ""}, "Hãy điền ô này."),
    ],
)
def test_signed_copy_with_a_fault_comes_back_with_words(client, people, paper, changed, fault):
    document = paper("for-signature")
    sent = {"file": scan(), "signed_on": "18/12/2020", "signer_name": "Đinh Hữu A"} | changed
    if changed.get("signed_on") == "tomorrow":
        sent["signed_on"] = f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}"
    if isinstance(sent["file"], bytes):
        sent["file"] = scan(sent["file"])
    response = post(client, people["secretary"], reverse("document-file-signed", args=[document.pk]), **sent)
    assert response.status_code == 422
    assert fault in Page(response).text
    document.refresh_from_db()
    assert document.state == State.FOR_SIGNATURE


def test_next_number_of_the_series_is_proposed(client, people, paper, leader):
    document = paper("signed", type_code="BC")
    make.NumberSeriesFactory(issuer=leader.unit, type_code="BC", year=2020, last_number=44)
    client.force_login(people["clerk"])
    response = client.get(reverse("document-assign-number", args=[document.pk]))
    assert response.context["form"].initial == {"number": 45, "issued_on": date(2020, 12, 15)}


@pytest.mark.parametrize(("who", "from_paper"), [("clerk", False), ("secretary", True), ("staff", True)])
def test_number_is_given_by_the_clerk_or_recorded_from_paper(client, people, paper, who, from_paper):
    document = paper("signed")
    assign = reverse("document-assign-number", args=[document.pk])
    client.force_login(people[who])
    assert ("Văn thư cấp số" in read(client, assign).text) == from_paper
    client.post(assign, {"number": 45, "issued_on": "21/12/2020", "clerk": "Lê B"})
    document.refresh_from_db()
    assert (document.state, document.number) == (State.NUMBERED, 45)


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"number": 0}, "nhất là 1."),
        ({"number": 7}, "Số 7 đã cấp cho văn bản khác cùng loại trong năm 2020."),
        ({"issued_on": "01/12/2020"}, "Ngày ban hành không được trước ngày ký."),
    ],
)
def test_number_with_a_fault_comes_back_with_words_and_what_was_typed(client, people, paper, sent, fault):
    paper("numbered", CONFERENCE, **NUMBER)
    document = paper("signed")
    sent = {"number": 45, "issued_on": "21/12/2020"} | sent
    response = post(client, people["clerk"], reverse("document-assign-number", args=[document.pk]), **sent)
    assert response.status_code == 422
    assert fault in Page(response).text
    assert f'value="{sent["number"]}"' in response.content.decode()
    document.refresh_from_db()
    assert document.state == State.SIGNED


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
        ("released", 3, "docx", "BC-tong-ket-khoi-2020_so-07_20201214.docx"),
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
    assert page.links["Tải bản phát hành (PDF)"] == page.links["BC-tong-ket-khoi-2020_so-08_20201214.pdf"]
