"""Hooks: the scripts of `pre-render` and `post-render`, run as Quarto runs them."""

from __future__ import annotations

import contextlib
import json
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any, NamedTuple

from homepage.errors import HomepageError
from homepage.processes import can_fork, start_process, wait_for

_NICE = 10


class Preparation(NamedTuple):
    """What a project lets be done once for many, or early, each beside something else; it may be left out.

    `pages` imports what the pages need, `load` reads what they share once the first hook is done. `scripts` imports
    what the hooks need. `ahead` makes what the last hook will then find made, for the project at a root that has such
    pages; what it can't make is left to that hook, which tells.
    """

    pages: Callable[[], object] = lambda: None
    load: Callable[[], object] = lambda: None
    scripts: Callable[[], object] = lambda: None
    ahead: Callable[[Path, Sequence[str]], object] = lambda root, pages: None


class Stage(NamedTuple):
    """The scripts of one stage, one after another, what they are told beside, and the pages that there are."""

    name: str
    commands: Sequence[str]
    root: str
    environment: Mapping[str, str]
    pages: Sequence[str]

    def run(self) -> int:
        """The number of the first script that failed, counted from 1; 0 if none did."""
        script = _Script(Path(self.root), self.environment)
        for number, command in enumerate(self.commands, 1):
            # Quarto, too, splits at spaces and knows no quotes.
            if script.run(command.split()):
                return number
        return 0


class Hooks:
    """The stages, each beside what this process does: in one process that has imported what the scripts need."""

    def __init__(self, preparation: Preparation) -> None:
        self._pid = 0
        if can_fork():
            self._pid, self._requests, self._replies = _fork_runner(preparation)

    def start(self, stage: Stage) -> None:
        """Run the scripts of the stage, and behind the first one what is made ahead."""
        if self._pid:
            with contextlib.suppress(BrokenPipeError):  # it has ended, as the missing reply will say
                self._requests.write(json.dumps(stage) + "\n")
                self._requests.flush()

    def wait(self, stage: Stage) -> None:
        """Wait for the scripts of the stage that was started; HomepageError at the first that failed."""
        number = int(self._replies.readline() or -1) if self._pid else stage.run()
        if number:
            failed = f"script `{stage.commands[number - 1]}`" if number > 0 else "scripts' process"
            raise HomepageError(f"the {stage.name} {failed} failed; the site is as it was")

    def close(self) -> None:
        """End the process, and with it a script that still runs."""
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            wait_for(self._pid)
            for pipe in (self._requests, self._replies):
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


def _fork_runner(preparation: Preparation) -> tuple[int, IO[str], IO[str]]:
    """A process that takes a stage a line and answers each with the number of the script that failed."""
    taking, requests = os.pipe()
    replies, giving = os.pipe()
    pid = start_process(lambda: _run_stages(preparation, taking, giving, (requests, replies)))
    os.close(taking)
    os.close(giving)
    return pid, os.fdopen(requests, "w", encoding="utf-8"), os.fdopen(replies, encoding="utf-8")


def _run_stages(preparation: Preparation, taking: int, giving: int, others: Sequence[int]) -> None:
    for pipe in others:
        os.close(pipe)
    try:
        preparation.scripts()
    except Exception:
        sys.excepthook(*sys.exc_info())
        return
    ahead = 0
    with os.fdopen(taking, encoding="utf-8") as requests, os.fdopen(giving, "w", encoding="utf-8") as replies:
        for line in requests:
            stage = Stage(*json.loads(line))
            if ahead:
                wait_for(ahead)
            number = stage.run()
            replies.write(f"{number}\n")
            replies.flush()
            if not ahead and not number:
                ahead = start_process(partial(_make_ahead, preparation, stage))


def _make_ahead(preparation: Preparation, stage: Stage) -> None:
    os.nice(_NICE)  # the pages come first: all else waits for them
    with contextlib.suppress(Exception):
        preparation.ahead(Path(stage.root), stage.pages)


class _Script:
    def __init__(self, root: Path, environment: Mapping[str, str]) -> None:
        self._root = root
        self._environment = environment

    def run(self, arguments: list[str]) -> int:
        """The script's exit status."""
        if not arguments[0].endswith(".py"):
            return self._start(arguments)
        if can_fork():
            return wait_for(start_process(lambda: self._run_python(arguments)))
        return self._start([sys.executable, *arguments])

    def _start(self, arguments: list[str]) -> int:
        environment = {**os.environ, **self._environment}
        try:
            return subprocess.run(arguments, cwd=self._root, env=environment, check=False).returncode
        except OSError as error:
            sys.stderr.write(f"the script `{arguments[0]}` can't be started: {error.strerror}\n")
            return 1

    def _run_python(self, arguments: list[str]) -> int:
        os.environ.update(self._environment)
        os.chdir(self._root)
        sys.argv = arguments
        sys.path[0] = str((self._root / arguments[0]).parent)
        try:
            runpy.run_path(arguments[0], run_name="__main__")
        except SystemExit as end:
            return _exit_status(end.code)
        except BaseException:  # as an interpreter would at its end
            sys.excepthook(*sys.exc_info())
            return 1
        return 0


def _exit_status(code: Any) -> int:
    if isinstance(code, str):
        sys.stderr.write(code + "\n")
    return code if isinstance(code, int) else int(code is not None)
