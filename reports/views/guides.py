"""The A4 sheets of each role, printed when the product is made: no request renders."""

from pathlib import Path

from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_GET

from blocs.actions.documents import PDF
from blocs.models import Post
from config import help as help_views
from reports.documents.guides import GUIDES
from reports.views.files import download

FOLDER = Path(__file__).resolve().parent.parent / "data" / "guides"


def register():
    """Name the sheets on the help page."""
    help_views.sheets = sheets


def sheets():
    """[(role in words, address)]."""
    return [(Post.Role(role).label, reverse("guide", args=[role])) for role in GUIDES]


def file_of(role):
    """Where the sheet of a role is kept."""
    return FOLDER / f"lam-trong-5-phut-{role}.pdf"


@require_GET
def guide(request, role):
    """The sheet of a role."""
    if role not in GUIDES:
        raise Http404
    return download(file_of(role).read_bytes(), PDF, file_of(role).name)
