"""All tests: those that set up an installation in a lane of their own, beside the two workers of the others.

An installation waits more than it works: for servers that start and stop, for a worker's next look. On a
worker's place it keeps a core idle; beside the two it takes what they leave, and it is done long before them.
What it said is told after the others.
"""

import signal
import subprocess
import sys
import tempfile

INSTALLATIONS = ["-m", "installation", "-p", "no:cacheprovider"]  # `--lf` is for the others
# Handed out one by one in the order of pytest-django, those with real transactions last.
OTHERS = ["-m", "not installation", "-n", "2", "--dist", "loadgroup"]


def start(arguments, **options):
    return subprocess.Popen([sys.executable, "-m", "pytest", *arguments], **options)


def finish(process):
    """Its exit status. After Ctrl-C, which it hears itself, it takes down what it has set up."""
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def main():
    """The names of the lanes that failed."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        lane = start(INSTALLATIONS, stdout=said, stderr=subprocess.STDOUT)
        others = start(OTHERS)
        for name in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, lambda number, frame: [each.send_signal(number) for each in (lane, others)])
        results = {"the tests": finish(others), "those of installations": finish(lane)}
        said.seek(0)
        print("== tests of installations", said.read(), sep="\n", flush=True)
    return [name for name, status in results.items() if status]


if __name__ == "__main__":
    if failed := main():
        sys.exit(f"== failed: {', '.join(failed)}")
