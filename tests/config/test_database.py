"""The embedded PostgreSQL in every situation in which it must stand up, with real servers."""

import json
import multiprocessing
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from contextlib import closing, suppress
from pathlib import Path

import psycopg2
import pytest

from config import database
from config.database import Server

pytestmark = pytest.mark.installation

root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
# Processes of a Python that runs already, which another user may not be able to start; not of this one, whose
# threads (Playwright's) may hold locks that a copy would wait for in vain.
fork = multiprocessing.get_context("forkserver")


@pytest.fixture
def place():
    """A folder that every user may pass through, unlike pytest's; the server of its `var` ends with it."""
    folder = Path(tempfile.mkdtemp(prefix="thi đua "))
    folder.chmod(0o755)
    yield folder
    remove(Server(folder / "var"))
    shutil.rmtree(folder)


def remove(server):
    server.stop()
    for leftover in (server.folder, server.sockets):
        shutil.rmtree(leftover, ignore_errors=True)


def connect(server, user=database.NAME, dbname=database.NAME):
    return closing(psycopg2.connect(host=str(server.sockets), port=5432, user=user, dbname=dbname))


def value(server, sql, **who):
    with connect(server, **who) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def as_user(name, function, *arguments):
    """The function's JSON-ready answer, from a process of that user; its error as {"error": text}."""
    receiver, sender = fork.Pipe(duplex=False)
    process = fork.Process(target=answer_as, args=[pwd.getpwnam(name).pw_uid, sender, function, *arguments])
    process.start()
    answer = json.loads(receiver.recv()) if receiver.poll(60) else None
    if answer is None:
        process.kill()
    process.join()
    return answer


def answer_as(uid, sender, function, *arguments):
    os.setgroups([])
    os.setgid(uid)
    os.setuid(uid)
    try:
        sender.send(json.dumps(function(*arguments)))
    except Exception as error:
        sender.send(json.dumps({"error": str(error)}))


def start(var_dir):
    server = Server(var_dir)
    server.start()
    return server.postmaster()


def live(var_dir):
    """Starts a server, asks it, stops it, and tells what was seen."""
    server = Server(var_dir)
    try:
        server.start()
        return {
            "text": value(server, "SELECT 'Khối trưởng'"),
            "encoding": value(server, "SHOW server_encoding"),
            "sockets open to": stat.S_IMODE(server.sockets.stat().st_mode),
            "stopped": server.stop(),
            "left": sorted(server.processes()),
            "stopped again": server.stop(),
        }
    finally:
        remove(server)


LIVED = {
    "text": "Khối trưởng",
    "encoding": "UTF8",
    "sockets open to": 0o700,
    "stopped": True,
    "left": [],
    "stopped again": False,
}
FOLDERS = {
    "plain": "var",
    "spaces and Vietnamese": "Khối thi đua/var",
    "longer than a socket's address": "x" * 120 + "/var",
    "comma": "một, hai/var",
    "signs of the shell": "\"ba\" $HOME `bốn` 'năm'/var",
}


def home_of(user, place):
    home = place / user
    home.mkdir(mode=0o700)
    shutil.chown(home, user)
    return home


def modes(folder):
    return {path: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.parents]}


def test_describe_starts_and_writes_nothing(place):
    entry = database.describe(place, Path("var"))
    assert entry == {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": str(Server(place / "var").sockets),
        "PORT": "5432",
        "USER": "thidua",
        "NAME": "thidua",
    }
    assert list(place.iterdir()) == []
    assert not Server(place / "var").folder.exists()


@pytest.mark.parametrize("name", FOLDERS.values(), ids=FOLDERS)
def test_start_in_a_path(place, name):
    assert live(place / name) == LIVED


@root_only
@pytest.mark.parametrize("name", FOLDERS.values(), ids=FOLDERS)
def test_start_in_a_path_of_an_ordinary_user(place, name):
    assert as_user("nobody", live, home_of("nobody", place) / name) == LIVED


def test_start_again_keeps_the_server_and_its_data(place):
    first = start(place / "var")
    assert start(place / "var") == first
    server = Server(place / "var")
    with connect(server) as connection, connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (number int); INSERT INTO kept VALUES (39)")
    server.stop()
    assert start(place / "var") != first
    assert value(server, "SELECT number FROM kept") == 39


def move_while_running(home):
    before = start(home / "var")
    (home / "var").rename(home / "var đã chuyển")
    try:
        return {"same": start(home / "var đã chuyển") == before}
    finally:
        remove(Server(home / "var đã chuyển"))


