"""What the journeys of tests/e2e/journeys cost, beside what they may cost at most.

The journeys are run by pytest as in `make test`, in a browser, on a database of its own. Seconds are those of
somebody who knows the way: 0.28 for a key, 1.1 for a tap, 1.35 for a decision, and what the server took.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from tests.benchmarks.measuring import Row

NAME = "journeys"
# Screens, seconds, characters typed: at most. What has no target is reported all the same.
TARGETS = {
    "J1 record a conference held on paper": (5, 300, 120),
    "J4 self-score of 60 criteria": (3, 45 * 60, None),
    "J5 one deviation of a sitting": (None, 8, None),
    "J5 minutes on the printer after the last point": (None, 60, None),
    "J6 remind 37 of 200 units": (3, 60, 0),
    "J12 substitute for an officer on leave": (3, 60, None),
    "J12 hand a bloc over on 1 January": (3, 60, None),
}
MEASURES = [("screens", ""), ("seconds", "s"), ("keys", "")]
OTHERS = [("taps", ""), ("decisions", ""), ("server", "s")]


def run():
    """Every journey's counts."""
    return [row for taken in take() for row in rows(taken)]


def take():
    """What pytest wrote down of each journey."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "journeys")
        tests = [sys.executable, "-m", "pytest", "-q", "tests/e2e/journeys"]
        subprocess.run(tests, cwd=settings.BASE_DIR, env=os.environ | {"JOURNEYS": str(path)}, check=True)
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def rows(taken):
    """The figures of a journey: those that have a target first."""
    journey = taken["journey"]
    targets = TARGETS.get(journey, (None,) * len(MEASURES))
    for (measure, unit), target in zip(MEASURES, targets, strict=True):
        yield Row(f"{journey}, {measure}", taken[measure], target, than="the target", unit=unit)
    for measure, unit in OTHERS:
        yield Row(f"{journey}, {measure}", taken[measure], None, than="", unit=unit)
