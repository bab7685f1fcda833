"""Processes side by side: every part is done, and none fails in silence."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from octavo import processes
from octavo.errors import OctavoError
from octavo.processes import run_side_by_side
from tests.needs import forking, need_linux


def write_name(folder: Path, name: str) -> None:
    (folder / name).write_text(str(os.getpid()))


@pytest.mark.parametrize("number", [1, 2, 5])
@pytest.mark.parametrize("forks", [pytest.param(True, marks=forking), False])
def test_every_part_is_done_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, forks: bool) -> None:
    monkeypatch.setattr(processes, "can_fork", lambda: forks)
    run_side_by_side([partial(write_name, tmp_path, str(part)) for part in range(number)])
    done = [(tmp_path / str(part)).read_text() for part in range(number)]
    assert len(set(done)) == (number if forks else 1)
    assert done[-1] == str(os.getpid())


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("forks", [pytest.param(True, marks=forking), False])
def test_the_error_of_any_part_is_raised_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: int, forks: bool
) -> None:
    monkeypatch.setattr(processes, "can_fork", lambda: forks)

    def fail() -> None:
        raise OctavoError("the disk is full")

    parts: list[Callable[[], None]] = [partial(write_name, tmp_path, str(part)) for part in range(3)]
    parts[place] = fail
    with pytest.raises(OctavoError, match="the disk is full"):
        run_side_by_side(parts)


@forking
def test_a_part_whose_process_was_killed_is_done_again(tmp_path: Path) -> None:
    here = os.getpid()

    def be_killed_elsewhere() -> None:
        if os.getpid() != here:
            os.kill(os.getpid(), 9)
        write_name(tmp_path, "done")

    run_side_by_side([be_killed_elsewhere, lambda: None])
    assert (tmp_path / "done").read_text() == str(here)


@forking
def test_no_process_is_left_where_the_part_done_here_fails(tmp_path: Path) -> None:
    def write_late() -> None:
        time.sleep(0.2)
        write_name(tmp_path, "late")

    def fail() -> None:
        raise ValueError("here")

    with pytest.raises(ValueError, match="here"):
        run_side_by_side([write_late, fail])
    assert (tmp_path / "late").exists()
    assert multiprocessing.active_children() == []


COUNT_THREADS = """
import os
from octavo.processes import one_thread
with one_thread():
    import numpy
numpy.ones((500, 500)) @ numpy.ones((500, 500))
print(len(os.listdir("/proc/self/task")), os.environ.get("OPENBLAS_NUM_THREADS"))
"""


@pytest.mark.parametrize("stated", [None, "2"])
def test_numpy_has_one_thread_unless_the_owner_says_otherwise(stated: str | None) -> None:
    need_linux("a process's threads are counted in its /proc")
    environment = {**os.environ, "PYTHONPATH": str(Path(processes.__file__).parents[1])}
    environment.pop("OPENBLAS_NUM_THREADS", None)
    if stated:
        environment["OPENBLAS_NUM_THREADS"] = stated
    counted = subprocess.run(
        [sys.executable, "-c", COUNT_THREADS], env=environment, capture_output=True, text=True, check=True
    )
    threads, left = counted.stdout.split()
    assert left == str(stated)
    assert stated or threads == "1"
