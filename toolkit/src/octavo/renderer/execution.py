"""Execution: runs each page's cells in their own worker process, several pages at once, with a time limit per cell."""

from __future__ import annotations

import multiprocessing
import os
import re
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path, PurePosixPath
from threading import Thread
from time import monotonic
from typing import NamedTuple

from octavo.errors import OctavoError, PageError
from octavo.processes import START_METHOD, count_processors, end_group
from octavo.renderer.ansi import strip_colors
from octavo.renderer.cells import Cell
from octavo.renderer.limits import MEMORY_LIMIT, limit_pages
from octavo.renderer.worker import CellResult, Output, run_cell, start_worker

Outputs = list[list[Output]]

# With one page per processor, the longest page might start after all others have finished.
_PAGES_PER_PROCESSOR = 2
# It takes one or two, and many more on a busy machine.
_START_SECONDS = 120.0
# How often to check whether it still can.
_LOOK_SECONDS = 1.0
_MISSING_FILE = re.compile(r"No such file or directory: '(?P<name>[^/'][^']*)'")


class Job(NamedTuple):
    """The cells of one page, the folder in which they run, and the environment variables added for them."""

    page: str
    cells: Sequence[Cell]
    allow_errors: Sequence[bool]
    folder: Path
    environment: Mapping[str, str]


def run_jobs(jobs: Sequence[Job], timeout: float) -> Generator[tuple[Job, Callable[[], Outputs]]]:
    """Run the jobs, and yield each as it finishes, with a function that returns the outputs of its cells.

    Args:
        jobs: the pages, in the order in which they start.
        timeout: the seconds that one cell may take.

    The function raises PageError if a cell failed, took too long, or ended its process, and OctavoError if the system
    started no process for the page. When the generator is closed, all jobs are ended.
    """
    pages = [_Page(job, timeout) for job in jobs if job.cells]
    with ThreadPoolExecutor(limit_pages(_PAGES_PER_PROCESSOR * count_processors())) as threads:
        running = {threads.submit(page.run): page.job for page in pages}
        try:
            for job in jobs:
                if not job.cells:
                    yield job, list
            for finished in as_completed(running):
                yield running[finished], finished.result
        finally:
            for future in running:
                future.cancel()
            for page in pages:
                page.end()


class _Page:
    """A page whose cells run one after another in a pool of one worker."""

    def __init__(self, job: Job, timeout: float) -> None:
        self.job = job
        self._timeout = timeout
        self._pid = 0
        self._ended = False

    def run(self) -> Outputs:
        """Every cell's outputs; PageError if one fails, OctavoError if no process can be started."""
        context = multiprocessing.get_context(START_METHOD)
        environment = {**os.environ, **self.job.environment}
        try:
            with ProcessPoolExecutor(1, context, start_worker, (self.job.folder, environment)) as pool:
                return self._run_cells(pool)
        except (OSError, RuntimeError, EOFError) as error:
            for child in multiprocessing.active_children():  # Python would wait forever for a half-started process
                child.kill()
            advice = "raise the limits that `ulimit -a` lists, or make /dev/shm writable"
            first = str(error.__context__ or "") or error  # closing the pool fails again
            raise OctavoError(f"{self.job.page}: no process can be started for its cells: {first}; {advice}") from None

    def _run_cells(self, pool: ProcessPoolExecutor) -> Outputs:
        try:
            self._pid = _start(pool)
            return [] if self._ended else [self._run_cell(pool, number) for number in range(len(self.job.cells))]
        finally:
            self.end()

    def end(self) -> None:
        """End the worker, if it has begun, and whatever it started."""
        self._ended = True
        if self._pid:
            end_group(self._pid)

    def _run_cell(self, pool: ProcessPoolExecutor, number: int) -> list[Output]:
        cell, may_fail = self.job.cells[number], self.job.allow_errors[number]
        try:
            result = pool.submit(run_cell, cell.source, may_fail, cell.is_inline).result(self._timeout)
        except TimeoutError:
            raise self._error(number, f"took longer than {self._timeout:g} s and was ended") from None
        except BrokenProcessPool:
            what = f"ended its process: it exited, crashed, or needed more than {MEMORY_LIMIT // 1024**3} GB of memory"
            raise self._error(number, what) from None
        if result.failure:
            raise self._error(number, result.failure + self._advise(result.failure), result)
        return result.outputs

    def _advise(self, failure: str) -> str:
        """How to get a missing package, or where a file is that a cell looked for in the project's folder."""
        if "ModuleNotFoundError: No module named" in failure:
            return "; name the package that has it in requirements-pages.txt, and install it"
        missing = _MISSING_FILE.search(failure)
        path = PurePosixPath(self.job.page).parent / missing["name"] if missing else None
        if not path or not (self.job.folder / path).exists():
            return ""
        return f"; cells run in the project's folder, so write {str(path)!r}"

    def _error(self, number: int, what: str, result: CellResult | None = None) -> PageError:
        cell = self.job.cells[number]
        outputs, line = (result.outputs, result.line) if result else ([], 0)
        streams = "".join(output["text"] for output in outputs if output["output_type"] == "stream")
        trace = strip_colors("\n".join(outputs[-1].get("traceback", ()))) if outputs else ""
        detail = "\n\n".join(part.rstrip("\n") for part in (cell.source, streams, trace) if part.strip())
        position = sum(not each.is_inline for each in self.job.cells[: number + 1])
        name = f"cell {position}" + (f" ({cell.label})" if cell.label else "")
        if cell.is_inline:
            name = f"`{{python}} {cell.source}`"
        return PageError(cell.path, cell.line + line, f"{name} {what}", detail)


def _start(pool: ProcessPoolExecutor) -> int:
    """Start the pool's worker; its process id. If threads run out, the pool's own may die and never answer."""
    started, deadline = pool.submit(os.getpid), monotonic() + _START_SECONDS
    manager = pool._executor_manager_thread  # no public function tells whether it ended
    while (left := deadline - monotonic()) > 0:
        with suppress(TimeoutError):
            return started.result(min(left, _LOOK_SECONDS))
        if isinstance(manager, Thread) and not manager.is_alive():
            raise RuntimeError("the pool's own thread ended; it could start no other")
    raise TimeoutError(f"none has started within {_START_SECONDS:g} s")
