"""The A4 sheets of each role: one page, kept as the words are now, handed out without rendering."""

import lxml.html
import pytest
from django.core.management import call_command
from django.urls import reverse

from blocs.models import Post
from reports.documents.guides import GUIDES, guide
from reports.views import guides
from reports.writers.docx import to_docx
from reports.writers.html import to_html
from reports.writers.pdf import to_pdf
from tests.factories import user_with
from tests.pages import read
from tests.reports.trees import letters, pages_of

pytestmark = pytest.mark.django_db
ROLES = [role for role in Post.Role.values if role != Post.Role.OPERATOR]


def printed(content):
    return letters("".join(page.extract_text() for page in pages_of(content)))


def test_every_role_that_signs_in_has_a_sheet_of_six_to_eight_steps():
    assert set(GUIDES) == set(ROLES)
    assert {6 <= len(steps) <= 8 for _whom, steps in GUIDES.values()} == {True}


@pytest.mark.parametrize("role", ROLES)
def test_kept_sheet_is_one_page_of_the_words_of_now(role):
    kept = guides.file_of(role).read_bytes()
    (page,) = pages_of(kept)
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    said = lxml.html.document_fromstring(to_html(guide(role))).body.text_content()
    assert sorted(printed(kept)) == sorted(letters(said)), "run make guides"


@pytest.mark.parametrize("role", ROLES)
def test_sheet_is_handed_out_to_who_has_signed_in(client, role):
    client.force_login(user_with(role))
    response = client.get(reverse("guide", args=[role]))
    assert response.content == guides.file_of(role).read_bytes()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="lam-trong-5-phut-{role}.pdf"'


@pytest.mark.parametrize("role", ["operator", "khac"])
def test_there_is_no_sheet_for_others(client, role):
    client.force_login(user_with("staff"))
    assert client.get(reverse("guide", args=[role])).status_code == 404


def test_help_names_the_sheets(client):
    client.force_login(user_with("staff"))
    links = read(client, reverse("help")).links
    assert {links[whom] for whom, _steps in GUIDES.values()} == {
        reverse("guide", args=[role]) for role in ROLES
    }


def test_sheets_are_printed_by_a_command(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(guides, "FOLDER", tmp_path)
    call_command("make_guides")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        f"lam-trong-5-phut-{role}.pdf" for role in ROLES
    )
    role = ROLES[0]
    assert printed(guides.file_of(role).read_bytes()) == printed(to_pdf(guide(role)))
    assert to_docx(guide(role)).startswith(b"PK")
