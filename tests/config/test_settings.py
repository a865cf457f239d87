"""Settings: what they read, and what they refuse to start without."""

import ast
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

SETTINGS = settings.BASE_DIR / "config" / "settings.py"
EXAMPLE = settings.BASE_DIR / ".env.example"


def variables_read():
    """The first argument of every call `env.x("NAME")` and `required("NAME")`."""
    calls = [node for node in ast.walk(ast.parse(SETTINGS.read_text())) if isinstance(node, ast.Call)]
    named = [call for call in calls if call.args and isinstance(call.args[0], ast.Constant)]
    return {
        call.args[0].value
        for call in named
        if ast.unparse(call.func) == "required" or ast.unparse(call.func).startswith("env.")
    }


def test_example_lists_every_variable_with_a_line_that_explains_it():
    lines = EXAMPLE.read_text().splitlines()
    explained = {}
    for before, line in zip(lines, lines[1:], strict=False):
        if match := re.fullmatch(r"(?:# )?([A-Z_]+)=.*", line):
            explained[match[1]] = bool(re.fullmatch(r"# .+\.", before))
    assert explained == dict.fromkeys(variables_read(), True)


def start(**variables):
    """What importing settings says, with no .env and these variables alone."""
    program = "import environ; environ.Env.read_env = lambda *a, **k: None; import config.settings"
    environment = {"PATH": os.environ["PATH"], **variables}
    return subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )


PRODUCTION = {
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "thidua.example",
    "DATABASE_URL": "postgres://thidua@localhost/thidua",
}


@pytest.mark.parametrize("missing", PRODUCTION)
def test_no_start_without_debug_and(missing):
    variables = {name: value for name, value in PRODUCTION.items() if name != missing}
    refused = start(**variables)
    assert refused.returncode == 1
    assert f"ImproperlyConfigured: {missing} is not set. Set it in " in refused.stderr


@pytest.mark.parametrize("variables", [PRODUCTION, {"DEBUG": "on"}], ids=["production", "trial"])
def test_start_with(variables):
    assert start(**variables).stderr == ""
