"""Acts on the report by its page: who may, in which state, what follows, what is refused with which words."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfWriter

from blocs.models import IssuedDocument, Job
from reports.documents.year_end_summary import CONFERENCE
from tests import factories as make
from tests.forms import Fields
from tests.pages import Page, read
from tests.reports.conftest import address_of

pytestmark = pytest.mark.django_db

State = IssuedDocument.State
NUMBER = {"number": 7, "issued_on": date(2020, 12, 16)}
STATES = ["draft", "for-signature", "signed", "numbered", "released"]


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
    for state in STATES
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
        "02 đơn vị nhận văn bản đọc và tải được bản này.",
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
    make.IssuedDocumentFactory(numbered=True, issuer=leader.unit, type_code="BC", number=44)
    client.force_login(people["clerk"])
    response = client.get(reverse("document-assign-number", args=[document.pk]))
    initial = response.context["form"].initial
    assert (initial["number"], initial["issued_on"]) == (45, date(2020, 12, 15))


def test_number_that_was_changed_since_is_written_over_by_a_second_press_alone(client, people, paper):
    document = paper("numbered", **NUMBER)
    assign = reverse("document-assign-number", args=[document.pk])
    client.force_login(people["clerk"])
    older = Fields(client.get(assign)).sent | {"reason": "Gõ nhầm", "number": 55}
    client.post(assign, Fields(client.get(assign)).sent | {"reason": "Sửa", "number": 41})

    answer = client.post(assign, older)
    assert "số: bản đã lưu “41”, bản của anh/chị “55”" in Page(answer).text
    assert client.post(assign, Fields(answer).sent).status_code == 302
    assert IssuedDocument.objects.get(pk=document.pk).number == 55


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
