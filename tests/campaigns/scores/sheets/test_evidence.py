"""Evidence beside criteria: kept, read by whoever sees the sheet, never by anybody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from blocs.models import Entry, StoredFile
from blocs.permissions import Refused
from campaigns.scores import actions
from campaigns.scores.models import Evidence
from campaigns.scores.scoring.plan import Plan, Section
from campaigns.scores.sheets.actions.evidence import Piece
from campaigns.scores.sheets.views.evidence import criterion_of
from tests.factories import CriterionFactory, SeatFactory, user_with
from tests.pages import read

PNG = b"\x89PNG\r\n\x1a\n scan"


@pytest.fixture
def address(bloc_year, member):
    def address(name, *more):
        return reverse(name, args=[bloc_year.year.code, bloc_year.bloc.code, member.unit.code, *more])

    return address


def add(sheet, by, *pieces, is_free_of_secrets=True, **told):
    return actions.add_evidence(
        sheet=sheet, pieces=pieces, is_free_of_secrets=is_free_of_secrets, by=by, **told
    )


@pytest.fixture
def kept(sheet, criterion, officer):
    """A file beside a criterion of a unit's draft."""
    return add(sheet, officer, Piece(criterion("a1"), file=(PNG, "image/png"), file_name="a1 báo cáo.png"))[0]


def test_files_links_and_texts_are_kept(sheet, criterion, officer):
    text = "Công văn số 05/UBND-TNMT ngày 05/1/2022"
    pieces = [
        Piece(criterion("a1"), file=(PNG, "image/png"), file_name="a.png"),
        Piece(criterion("a1"), address="https://eoffice.example/1"),
        Piece(criterion("a2"), text=text),
    ]
    file, link, pasted = add(sheet, officer, *pieces)
    assert (file.kind, bytes(file.file.content)) == ("file", PNG)
    assert (link.kind, link.address) == ("link", "https://eoffice.example/1")
    assert pasted.documents == [{"kind": "Công văn", "number": "05/UBND-TNMT", "day": "2022-01-05"}]
    assert Entry.objects.filter(act="evidence.add").count() == 1


@pytest.mark.parametrize(
    ("piece", "words"),
    [
        ({"text": "Báo cáo\nTỐI MẬT"}, "mang dấu độ mật “TỐI MẬT”"),
        ({"file": (PNG, "image/png"), "file_name": "MẬT_bc.png"}, "mang dấu độ mật “MẬT”"),
        ({"address": "hồ sơ 12 (MẬT)"}, "mang dấu độ mật “MẬT”"),
        ({"text": "  "}, "Hãy chọn tệp"),
    ],
)
def test_what_is_classified_is_not_kept(sheet, criterion, officer, piece, words):
    with pytest.raises(Refused, match=words):
        add(sheet, officer, Piece(criterion("a1"), **piece))
    assert not Evidence.objects.exists()
    assert not StoredFile.objects.exists()


def test_whoever_adds_says_that_no_secret_is_in_it(sheet, criterion, officer):
    with pytest.raises(Refused, match="không chứa bí mật nhà nước"):
        add(sheet, officer, Piece(criterion("a1"), text="Kế hoạch"), is_free_of_secrets=False)


def test_others_do_not_add(sheet, criterion, secretary, staff, paper):
    foreign = user_with("officer", SeatFactory().unit)
    for user in (secretary, staff, foreign):
        with pytest.raises(Refused):
            add(sheet, user, Piece(criterion("a1"), text="Kế hoạch"))
    assert add(sheet, staff, Piece(criterion("a1"), text="Kế hoạch"), paper=paper)


def test_a_sent_sheet_keeps_its_evidence(filled, criterion, officer):
    kept = add(filled, officer, Piece(criterion("a1"), text="Kế hoạch"))[0]
    actions.send_sheet(sheet=filled, by=officer)
    with pytest.raises(Refused, match="không sửa được"):
        add(filled, officer, Piece(criterion("a1"), text="Khác"))
    with pytest.raises(Refused, match="không sửa được"):
        actions.remove_evidence(evidence=kept, by=officer)


def test_evidence_laid_by_mistake_is_taken_away(kept, officer):
    actions.remove_evidence(evidence=kept, by=officer)
    assert not Evidence.objects.exists()
    entry = Entry.objects.select_related("payload").get(act="evidence.remove")
    assert entry.payload.data["before"]["evidence"][0]["file_name"] == "a1 báo cáo.png"


def test_a_file_is_served_to_who_sees_the_sheet_alone(
    client, address, kept, officer, secretary, staff, bloc_year
):
    users = {
        "officer": officer,
        "staff": staff,
        "secretary": secretary,
        "another member": user_with("officer", SeatFactory(bloc_year=bloc_year).unit),
        "another bloc": user_with("secretary", SeatFactory(role="leader").unit),
    }
    found = {}
    for who, user in users.items():
        client.force_login(user)
        response = client.get(address("score-evidence-file", kept.pk))
        found[who] = response.status_code, response.content == PNG
    # the unit's draft is its own: the leader's unit reads it once it is sent
    assert found == {
        "officer": (200, True),
        "staff": (200, True),
        "secretary": (404, False),
        "another member": (404, False),
        "another bloc": (404, False),
    }


