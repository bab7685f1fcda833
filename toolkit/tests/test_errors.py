"""Errors: their messages if there are many, or if files can't be written."""

from __future__ import annotations

import errno
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from octavo import cli
from octavo.errors import DataError, Faults, PageError, Problem, describe_problems
from tests.building import run_octavo
from tests.renderer.projects import make_project
from tests.sites import lay_out


def make_problems(errors: int, warnings: int) -> list[Problem]:
    """Make this many warnings, followed by this many errors."""
    return [
        *(Problem("data/news.yml", line, 1, "odd", "warning") for line in range(1, warnings + 1)),
        *(Problem("data/publications.yml", line, 1, "wrong") for line in range(1, errors + 1)),
    ]


def test_up_to_a_hundred_problems_are_listed_in_order() -> None:
    problems = make_problems(50, 50)
    assert describe_problems(problems) == "\n".join(map(str, problems))


def test_of_more_problems_the_first_are_listed_errors_before_warnings() -> None:
    lines = describe_problems(make_problems(60, 1_000)).splitlines()
    assert lines[0] == "data/publications.yml:1:1: wrong"
    assert lines[59:61] == ["data/publications.yml:60:1: wrong", "data/news.yml:1:1: warning: odd"]
    assert lines[-1] == "… and 960 more, which `octavo check` lists"
    assert len(lines) == 101


def test_an_error_holds_all_problems_even_if_its_text_does_not() -> None:
    error = DataError(make_problems(500, 0))
    assert len(error.problems) == 500
    assert str(error).endswith("and 400 more, which `octavo check` lists")


@pytest.mark.parametrize(
    "place", [".cache", ".cache/octavo", ".cache/octavo/cards", ".cache/octavo/documents", ".cache/renderer", "_site"]
)
def test_a_file_in_place_of_a_folder_is_reported_with_what_to_do(tmp_path: Path, place: str) -> None:
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


def test_a_folder_in_place_of_a_file_is_reported_with_what_to_do(tmp_path: Path) -> None:
    root = lay_out("noether", tmp_path / "noether")
    (root / "resume.json").mkdir()
    done = run_command(root, "cv --format json-resume --output resume.json")
    assert done.returncode == 1
    assert done.stderr == (
        "resume.json: can't be written: Is a directory; a folder is where a file is needed; move it\n"
    )


def run_command(root: Path, command: str) -> subprocess.CompletedProcess[str]:
    return run_octavo(root, *command.split())


OUTPUTS = ("cv", "cv --format json-resume", "cv --format csv", "export --format bibtex", "build --renderer embedded")


@pytest.mark.parametrize("output", ["/proc/of_mine", "/dev/full/x", "a" * 300])
@pytest.mark.parametrize("command", OUTPUTS)
def test_any_reason_why_an_output_cannot_be_written_is_reported_in_a_sentence(
    tables: Path, command: str, output: str
) -> None:
    done = run_command(tables, f"{command} --output {output}")
    assert done.returncode == 1
    assert "can't be written: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with only tables and the name of a CV."""
    tables = {
        "data/profile.yml": "name: Ada Nowak\ncv: {file: docs/cv.pdf}\n",
        "data/publications.yml": "- {id: a, title: A, authors: [A. Nowak], type: book}\n",
    }
    root = make_project(tmp_path_factory.mktemp("tables"), tables)
    configuration = (root / "_quarto.yml").read_text()
    (root / "_quarto.yml").write_text(
        configuration.replace("title: Small", "title: Small\n  site-url: https://ada.example")
    )
    return root


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable"),
        RuntimeError("can't start new thread"),
        ImportError("_typst.abi3.so: failed to map segment from shared object"),
    ],
)
def test_a_command_that_gets_no_memory_or_thread_reports_it(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_failing(error, monkeypatch) == 1
    printed = capsys.readouterr().err
    assert printed.startswith("octavo: the system refused memory or a process: ")
    assert "ulimit -a" in printed


def test_an_error_that_merely_mentions_memory_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError, match="memory"):
        run_failing(RuntimeError("a bug about memory"), monkeypatch)


def run_failing(error: Exception, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run a command that raises the error, wrapped once as a library might; returns the exit status."""

    def fail(_: Sequence[str]) -> int:
        try:
            raise error
        except Exception as first:
            raise type(error)(*error.args) from first

    monkeypatch.setattr(cli, "main", fail)
    monkeypatch.setattr(cli, "open_streams", lambda: None)
    with pytest.raises(SystemExit) as end:
        cli.run()
    return int(str(end.value))


def test_the_same_problem_on_many_lines_is_listed_a_few_times_and_counted() -> None:
    cells = [PageError("a.qmd", line, "a cell") for line in range(2, 10)]
    message = str(Faults([*cells, PageError("a.qmd", 3, "another"), PageError("b.qmd", 1, "a cell")]).join())
    assert message.splitlines() == [
        *("a.qmd:2: a cell", "a.qmd:3: a cell", "a.qmd:3: another", "a.qmd:4: a cell"),
        *("a.qmd:5: a cell (4 more in this file)", "b.qmd:1: a cell"),
    ]
