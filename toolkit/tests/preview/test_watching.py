"""Watching a project's files."""

from __future__ import annotations

import itertools
import math
import os
import time
from pathlib import Path

import pytest

from octavo.preview import watching
from octavo.preview.watching import Watch


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a table, a built site, and a cache."""
    root = tmp_path / "ein Projekt äöü"
    for name in ("data/news.yml", "_site/index.html", ".cache/x"):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text("- a")
    return root


@pytest.fixture
def watch(root: Path) -> Watch:
    return Watch(root)


@pytest.fixture(autouse=True)
def _always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allow the next scan at once, however long one takes."""
    monkeypatch.setattr(watching, "SHARE", math.inf)


def test_added_changed_and_removed_files_are_reported(root: Path, watch: Watch) -> None:
    assert watch.list_changes() == []
    for change in (lambda file: file.write_text("1"), lambda file: file.write_text("22"), Path.unlink):
        for name in ("talks.qmd", "data/talks.yml"):
            change(root / name)
        assert watch.list_changes() == ["data/talks.yml", "talks.qmd"]
        assert watch.list_changes() == []


def test_a_replaced_file_with_the_same_size_and_time_is_reported(root: Path, watch: Watch) -> None:
    table, times = root / "data/news.yml", (root / "data/news.yml").stat()
    (root / "data/.news.yml.new").write_text("- b")
    os.utime(root / "data/.news.yml.new", ns=(times.st_atime_ns, times.st_mtime_ns))
    (root / "data/.news.yml.new").rename(table)
    assert watch.list_changes() == ["data/news.yml"]


def test_files_of_a_folder_moved_into_the_project_are_reported_and_then_watched(root: Path, watch: Watch) -> None:
    (root / ".talks").mkdir()
    (root / ".talks/one.qmd").write_text("1")
    assert watch.list_changes() == []
    (root / ".talks").rename(root / "talks")
    assert watch.list_changes() == ["talks/one.qmd"]
    (root / "talks/two.qmd").write_text("2")
    assert watch.list_changes() == ["talks/two.qmd"]


def test_files_saved_in_quick_succession_are_one_change(
    root: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "one.qmd").write_text("1")
    late = iter(["two.qmd", "three.qmd"])
    monkeypatch.setattr(time, "sleep", lambda _: [(root / name).write_text("x") for name in itertools.islice(late, 1)])
    assert watch.list_changes() == ["one.qmd", "three.qmd", "two.qmd"]


def test_a_folder_linked_into_itself_is_watched_once(root: Path) -> None:
    (root / "loop").symlink_to(root)
    watch = Watch(root)
    (root / "index.qmd").write_text("1")
    assert watch.list_changes() == ["index.qmd"]


def test_slow_scans_run_less_often(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "SHARE", 1e-9)
    watch = Watch(root)
    (root / "index.qmd").write_text("1")
    assert watch.list_changes() == []


def test_built_cached_and_temporary_files_are_not_reported(root: Path, watch: Watch) -> None:
    for name in ("_site/index.html", ".cache/x", "data/.news.yml.swp", "data/news.yml~", "data/4913"):
        (root / name).write_text("changed")
    assert watch.list_changes() == []


def test_a_file_written_again_with_the_same_bytes_is_not_reported_again(root: Path, watch: Watch) -> None:
    (root / "data/news.yml").write_text("- bb")
    assert watch.list_changes() == ["data/news.yml"]
    time.sleep(0.02)
    (root / "data/news.yml").write_text("- bb")
    assert watch.list_changes() == []


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
        ("_site/index.html", True),
        ("_site.new/index.html", True),
        ("octavo/__pycache__/x.pyc", True),
        ("tests/test_x.py", True),
        ("environment/lib/x.py", True),
        ("_freeze/index/execute-results/html.json", True),
    ],
)
def test_files_that_no_page_depends_on_are_ignored(tmp_path: Path, path: str, ignored: bool) -> None:
    (tmp_path / "environment").mkdir()
    (tmp_path / "environment/pyvenv.cfg").touch()
    watch = Watch(tmp_path)
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("new")
    assert watch.list_changes() == ([] if ignored else [path])
