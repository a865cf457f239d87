"""Site, worker and timer as the application's role, and what that role may not do."""

import subprocess
import time
from contextlib import closing

import pgtrigger
import psycopg2
import pytest
from django.apps import apps
from psycopg2.errorcodes import INSUFFICIENT_PRIVILEGE, RESTRICT_VIOLATION

from config import database
from tests.deploy import production
from tests.deploy.production import DATABASE, NAMES, PATIENCE, Installation, Visitor, connect

pytestmark = [
    pytest.mark.xdist_group("production"),
    pytest.mark.installation,
]  # one installation, set up once

BLOC = "/nam/2020/khoi/tong-cuc-cuc-ban-quy/"
PASSWORD = "Khối-2020-đua"
APPEND_ONLY = {
    "blocs_entry",
    "blocs_paperrecord",
    "blocs_seal",
    "blocs_storedfile",
    "blocs_documentversion",
    "blocs_documentrecipient",
    "campaigns_reminder",
    "campaigns_reminderwave",
    "scores_reopening",
    "scores_sheetversion",
}
# What changes until it is frozen or released.
GUARDED_LATER = {
    "blocs_payload",
    "blocs_issueddocument",
    "scores_criteriaset",
    "scores_criteriasection",
    "scores_criterion",
    "scores_measure",
    "scores_score",
    "scores_ranking",
}
# The rest of a paper's life and an erasure, through the acts, in one process of the application's role.
LIFE = """
from datetime import date
from blocs import actions
from blocs.journal import Paper
from blocs.models import Entry, IssuedDocument, User
from reports import issuing
staff, administrator = (User.objects.get(username=name) for name in ("can-bo", "quan-tri"))
document = IssuedDocument.objects.get()
document = issuing.send_to_signature(document, by=staff)
actions.file_signed(document=document, content=b"%PDF-1.7 scan", media_type="application/pdf", by=staff,
    paper=Paper(date(2020, 12, 15), "Ha Noi"), signer_name="A", signer_title="B")
document = actions.assign_number(document=document, number=5, issued_on=date(2020, 12, 16), by=staff,
    paper=Paper(date(2020, 12, 16)))
document = issuing.release(document, by=staff)
actions.erase_payload(entry=Entry.objects.earliest("pk"), by=administrator, reason="Theo yeu cau")
document.refresh_from_db()
print(document.state)
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """Set up as docs/operations.md says: made by the owner, filled by the application's role."""
    database.ensure()
    superuser = production.connect_superuser()
    if superuser is None:
        pytest.skip("the role of DATABASE_URL may not make roles")
    with closing(superuser):
        production.drop_roles(superuser)
        production.make_roles(superuser)
        made = Installation(tmp_path_factory.mktemp("thidua"))
        made.manage("thidua_owner", "migrate", "--verbosity=0")
        made.manage("thidua_owner", "createcachetable")
        made.manage("thidua_owner", "grant", NAMES["thidua"])
        made.manage("thidua_owner", "collectstatic", "--no-input", "--verbosity=0")
        made.manage("thidua", "load_bloc_year", "reports/data/tong-cuc-cuc-ban-quy-2020.toml")
        for role, username in (("staff", "can-bo"), ("administrator", "quan-tri")):
            account = [role, "--username", username, "--full-name", "Nguyễn Văn An", "--title", "Chuyên viên"]
            made.manage("thidua", "make_first_account", *account, input=f"{PASSWORD}\n{PASSWORD}\n")
        yield made
        production.drop_roles(superuser)


@pytest.fixture(scope="module")
def site(installation):
    """The served site's socket."""
    web = installation.serve()
    yield installation.folder / "web.sock"
    web.terminate()
    web.wait(PATIENCE)


@pytest.fixture(scope="module")
def released(installation, site):
    """The 2020 report, asked for on the site, made by the worker, released; the timer ran, too."""
    worker = installation.start("thidua", "manage.py", "run_worker", stderr=subprocess.DEVNULL)
    try:
        visitor = Visitor(site)
        visitor.sign_in("can-bo", PASSWORD)
        status, _page = visitor.post(f"{BLOC}bao-cao-tong-ket/official/lap-du-thao/")
        assert (status, visitor.address[:11]) == (200, "/cong-viec/")
        deadline = time.monotonic() + PATIENCE
        while "bao-cao-tong-ket" not in visitor.address and time.monotonic() < deadline:
            time.sleep(0.3)
            status, page = visitor.get(visitor.address)
        assert status == 200 and "du-thao-01" in page
    finally:
        worker.terminate()
        assert worker.wait(PATIENCE) == 0
    assert installation.manage("thidua", "shell", "--verbosity=0", "-c", LIFE).split() == ["released"]
    return installation


def execute(role, sql):
    with closing(connect(NAMES[role])) as connection, connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else None


def test_journal_of_the_application_is_sealed_and_whole(released):
    assert "niêm phong" in released.manage("thidua", "tick")
    assert "0 bút toán chưa niêm phong" in released.manage("thidua", "verify_journal")


def test_privileges_of_the_application_are_exactly_these(installation):
    granted = {}
    for table, privilege in execute(
        "thidua",
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants "
        "WHERE grantee = current_user AND table_schema = 'public'",
    ):
        granted.setdefault(table, set()).add(privilege)
    tables = {table for (table,) in execute("thidua", "SELECT relname FROM pg_class WHERE relkind = 'r' "
                                            "AND relnamespace = 'public'::regnamespace")}  # fmt: skip
    expected = dict.fromkeys(tables, {"SELECT", "INSERT", "UPDATE", "DELETE"})
    expected |= dict.fromkeys(APPEND_ONLY, {"SELECT", "INSERT"})
    expected["blocs_payload"] = {"SELECT", "INSERT", "DELETE"}  # its trigger lets one go that an act erased
    expected["blocs_issueddocument"] = {"SELECT", "INSERT", "UPDATE"}  # its trigger freezes the released
    expected["scores_ranking"] = {"SELECT", "INSERT", "UPDATE"}
    expected["django_migrations"] = {"SELECT"}

    assert granted == expected


