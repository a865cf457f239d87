import pytest

from blocs.models import DocumentRecipient, DocumentVersion, IssuedDocument
from tests.factories import (
    DocumentRecipientFactory,
    DocumentVersionFactory,
    user_with,
)


@pytest.fixture
def released(make):
    """A released document with its draft and copies, and the draft that is to supersede it."""
    document = make("released", edition="official")
    for stage in ("draft", "for-signature", "released"):
        DocumentVersionFactory(document=document, stage=stage)
    recipient = DocumentRecipientFactory(document=document)
    following = make(edition="official", supersedes=document)
    DocumentVersionFactory(document=following)
    return document, following, recipient


def seen(model, user):
    return set(model.objects.visible_to(user))


@pytest.mark.parametrize("role", ["officer", "secretary", "clerk"])
def test_recipients_people_read_the_released_copy_alone(released, role):
    document, _following, recipient = released
    reader = user_with(role, recipient.unit)

    assert seen(IssuedDocument, reader) == {document}
    assert seen(DocumentVersion, reader) == {document.versions.get(stage="released")}
    assert seen(DocumentRecipient, reader) == {recipient}


@pytest.mark.parametrize("role", ["officer", "secretary", "clerk"])
def test_issuing_units_people_read_drafts_too(released, issuer, role):
    document, following, recipient = released
    reader = user_with(role, issuer)

    assert seen(IssuedDocument, reader) == {document, following}
    assert seen(DocumentVersion, reader) == {*document.versions.all(), *following.versions.all()}


@pytest.mark.parametrize("role", ["officer", "secretary", "clerk"])
def test_people_of_other_units_read_nothing(released, role):
    reader = user_with(role)

    assert [seen(model, reader) for model in (IssuedDocument, DocumentVersion, DocumentRecipient)] == [
        set()
    ] * 3


@pytest.mark.parametrize("state", ["draft", "for-signature", "signed", "numbered"])
def test_document_that_names_its_recipients_early_stays_hidden_until_released(make, state):
    document = make(state)
    recipient = DocumentRecipientFactory(document=document)
    DocumentVersionFactory(document=document, stage="draft")
    DocumentVersionFactory(document=document, stage="for-signature")
    reader = user_with("officer", recipient.unit)

    assert [seen(model, reader) for model in (IssuedDocument, DocumentVersion, DocumentRecipient)] == [
        set()
    ] * 3


def test_superseded_copy_stays_readable(make):
    document = make("superseded")
    DocumentVersionFactory(document=document, stage="released")
    recipient = DocumentRecipientFactory(document=document)

    assert seen(IssuedDocument, user_with("officer", recipient.unit)) == {document}
