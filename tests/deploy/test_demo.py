"""The trial site from nothing, with a database of its own."""

import http.client
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from contextlib import closing

import pytest
from django.conf import settings

from config.database import Server

pytestmark = pytest.mark.installation

PATIENCE = 60  # seconds


def free_port():
    """A port of this run alone: another trial site on this machine may take 8000 at any moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Starts `python -m deploy.demo` in a VAR_DIR of its own; everything it started ends with the module."""
    var_dir = tmp_path_factory.mktemp("thi đua") / "var"
    environment = {
        **os.environ,
        "DEBUG": "on",
        "DATABASE_URL": "",
        "VAR_DIR": str(var_dir),
        "PORT": free_port(),
        "PYTHONUNBUFFERED": "1",
    }
    processes = []

    def start(*arguments, **variables):
        process = subprocess.Popen(
            [sys.executable, "-m", "deploy.demo", *arguments],
            cwd=settings.BASE_DIR,
            env=environment | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        processes.append(process)
        return process

    start.var_dir, start.other_var_dir = var_dir, var_dir.with_name("var-ministry")
    yield start
    for process in processes:
        process.kill()
        process.communicate()
    for used in (var_dir, start.other_var_dir):
        server = Server(used)
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


def wait_for_words(process, words):
    said = ""
    while words not in said:
        line = process.stdout.readline()
        assert line, said
        said += line
    return said


def answers(port):
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port)) as site:
            site.request("GET", "/")
            return site.getresponse().status
    except ConnectionError:
        return None


def wait_until_silent(port):
    deadline = time.monotonic() + PATIENCE
    while answers(port) and time.monotonic() < deadline:
        time.sleep(0.1)
    return answers(port) is None


def kept(folder):
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def test_demo_without_serving_makes_everything_once(demo):
    first = demo(SERVE="0")
    said = first.communicate(timeout=PATIENCE)[0]
    assert first.returncode == 0, said
    folder = demo.var_dir / "demo"
    made = kept(folder)
    assert sorted(path.suffix for path in folder.iterdir()) == [".docx", ".pdf", ".txt"]
    assert all(str(path) in said for path in folder.iterdir())
    assert stat.S_IMODE((folder / "accounts.txt").stat().st_mode) == 0o600
    started = time.monotonic()
    assert demo(SERVE="0").wait(timeout=PATIENCE) == 0
    assert kept(folder) == made
    assert time.monotonic() - started < 20


def test_made_up_ministry_has_a_folder_of_its_own(demo):
    process = demo("ministry", SERVE="0", VAR_DIR=str(demo.other_var_dir))
    said = process.communicate(timeout=PATIENCE)[0]
    assert process.returncode == 0, said
    assert "thêm 15 khối thi đua" in said
    assert [path.name for path in (demo.other_var_dir / "demo").iterdir()] == ["accounts.txt"]


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_demo_serves_until_it_ends_and_leaves_the_database(demo, end):
    process = demo()
    said = wait_for_words(process, "Ctrl-C stops it")
    port = int(re.search(r"http://127.0.0.1:(\d+)/", said)[1])
    assert answers(port) == 302 or answers(port) == 200
    assert said.count("(tài khoản dùng thử)") >= 3
    process.send_signal(end)
    assert process.wait(timeout=PATIENCE) == (-signal.SIGKILL if end == signal.SIGKILL else 0)
    assert wait_until_silent(port)
    assert Server(demo.var_dir).answers()


def test_stop_stops_the_site_and_the_database(demo):
    process = demo()
    port = int(re.search(r"http://127.0.0.1:(\d+)/", wait_for_words(process, "Ctrl-C stops it"))[1])
    stop = demo("stop")
    said = stop.communicate(timeout=PATIENCE)[0]
    assert said == "demo: the 2020 bloc: stopped, with its database; its data stays\n"
    assert process.wait(timeout=PATIENCE) == 0
    assert answers(port) is None
    assert not Server(demo.var_dir).answers()
    assert demo("stop").communicate(timeout=PATIENCE)[0] == "demo: the 2020 bloc: did not run\n"


@pytest.mark.parametrize("what", ["stop", "drop"])
def test_nothing_is_said_of_a_site_that_was_never_set_up(demo, what):
    never = demo(what, "ministry", VAR_DIR=str(demo.var_dir.with_name("var-never")))
    assert never.communicate(timeout=PATIENCE)[0] == ""
    assert never.returncode == 0


def test_drop_stops_a_site_and_begins_it_anew(demo):
    assert demo("ministry", SERVE="0", VAR_DIR=str(demo.other_var_dir)).wait(timeout=PATIENCE) == 0
    dropped = demo("drop", "ministry", VAR_DIR=str(demo.other_var_dir))
    said = dropped.communicate(timeout=PATIENCE)[0]
    assert said == "demo: the made-up ministry: stopped, its data dropped\n"
    server = Server(demo.other_var_dir)
    assert (server.folder.exists(), server.answers()) == (False, False)
    assert not (demo.other_var_dir / "demo").exists()
    assert Server(demo.var_dir).data.exists()  # of the other site nothing is dropped


def test_drop_leaves_a_database_of_ones_own_alone(demo):
    process = demo("drop", DATABASE_URL="postgres://x@localhost/x")
    assert "not ours to drop" in process.communicate(timeout=PATIENCE)[0]
    assert process.returncode == 1
    assert Server(demo.var_dir).data.exists()


def test_demo_says_that_the_port_is_taken(demo):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = demo(PORT=str(port))
        assert f"demo: port {port} is taken." in process.communicate(timeout=PATIENCE)[0]
        assert process.returncode == 1


def test_demo_is_for_debug_only(demo):
    process = demo(
        DEBUG="off", SECRET_KEY="k" * 50, ALLOWED_HOSTS="x", DATABASE_URL="postgres://x@localhost/x"
    )
    assert "the trial site is for DEBUG=on" in process.communicate(timeout=PATIENCE)[0]
    assert process.returncode == 1
