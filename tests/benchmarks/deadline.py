"""The last evening of the scoring window: 200 units open their own scoring within 20 seconds and each saves
three criteria, as the page's script sends them, to gunicorn as deploy/ serves it.

The client runs beside the server, on the same cores. The table says how long answers took and what was lost;
then what one page and one save cost alone: in time, in queries, and in processor time of gunicorn, which on
a busy machine says more than the clock does.
"""

import ctypes
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from threading import Thread
from types import SimpleNamespace

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blocs.models import Entry
from campaigns.scores.models import Score, ScoreSheet, Tier
from deploy.demo import PR_SET_PDEATHSIG
from tests import factories
from tests.benchmarks.grid import make_set
from tests.benchmarks.measuring import Row
from tests.forms import Fields

NAME = "deadline"
UNITS, BLOCS, CRITERIA = 200, 10, 60
WITHIN, SAVES = 20, 3  # seconds in which all begin, criteria that each saves
PAUSE = 0.4  # seconds that the page's script waits once a box is left
PATIENCE = 60  # seconds after which an answer counts as an error
ALONE = 30  # pages and saves of one person while nobody else works
HOST = "127.0.0.1"
SAVED = 200
DRAWN = count()


@dataclass
class Officer:
    """Whoever scores one unit: the address of its page, the cookies of its browser, what was answered."""

    unit: int
    address: str
    cookies: dict
    pages: list = field(default_factory=list)  # seconds
    saves: list = field(default_factory=list)  # seconds
    saved: dict = field(default_factory=dict)  # {criterion key: what was typed}, of what the server confirmed
    errors: list = field(default_factory=list)

    def work(self, port, begin):
        """Open the page at its moment and save the first criteria, one after the other."""
        time.sleep(max(0, begin - time.monotonic()))
        try:
            html = self.open(port)
            for form in forms_of(html)[:SAVES]:
                time.sleep(PAUSE)
                self.save(port, form)
        except (OSError, HTTPException, RuntimeError) as error:
            self.errors.append(repr(error))

    def open(self, port):
        """The page's HTML."""
        status, html, seconds = self._ask(port, "GET")
        self.pages.append(seconds)
        if status != 200:
            raise RuntimeError(f"the page was answered with {status}")
        return html

    def save(self, port, sent, version=0):
        """Send the form of a criterion as the page's script does, with the version that it was answered."""
        key = sent["criterion"][0]
        typed = figures(sent)
        sent = sent | {f"{key}-shown_version": [str(version)]}
        body = encode_multipart(BOUNDARY, {name: values[-1] for name, values in (sent | typed).items()})
        status, answer, seconds = self._ask(port, "POST", body)
        self.saves.append(seconds)
        if status == SAVED:
            self.saved[key] = {name: values[0] for name, values in typed.items()}
        else:
            self.errors.append(f"a save was answered with {status}: {answer[:200]}")

    def _ask(self, port, method, body=None):
        """(status, text, seconds) of one request on a connection of its own, as nginx makes them."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Accept": "application/json" if body else "text/html"}
        if body:
            headers["Content-Type"] = MULTIPART_CONTENT
        site, start = HTTPConnection(HOST, port, timeout=PATIENCE), time.perf_counter()
        try:
            site.request(method, self.address, body, headers)
            answer = site.getresponse()
            text = answer.read().decode()
        finally:
            site.close()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text, time.perf_counter() - start


def run():
    """The rush, what became of it, and one person alone."""
    officers = make_officers()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with gunicorn() as (port, server):
        rush(officers[1:], port)
        page, save = alone(officers[0], port, server)
    asked = officers[1:]
    errors = [each for officer in asked for each in officer.errors]
    for each in errors[:5]:
        print(f"  {each}")
    target = {"than": "the target"}
    return [
        *spread(f"a save, {len(asked)} units", [each for one in asked for each in one.saves], 500),
        *spread(f"the page, {len(asked)} units", [each for one in asked for each in one.pages], None),
        Row("saves confirmed", sum(len(one.saved) for one in asked), len(asked) * SAVES, unit="", **target),
        Row("of these lost", lost(asked), 0, unit="", **target),
        Row("errors", len(errors), 0, unit="", **target),
        Row("one save alone", save[0], 25, **target),
        Row("one page alone", page[0], 50, **target),
        Row("one save alone, processor", save[1], None, than=""),
        Row("one page alone, processor", page[1], None, than=""),
        *queries(officers[0]),
    ]


def rush(officers, port):
    """All of them at work, each from a moment of its own."""
    begin = time.monotonic() + 1
    threads = [
        Thread(target=officer.work, args=(port, begin + WITHIN * place / len(officers)), daemon=True)
        for place, officer in enumerate(officers)
    ]
    for thread in threads:
        thread.start()
    end = begin + WITHIN + (SAVES + 1) * PATIENCE
    for thread in threads:
        thread.join(max(0, end - time.monotonic()))


def alone(officer, port, server):
    """Milliseconds and processor milliseconds of a page and of a save, one request after the other."""
    html = officer.open(port)
    taken = []
    for times, work in (
        (officer.pages, lambda: officer.open(port)),
        (officer.saves, lambda: officer.save(port, forms_of(html)[0], len(officer.saves))),
    ):
        times.clear()
        start = processor_seconds(server)
        for _time in range(ALONE):
            work()
        used = (processor_seconds(server) - start) / ALONE
        taken.append((median(times) * 1000, used * 1000))
    return taken


def processor_seconds(server):
    """What gunicorn and its workers have used so far."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            told = stat.read_text().rpartition(")")[2].split()
            if int(told[3]) == server.pid:  # its session
                total += int(told[11]) + int(told[12])
    return total / os.sysconf("SC_CLK_TCK")