def test_every_append_only_model_is_known_here():
    guarded = {model._meta.db_table for model, _trigger in pgtrigger.registered()}
    assert guarded - GUARDED_LATER == APPEND_ONLY


REFUSED = [
    *(
        sql.format(table=table)
        for table in sorted(APPEND_ONLY)
        for sql in ("UPDATE {table} SET id = id", "DELETE FROM {table}", "TRUNCATE {table} CASCADE")
        if not (table == "blocs_storedfile" and "UPDATE" in sql)
    ),
    "UPDATE blocs_storedfile SET size = size",
    "UPDATE blocs_payload SET salt = salt",
    "DELETE FROM blocs_issueddocument",
    *(
        sql.format(table=table)
        for table in sorted(APPEND_ONLY | GUARDED_LATER)
        for sql in (
            "ALTER TABLE {table} DISABLE TRIGGER USER",
            "ALTER TABLE {table} DISABLE TRIGGER ALL",
            "DROP TABLE {table} CASCADE",
        )
    ),
    "TRUNCATE blocs_payload",
    "TRUNCATE blocs_issueddocument CASCADE",
    "TRUNCATE django_session",
    "UPDATE django_migrations SET name = name",
    "CREATE TABLE mine (id int)",
    "CREATE TEMPORARY TABLE blocs_entry (act text, object_kind text, object_key text)",
    "CREATE SCHEMA mine",
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "DROP FUNCTION refuse_change() CASCADE",
    "SET session_replication_role = replica",
    "SET ROLE {owner}",
    "SELECT setval('blocs_entry_id_seq', 1)",
]


@pytest.mark.parametrize("sql", REFUSED)
def test_statement_of_the_application_is_refused(released, sql):
    with pytest.raises(psycopg2.Error) as refused:
        execute("thidua", sql.format(owner=NAMES["thidua_owner"]))
    assert refused.value.pgcode == INSUFFICIENT_PRIVILEGE, refused.value


@pytest.mark.parametrize(
    "sql", ["DELETE FROM blocs_payload", "UPDATE blocs_issueddocument SET title = title || 'x'"]
)
def test_statement_of_the_application_is_refused_by_the_trigger(released, sql):
    with pytest.raises(psycopg2.Error) as refused:
        execute("thidua", sql)
    assert refused.value.pgcode == RESTRICT_VIOLATION


def test_stranger_may_not_even_connect(installation):
    with pytest.raises(psycopg2.OperationalError, match="permission denied|password|denied"):
        connect(database.NAME)


def test_grant_again_changes_nothing_and_takes_what_is_too_much(installation):
    execute("thidua_owner", f"GRANT UPDATE ON blocs_entry TO {NAMES['thidua']}")
    said = installation.manage("thidua_owner", "grant", NAMES["thidua"])

    assert said == f"{NAMES['thidua']} may use the tables of {NAMES['thidua_owner']} in {DATABASE}.\n"
    test_privileges_of_the_application_are_exactly_these(installation)


def test_grant_to_the_owner_is_refused(installation):
    with pytest.raises(AssertionError, match="owns the tables"):
        installation.manage("thidua_owner", "grant", NAMES["thidua_owner"])


def test_page_is_whole_in_production(site):
    visitor = Visitor(site)
    status, _page = visitor.sign_in("can-bo", PASSWORD)
    assert (status, visitor.address) == (200, "/")
    status, page = visitor.get(BLOC)
    assert status == 200 and '<link rel="stylesheet" href="/static/' in page


def test_attempts_to_sign_in_are_counted_by_the_forwarded_address(site):
    def attempt(address):
        visitor = Visitor(site)
        visitor.get("/tai-khoan/login/")
        token = visitor.cookies["csrftoken"].value
        fields = {"login": "ai-do", "password": "sai", "csrfmiddlewaretoken": token}
        return visitor.ask("POST", "/tai-khoan/login/", fields, X_Forwarded_For=address)

    first, *_more, last = [attempt("192.0.2.99") for _attempt in range(11)]
    assert first != last
    assert attempt("192.0.2.100")[0] == first[0]


def test_no_log_tells_a_query_string(installation, site):
    secret = "Nguyen-Van-An"
    visitor = Visitor(site)
    visitor.get(f"/khong-co/?q={secret}")
    visitor.get("/tai-khoan/login/")
    foreign = f"https://other.example/?q={secret}"
    assert (
        visitor.ask("POST", f"/tai-khoan/login/?next={secret}", {"login": secret}, Referer=foreign)[0] == 403
    )
    visitor.send_raw(f"GET /?q={secret} {secret} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    visitor.send_raw(f"GET /?q={secret} HTTP/1.1\r\nHost: other.example\r\n\r\n".encode())

    log = installation.log.read_text()
    assert "Not Found: /khong-co/" in log and "Forbidden" in log and "Invalid" in log
    assert secret not in log


def test_system_checks_find_nothing_amiss(installation):
    assert "no issues" in installation.manage("thidua", "check", "--deploy", "--database=default")


def test_every_model_has_a_table_that_the_application_reads(installation):
    for model in apps.get_models():
        execute("thidua", f"SELECT 1 FROM {model._meta.db_table} LIMIT 1")