def test_a_file_is_saved_never_opened(client, address, kept, officer):
    client.force_login(officer)
    response = client.get(address("score-evidence-file", kept.pk))
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''a1%20b")
    assert (response["X-Content-Type-Options"], response["Content-Type"]) == ("nosniff", "image/png")
    assert client.get(f"/minh-chung/{kept.file_id}/").status_code == 404


def test_evidence_of_another_unit_is_not_found_by_its_key(client, bloc_year, kept, officer):
    other = SeatFactory(bloc_year=bloc_year).unit
    client.force_login(officer)
    address = reverse(
        "score-evidence-file", args=[bloc_year.year.code, bloc_year.bloc.code, other.code, kept.pk]
    )
    assert client.get(address).status_code == 404


def test_evidence_is_added_beside_a_criterion(client, address, sheet, officer):
    client.force_login(officer)
    here = address("score-evidence", "a1")
    read(client, here)
    prefix = "minh-chung-a1"
    files = [SimpleUploadedFile(name, PNG + name.encode()) for name in ("mot.png", "hai.png")]
    told = {f"{prefix}-files": files, f"{prefix}-text": "Kế hoạch số 146/KH-UBND ngày 01/6/2020"}
    html = client.post(here, told).content.decode()
    assert "Hãy đọc và đánh dấu xác nhận" in html
    files = [SimpleUploadedFile(name, PNG + name.encode()) for name in ("mot.png", "hai.png")]
    told |= {f"{prefix}-files": files, f"{prefix}-is_free_of_secrets": "on"}
    response = client.post(here, told)
    assert (response.status_code, response.url) == (302, f"{address('score-own')}?muc=a#tieu-chi-a1")
    assert list(Evidence.objects.values_list("kind", "file_name")) == [
        ("file", "mot.png"),
        ("file", "hai.png"),
        ("text", ""),
    ]
    page = read(client, f"{address('score-own')}?muc=a")
    assert "Kế hoạch 146/KH-UBND ngày 01/06/2020" in page.text


def test_an_address_is_a_link_only_where_it_leads_to_a_page(client, address, sheet, criterion, officer):
    add(
        sheet,
        officer,
        *(Piece(criterion("a1"), address=each) for each in ("javascript:alert(1)", "HS-12/2022")),
    )
    client.force_login(officer)
    page = read(client, f"{address('score-own')}?muc=a")
    assert "javascript:alert(1)" in page.text
    assert not [each for each in page.addresses if "javascript" in each]


def test_files_are_laid_where_their_names_say(client, address, sheet, officer):
    client.force_login(officer)
    names = ["a1_bao-cao.png", "A2 quyet dinh.png", "khac.png"]
    files = [SimpleUploadedFile(name, PNG + name.encode()) for name in names]
    told = {"drop-files": files, "drop-is_free_of_secrets": "on"}
    page = client.post(address("score-evidence-drop"), told).content.decode()
    assert list(Evidence.objects.values_list("criterion__key", "file_name")) == [
        ("a1", "a1_bao-cao.png"),
        ("a2", "A2 quyet dinh.png"),
    ]
    assert "khac.png" in page


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a1_bao-cao.pdf", "A1"),
        ("A1.pdf", "A1"),
        ("a11 khac.pdf", "A11"),
        ("1.2_van-ban.pdf", "1.2"),
        ("1-2 van ban.pdf", "1.2"),
        ("1 van ban.pdf", "1"),
        ("bao-cao-a1.pdf", None),
        ("", None),
    ],
)
def test_the_criterion_that_a_name_begins_with(name, code):
    criteria = [
        CriterionFactory.build(code=each, key=f"k{n}", section=None, criteria_set=None)
        for n, each in enumerate(["A1", "A11", "1", "1.2"])
    ]
    found = criterion_of(name, criteria, plan_with(*criteria))
    assert (found.code if found else None) == code


def plan_with(*criteria):
    """A plan in which each of these stands in a section of its own: A, B, C."""
    sections = [Section(each.key, code, "Mục", (each,)) for each, code in zip(criteria, "ABCD", strict=False)]
    return Plan("Bộ", tuple(sections))


@pytest.mark.parametrize(
    ("name", "key"), [("1 bao-cao.pdf", None), ("B.1 bao-cao.pdf", "k1"), ("k0.pdf", "k0")]
)
def test_a_name_that_fits_several_criteria_fits_none(name, key):
    criteria = [
        CriterionFactory.build(code="1", key=f"k{n}", section=None, criteria_set=None) for n in range(2)
    ]
    found = criterion_of(name, criteria, plan_with(*criteria))
    assert (found.key if found else None) == key
