"""The set-up, run by the system's own Python: `python3 -m deploy.setup [--with-tests]`.

Makes what is missing and leaves what is there; needs nothing but the standard library.
"""

import ctypes
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from importlib import util
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
LOCK = PROJECT / "requirements.lock"
TEST_PROGRAMS = {  # program that the tests call -> Debian package that holds it
    "chromium": "chromium",
    "msgfmt": "gettext",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "soffice": "libreoffice-writer-nogui",
}
TEST_LIBRARIES = {"libatomic.so.1": "libatomic1"}  # library that Playwright's driver loads -> its package


def main(with_tests):
    if sys.version_info < (3, 11):  # noqa: UP036  the system's Python, not the project's
        sys.exit("Python 3.11 or later is needed: make PYTHON=/path/to/python3.11 setup")
    make_virtual_environment()
    install_dependencies()
    install_system_packages(with_tests)
    write_env_file()


def make_virtual_environment():
    if works(VENV / "bin" / "python", "-m", "pip", "--version"):
        return
    if not util.find_spec("ensurepip"):
        version = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        install([version])
    say("making the virtual environment .venv")
    run(sys.executable, "-m", "venv", "--clear", VENV)


def install_dependencies():
    stamp = VENV / "requirements.sha256"
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    say("installing the Python packages of requirements.lock, each checked by its hash (about a minute)")
    options = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    run(VENV / "bin" / "python", "-m", "pip", "install", *options, "--requirement", LOCK)
    stamp.write_text(digest)


def install_system_packages(with_tests):
    question = "from config.checks import missing_packages; print(*missing_packages())"
    answer = subprocess.run(
        [VENV / "bin" / "python", "-c", question], cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True
    )
    packages = answer.stdout.split()
    if with_tests:
        packages += [package for program, package in TEST_PROGRAMS.items() if not shutil.which(program)]
        packages += [package for library, package in TEST_LIBRARIES.items() if not loads(library)]
    if packages:
        install(packages)


def install(packages):
    commands = ["apt-get update", f"apt-get install --yes --no-install-recommends {' '.join(packages)}"]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        line = " && ".join(commands)
        sys.exit(
            f"System packages are missing: {' '.join(packages)}. An administrator of this machine types:\n\n"
            f"    {f'sudo sh -c {line!r}' if shutil.which('sudo') else line}\n\n"
            "Then give the same make command again."
        )
    say(f"installing the system packages {' '.join(packages)}")
    for command in commands:
        run(
            *command.split(),
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdout=subprocess.DEVNULL,
        )


def write_env_file():
    path = PROJECT / ".env"
    if path.exists():
        return
    say("writing .env for a trial on this machine: DEBUG on, a random SECRET_KEY")
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(f"DEBUG=on\nSECRET_KEY={secrets.token_urlsafe(50)}\n")


def works(*command):
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


def loads(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def run(*command, **options):
    done = subprocess.run(command, cwd=PROJECT, **options)
    if done.returncode != 0:
        sys.exit(f"set-up: this failed with status {done.returncode}: {' '.join(map(str, command))}")


def say(what):
    print(f"set-up: {what}", flush=True)


if __name__ == "__main__":
    main(with_tests="--with-tests" in sys.argv[1:])
