"""The demonstration ministry in a browser, and people whose screens, taps and keys are counted."""

import json
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from blocs.models import User
from blocs.models.people import Operator
from reports.actions import make_demo_ministry
from tests.e2e.conftest import DESKTOP
from tests.e2e.tally import Hands

PASSWORD = "mat khau de thu 2026"
PATIENCE = 30_000  # milliseconds


@pytest.fixture
def ministry(transactional_db, settings, tmp_path):
    """Make the demonstration ministry of today's year, with its trial accounts."""

    def make():
        settings.DEBUG = True
        make_demo_ministry(seed=2026, by=Operator("tester"))
        call_command("make_trial_accounts", passwords=tmp_path / "accounts.txt", stdout=StringIO())
        settings.DEBUG = False

    return make


@pytest.fixture
def arrive(browser, live_server):
    """Sign somebody in as a person does; answers the hands of that person, standing on the first page.

    Without a user name they stand before the page on which one signs in.
    """
    contexts = []

    def arrive(username=""):
        contexts.append(browser.new_context(viewport=DESKTOP, locale="vi-VN"))
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{live_server.url}/tai-khoan/login/")
        if not username:
            return Hands(page)
        user = User.objects.get(username=username)
        user.set_password(PASSWORD)
        user.save()
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(f"{live_server.url}/")
        return Hands(page)

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture
def report():
    """Write what a journey cost into the file that JOURNEYS names, for the benchmark."""

    def report(name, *tallies):
        if path := os.environ.get("JOURNEYS"):
            figures = [tally.figures() for tally in tallies]
            total = {key: sum(each[key] for each in figures) for key in figures[0]}
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(json.dumps({"journey": name, **total}, ensure_ascii=False) + "\n")

    return report
