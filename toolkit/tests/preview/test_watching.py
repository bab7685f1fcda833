"""The watching of a project's files."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from octavo.preview.watching import Watches, is_ignored

# Long enough for a busy machine to report what it is going to report.
SOON = 10.0
NOT_AT_ALL = 0.5


class Seen:
    """The batches that have been reported."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.paths: list[str] = []
        self.watches = Watches(root)
        self._thread = threading.Thread(target=self._collect, daemon=True)
        self._ended = threading.Event()
        self._thread.start()
        self._begin()

    def _collect(self) -> None:
        while not self._ended.is_set():
            self.paths += self.watches.next_changes()

    def _begin(self) -> None:
        """Come back when both watches are known to report."""
        for name in ("begin", "data/begin"):
            number = 0
            until = time.monotonic() + SOON
            while name not in self.paths:
                assert time.monotonic() < until, "the watch never began"
                number += 1
                (self.root / name).write_text(str(number))
                time.sleep(0.05)
        time.sleep(NOT_AT_ALL)
        self.paths.clear()

    def wait_for(self, name: str) -> None:
        until = time.monotonic() + SOON
        while name not in self.paths:
            assert time.monotonic() < until, f"{name} was never reported, only {self.paths}"
            time.sleep(0.02)

    def end(self) -> None:
        self._ended.set()
        self.watches.close()
        self._thread.join()


@pytest.fixture
def seen(tmp_path: Path) -> Iterator[Seen]:
    root = tmp_path / "ein Projekt äöü"
    (root / "data").mkdir(parents=True)
    (root / "data/news.yml").write_text("- a")
    (root / "_site").mkdir()
    (root / ".cache").mkdir()
    seen = Seen(root)
    yield seen
    seen.end()


def test_files_that_come_change_and_go_are_reported(seen: Seen) -> None:
    for change in (lambda file: file.write_text("1"), lambda file: file.write_text("2"), Path.unlink):
        for name in ("talks.qmd", "data/talks.yml"):
            seen.paths.clear()
            change(seen.root / name)
            seen.wait_for(name)


def test_a_file_that_an_editor_puts_in_place_by_a_rename_is_reported(seen: Seen) -> None:
    (seen.root / "data/.news.yml.new").write_text("- b")
    (seen.root / "data/.news.yml.new").rename(seen.root / "data/news.yml")
    seen.wait_for("data/news.yml")
    assert seen.paths == ["data/news.yml"]


def test_the_files_of_a_folder_that_was_moved_here_are_reported_and_then_watched(seen: Seen) -> None:
    folder = seen.root / ".talks"
    folder.mkdir()
    (folder / "one.qmd").write_text("1")
    folder.rename(seen.root / "talks")
    seen.wait_for("talks/one.qmd")
    time.sleep(NOT_AT_ALL)
    (seen.root / "talks/two.qmd").write_text("2")
    seen.wait_for("talks/two.qmd")


def test_what_was_built_or_cached_is_not_reported(seen: Seen) -> None:
    for name in ("_site/index.html", ".cache/x", "data/.news.yml.swp", "data/news.yml~", "data/4913"):
        (seen.root / name).write_text("x")
    time.sleep(NOT_AT_ALL)
    assert seen.paths == []


def test_a_file_written_again_with_the_same_bytes_is_not_reported_again(seen: Seen) -> None:
    (seen.root / "data/news.yml").write_text("- b")
    seen.wait_for("data/news.yml")
    seen.paths.clear()
    (seen.root / "data/news.yml").write_text("- b")
    time.sleep(NOT_AT_ALL)
    assert seen.paths == []


@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        ("index.qmd", False),
        ("_quarto.yml", False),
        ("_extensions/octavo/octavo.css", False),
        ("data/news.yml", False),
        ("talks/tests.qmd", False),
        ("talks/tests/one.qmd", False),
        ("_environment", False),
        (".git/HEAD", True),
        ("_site", True),
        ("_site.new/index.html", True),
        ("octavo/__pycache__/x.pyc", True),
        ("tests/test_x.py", True),
        ("environment/lib/x.py", True),
        ("_freeze/index/execute-results/html.json", True),
    ],
)
def test_what_no_page_is_made_from_is_ignored(tmp_path: Path, path: str, ignored: bool) -> None:
    (tmp_path / "environment").mkdir()
    (tmp_path / "environment/pyvenv.cfg").touch()
    assert is_ignored(tmp_path / path, tmp_path) is ignored