def spread(figure, seconds, target):
    """The median and the 95th percentile in milliseconds; a request that was never answered is an error."""
    last = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else 0
    yield Row(f"{figure}, median", median(seconds or [0]) * 1000, None, than="")
    yield Row(f"{figure}, 95th percentile", last * 1000, target, than="the target" if target else "")


def lost(officers):
    """How many confirmed saves the database does not have as they were typed, with an entry each."""
    kept = {
        (score.sheet.unit_id, score.criterion.key): score.figures
        for score in Score.objects.select_related("sheet", "criterion")
    }
    entries = Entry.objects.filter(act="sheet.save-score", object_kind=ScoreSheet._meta.label_lower)
    written = list(entries.values_list("object_key", flat=True))
    sheets = dict(ScoreSheet.objects.values_list("unit", "pk"))
    missing = 0
    for officer in officers:
        missing += max(0, len(officer.saved) - written.count(str(sheets[officer.unit])))
        for key, typed in officer.saved.items():
            found = kept.get((officer.unit, key), {})
            stored = {
                f"{key}-{measure}__{name}": text
                for measure, told in found.items()
                for name, text in told.items()
            }
            missing += stored != typed
    return missing


def queries(officer):
    """How many queries one page and one save take, asked in this process."""
    client = Client()
    client.cookies["sessionid"] = officer.cookies["sessionid"]
    counts = []
    for method in ("get", "post"):
        page = client.get(officer.address)
        form = forms_of(page.content.decode())[1]
        typed = {name: values[-1] for name, values in (form | figures(form)).items()}
        with CaptureQueriesContext(connection) as captured:
            if method == "get":
                client.get(officer.address)
            else:
                client.post(officer.address, typed, headers={"accept": "application/json"})
        counts.append(len(captured))
    yield Row("one page, queries", counts[0], None, than="", unit="")
    yield Row("one save, queries", counts[1], 12, than="the target", unit="")


def forms_of(html):
    """{name: values} of each form that saves a criterion, in the order of the page."""
    found = re.findall(r"<form[^>]* data-autosave>.*?</form>", html, re.DOTALL)
    return [Fields(SimpleNamespace(content=f"<main>{each}</main>".encode())).sent for each in found]


def figures(form):
    """What is typed into the boxes of a criterion: another figure each time."""
    names = [name for name in form if "__" in name]
    return {name: [str(20 + next(DRAWN) % 29) if "achieved" in name else "50"] for name in names}


def make_officers():
    """One officer a unit, signed in: blocs of a year with one frozen set, whose units have begun to score."""
    today = timezone.localdate()
    year = factories.EmulationYearFactory(
        code=f"{today.year}", first_day=today - timedelta(days=300), last_day=today + timedelta(days=60)
    )
    factories.PhaseFactory(year=year, kind="scoring", last_day=today + timedelta(days=1))
    factories.UnitStateFactory(official_name="Bộ Mẫu", unit__is_root=True)
    criteria_set = make_set(year, CRITERIA)
    found = []
    for _bloc in range(BLOCS):
        bloc_year = factories.BlocYearFactory(year=year, criteria_set=criteria_set)
        for place in range(UNITS // BLOCS + (not found)):  # one more, who works alone
            unit = factories.UnitStateFactory().unit
            factories.SeatFactory(bloc_year=bloc_year, unit=unit, role="member" if place else "leader")
            ScoreSheet.objects.create(
                bloc_year=bloc_year, unit=unit, tier=Tier.SELF, criteria_set=criteria_set
            )
            address = reverse("score-own", args=[year.code, bloc_year.bloc.code, unit.code])
            cookies = {settings.SESSION_COOKIE_NAME: signed_in(factories.user_with("officer", unit))}
            found.append(Officer(unit.pk, address, cookies))
    return found


def signed_in(user):
    """The key of a new session of somebody."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


@contextmanager
def gunicorn():
    """(port, process) of the site as deploy/ serves it; it is gone when this ends, however it does."""
    with TemporaryDirectory() as folder:
        environment = environment_of(folder)
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
        subprocess.run(collect, cwd=settings.BASE_DIR, env=environment, check=True, timeout=PATIENCE * 3)
        port = free_port()
        told = ["--config=deploy/gunicorn.conf.py", "--workers=4", f"--bind={HOST}:{port}", "config.wsgi"]
        log = Path(folder, "log")
        with log.open("wb") as output:
            server = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", *told],
                cwd=settings.BASE_DIR,
                env=environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=lambda: ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM),
            )
            try:
                wait_for_answer(port, server)
                yield port, server
            finally:
                server.terminate()
                try:
                    server.wait(timeout=20)
                except subprocess.TimeoutExpired:
                    server.kill()
                    server.wait()
                if server.returncode:
                    print(log.read_text(errors="replace")[-2000:])


def environment_of(folder):
    """Settings of production, but for this database and for what needs a certificate."""
    told = connection.settings_dict
    server = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    return os.environ | {
        "DEBUG": "off",
        "SECRET_KEY": settings.SECRET_KEY,  # with which the sessions are signed
        "ALLOWED_HOSTS": HOST,
        "SECURE_SSL_REDIRECT": "off",
        "STATIC_ROOT": folder,
        "DATABASE_URL": f"postgres:///{told['NAME']}",
        **{name: str(told[key]) for name, key in server.items() if told[key]},
    }


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def wait_for_answer(port, server):
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        site = HTTPConnection(HOST, port, timeout=PATIENCE)
        with suppress(OSError, HTTPException):
            site.request("GET", reverse("health"))
            if site.getresponse().status == 200:
                return
        site.close()
        time.sleep(0.1)
    raise RuntimeError("gunicorn does not answer")
