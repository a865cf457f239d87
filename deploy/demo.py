"""The trial site: `python -m deploy.demo` makes and serves it, `python -m deploy.demo stop` stops it.

`python -m deploy.demo ministry` serves a made-up ministry in place of the 2020 bloc, in a VAR_DIR of its own;
`stop ministry` stops that one. `drop` in place of `stop` drops the site's data too, to begin anew.
What was made before is kept and not made again. SERVE=0 stops before serving; PORT chooses the port.
"""

import ctypes
import http.client
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from config import database

HOST = "127.0.0.1"
PORTS = range(8000, 8100)
BLOC, YEAR = "tong-cuc-cuc-ban-quy", "2020"
PR_SET_PDEATHSIG = 1  # of Linux: the signal that a process gets when its parent dies, however it dies


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] in (["stop"], ["drop"]):
        site = "the made-up ministry" if sys.argv[2:] == ["ministry"] else "the 2020 bloc"
        (stop if sys.argv[1] == "stop" else drop)(site)
        return
    if not settings.DEBUG:
        sys.exit("demo: the trial site is for DEBUG=on, and .env or the environment says otherwise.")
    try:
        accounts = make(fill_ministry if sys.argv[1:] == ["ministry"] else fill_2020)
    except CommandError as error:
        sys.exit(f"demo: {error}")
    if os.environ.get("SERVE") != "0":
        serve(accounts)


def make(fill):
    """Makes what is missing; returns the lines about the trial accounts."""
    say("starting the database")
    database.ensure()
    django.setup()
    call_command("check", databases=["default"])
    say("bringing its tables up to date")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    folder = settings.VAR_DIR / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    fill(folder)
    say("making a trial account for each kind of user, where it is not there yet")
    accounts = io.StringIO()
    call_command("make_trial_accounts", passwords=folder / "accounts.txt", stdout=accounts)
    say("\n  ".join(["ready:", *map(str, sorted(folder.iterdir()))]))
    return accounts.getvalue()


def fill_2020(folder):
    """The published year 2020 of a bloc, and its year-end report."""
    say(f"loading the bloc {BLOC} in {YEAR}, where it is not there yet")
    # What people have changed on screen since stays: a file that differs is not loaded over it.
    bloc_years = apps.get_model("campaigns", "BlocYear").objects
    if not bloc_years.filter(bloc__code=BLOC, year__code=YEAR).exists():
        call_command("load_bloc_year", settings.BASE_DIR / "reports" / "data" / f"{BLOC}-{YEAR}.toml")
    say("making its year-end report, where it is not there yet")
    for kind in ("pdf", "docx"):
        if not any(folder.glob(f"*.{kind}")):
            call_command("issue", "year-end-summary", bloc=BLOC, year=YEAR, format=kind, out=folder)


def fill_ministry(folder):
    """A ministry that does not exist."""
    say("making the demonstration ministry, where it is not there yet")
    call_command("make_demo_ministry")


def serve(accounts):
    """Runs web and worker until Ctrl-C, `make stop` or the end of one of them, and takes both down."""
    stop_earlier()
    on_signals(signal.default_int_handler)
    port = free_port()
    servers = []
    try:
        pid_file().parent.mkdir(parents=True, exist_ok=True)
        pid_file().write_text(str(os.getpid()))
        web = ["gunicorn", "--config=deploy/gunicorn.conf.py", f"--bind={HOST}:{port}"]
        servers.append(start("-m", *web, "config.wsgi"))
        servers.append(start("manage.py", "run_worker"))
        wait_for_answer(port, servers)
        say(f"the site is at http://{HOST}:{port}/, with these accounts:\n\n{accounts}")
        say("Ctrl-C stops it; `make stop` stops the database too")
        while all_run(servers):
            time.sleep(0.3)
        sys.exit("demo: web or worker ended by itself; the reason stands above.")
    except KeyboardInterrupt:
        say("stopping web and worker")
    finally:
        on_signals(signal.SIG_IGN)
        for server in servers:
            server.terminate()
        for server in servers:
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:  # in the middle of a job, which can be done again
                server.kill()
        pid_file().unlink(missing_ok=True)


def on_signals(handler):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handler)


def start(*arguments):
    """Starts Python with these arguments, away from the terminal's Ctrl-C, to end with this process."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        start_new_session=True,
        preexec_fn=lambda: ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM),
    )


def all_run(servers):
    return all(server.poll() is None for server in servers)


def wait_for_answer(port, servers):
    while all_run(servers):
        with suppress(ConnectionError), closing(http.client.HTTPConnection(HOST, port)) as site:
            site.request("GET", "/")
            site.getresponse()
            return
        time.sleep(0.1)


def free_port():
    asked = os.environ.get("PORT")
    for port in [int(asked)] if asked else PORTS:
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
            return port
    sys.exit(f"demo: port {asked or PORTS[0]} is taken. Choose another: make demo PORT=8888")


def pid_file():
    return settings.VAR_DIR / "run" / "demo.pid"


def stop(site):
    """Stops a site and the PostgreSQL of its own; says nothing of one that was never set up."""
    served = stop_earlier()
    if not settings.EMBEDDED_DATABASE:
        say(f"{site}: {'stopped' if served else 'did not run'}; the database of DATABASE_URL is left alone")
    elif database.stop() or served:
        say(f"{site}: stopped, with its database; its data stays")
    elif database.exists():
        say(f"{site}: did not run")


def drop(site):
    """Drops the data of a site for good; never those of a database of one's own."""
    if not settings.EMBEDDED_DATABASE:
        sys.exit("demo: DATABASE_URL is set: that database is not ours to drop.")
    stop_earlier()
    was_there = database.drop()
    shutil.rmtree(settings.VAR_DIR / "demo", ignore_errors=True)
    if was_there:
        say(f"{site}: stopped, its data dropped")


def stop_earlier():
    """Stops the trial site that another process of this project serves; True if one does."""
    with suppress(FileNotFoundError, ProcessLookupError, ValueError):
        pid = int(pid_file().read_text())
        command = Path(f"/proc/{pid}/cmdline")
        if b"deploy.demo" in command.read_bytes().split(b"\0"):
            os.kill(pid, signal.SIGTERM)
            while command.read_bytes():
                time.sleep(0.1)
            return True
    return False


def say(what):
    print(f"demo: {what}", flush=True)


if __name__ == "__main__":
    main()
