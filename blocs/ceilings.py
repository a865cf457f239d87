"""Ceilings of a program that works on what others made: it can be killed, and takes no more than it is given.

Needs neither Django nor a database: programs of their own call it before they read anything.
"""

import ctypes
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
ROOT = Path(__file__).resolve().parent.parent
KEPT_VARIABLES = ("HOME", "LANG", "LD_LIBRARY_PATH", "PATH", "TMPDIR", "XDG_CACHE_HOME")


def limit(megabytes: int, seconds: int) -> None:
    """Ceilings on address space and processor time, no core file, and no life after the parent's."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def run(module: str, order: bytes, *, megabytes: int, seconds: int) -> subprocess.CompletedProcess:
    """What a module that calls `limit` with its two arguments answers to an order on its standard input.

    Raises subprocess.TimeoutExpired when it takes longer; it is killed then.
    """
    return subprocess.run(
        [sys.executable, "-m", module, str(megabytes), str(seconds)],
        input=order,
        capture_output=True,
        timeout=seconds,
        cwd=ROOT,
        env={name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ},
        check=False,
    )
