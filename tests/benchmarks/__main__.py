"""`python -m tests.benchmarks [NAME ...]` runs the benchmarks, all or those named.

A benchmark is a module beside this one with a NAME and a function `run()` that returns Rows. It runs on an
empty database of its own, with DEBUG off; its table is printed and its figures are written to
VAR_DIR/bench/NAME.json with what is needed to read them later.
"""

import json
import os
import platform
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import django
from django.conf import settings
from django.db import connection
from django.test.utils import setup_test_environment, teardown_test_environment

from config import database


def main(names):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    database.ensure()
    django.setup()
    modules = [
        import_module(f"tests.benchmarks.{module.name}") for module in iter_modules([Path(__file__).parent])
    ]
    benchmarks = {module.NAME: module for module in modules if hasattr(module, "NAME")}
    if unknown := set(names) - set(benchmarks):
        sys.exit(f"No benchmark {', '.join(unknown)}. There are: {', '.join(benchmarks)}")
    for name in names or benchmarks:
        report(name, measure(benchmarks[name]))


def measure(benchmark):
    original = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"bench_{original}"
    setup_test_environment(debug=False)
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return benchmark.run()
    finally:
        connection.creation.destroy_test_db(original, verbosity=0)
        teardown_test_environment()


def report(name, rows):
    figures = [asdict(row) | {"ratio": row.ratio} for row in rows]
    result = {"name": name, "taken": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine()}
    path = settings.VAR_DIR / "bench" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result | {"figures": figures}, ensure_ascii=False, indent=2) + "\n")
    width = max(len(row.figure) for row in rows)
    print(f"\n{name}: {', '.join(f'{key} {value}' for key, value in result['machine'].items())}")
    for row in rows:
        line = f"  {row.figure:{width}}  {row.ours:10.2f} {row.unit}"
        if row.baseline is not None:
            line += f"  {row.baseline:10.2f} {row.unit}"
            line += f"  x{row.ratio:.2f}  than {row.than}" if row.ratio is not None else f"  {row.than}"
        print(line)
    print(f"  written to {path}")


def machine():
    connection.ensure_connection()
    version = connection.pg_version
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "django": django.get_version(),
        "postgresql": f"{version // 10000}.{version % 10000}",
        "architecture": platform.machine(),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
