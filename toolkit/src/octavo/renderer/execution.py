"""Execution: each page's cells in a process of their own, several at once, each cell within its time limit."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import time
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from octavo.errors import PageError
from octavo.processes import count_processors, start_process
from octavo.renderer.ansi import strip_colours
from octavo.renderer.cells import Cell
from octavo.renderer.memory import MEMORY_LIMIT
from octavo.renderer.shell import CellResult, CellSource
from octavo.renderer.worker import run_page

Outputs = list[list[dict[str, Any]]]

# With one page per processor, the longest page might start only after all others have ended.
_PAGES_PER_PROCESSOR = 2
# How long a process that stopped sending may take to end by itself.
_END_SECONDS = 5.0


@dataclass(frozen=True)
class Job:
    """The cells of one page, the folder in which they run, and the environment variables added for them."""

    page: str
    cells: Sequence[Cell]
    allow_errors: Sequence[bool]
    folder: Path
    environment: Mapping[str, str]


def run_jobs(jobs: Sequence[Job], timeout: float) -> Generator[tuple[Job, Outputs]]:
    """Run the jobs, and yield each with the outputs of its cells as it finishes.

    Args:
        jobs: the pages, in the order in which they start.
        timeout: the seconds that one cell may take.

    Raises:
        PageError: if a cell fails, takes too long, or ends its process. All jobs are then ended.
    """
    waiting = [job for job in reversed(jobs) if job.cells]
    without_cells = [job for job in reversed(jobs) if not job.cells]
    running: dict[Connection, _Run] = {}
    try:
        while waiting or running or without_cells:
            while waiting and len(running) < _PAGES_PER_PROCESSOR * count_processors():
                run = _Run(waiting.pop(), timeout)
                running[run.results] = run
            if without_cells:
                yield without_cells.pop(), []
            for run in _wait(running, 0.0 if without_cells else timeout):
                if run.receive():
                    del running[run.results]
                    run.end()
                    yield run.job, run.outputs
            for run in running.values():
                run.check_time()
    finally:
        for run in running.values():
            run.end()


def _wait(running: Mapping[Connection, _Run], seconds: float) -> list[_Run]:
    """The jobs that have sent something, as soon as one has or a cell's time is up, within `seconds`."""
    left = min((run.left for run in running.values()), default=0.0)
    ready = wait(list(running), max(0.0, min(seconds, left)))
    return [run for results, run in running.items() if results in ready]


class _Run:
    """A job that is running; the cell that runs now is the one after those whose outputs have arrived."""

    def __init__(self, job: Job, timeout: float) -> None:
        self.job = job
        self.outputs: Outputs = []
        self._timeout = timeout
        self._begun = time.monotonic()
        cells = [CellSource(cell.source, allowed) for cell, allowed in zip(job.cells, job.allow_errors, strict=True)]
        self.results, sending = multiprocessing.Pipe(duplex=False)
        with sending:
            self._process = start_process(run_page, cells, job.folder, dict(job.environment), sending)

    @property
    def left(self) -> float:
        """The seconds that the current cell still has."""
        return self._begun + self._timeout - time.monotonic()

    def receive(self) -> bool:
        """Receive the current cell's result; whether it was the last cell."""
        try:
            result = CellResult(**json.loads(self.results.recv_bytes()))
        except (EOFError, OSError):
            self._process.join(_END_SECONDS)
            raise self._error(f"ended its process {self._describe_end()}") from None
        if result.failure:
            raise self._error(result.failure, result)
        self._begun = time.monotonic()
        self.outputs.append(result.outputs)
        return len(self.outputs) == len(self.job.cells)

    def check_time(self) -> None:
        """PageError if the current cell has run out of time and its result hasn't arrived."""
        if self.left <= 0 and not self.results.poll():
            raise self._error(f"took longer than {self._timeout:g} s and was ended")

    def end(self) -> None:
        """End the process and whatever it started."""
        self.results.close()
        self._process.kill()
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):  # it doesn't lead its group yet, or is gone
                os.killpg(self._process.pid or 0, signal.SIGKILL)
        self._process.join()

    def _describe_end(self) -> str:
        status = self._process.exitcode or 0
        how = f"by signal {-status}" if status < 0 else f"with status {status}"
        return f"{how} (a cell has {MEMORY_LIMIT // 1024**3} GB of memory)"

    def _error(self, what: str, result: CellResult | None = None) -> PageError:
        number = len(self.outputs)
        cell = self.job.cells[number]
        outputs, line = (result.outputs, result.line) if result else ([], 0)
        streams = "".join(output["text"] for output in outputs if output["output_type"] == "stream")
        trace = strip_colours("\n".join(outputs[-1].get("traceback", ()))) if outputs else ""
        detail = "\n\n".join(part.rstrip("\n") for part in (cell.source, streams, trace) if part.strip())
        name = f"cell {number + 1}" + (f" ({cell.label})" if cell.label else "")
        return PageError(self.job.page, cell.line + line, f"{name} {what}", detail)
