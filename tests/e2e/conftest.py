"""The loaded 2020 year, its trial accounts, a real worker and a browser that notes what goes wrong."""

import subprocess
import sys
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from blocs.models.people import Operator
from campaigns.actions import make_trial_accounts
from campaigns.models import BlocYear

SHIPPED = "reports/data/tong-cuc-cuc-ban-quy-2020.toml"
DESKTOP, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 800}


def shipped_bloc():
    """The 2020 bloc, loaded from the file that ships, and the trial accounts as {username: password}."""
    call_command("load_bloc_year", SHIPPED)
    bloc_year = BlocYear.objects.select_related("year", "bloc").get(year__code="2020")
    made = make_trial_accounts(bloc_year=bloc_year, keep=set(), by=Operator("tester"))
    return bloc_year, {username: password for username, _post, password in made}


@pytest.fixture
def shipped(fill_once):
    return fill_once(shipped_bloc)


@pytest.fixture
def bloc_year(shipped):
    """The 2020 bloc, loaded from the file that ships; its trial accounts are there, too."""
    return shipped[0]


@pytest.fixture
def passwords(shipped):
    """{username: password} of the trial accounts."""
    return shipped[1]


@pytest.fixture
def worker(transactional_db):
    """A worker process on the test's database."""
    program = Path(__file__).with_name("worker.py")
    process = subprocess.Popen([sys.executable, program, connection.settings_dict["NAME"]])
    yield process
    process.terminate()
    process.wait(timeout=30)


@pytest.fixture
def faults(page):
    """What the page complained of: script errors and refusals of the Content-Security-Policy."""
    found = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda message: message.type == "error" and found.append(message.text))
    return found


@pytest.fixture
def sign_in(page, live_server, passwords):
    """Sign in as one of the trial accounts, as a person does."""

    def sign_in(username):
        page.goto(f"{live_server.url}/tai-khoan/login/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(passwords[username])
        page.get_by_role("button", name="Đăng nhập").click()

    return sign_in


@pytest.fixture
def on_day():
    """Let the site live on another day, from its noon on."""
    travels = []

    def on_day(day):
        travels.append(time_machine.travel(f"{day} 12:00:00+07:00", tick=True))
        travels[-1].start()

    yield on_day
    for travel in reversed(travels):
        travel.stop()


@pytest.fixture
def enter(context, live_server):
    """Let a user in without the page of signing in."""

    def enter(user):
        client, name = Client(), settings.SESSION_COOKIE_NAME
        client.force_login(user)
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return enter


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": DESKTOP, "locale": "vi-VN"}
