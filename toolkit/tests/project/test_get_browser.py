import pytest

from scripts import get_browser
from scripts.get_browser import find_browser, main


@pytest.fixture(autouse=True)
def nothing_installed(monkeypatch, tmp_path):
    """An empty PATH and no browser from Playwright; commands are recorded instead of run."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROME", raising=False)
    monkeypatch.setattr(get_browser, "MAC_APPLICATIONS", ())
    monkeypatch.setattr(get_browser, "_find_playwright_browser", lambda: None)


def install(folder, name):
    (folder / name).write_text("#!/bin/sh\n")
    (folder / name).chmod(0o755)
    return str(folder / name)


def record(monkeypatch, effect=lambda: None, status=0):
    commands = []

    class Done:
        returncode = status

    def run(command, **_):
        commands.append(command)
        effect()
        return Done

    monkeypatch.setattr(get_browser.subprocess, "run", run)
    return commands


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_an_installed_browser_is_found_by_any_of_its_names(tmp_path, monkeypatch, capsys, name):
    commands = record(monkeypatch)
    path = install(tmp_path, name)
    assert main([]) == 0
    assert capsys.readouterr().out == f"Chromium for the tests: {path}\n"
    assert commands == []


def test_a_headless_browser_is_preferred(tmp_path, monkeypatch):
    install(tmp_path, "chromium")
    path = install(tmp_path, "chromium-headless-shell")
    assert find_browser() == path


def test_a_browser_named_by_the_user_takes_precedence(tmp_path, monkeypatch):
    install(tmp_path, "chromium")
    own = install(tmp_path, "my-chrome")
    monkeypatch.setenv("CHROME", own)
    assert find_browser() == own


def test_a_missing_browser_named_by_the_user_is_an_error(monkeypatch, capsys):
    commands = record(monkeypatch)
    monkeypatch.setenv("CHROME", "/no/chrome")
    assert main([]) == 1
    assert "CHROME names '/no/chrome', which isn't a program" in capsys.readouterr().err
    assert commands == []


@pytest.mark.parametrize("as_root", [[], ["sudo", "-n"]])
def test_on_debian_the_browser_of_the_distribution_is_installed_without_questions(tmp_path, monkeypatch, as_root):
    monkeypatch.setattr(get_browser, "_become_root", lambda: as_root)
    monkeypatch.setattr(get_browser, "_distribution", lambda: "debian")
    commands = record(monkeypatch, lambda: install(tmp_path, "chromium-headless-shell"))
    assert main([]) == 0
    quiet_apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    assert all(command[: len(quiet_apt)] == quiet_apt for command in commands)
    assert "chromium-headless-shell" in commands[1]


@pytest.mark.parametrize(("as_root", "distribution"), [(None, "debian"), ([], "ubuntu"), (None, "")])
def test_elsewhere_playwright_downloads_one(tmp_path, monkeypatch, as_root, distribution):
    monkeypatch.setattr(get_browser, "_become_root", lambda: as_root)
    monkeypatch.setattr(get_browser, "_distribution", lambda: distribution)
    commands = record(monkeypatch, lambda: install(tmp_path, "chromium"))
    assert main([]) == 0
    assert [command[1:4] for command in commands] == [["-m", "playwright", "install"]]


def test_a_failed_installation_says_what_to_do(monkeypatch, capsys):
    monkeypatch.setattr(get_browser, "_become_root", lambda: None)
    record(monkeypatch, status=1)
    assert main([]) == 1
    assert "Install Chromium or Chrome, or name yours in CHROME." in capsys.readouterr().err
