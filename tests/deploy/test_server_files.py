"""The files of a server say what the settings need of them."""

import re

import pytest
from django.conf import settings

DEPLOY = settings.BASE_DIR / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")


def value(text, name):
    [found] = re.findall(rf"^\s*{name}[= ](.+?);?$", text, re.MULTILINE)
    return found


def unit(name):
    return (DEPLOY / "systemd" / name).read_text(encoding="utf-8")


def test_worker_may_finish_its_longest_job():
    assert int(value(unit("thidua-worker.service"), "TimeoutStopSec")) >= 2 * settings.RENDER_SECONDS


def test_nginx_takes_the_largest_file_and_its_form():
    assert (
        int(value(NGINX, "client_max_body_size").removesuffix("m")) * 2**20 > settings.STORED_FILE_MAX_BYTES
    )


def test_nginx_speaks_to_the_socket_of_the_site():
    socket = re.search(r"--bind (\S+)", unit("thidua-web.service"))[1]
    assert value(NGINX, "proxy_pass") == f"http://{socket}"


def test_nginx_logs_no_query_string():
    log_format = value(NGINX, "log_format")
    assert not re.search(
        r"\$(request|args|arg_\w+|query_string|request_uri|http_\w+|cookie_\w+)\b", log_format
    )
    assert set(re.findall(r"access_log \S+ (\w+);", NGINX)) == {log_format.split()[0]}
    assert set(re.findall(r"error_log \S+ (\w+);", NGINX)) == {"emerg"}


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_process_runs_as_the_application_and_writes_nowhere(path):
    text = path.read_text(encoding="utf-8")
    assert value(text, "User") == "thidua"
    assert value(text, "ProtectSystem") == "strict"
    assert value(text, "WorkingDirectory") == "/opt/thidua"


def test_documentation_names_every_file_of_a_server():
    said = (settings.BASE_DIR / "docs" / "operations.md").read_text(encoding="utf-8")
    files = [*DEPLOY.glob("*.conf*"), DEPLOY / "roles.sql", *(DEPLOY / "systemd").iterdir()]
    named = {path.name for path in files if f"{path.relative_to(settings.BASE_DIR)}" in said}
    assert named == {path.name for path in files} - {"thidua-tick.service"}
