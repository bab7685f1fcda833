"""System limits: a build that can't run within them names the limit; any other build is unaffected."""

from __future__ import annotations

import multiprocessing
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

import pytest

from octavo.cli.build import find_temporary_folder
from octavo.errors import OctavoError
from octavo.renderer import execution, render_site
from tests.building import BUILD
from tests.processes import PATIENCE
from tests.renderer.projects import hash_tree, make_project


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a cell."""
    return make_project(tmp_path, {"page.qmd": "```{python}\nprint(6 * 7)\n```\n"})


def build(
    root: Path, before: Callable[[], object] | None = None, command: Sequence[str] = BUILD, **variables: str
) -> tuple[int, str]:
    """The exit status and the text on standard error."""
    done = subprocess.run(
        command,
        cwd=root,
        env={**os.environ, **variables},
        preexec_fn=before,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize("folder", ["/nowhere", "/proc"])
def test_a_build_works_without_a_usable_tmpdir(root: Path, folder: str) -> None:
    assert build(root, TMPDIR=folder) == (0, "")
    assert "42" in (root / "_site/page.html").read_text()


def test_a_lack_of_any_writable_temporary_folder_is_reported(root: Path) -> None:
    """As on a full disk that also holds the system's temporary folders."""
    status, errors = build(root, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)))
    assert status == 1
    assert errors.startswith("no temporary folder can be written to, nor can the project's; free up some space")


def test_a_limit_on_file_sizes_is_named_and_the_old_site_stays(root: Path) -> None:
    render_site(root)
    old = hash_tree(root / "_site")
    (root / "index.qmd").write_text("A longer page. " * 1000)
    status, errors = build(root, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000)))
    assert status == 1
    assert re.search(r"File too large .*; raise the limit on the size of files \(ulimit -f\)", errors), errors
    assert hash_tree(root / "_site") == old


@pytest.mark.parametrize("name", [".cache", ".cache/renderer", "_site", "_site.new", "_site.old"])
def test_a_file_in_place_of_a_build_folder_is_kept(root: Path, name: str) -> None:
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text("mine")
    status, errors = build(root)
    assert status == (name != "_site.old")
    assert not status or f"{root / name}" in errors
    assert (root / name).read_text() == "mine"


def test_a_cache_that_is_a_link_is_followed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (root / ".cache").symlink_to(tmp_path / "elsewhere")
    assert build(root) == (0, "")
    assert (tmp_path / "elsewhere/renderer").is_dir()


def test_the_path_of_the_temporary_folder_may_be_too_long_for_a_socket(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 25)
    folder.mkdir()
    assert build(root, TMPDIR=str(folder)) == (0, "")
    assert "42" in (root / "_site/page.html").read_text()


def test_a_fork_server_that_ends_at_once_is_reported(root: Path) -> None:
    """As with a package that fails to import: the fork server imports the packages that pages need."""
    (root / "broken").mkdir()
    (root / "broken/pandas.py").write_text("1 / 0\n")
    status, errors = build(root, PYTHONPATH=str(root / "broken"))
    assert status == 1
    assert "page.qmd: no process can be started for its cells: " in errors.splitlines()[-1]


def test_a_deleted_current_folder_is_reported(root: Path) -> None:
    status, errors = build(root, command=["sh", "-c", 'mkdir x; cd x; rmdir ../x; exec "$@"', "sh", *BUILD])
    assert (status, errors) == (1, "octavo: the current folder is gone; change to one that exists\n")


@pytest.mark.parametrize("home", ["home", "/proc/nothing"])
def test_a_build_leaves_nothing_in_the_home_and_temporary_folders(root: Path, tmp_path: Path, home: str) -> None:
    for name in ("home", "temporary"):
        (tmp_path / name).mkdir()
    assert build(root, HOME=str(tmp_path / home), TMPDIR=str(tmp_path / "temporary")) == (0, "")
    assert [*(tmp_path / "home").iterdir(), *(tmp_path / "temporary").iterdir()] == []


def test_temporary_files_go_into_the_cache_if_only_the_project_is_writable(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(root))
    monkeypatch.setattr("octavo.cli.build.LONGEST_TEMPORARY_FOLDER", 1000)  # tests' own folders have long paths
    folder = Path(find_temporary_folder(str(root)))
    assert folder.is_dir()
    assert folder.is_relative_to(root / ".cache")
    assert tempfile.gettempdir() == str(folder)


def allow_open_files(number: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (number, number))


@pytest.mark.parametrize("number", [12, 63])
def test_a_limit_on_open_files_is_reported(root: Path, number: int) -> None:
    message = f"a build needs more than the {number} open files that the system allows; raise the limit (ulimit -n) "
    assert build(root, allow_open_files(number)) == (1, message + "to at least 64\n")
    assert not (root / "_site").exists()


def test_concurrent_pages_stay_within_the_limit_on_open_files(tmp_path: Path) -> None:
    """Even on a machine with enough processors for all pages."""
    names = [f"page{number}" for number in range(12)]
    root = make_project(tmp_path, {f"{name}.qmd": "```{python}\nprint(6 * 7)\n```\n" for name in names})
    program = (
        "import sys\nfrom octavo.cli.build import main\nfrom octavo.renderer import execution\n"
        "execution.count_processors = lambda: 32\nif __name__ == '__main__': sys.exit(main([]))"
    )
    assert build(root, allow_open_files(64), [sys.executable, "-c", program]) == (0, "")
    assert all("42" in (root / f"_site/{name}.html").read_text() for name in names)


def test_a_process_that_cannot_be_started_is_reported_without_waiting(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(ProcessPoolExecutor):
        """Hits a limit after starting a process, but before starting the thread that watches it."""

        def _start_executor_manager_thread(self) -> None:
            self._executor_manager_thread = threading.Thread()
            raise RuntimeError("can't start new thread")

    monkeypatch.setattr(execution, "ProcessPoolExecutor", Failing)
    with pytest.raises(OctavoError, match=r"page\.qmd: no process .* can't start new thread; raise"):
        render_site(root)
    for child in multiprocessing.active_children():
        child.join(10)
    assert multiprocessing.active_children() == []


def test_a_pool_with_a_dead_manager_thread_fails_at_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(ProcessPoolExecutor):
        """Hits a limit in that thread."""

        def _start_executor_manager_thread(self) -> None:
            if self._executor_manager_thread is None:
                self._executor_manager_thread = threading.Thread()
                self._executor_manager_thread.start()

    monkeypatch.setattr(execution, "ProcessPoolExecutor", Failing)
    with pytest.raises(OctavoError, match=r"page\.qmd: no process .* the pool's own thread ended"):
        render_site(root)


def test_a_pool_that_never_answers_fails_after_a_timeout(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the pool's own thread ends because it can't start another."""
    monkeypatch.setattr(execution, "_START_SECONDS", 0.1)
    monkeypatch.setattr(ProcessPoolExecutor, "submit", lambda *_: Future[int]())
    with pytest.raises(OctavoError, match=r"page\.qmd: no process .* none has started within 0\.1 s; raise"):
        render_site(root)


@pytest.mark.parametrize("megabytes", [50, 300, 500])
def test_a_lack_of_memory_is_reported_and_the_old_site_stays(root: Path, megabytes: int) -> None:
    render_site(root)
    old = hash_tree(root / "_site")
    (root / "index.qmd").write_text("Another page.")
    limit = megabytes * 1_000_000
    status, errors = build(root, lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
    assert status == 1
    assert "ulimit" in errors.splitlines()[-1], errors
    assert hash_tree(root / "_site") == old
