"""What the database itself refuses, whoever asks: every trigger of every model is walked."""

import pgtrigger
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, IntegrityError, connection, transaction
from psycopg2.errorcodes import CHECK_VIOLATION, RESTRICT_VIOLATION

from blocs.models import IssuedDocument
from blocs.models.base import Refuse
from campaigns.scores.models import Ranking
from tests.factories import (
    FACTORIES,
    IssuedDocumentFactory,
    RankingFactory,
    StoredFileFactory,
    UnitFactory,
)

# How to make a row that the triggers guard, where any row is not enough.
GUARDED_ROW = {
    IssuedDocument: lambda: IssuedDocumentFactory(released=True),
    Ranking: lambda: RankingFactory(state="released", released_at="2020-12-31T00:00Z"),
}
# What guards rows that are kept; what else freezes criteria and scores is asked where they are tested.
KEEPING = {"refuse_change", "refuse_unless_erased", "refuse_released_change"}

STATEMENTS = {
    pgtrigger.Update: "UPDATE {table} SET {key} = {key}",
    pgtrigger.Delete: "DELETE FROM {table}",
    pgtrigger.Truncate: "TRUNCATE {table} CASCADE",
}
REGISTERED = list(pgtrigger.registered())
KEPT = [(model, trigger) for model, trigger in REGISTERED if trigger.function in KEEPING]
CASES = [
    pytest.param(model, trigger, operation, id=f"{model._meta.label} {trigger.name} {operation}")
    for model, trigger in KEPT
    for operation in STATEMENTS
    if str(operation) in str(trigger.operation)
]


def execute(sql, parameters=()):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # TRUNCATE would fail for a check still to come
        cursor.execute(sql, parameters)


def statement(model, operation):
    return STATEMENTS[operation].format(table=model._meta.db_table, key=model._meta.pk.column)


@pytest.fixture
def make_row(db):
    return lambda model: GUARDED_ROW.get(model, FACTORIES[model])()


def test_every_kept_table_is_guarded_against_all_three_statements():
    guarded = {}
    for model, trigger in KEPT:
        operations = [str(each) for each in STATEMENTS if str(each) in str(trigger.operation)]
        guarded.setdefault(model.__name__, set()).update(operations)

    assert guarded == dict.fromkeys(
        [
            "Entry",
            "PaperRecord",
            "Payload",
            "Seal",
            "StoredFile",
            "IssuedDocument",
            "DocumentVersion",
            "DocumentRecipient",
            "Reminder",
            "ReminderWave",
            "Reopening",
            "SheetVersion",
            "Ranking",
        ],
        {"UPDATE", "DELETE", "TRUNCATE"},
    )


def test_every_trigger_runs_a_function_of_ours():
    """pgtrigger's own functions ask a setting whether to refuse."""
    assert [trigger.name for _model, trigger in REGISTERED if not isinstance(trigger, Refuse)] == []


@pytest.mark.django_db
def test_every_trigger_stands_in_the_database():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text, tgfoid::regproc::text FROM pg_trigger "
            "WHERE NOT tgisinternal AND tgenabled = 'O'"
        )
        found = set(cursor.fetchall())

    assert found == {
        (trigger.get_pgid(model), model._meta.db_table, trigger.function) for model, trigger in REGISTERED
    }


@pytest.mark.parametrize(("model", "trigger", "operation"), CASES)
def test_statement_is_refused(make_row, model, trigger, operation):
    make_row(model)

    with pytest.raises(IntegrityError, match=f"{operation} of {model._meta.db_table} is refused") as refused:
        execute(statement(model, operation))

    assert refused.value.__cause__.pgcode == RESTRICT_VIOLATION


