"""The worker: the process that runs one page's cells and sends what each puts out."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from octavo.processes import can_fork, one_thread
from octavo.renderer.memory import limit_memory
from octavo.renderer.shell import CellResult, CellSource, prepare_shell, run_cells


def prepare_workers(preload: Callable[[], object]) -> None:
    """Load once what the cells of every page need, where each page's process is a copy of this one."""
    if not can_fork():
        return
    gc.disable()  # what is imported stays: looking for garbage meanwhile takes a tenth of a build
    try:
        with one_thread():
            prepare_shell()
            preload()
    finally:
        gc.enable()


def run_page(cells: Sequence[CellSource], folder: Path, environment: Mapping[str, str], results: Connection) -> None:
    """Run a page's cells in this process and send a `CellResult` as JSON for each, up to the first that fails."""
    if hasattr(os, "setsid"):
        os.setsid()  # so that what the cells start can be ended with the page
    os.environ.update(environment)
    # Neither a kernel nor this process shows what a cell's own child processes print.
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nowhere, number)
    os.chdir(folder)
    sys.path.insert(0, "")
    limit_memory()

    def send(result: CellResult) -> None:
        try:
            results.send_bytes(json.dumps(result._asdict(), default=str).encode())
        except OSError:  # the build is gone, or a cell has closed the pipe
            os._exit(1)

    run_cells(cells, send)
    os._exit(0)
