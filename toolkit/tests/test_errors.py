"""Errors: what they say where they are many, and where files can't be written."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from octavo.errors import DataError, Problem, describe_problems
from tests.building import run_octavo
from tests.sites import lay_out


def make_problems(errors: int, warnings: int) -> list[Problem]:
    """So many warnings, and behind them so many errors."""
    return [
        *(Problem("data/news.yml", line, 1, "odd", "warning") for line in range(1, warnings + 1)),
        *(Problem("data/publications.yml", line, 1, "wrong") for line in range(1, errors + 1)),
    ]


def test_a_hundred_problems_are_told_in_their_order() -> None:
    problems = make_problems(50, 50)
    assert describe_problems(problems) == "\n".join(map(str, problems))


def test_of_more_the_first_are_told_errors_foremost() -> None:
    told = describe_problems(make_problems(60, 1_000)).splitlines()
    assert told[0] == "data/publications.yml:1:1: wrong"
    assert told[59:61] == ["data/publications.yml:60:1: wrong", "data/news.yml:1:1: warning: odd"]
    assert told[-1] == "… and 960 more, which `octavo check` lists"
    assert len(told) == 101


def test_an_error_has_all_the_problems_whatever_its_text_says() -> None:
    error = DataError(make_problems(500, 0))
    assert len(error.problems) == 500
    assert str(error).endswith("and 400 more, which `octavo check` lists")


@pytest.mark.parametrize(
    "place", [".cache", ".cache/octavo", ".cache/octavo/cards", ".cache/octavo/documents", ".cache/renderer", "_site"]
)
def test_a_file_where_a_folder_is_needed_is_named_with_what_to_do(tmp_path: Path, place: str) -> None:
    root = lay_out("noether", tmp_path / "noether")
    with (root / "data/profile.yml").open("a", encoding="utf-8") as profile:
        profile.write("\ncv: {file: docs/cv.pdf}\n")
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).write_text("mine", encoding="utf-8")
    command = "cv" if place == ".cache/octavo/documents" else "build --renderer embedded"
    done = run_command(root, command)
    assert done.returncode == 1
    assert done.stderr.splitlines()[0].endswith(f"{place}); a file is where a folder is needed; move it")
    assert "Traceback" not in done.stderr
    assert (root / place).read_text(encoding="utf-8") == "mine"


def test_a_folder_where_a_file_is_needed_is_named_with_what_to_do(tmp_path: Path) -> None:
    root = lay_out("noether", tmp_path / "noether")
    (root / "resume.json").mkdir()
    done = run_command(root, "cv --format json-resume --output resume.json")
    assert done.returncode == 1
    assert done.stderr == (
        "a file can't be written: Is a directory (resume.json); a folder is where a file is needed; move it\n"
    )


def run_command(root: Path, command: str) -> subprocess.CompletedProcess[str]:
    return run_octavo(root, *command.split())
