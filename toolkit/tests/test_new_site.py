"""`octavo new`: the interview, and a site that stands on its own with nothing of this repository on its path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from octavo.cli.new import main
from octavo.tables.rows import load_profile
from tests.sites import TOOLKIT


def run(*command: str | Path, folder: Path) -> str:
    """Run a command in a folder, without this repository's environment; what it prints."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_", "MAKE"))}
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env=kept, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_wheel_in_an_empty_environment_makes_a_site_that_passes_its_own_tests(tmp_path: Path) -> None:
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, TOOLKIT, folder=tmp_path)
    run(sys.executable, "-m", "venv", tmp_path / "env", folder=tmp_path)
    python = tmp_path / "env/bin/python"
    (wheel,) = tmp_path.glob("octavo-*.whl")
    run(python, "-m", "pip", "install", "--quiet", wheel, folder=tmp_path)
    run(tmp_path / "env/bin/octavo", "new", "site", "--name", "Ada Nowak", "--yes", folder=tmp_path)
    shutil.rmtree(tmp_path / "env")
    site = tmp_path / "site"
    assert str(TOOLKIT) not in run("make", f"PYTHON={sys.executable}", "site", folder=site)
    assert "4 passed" in run("make", "test", folder=site)
    assert (
        TOOLKIT
        not in Path(run(site / ".venv/bin/python", "-c", "import octavo; print(octavo.__file__)", folder=site)).parents
    )


def test_what_is_not_given_is_asked_and_a_wrong_answer_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(
        ["", "Ada Nowak", "Ph.D. student", "Example University", "ada", "ada@ada.example", "", "GitHub", "GitHub=https://github.com/ada",
         "", "", "1234", "", "ada.example", "https://ada.example"]
    )  # fmt: skip
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    assert main([str(tmp_path / "site")]) == 0
    out = capsys.readouterr().out
    for refused in ("needs its owner's name", "'ada' is not an e-mail address", "'GitHub' is not a link", "'1234'"):
        assert refused in out
    profile = load_profile(tmp_path / "site/data")
    assert (profile.name, profile.position, profile.affiliation, profile.email) == (
        "Ada Nowak", "Ph.D. student", "Example University", "ada@ada.example",
    )  # fmt: skip
    assert profile.links[1].url == "https://github.com/ada"
    assert '"https://ada.example"' in (tmp_path / "site/_quarto.yml").read_text()
    assert list(answers) == []


def test_without_a_terminal_nothing_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "site")]) == 1
    assert "needs its owner's name (add --name" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_interview_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", interrupt)
    assert main([str(tmp_path / "site")]) == 130
    assert "nothing was made" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
