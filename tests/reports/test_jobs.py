"""A job that a worker died over runs again without harm: what was done is not done twice."""

from types import SimpleNamespace

import pytest

from blocs.models import IssuedDocument
from reports import issuing, jobs
from tests.factories import IssuedDocumentFactory


@pytest.fixture
def printed(monkeypatch):
    """Which work a job asked for."""
    asked = []
    for name in ("draft", "send_to_signature", "release"):
        monkeypatch.setattr(issuing, name, lambda *_arguments, name=name, **_options: asked.append(name))
    return asked


@pytest.fixture
def paper(bloc_year, leader):
    """The report in a state of its life."""

    def paper(state):
        traits = {} if state == "draft" else {state.replace("-", "_"): True}
        return IssuedDocumentFactory(
            issuer=leader.unit, subject=bloc_year, edition="official", draft_number=1, **traits
        )

    return paper


def job_of(tries, **parameters):
    return SimpleNamespace(parameters=parameters, tries=tries, asked_by=None)


@pytest.mark.parametrize(("kind", "state"), [(jobs.send, "for-signature"), (jobs.release, "released")])
def test_second_run_of_what_is_done_prints_nothing(printed, paper, kind, state):
    document = paper(state)

    _words, address = kind(job_of(2, document=document.pk))

    assert printed == []
    assert address == issuing.address_of(document)


def test_draft_that_stands_already_is_not_made_again(printed, paper, bloc_year):
    document = paper("draft")
    parameters = {
        "subject": bloc_year.pk,
        "kind": document.kind,
        "edition": document.edition,
        "draft_number": document.draft_number,
    }

    words, address = jobs.draft(job_of(2, **parameters))

    assert printed == []
    assert words == "Đã lập dự thảo lần 1."
    assert address == issuing.address_of(document)
    assert IssuedDocument.objects.get().draft_number == 1
