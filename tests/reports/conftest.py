import base64
import os
import warnings
from datetime import datetime
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from reports import issuing
from reports.documents.year_end_summary import OFFICIAL
from reports.writers import pdf as pdf_writer
from reports.writers.typesetting import typeset
from tests import factories as make
from tests.factories import UserFactory, user_with
from tests.pages import read

MADE_AT = timezone.make_aware(datetime(2020, 12, 14, 9, 30))


def address_of(bloc_year, edition=OFFICIAL, name="report"):
    """The address of a page of an edition of the report."""
    return reverse(name, args=[bloc_year.year.code, bloc_year.bloc.code, edition])


@pytest.fixture(autouse=True)
def typeset_here(monkeypatch):
    """PDFs are typeset in this process: one of its own takes longer to start than a paper to be set."""
    monkeypatch.setattr(pdf_writer, "run", run_here)


def run_here(order):
    """What pdf.run() answers to an order, but for the ceilings on memory and time."""
    pictures = {
        address: (media_type, base64.b64decode(content))
        for address, (media_type, content) in order["pictures"].items()
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile to be closed
        pdf, complaints = typeset(order["html"], Path(order["root"]), pictures)
    if complaints:
        raise pdf_writer.RenderingFailed(pdf_writer.words_for(os.EX_DATAERR, "\n".join(complaints)))
    return pdf


@pytest.fixture
def root(db):
    """The ministry whose name stands above that of the issuing unit."""
    return make.UnitStateFactory(official_name="Bộ Mẫu", unit__is_root=True, place_of_issue="Hà Nội").unit


@pytest.fixture
def leader(root):
    """The leader's seat of a bloc's year."""
    unit = make.UnitStateFactory(official_name="Viện Một", symbol="V1").unit
    return make.SeatFactory(
        role="leader",
        unit=unit,
        bloc_year__name="Khối Viện",
        representative="Đinh Hữu A",
        representative_title="Viện trưởng",
    )


@pytest.fixture
def bloc_year(leader):
    return leader.bloc_year


@pytest.fixture
def member(bloc_year):
    unit = make.UnitStateFactory(official_name="Viện Hai").unit
    return make.SeatFactory(bloc_year=bloc_year, unit=unit)


@pytest.fixture
def people(leader, member):
    """One of each kind of user, seen from a bloc's year."""
    return {
        "staff": user_with("staff"),
        "secretary": user_with("secretary", leader.unit),
        "clerk": user_with("clerk", leader.unit),
        "member": user_with("officer", member.unit),
        "stranger": user_with("secretary", make.SeatFactory(role="leader").unit),
        "administrator": user_with("administrator"),
        "nobody": UserFactory(),
    }


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
