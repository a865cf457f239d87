import stat

import pytest

from deploy import setup


@pytest.fixture
def project(tmp_path, monkeypatch):
    """An empty project, and the commands that set-up would have run in it."""
    monkeypatch.setattr(setup, "PROJECT", tmp_path)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "LOCK", tmp_path / "requirements.lock")
    (tmp_path / ".venv").mkdir()
    commands = []
    monkeypatch.setattr(
        setup, "run", lambda *command, **options: commands.append(" ".join(map(str, command)))
    )
    return tmp_path, commands


def test_env_file_is_for_its_owner_alone_and_never_written_over(project):
    path = project[0] / ".env"
    setup.write_env_file()
    first = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert first.startswith("DEBUG=on\nSECRET_KEY=")
    assert len(first.split("=")[-1].strip()) >= 50
    setup.write_env_file()
    assert path.read_text() == first


def test_two_env_files_have_different_keys(project):
    setup.write_env_file()
    first = (project[0] / ".env").read_text()
    (project[0] / ".env").unlink()
    setup.write_env_file()
    assert (project[0] / ".env").read_text() != first


def test_dependencies_are_installed_when_the_lock_changes_and_not_otherwise(project):
    folder, commands = project
    for lock in ("first", "first", "second", "second"):
        (folder / "requirements.lock").write_text(lock)
        setup.install_dependencies()
    assert len(commands) == 2
    assert all("pip install" in command and "--require-hashes" in command for command in commands)


def test_root_installs_system_packages(project, monkeypatch):
    monkeypatch.setattr(setup.os, "geteuid", lambda: 0)
    monkeypatch.setattr(setup.shutil, "which", lambda program: f"/usr/bin/{program}")
    setup.install(["chromium", "gettext"])
    assert project[1] == [
        "apt-get update",
        "apt-get install --yes --no-install-recommends chromium gettext",
    ]


@pytest.mark.parametrize(
    ("programs", "line"),
    [
        (
            ["apt-get", "sudo"],
            "sudo sh -c 'apt-get update && apt-get install --yes --no-install-recommends chromium gettext'",
        ),
        (
            ["apt-get"],
            "apt-get update && apt-get install --yes --no-install-recommends chromium gettext",
        ),
    ],
)
def test_ordinary_user_is_told_the_command_and_nothing_is_run(project, monkeypatch, programs, line):
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(setup.shutil, "which", lambda program: program if program in programs else None)
    with pytest.raises(SystemExit) as stopped:
        setup.install(["chromium", "gettext"])
    assert f"\n    {line}\n" in stopped.value.code
    assert project[1] == []


def test_this_machine_needs_nothing_more(project, monkeypatch, settings):
    monkeypatch.setattr(setup, "PROJECT", settings.BASE_DIR)
    monkeypatch.setattr(setup, "VENV", settings.BASE_DIR / ".venv")
    setup.install_system_packages(with_tests=True)
    assert project[1] == []
