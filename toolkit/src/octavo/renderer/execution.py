"""The execution of pages: each page's cells in a process of their own, a few at once, none for ever."""

from __future__ import annotations

import selectors
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from octavo.errors import PageError
from octavo.processes import count_processors
from octavo.renderer.ansi import strip_colours
from octavo.renderer.cells import Cell
from octavo.renderer.memory import MEMORY_LIMIT
from octavo.renderer.workers import Worker, Workers

Outputs = list[list[Mapping[str, Any]]]

# With one, a page that takes as long as all others might begin when those have ended. They share its time,
# and a cell's limit counts what passes.
_FOR_EACH_PROCESSOR = 2


@dataclass
class Job:
    """The cells of one page that are to be run, and where."""

    page: str
    cells: Sequence[Cell]
    allow_errors: Sequence[bool]
    folder: Path
    environment: Mapping[str, str]


@dataclass
class _Run:
    job: Job
    worker: Worker
    begun: float
    cell: int = 0
    outputs: Outputs = field(default_factory=list)


class Executor:
    """Runs jobs by `workers`, some for each processor at a time; `timeout` seconds are a cell's limit."""

    def __init__(self, jobs: Sequence[Job], workers: Workers, timeout: float) -> None:
        self._workers = workers
        self._waiting = list(reversed(jobs))
        self._running: list[_Run] = []
        self._timeout = timeout
        self._places = _FOR_EACH_PROCESSOR * count_processors()

    def start(self) -> None:
        """Start jobs while there are free places, as soon as there can be workers."""
        while self._waiting and len(self._running) < self._places and not self._workers.waiting_for:
            job = self._waiting.pop()
            cells = [
                {"source": cell.source, "allow_error": allowed}
                for cell, allowed in zip(job.cells, job.allow_errors, strict=True)
            ]
            worker = self._workers.start(cells, job.folder, job.environment)
            self._running.append(_Run(job, worker, time.monotonic()))

    def stop(self) -> None:
        """End every process that still runs."""
        for run in self._running:
            run.worker.stop()
        self._running.clear()

    def wait(self, also: Sequence[Any] = ()) -> tuple[list[tuple[Job, Outputs]], list[Any]]:
        """Wait until a job is done, or can be started, or something of `also` is readable.

        The jobs done, and what is readable. PageError where a cell fails, takes too long, or ends its process.
        """
        with selectors.DefaultSelector() as selector:
            for run in self._running:
                selector.register(run.worker.pipe, selectors.EVENT_READ, run)
            for pipe in also:
                selector.register(pipe, selectors.EVENT_READ, None)
            if self._waiting and self._workers.waiting_for:
                selector.register(self._workers.waiting_for, selectors.EVENT_READ, self._workers)
            ready = selector.select(self._remaining())
        if any(key.data is self._workers for key, _ in ready):
            self._workers.prepared()
        done = [job for key, _ in ready if isinstance(key.data, _Run) for job in self._read(key.data)]
        self._check_time()
        return done, [key.fileobj for key, _ in ready if key.data is None]

    def _remaining(self) -> float | None:
        if not self._running:
            return None
        return max(0.0, min(run.begun for run in self._running) + self._timeout - time.monotonic())

    def _check_time(self) -> None:
        for run in self._running:
            if time.monotonic() - run.begun >= self._timeout:
                cell = run.job.cells[run.cell]
                raise PageError(
                    run.job.page,
                    cell.line,
                    f"{_name(run)} took longer than {self._timeout:g} s and was ended",
                    cell.source,
                )

    def _read(self, run: _Run) -> Iterator[tuple[Job, Outputs]]:
        events = run.worker.read_events()
        for event in events or ():
            _REACTIONS[event["event"]](run, event)
        if events is None:
            self._running.remove(run)
            status = run.worker.wait()
            if status or len(run.outputs) < len(run.job.cells):
                raise _ended_early(run, status)
            yield run.job, run.outputs


def _begin(run: _Run, event: Mapping[str, Any]) -> None:
    run.cell = event["cell"]
    run.begun = time.monotonic()


def _end(run: _Run, event: Mapping[str, Any]) -> None:
    run.outputs.append(event["outputs"])


def _fail(run: _Run, event: Mapping[str, Any]) -> None:
    cell = run.job.cells[event["cell"]]
    last = event["outputs"][-1] if event["outputs"] else {}
    streams = "".join(output["text"] for output in event["outputs"] if output["output_type"] == "stream")
    trace = strip_colours("\n".join(last.get("traceback", ())))
    detail = "\n\n".join(part.rstrip("\n") for part in (cell.source, streams, trace) if part.strip())
    raise PageError(
        run.job.page,
        cell.line + event["line"],
        f"{_name(run)} failed: {event['name']}",
        detail,
    )


def _limit(run: _Run, event: Mapping[str, Any]) -> None:
    cell = run.job.cells[event["cell"]]
    raise PageError(run.job.page, cell.line, f"{_name(run)} put out more than 64 MB", cell.source)


_REACTIONS: Mapping[str, Callable[[_Run, Mapping[str, Any]], None]] = {
    "begin": _begin,
    "end": _end,
    "fail": _fail,
    "limit": _limit,
}


def _name(run: _Run) -> str:
    label = run.job.cells[run.cell].label
    return f"cell {run.cell + 1}" + (f" ({label})" if label else "")


def _ended_early(run: _Run, status: int) -> PageError:
    cell = run.job.cells[run.cell]
    how = f"by signal {-status}" if status < 0 else f"with status {status}"
    return PageError(
        run.job.page,
        cell.line,
        f"{_name(run)} ended its process {how} (a cell has {MEMORY_LIMIT // 1024**3} GB of memory)",
        cell.source,
    )
