"""Processes: the process that workers are forked from has no threads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from octavo import processes
from tests.needs import forking

COUNT_THREADS = """
import multiprocessing, os
from octavo.processes import preload

def count():
    import numpy
    numpy.ones((500, 500)) @ numpy.ones((500, 500))
    print(len(os.listdir(f"/proc/{os.getppid()}/task")))

if __name__ == "__main__":
    preload(["numpy"])
    process = multiprocessing.get_context("forkserver").Process(target=count)
    process.start()
    process.join()
    print(os.environ.get("OPENBLAS_NUM_THREADS"))
"""


@forking
@pytest.mark.parametrize("stated", [None, "2"])
def test_numpy_has_one_thread_unless_the_owner_says_otherwise(tmp_path: Path, stated: str | None) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(processes.__file__).parents[1])}
    environment.pop("OPENBLAS_NUM_THREADS", None)
    if stated:
        environment["OPENBLAS_NUM_THREADS"] = stated
    script = tmp_path / "count.py"
    script.write_text(COUNT_THREADS)
    counted = subprocess.run([sys.executable, script], env=environment, capture_output=True, text=True, check=True)
    threads, left = counted.stdout.split()
    assert left == str(stated)
    assert stated or threads == "1"
