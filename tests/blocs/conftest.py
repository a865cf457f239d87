import threading

import pytest
from django.db import connection

from blocs.models.people import Operator
from tests.factories import UnitFactory, UserFactory, user_with


@pytest.fixture
def operator():
    return Operator("root")


@pytest.fixture
def staff(db):
    return user_with("staff")


@pytest.fixture
def issuer(db):
    """The unit that issues the documents of these tests."""
    return UnitFactory()


@pytest.fixture
def people(staff, operator, issuer):
    """One of each kind of user, seen from the issuing unit."""
    return {
        "staff": staff,
        "secretary": user_with("secretary", issuer),
        "officer": user_with("officer", issuer),
        "clerk": user_with("clerk", issuer),
        "other clerk": user_with("clerk"),
        "other officer": user_with("officer"),
        "administrator": user_with("administrator"),
        "operator": operator,
        "nobody": UserFactory(),
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