@pytest.mark.parametrize(("model", "trigger", "operation"), CASES)
def test_statement_is_refused_though_a_setting_ignores_the_trigger(make_row, model, trigger, operation):
    make_row(model)
    everything = "{" + ",".join(each.get_pgid(owner) for owner, each in REGISTERED) + "}"

    with pytest.raises(IntegrityError, match="is refused"), transaction.atomic():
        execute("SELECT set_config('pgtrigger.ignore', %s, true)", [everything])
        execute(statement(model, operation))
    with pytest.raises(IntegrityError, match="is refused"), pgtrigger.ignore():
        execute(statement(model, operation))


@pytest.mark.parametrize("model", dict.fromkeys(model for model, _trigger in KEPT), ids=lambda m: m.__name__)
def test_plain_truncate_is_refused(make_row, model):
    make_row(model)

    with pytest.raises(
        DatabaseError, match=r"is refused|cannot truncate a table referenced in a foreign key"
    ):
        execute(f"TRUNCATE {model._meta.db_table}")


@pytest.mark.parametrize("state", ["draft", "for_signature", "signed", "numbered"])
@pytest.mark.django_db
def test_document_changes_until_it_is_released(state):
    document = IssuedDocumentFactory(**({} if state == "draft" else {state: True}))
    execute("UPDATE blocs_issueddocument SET title = 'Khác'")

    document.refresh_from_db()
    assert document.title == "Khác"


CHANGES = {"Integer": "{} + 1", "BigInteger": "{} + 1", "Date": "{} - 1", "DateTime": "{} - interval '1 day'"}
OTHER_ROWS = {
    "issuer": UnitFactory,
    "subject_type": ContentType.objects.last,
    "signed_file": StoredFileFactory,
    "supersedes": lambda: IssuedDocumentFactory(superseded=True),
}
FIELDS = [field for field in IssuedDocument._meta.concrete_fields if field.name not in ("id", "state")]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
@pytest.mark.django_db
def test_released_document_is_superseded_and_nothing_else_changes(field):
    document = IssuedDocumentFactory(released=True, rulebook_day="2020-12-31")
    if field.is_relation:
        change = f"'{OTHER_ROWS[field.name]().pk}'"
    else:
        kind = field.get_internal_type().removeprefix("Positive").removesuffix("Field")
        change = CHANGES.get(kind, "{} || 'x'").format(field.column)
    supersede = "UPDATE blocs_issueddocument SET state = 'superseded' {} WHERE id = %s"

    with pytest.raises(IntegrityError, match="is refused: the document is released"):
        execute(supersede.format(f", {field.column} = {change}"), [document.pk])

    execute(supersede.format(""), [document.pk])
    document.refresh_from_db()
    assert document.state == "superseded"


@pytest.mark.parametrize("state", ["draft", "released"])
@pytest.mark.django_db
def test_superseded_document_stays_so(state):
    IssuedDocumentFactory(superseded=True)

    with pytest.raises(IntegrityError, match="is refused: the document is released"):
        execute(f"UPDATE blocs_issueddocument SET state = '{state}'")


@pytest.mark.parametrize("state", ["draft", "for_signature", "signed", "numbered", "released"])
@pytest.mark.django_db
def test_document_is_never_deleted(state):
    IssuedDocumentFactory(**({} if state == "draft" else {state: True}))

    with pytest.raises(IntegrityError, match="DELETE of blocs_issueddocument is refused"):
        execute("DELETE FROM blocs_issueddocument")


@pytest.mark.parametrize(
    ("content", "sha256", "fault"),
    [
        (b"what was signed", "0" * 64, "stored_file_matches_its_hash"),
        (b"what was signed", "", "stored_file_matches_its_hash"),
        (b"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "stored_file_not_empty"),
    ],
)
@pytest.mark.django_db
def test_stored_file_of_wrong_bytes_is_refused(content, sha256, fault):
    with pytest.raises(IntegrityError, match=fault) as refused:
        execute(
            "INSERT INTO blocs_storedfile (sha256, content, size, media_type, kept_at) "
            "VALUES (%s, %s, %s, '', now())",
            [sha256, content, len(content)],
        )

    assert refused.value.__cause__.pgcode == CHECK_VIOLATION
