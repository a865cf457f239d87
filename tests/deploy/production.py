"""An installation as docs/operations.md has it: two database roles, settings of production, a Unix socket."""

import http.client
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg2
from django.conf import settings

PATIENCE = 60  # seconds
HOST = "thidua.example"
NAMES = {"thidua_owner": f"thidua_owner_{os.getpid()}", "thidua": f"thidua_{os.getpid()}"}
DATABASE = NAMES["thidua"]


def connect(user, dbname=DATABASE):
    """A connection of one of the roles, whose password is its name where the server asks for one."""
    server = settings.DATABASES["default"]
    return psycopg2.connect(host=server["HOST"], port=server["PORT"], user=user, password=user, dbname=dbname)


def connect_superuser():
    """A connection that may make roles, or None where DATABASE_URL names a role that may not."""
    server = settings.DATABASES["default"]
    user = "postgres" if settings.EMBEDDED_DATABASE else server["USER"]
    connection = psycopg2.connect(
        host=server["HOST"], port=server["PORT"], user=user, password=server["PASSWORD"], dbname="postgres"
    )
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return connection if cursor.fetchone()[0] else None


def make_roles(connection):
    """What deploy/roles.sql says, under names of this process."""
    script = (settings.BASE_DIR / "deploy" / "roles.sql").read_text(encoding="utf-8")
    script = re.sub(r"--.*", "", script)
    script = re.sub(r"\b(thidua_owner|thidua)\b", lambda found: NAMES[found[0]], script)
    with connection.cursor() as cursor:
        for statement in filter(str.strip, script.split(";")):
            cursor.execute(statement)
        for role in NAMES.values():
            cursor.execute(f"ALTER ROLE {role} PASSWORD '{role}'")


def drop_roles(connection):
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        for role in NAMES.values():
            cursor.execute(f"DROP ROLE IF EXISTS {role}")


class Installation:
    """Runs the product's programs with the settings of production, in a folder for what they write."""

    def __init__(self, folder):
        self.folder = folder
        self.log = folder / "log"
        server = settings.DATABASES["default"]
        self.variables = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "DEBUG": "off",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": HOST,
            "BEHIND_PROXY": "on",
            "DATABASE_URL": f"postgres:///{DATABASE}",
            "PGHOST": server["HOST"],
            "PGPORT": str(server["PORT"]),
            "VAR_DIR": str(folder),
        }

    def start(self, role, *arguments, **options):
        variables = self.variables | {"PGUSER": NAMES[role], "PGPASSWORD": NAMES[role]}
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env=variables,
            start_new_session=True,  # without a terminal: a password is read from the input
            text=True,
            **options,
        )

    def manage(self, role, *arguments, input=""):
        """What a command of manage.py says; fails with all it said when it fails."""
        options = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        process = self.start(role, "manage.py", *arguments, **options)
        said = process.communicate(input, timeout=PATIENCE)[0]
        assert process.returncode == 0, said
        return said

    def serve(self):
        """The web process, under the configuration of deploy/, at a Unix socket."""
        with self.log.open("w") as log:
            web = ["--config=deploy/gunicorn.conf.py", f"--bind=unix:{self.folder}/web.sock", "config.wsgi"]
            process = self.start("thidua", "-m", "gunicorn", *web, stdout=log, stderr=log)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with suppress(FileNotFoundError, ConnectionError):
                Visitor(self.folder / "web.sock").get("/suc-khoe/")
                return process
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__(HOST)
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


class Visitor:
    """A browser behind nginx: keeps cookies, follows redirects, sends what nginx adds."""

    def __init__(self, socket_path):
        self.socket_path = Path(socket_path)
        self.cookies = SimpleCookie()
        self.address = "/"

    def ask(self, method, address, fields=None, **headers):
        headers = {
            "Host": HOST,
            "Referer": f"https://{HOST}/",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.0.2.7",
            "Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items()),
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(UnixConnection(self.socket_path)) as site:
            site.request(method, quote(address, safe="/?=&%"), body, headers)
            response = site.getresponse()
            text = response.read().decode(errors="replace")
        for cookie in response.headers.get_all("Set-Cookie") or ():
            self.cookies.load(cookie)
        if response.status in (301, 302):
            return self.ask("GET", response.headers["Location"].removeprefix(f"https://{HOST}"))
        self.address = address
        return response.status, text

    def get(self, address, **headers):
        return self.ask("GET", address, **headers)

    def post(self, address, **fields):
        return self.ask("POST", address, fields | {"csrfmiddlewaretoken": self.cookies["csrftoken"].value})

    def sign_in(self, username, password):
        self.get("/")
        return self.post("/tai-khoan/login/", login=username, password=password)

    def send_raw(self, request):
        """Whatever bytes; the answer's first line."""
        with closing(socket.socket(socket.AF_UNIX)) as site:
            site.connect(str(self.socket_path))
            site.sendall(request)
            return site.recv(4096).partition(b"\r\n")[0]
