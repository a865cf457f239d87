"""Databases of the tests: made once, then cloned; PostgreSQL copies one much faster than Django fills it.

The *template* is the database right after all migrations. It stays between runs under a name that tells from
what it was made; another one drops it. Each process of a run clones its own database from it. A test with
real transactions leaves its database behind: the next test finds a clone of the template, or of a *world*, a
database that was filled once per process.
"""

import hashlib
import re
from contextlib import ExitStack, contextmanager, suppress
from copy import deepcopy
from importlib import metadata, util
from pathlib import Path
from weakref import WeakSet

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection
from django.db.backends.signals import connection_created
from django.utils import timezone

from campaigns.scores.criteria import plans

LIBRARIES = ("django", "django-pgtrigger", "django-allauth", "django-tasks-db")
ONE_AT_A_TIME = 20201215  # a lock by any number: of whoever makes or drops templates
ATTEMPTS = 6
SPREAD = 100  # between the first keys of two tables: few tests make more rows of one kind


def fingerprint():
    """Of everything from which the migrations make a database: they themselves, what they import, models."""
    digest = hashlib.sha256(repr([metadata.version(name) for name in LIBRARIES]).encode())
    digest.update(repr(settings.CACHES).encode())
    for path in sorted(_sources()):
        digest.update(path.read_bytes())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()[:12]


def _sources():
    for app in apps.get_app_configs():
        folder = Path(app.path)
        yield from folder.glob("models.py")
        yield from folder.glob("models/**/*.py")
        for migration in folder.glob("migrations/*.py"):
            yield migration
            for name in re.findall(r"^(?:from|import) ([\w.]+)", migration.read_text("utf-8"), re.MULTILINE):
                if name.split(".")[0] in {each.label for each in apps.get_app_configs()}:
                    yield Path(util.find_spec(name).origin)


class Databases:
    """The test database of this process, and from what it is cloned anew."""

    def __init__(self):
        self.name = self.template = ""
        self.session = ExitStack()  # beside the test database, to make and drop databases
        self.used = False  # whether committed rows of somebody stand in it
        self.filled = {}  # {name of a world: what the function that filled it answered}
        self.connections = WeakSet()  # that this process ever opened

    def leave(self):
        """Close this process's connections to the test database.

        There may be two of one thread: Playwright's event loop runs in it, for which Django keeps its own.
        """
        for each in list(self.connections):
            with suppress(DatabaseError):  # of another thread, that of the live server
                each.close()

    def set_up(self):
        """Make the test database, and before it the template if there is none; one process at a time.

        The template is held until the process ends: another run, of other migrations, drops only what nobody
        holds.
        """
        self.name = connection.creation._get_test_db_name()
        family = f"test_{settings.DATABASES['default']['NAME']}_template_"
        self.template = family + fingerprint()
        connection_created.connect(self.note)
        cursor = self.cursor = self.session.enter_context(connection._nodb_cursor())
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        cursor.execute("SELECT pg_advisory_lock_shared(%s)", [lock_of(self.template)])
        known = databases_called(cursor, family)
        for stale in known - {self.template}:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock_of(stale)])
            if cursor.fetchone()[0]:
                drop(cursor, stale)
                cursor.execute("SELECT pg_advisory_unlock(%s)", [lock_of(stale)])
        if self.template not in known:
            unfinished = f"{self.template}_new"
            create(cursor, unfinished)
            with connected_to(unfinished):
                call_command("migrate", verbosity=0)
                call_command("createcachetable")
                spread_keys()
            cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{self.template}"')
        for left_behind in databases_called(cursor, f"{self.name}__"):  # by a run that was killed
            drop(cursor, left_behind)
        drop(cursor, self.name)
        create(cursor, self.name, self.template)
        cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])

    def note(self, connection, **options):
        if connection.settings_dict["NAME"] == self.name:
            self.connections.add(connection)

    def lay(self, source=""):
        """Put a clone of a world, or else of the template, in the place of the test database."""
        self.leave()
        drop(self.cursor, self.name)
        create(self.cursor, self.name, source or self.template)
        plans.forget()  # the new database gives the same keys to other sets
        self.used = False

    def fill_once(self, fill):
        """Let a test begin with what a function puts into the empty database; returns what it answered.

        The function runs once in each process and on each day on which tests live: the tests after the first
        find a clone of what it left.
        """
        world = f"{self.name}__{fill.__name__}_{timezone.localdate():%Y%m%d}"
        if world in self.filled:
            self.lay(world)
        else:
            if self.used:
                self.lay()
            answer = fill()
            self.leave()
            create(self.cursor, world, self.name)
            self.filled[world] = answer
        return deepcopy(self.filled[world])

    def tear_down(self):
        """Drop all databases but the template, left by everybody: a browser's last request may linger."""
        self.leave()
        for name in (*self.filled, self.name):
            drop(self.cursor, name)
        self.session.close()


def databases_called(cursor, beginning):
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [beginning])
    return {name for (name,) in cursor.fetchall()}


def lock_of(template):
    return int(template.removesuffix("_new").rpartition("_")[2], 16)


def create(cursor, name, source="template1"):
    """A copy of a database; it acknowledges what has not reached the disk: nobody needs it after a crash."""
    alone(cursor, source, f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY WAL_LOG')
    cursor.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')


def drop(cursor, name):
    alone(cursor, name, f'DROP DATABASE IF EXISTS "{name}"')


def alone(cursor, name, statement):
    """Run a statement that only a database without sessions bears: a browser's last request may linger.

    Not WITH (FORCE), which fails beside autovacuum: that is not ours to end, and leaves by itself.
    """
    for attempt in range(ATTEMPTS):
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = %s AND usename = current_user AND backend_type = 'client backend'",
            [name],
        )
        try:
            cursor.execute(statement)
            return
        except OperationalError:  # PostgreSQL has waited for five seconds
            if attempt == ATTEMPTS - 1:
                raise


@contextmanager
def connected_to(name):
    """Let Django's connection be one to another database."""
    connection.close()
    before, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def spread_keys():
    """Let the keys of each table begin elsewhere: a key taken for one of another table finds no row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1")
        for place, (name,) in enumerate(cursor.fetchall(), 1):
            cursor.execute("SELECT setval(%s, %s)", [f'"{name}"', place * SPREAD])


databases = Databases()
