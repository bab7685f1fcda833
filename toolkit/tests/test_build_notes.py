"""The day of the last change is that of the content, and never guessed."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from octavo.build_notes import find_last_change, note_last_change


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a repository: its news is from January, and its tools are from June."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    run_git(tmp_path, "init", "--quiet")
    commit(tmp_path, "data/news.yml", "2026-01-05")
    commit(tmp_path, "scripts/tool.py", "2026-06-07")
    return tmp_path


def run_git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=N", "-c", "user.email=n@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def commit(root: Path, path: str, day: str) -> None:
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text(day)
    run_git(root, "add", ".")
    run_git(root, "commit", "--quiet", "--message", path, "--date", f"{day}T12:00:00+00:00")


def test_it_is_the_day_of_the_last_commit_to_the_content(project: Path) -> None:
    assert find_last_change(project) == date(2026, 1, 5)
    commit(project, "index.qmd", "2026-07-01")
    assert find_last_change(project) == date(2026, 7, 1)


def test_a_reproducible_build_sets_the_day(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert find_last_change(project) == date(1970, 1, 2)


def test_without_a_repository_there_is_no_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert find_last_change(tmp_path) is None
    note_last_change(tmp_path)
    assert (tmp_path / ".cache/octavo/changed").read_text() == "\n"


def test_without_git_there_is_no_day(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert find_last_change(project) is None


def test_a_repository_without_commits_has_no_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    run_git(tmp_path, "init", "--quiet")
    assert find_last_change(tmp_path) is None
