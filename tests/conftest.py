"""What all tests stand on: a real PostgreSQL, Debian's Chromium, templates that name nothing undefined."""

import os
import sys
import threading
from importlib import import_module
from pathlib import Path

import hypothesis
import pgtrigger
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations
from django.template import engines
from django.template.base import FilterExpression

from config import database

CHROMIUM_OPTIONS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def pytest_configure():
    # How long an example takes says nothing of the code on a busy machine.
    hypothesis.settings.register_profile("unhurried", deadline=None)
    hypothesis.settings.load_profile("unhurried")
    # Argon2 is slow on purpose, and tests make many users.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, left by everybody before it is dropped: a browser's last request may linger."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"  # autovacuum leaves by itself and is not ours to end
        )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    database.ensure()


@pytest.fixture(scope="session", autouse=True)
def append_only_tables_can_be_emptied():
    """Django truncates all tables between tests with real transactions; append-only ones refuse even that.

    The cache is emptied with them: sign-in counts its attempts there. The catalogue that a migration put in
    stands there again for whichever test comes next.
    """
    catalogue = import_module("awards.migrations.0001_initial")
    guarded = {model._meta.db_table for model, _ in pgtrigger.registered()}
    sql_flush, execute_sql_flush = DatabaseOperations.sql_flush, DatabaseOperations.execute_sql_flush

    def flush(self, style, tables, **options):
        names = [self.quote_name(table) for table in tables if table in guarded]
        return [
            *(f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in names),
            *sql_flush(self, style, tables, **options),
            *(f"ALTER TABLE {name} ENABLE TRIGGER USER" for name in names),
            f"TRUNCATE {self.quote_name(settings.CACHES['default']['LOCATION'])}",
        ]

    def flush_and_fill(self, statements):
        execute_sql_flush(self, statements)
        catalogue.fill(apps, None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", flush)
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush_and_fill)
        yield


class Undefined(str):
    """Stands for an undefined variable: empty, as Django has it, but kept where one of our templates asks.

    Django looks into it while it resolves a variable or fills a `{% blocktranslate %}`; the frames of the
    callers tell the template. A filter `default` says that the variable may be undefined; so does `{% if %}`.
    """

    found = []

    def __bool__(self):
        expression = sys._getframe(1).f_locals.get("self")
        if isinstance(expression, FilterExpression):
            may_be = expression.filters and expression.filters[0][0].__name__.startswith("default")
            if not may_be:
                self.keep(expression.token, sys._getframe(2))
        return False

    def __contains__(self, text):
        self.keep(sys._getframe(1).f_locals.get("key"), sys._getframe(2))
        return False

    def keep(self, variable, frame):
        while not hasattr(frame.f_locals.get("self"), "origin"):
            frame = frame.f_back
        template = Path(frame.f_locals["self"].origin.name)
        if template.is_relative_to(settings.BASE_DIR / "templates"):
            self.found.append(f"{template.relative_to(settings.BASE_DIR)}: {variable}")


@pytest.fixture(autouse=True)
def _no_undefined_variable():
    # for each test: Django makes its engines anew when a test has changed DEBUG
    engines["django"].engine.string_if_invalid = Undefined()
    Undefined.found.clear()
    yield
    assert Undefined.found == []


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    # Playwright keeps an event loop in the test's thread, in which Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {
        **browser_type_launch_args,
        "executable_path": "/usr/bin/chromium",
        "args": [*CHROMIUM_OPTIONS, *sandbox],
    }


@pytest.fixture
def in_thread(transactional_db):
    """Run a function in a thread with a database connection of its own; `outcome()` waits for it."""
    started = []

    def run(function, *arguments, **options):
        worker = Worker(function, arguments, options)
        started.append(worker)
        worker.start()
        return worker

    yield run
    for worker in started:
        worker.join(30)
        assert not worker.is_alive()


class Worker(threading.Thread):
    def __init__(self, function, arguments, options):
        super().__init__(daemon=True)
        self.call = function, arguments, options
        self.result = self.error = None

    def run(self):
        function, arguments, options = self.call
        try:
            self.result = function(*arguments, **options)
        except BaseException as error:
            self.error = error
        finally:
            connection.close()

    def outcome(self):
        """What the function returned; raises what it raised."""
        self.join(30)
        if self.error:
            raise self.error
        return self.result


@pytest.fixture
def first_then(in_thread):
    """Run `first` in a transaction that commits only once `second` waits for it; returns the second."""

    def run(first, second):
        taken, go_on = threading.Event(), threading.Event()

        def hold():
            with transaction.atomic():
                first()
                taken.set()
                assert go_on.wait(20)

        holder = in_thread(hold)
        assert taken.wait(20)
        follower = in_thread(second)
        follower.join(0.3)
        assert follower.is_alive(), "the second did not wait for the first"
        go_on.set()
        holder.outcome()
        return follower

    return run