@root_only
def test_start_after_the_folder_was_moved_keeps_the_server(place):
    assert as_user("nobody", move_while_running, home_of("nobody", place)) == {"same": True}


def test_start_when_killed_in_the_middle_of_making_the_data(place):
    server = Server(place / "var")
    unfinished = server.folder / "data.new"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18")
    server.start()
    assert value(server, "SELECT 1") == 1
    assert not unfinished.exists()


@pytest.mark.parametrize("whom", ["postmaster", "all"])
def test_start_after_kill_9(place, whom):
    server = Server(place / "var")
    server.start()
    killed = server.postmaster()
    for pid in [killed] if whom == "postmaster" else server.processes():
        with suppress(ProcessLookupError):  # the children end with their parent
            os.kill(pid, signal.SIGKILL)
    server.start()
    assert server.postmaster() not in {None, killed}
    assert value(server, "SELECT 1") == 1


def test_start_when_the_pid_file_names_another_living_process(place):
    server = Server(place / "var")
    server.start()
    lines = (server.data / "postmaster.pid").read_text().splitlines(keepends=True)
    server.stop()
    (server.data / "postmaster.pid").write_text("".join([f"{os.getpid()}\n", *lines[1:]]))
    assert server.postmaster() is None
    server.start()
    assert value(server, "SELECT 1") == 1


def test_eight_starts_at_once_make_one_server(place):
    with fork.Pool(8) as pool:
        assert len(set(pool.map(start, [place / "var"] * 8, chunksize=1))) == 1


def test_server_outlives_the_process_that_started_it(place):
    process = fork.Process(target=start, args=[place / "var"])
    process.start()
    process.join()
    server = Server(place / "var")
    assert os.getsid(server.postmaster()) == server.postmaster()
    assert value(server, "SELECT 1") == 1


def test_role_of_the_application_is_not_a_superuser(place):
    server = Server(place / "var")
    server.start()
    roles = "SELECT (rolsuper, rolcreatedb, rolcreaterole)::text FROM pg_roles WHERE rolname = current_user"
    assert value(server, roles) == "(f,t,f)"
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        value(server, "SET session_replication_role = replica")


def test_start_that_fails_says_why(place):
    server = Server(place / "var")
    server.start()
    server.stop()
    (server.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(RuntimeError, match="no_such_setting"):
        server.start()


def start_with_open_sockets(var_dir):
    server = Server(var_dir)
    server.sockets.mkdir()
    server.sockets.chmod(0o755)
    try:
        server.start()
    finally:
        server.sockets.rmdir()


@root_only
def test_socket_folder_that_is_open_to_others_is_refused(place):
    home = home_of("nobody", place)
    answer = as_user("nobody", start_with_open_sockets, home / ("x" * 120) / "var")
    assert "is open to others" in answer["error"]


@root_only
def test_root_runs_the_server_as_a_system_user_and_loosens_no_folder(place):
    place.chmod(0o700)
    before = modes(place)
    server = Server(place / "var")
    server.start()
    assert Path(f"/proc/{server.postmaster()}").stat().st_uid == pwd.getpwnam(database.SYSTEM_USER).pw_uid
    assert server.data.is_relative_to("/var/lib")
    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700
    assert modes(place) == before
    assert list(place.iterdir()) == []


@root_only
def test_two_ordinary_users_each_have_a_server_beside_that_of_root(place):
    start(place / "var")
    for user in ("nobody", "games"):
        assert as_user(user, live, home_of(user, place) / "var") == LIVED


def reach(sockets):
    psycopg2.connect(host=str(sockets), port=5432, user="postgres", dbname="postgres")


@root_only
def test_another_user_reaches_neither_socket_nor_data(place):
    start(place / "var")
    sockets = Server(place / "var").sockets  # as root has it: another user's own would lie elsewhere
    assert "Permission denied" in as_user("nobody", reach, sockets)["error"]


def test_command_line_says_what_runs(place):
    def run(command):
        environment = {**os.environ, "DEBUG": "on", "DATABASE_URL": "", "VAR_DIR": str(place / "var")}
        program = [sys.executable, "-m", "config.database", *command]
        return subprocess.run(program, env=environment, capture_output=True, text=True)

    assert run(["status"]).stdout == "stopped\n"
    assert run(["start"]).returncode == 0
    pid = Server(place / "var").postmaster()
    assert run(["status"]).stdout.startswith(f"running, process {pid}, ")
    assert run(["stop"]).stdout == "The embedded PostgreSQL is stopped.\n"
    assert run(["stop"]).stdout == "The embedded PostgreSQL did not run.\n"
    assert run([]).stderr.startswith("Usage: ")
