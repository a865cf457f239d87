"""What all tests stand on: a real PostgreSQL, Debian's Chromium, templates that name nothing undefined."""

import gc
import os
import sys
import threading
from copy import deepcopy
from itertools import groupby
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.template import engines
from django.template.base import FilterExpression
from django.test import TransactionTestCase
from pytest_django.plugin import blocking_manager_key

from blocs.imports import book, opening
from config import database
from tests.databases import databases

CHROMIUM_OPTIONS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def pytest_configure():
    gc.disable()  # until all tests are collected
    # How long an example takes says nothing of the code on a busy machine.
    hypothesis.settings.register_profile("unhurried", deadline=None)
    hypothesis.settings.load_profile("unhurried")
    # Argon2 is slow on purpose, and tests make many users.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_finish():
    # Thousands of tests and the modules stay to the end: to go through them again and again finds nothing.
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """A running server with this process's test database."""
    database.ensure()
    with django_db_blocker.unblock():
        databases.set_up()


@pytest.fixture(scope="session")
def django_db_keepdb():
    """The test database is ours to make and to drop."""
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, dropped at the end."""
    yield
    with django_db_blocker.unblock():
        databases.tear_down()


@pytest.fixture(scope="session", autouse=True)
def spreadsheets_are_read_here():
    """Not in a process of their own for each file: tests of the program itself start it."""

    def run(content):
        status, told = book.answer(content)
        if status:
            raise ValidationError(opening.BROKEN)
        return told

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "run", run)
        yield


@pytest.fixture(scope="session", autouse=True)
def committed_rows_are_left_behind():
    """A test with real transactions empties no table, of which many refuse that: its database is given up."""

    def give_up(self):
        databases.used = True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", give_up)
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Tests of a module that share its rows come after the others, which do not expect them."""
    items[:] = [
        item
        for _module, tests in groupby(list(items), key=lambda item: item.module)
        for item in sorted(tests, key=lambda item: "made_once" in item.fixturenames)
    ]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """The first test after one with real transactions finds a new database."""
    needs = {"db", "transactional_db", "live_server"} & set(item.fixturenames)
    needs = needs or item.get_closest_marker("django_db")
    if databases.used and needs and "fill_once" not in item.fixturenames:
        with item.config.stash[blocking_manager_key].unblock():
            databases.lay()


@pytest.fixture
def fill_once(transactional_db):
    """Run a function in the empty database and answer what it does; tests after the first find a copy.

    Nothing else may have been written before. The function's name stands for what it leaves.
    """
    return databases.fill_once


@pytest.fixture(scope="module")
def _made_once(request, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        made = request.module.MADE_ONCE()
        connection.check_constraints()  # here once, or else by every test anew, for all of these rows
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def made_once(_made_once, db):
    """What the module's MADE_ONCE makes, called once for all its tests; each test takes back what it changes.

    A test has objects of its own. All tests of the module that come later see the rows, so those that do not
    ask for them come first. A module with real transactions cannot have any.
    """
    return deepcopy(_made_once)


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
