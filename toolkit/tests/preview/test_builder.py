"""The process that builds."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from octavo.preview.builder import Builder
from octavo.processes import can_fork
from tests.preview.projects import write_cell, write_project
from tests.processes import MARK, assert_none_left, find_processes

SECONDS = 60


class Builds:
    """A builder of a small project, and what it tells."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.site = root / ".cache/site"
        self._events: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self.builder = Builder(root, self.site, [], self._events.put)

    def build(self) -> list[dict[str, Any]]:
        """The events of a build that is asked for now."""
        self.builder.request_build()
        return self.wait()

    def wait(self) -> list[dict[str, Any]]:
        """The events up to the end of a build."""
        events = [self._events.get(timeout=SECONDS)]
        while events[-1]["event"] not in ("done", "failed"):
            events.append(self._events.get(timeout=SECONDS))
        return events


@pytest.fixture
def builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Builds]:
    monkeypatch.setenv(MARK, f"builder-{os.getpid()}-{time.time_ns()}")
    # Not the test's own process, which was started without the mark.
    builds = Builds(write_project(tmp_path / "ein Projekt äöü"))
    yield builds
    builds.builder.close()
    assert_none_left(os.environ[MARK])


def test_a_build_names_its_pages_and_says_when_it_is_done(builds: Builds) -> None:
    events = builds.build()
    pages = [event["text"] for event in events if event["event"] == "page"]
    assert [any(name in text for text in pages) for name in ("index.qmd", "about.qmd")] == [True, True]
    assert events[-1] == {"event": "done", "rendered": True, "base": "/~s/"}
    assert "five plus one is 6" in (builds.site / "index.html").read_text()


def test_the_package_is_read_anew_for_each_build(builds: Builds) -> None:
    (builds.root / "homepage_of_mine.py").write_text("WORD = 'first'\n")
    write_cell(builds.root, "import homepage_of_mine", "print(homepage_of_mine.WORD)")
    builds.build()
    (builds.root / "homepage_of_mine.py").write_text("WORD = 'another'\n")
    builds.build()
    assert "another" in (builds.site / "index.html").read_text()


def test_a_failure_tells_file_and_line_and_the_old_site_stands(builds: Builds) -> None:
    builds.build()
    before = (builds.site / "index.html").read_bytes()
    write_cell(builds.root, "one = 1", "one / 0")
    event = builds.build()[-1]
    assert event["event"] == "failed"
    assert event["text"].startswith("index.qmd:7: ")
    assert "ZeroDivisionError" in event["text"]
    assert (builds.site / "index.html").read_bytes() == before


def test_what_a_script_prints_is_told_before_the_failure(builds: Builds) -> None:
    (builds.root / "check.py").write_text("import sys\nprint('data/x.yml:3:1: wrong', file=sys.stderr)\nsys.exit(1)\n")
    text = (builds.root / "_quarto.yml").read_text().replace("type: website", "type: website\n  pre-render: check.py")
    (builds.root / "_quarto.yml").write_text(text)
    *before, failed = builds.build()
    printed = "".join(event["text"] for event in before if event["event"] == "print")
    assert printed == "data/x.yml:3:1: wrong\n"
    assert "check.py" in failed["text"]


def test_a_build_that_never_ends_gives_way_to_the_next(builds: Builds) -> None:
    write_cell(builds.root, "from pathlib import Path", "Path('begun').touch()", "while True: pass")
    builds.builder.request_build()
    until = time.monotonic() + SECONDS
    while not (builds.root / "begun").exists():
        assert time.monotonic() < until
        time.sleep(0.02)
    write_cell(builds.root, "print('mended')")
    assert builds.build()[-1]["event"] == "done"
    assert "mended" in (builds.site / "index.html").read_text()


def test_a_build_whose_process_is_killed_is_a_failure(builds: Builds) -> None:
    # Between a page's process and the build's stands the one that pages are forked from.
    killing = f"psutil.Process().parents()[{int(can_fork())}].kill()"
    write_cell(builds.root, "import psutil, time", killing, "time.sleep(60)")
    event = builds.build()[-1]
    assert event == {"event": "failed", "text": "the build's process ended by signal 9 before it was done"}


def test_a_keeper_that_is_killed_is_a_failure_and_the_next_build_has_another(builds: Builds) -> None:
    builds.build()
    for pid in find_processes(os.environ[MARK]):
        os.kill(pid, signal.SIGKILL)
    assert "ended with status -9" in builds.wait()[-1]["text"]
    assert builds.build()[-1]["event"] == "done"
