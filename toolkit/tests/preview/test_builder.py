"""Builds of a preview: followed, ended, and reported."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from octavo.preview.builder import Build, Result
from tests.building import BUILD
from tests.preview.projects import write_cell, write_project
from tests.processes import MARK, assert_none_left, find_processes, wait_until


class Builds:
    """Builds of a small project, and the lines they print."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.site = root / ".cache/site"
        self.lines: list[str] = []
        self.running: list[Build] = []

    def start(self, *command: str) -> Build:
        """Start a build."""
        self.lines.clear()
        self.running.append(Build(self.root, self.site, command or BUILD, self.lines.append))
        return self.running[-1]

    def build(self, *command: str) -> Result:
        """Run a build; returns its result."""
        return self.wait(self.start(*command))

    def wait(self, build: Build) -> Result:
        """Wait for the build to end; returns its result."""
        results: list[Result | None] = []

        def has_ended() -> bool:
            results.append(build.take_result())
            return results[-1] is not None

        wait_until(has_ended)
        assert results[-1]
        return results[-1]

    def wait_for(self, file: str) -> None:
        """Wait until a page has written the file."""
        wait_until((self.root / file).exists)


@pytest.fixture
def builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Builds]:
    monkeypatch.setenv(MARK, f"builder-{os.getpid()}-{time.time_ns()}")
    # The test's own process was started without the mark, so it isn't counted as left over.
    builds = Builds(write_project(tmp_path / "ein Projekt äöü"))
    yield builds
    for build in builds.running:
        build.end()
    assert_none_left(os.environ[MARK])


def test_a_build_names_its_pages_and_replaces_the_site_only_if_it_succeeds(
    builds: Builds,
) -> None:
    result = builds.build()
    assert (result.renewed, result.failure) == (True, "")
    assert [line.split()[1] for line in builds.lines] in (["index.qmd", "about.qmd"], ["about.qmd", "index.qmd"])
    before = (builds.site / "index.html").read_text()
    assert "five plus one is 6" in before
    assert builds.build()[:2] == (False, "")
    assert builds.lines == []
    write_cell(builds.root, "one = 1", "one / 0")
    result = builds.build()
    assert result.failure.startswith("index.qmd:7: ")
    assert "ZeroDivisionError" in result.failure
    assert not result.renewed
    assert (builds.site / "index.html").read_text() == before


def test_modules_are_reloaded_for_each_build(builds: Builds) -> None:
    (builds.root / "homepage_of_mine.py").write_text("WORD = 'first'\n")
    write_cell(builds.root, "import homepage_of_mine", "print(homepage_of_mine.WORD)")
    builds.build()
    (builds.root / "homepage_of_mine.py").write_text("WORD = 'another'\n")
    builds.build()
    assert "another" in (builds.site / "index.html").read_text()


def test_the_output_of_a_script_is_kept_apart_from_the_failure(builds: Builds) -> None:
    (builds.root / "check.py").write_text("import sys\nprint('data/x.yml:3:1: wrong', file=sys.stderr)\nsys.exit(1)\n")
    text = (builds.root / "_quarto.yml").read_text().replace("type: website", "type: website\n  pre-render: check.py")
    (builds.root / "_quarto.yml").write_text(text)
    result = builds.build()
    assert builds.lines == ["data/x.yml:3:1: wrong"]
    assert "check.py" in result.failure
    assert "wrong" not in result.failure


def test_a_script_that_leaves_a_process_or_an_unfinished_line_does_not_block_the_build(builds: Builds) -> None:
    script = "import subprocess\nsubprocess.Popen(['sleep', '1000'])\nprint('first'); print('last', end='')\n"
    (builds.root / "leave.py").write_text(script)
    text = (builds.root / "_quarto.yml").read_text().replace("type: website", "type: website\n  post-render: leave.py")
    (builds.root / "_quarto.yml").write_text(text)
    assert builds.build()[:2] == (True, "")
    assert builds.lines[-2:] == ["first", "last"]


@pytest.mark.campaign
def test_a_build_after_stopped_or_killed_builds_is_complete(builds: Builds) -> None:
    for end in (Build.end, kill):
        (builds.root / "begun").unlink(missing_ok=True)
        write_cell(builds.root, "from pathlib import Path", "Path('begun').touch()", "while True: pass")
        build = builds.start()
        builds.wait_for("begun")
        assert build.take_result() is None
        end(build)
    assert builds.wait(build).failure == "the build was ended by signal 9 before it was done"
    write_cell(builds.root, "print('fixed')")
    assert builds.build()[:2] == (True, "")
    assert "fixed" in (builds.site / "index.html").read_text()


def kill(_: Build) -> None:
    for pid in find_processes(os.environ[MARK]):
        os.kill(pid, signal.SIGKILL)


def test_a_result_is_returned_once(builds: Builds) -> None:
    build = builds.start(sys.executable, "-c", "")
    builds.wait(build)
    assert build.take_result() is None


def test_a_missing_command_is_a_failure(builds: Builds) -> None:
    assert "no-such-program" in builds.build("./no-such-program").failure


def test_a_crash_of_the_command_is_reported_with_its_error(builds: Builds) -> None:
    result = builds.build(sys.executable, "-c", "import no_such_module")
    assert result.failure.startswith("ModuleNotFoundError: No module named 'no_such_module'\n\nTraceback")


def test_a_command_that_prints_endlessly_can_be_stopped(builds: Builds) -> None:
    build = builds.start("sh", "-c", "yes")
    wait_until(lambda: builds.lines)
    build.end()
    builds.wait(build)
