"""Hooks: the scripts of `pre-render` and `post-render`, run as Quarto runs them."""

from __future__ import annotations

import contextlib
import os
import runpy
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from octavo.errors import OctavoError
from octavo.processes import can_fork, start_process, wait_for
from octavo.renderer.messages import receive, send
from octavo.renderer.preparation import Preparation

_NICE = 10


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
    """The stages of one build, each run by this process when it is waited for."""

    def start(self, stage: Stage) -> None:
        """Begin to run the scripts of the stage, where that can be done beside this process."""

    def wait(self, stage: Stage) -> None:
        """Wait for the scripts of the stage that was started; OctavoError at the first that failed."""
        _insist(stage, stage.run())


class ForkedHooks(Hooks):
    """The stages, run by the process that serves them at the other end of the connection."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def start(self, stage: Stage) -> None:
        send(self._connection, stage)

    def wait(self, stage: Stage) -> None:
        answer = receive(self._connection)
        _insist(stage, -1 if answer is None else answer.content)


def serve_hooks(connection: socket.socket, preparation: Preparation) -> None:
    """Run the stages that come through the connection, in this process, with what the scripts need imported.

    Behind the first one, what all share is read, and what can be made ahead is made.
    """
    try:
        preparation.scripts()
    except Exception:
        sys.excepthook(*sys.exc_info())
        return
    os.register_at_fork(after_in_child=connection.close)  # or what a script leaves running would hold it
    ahead = 0
    while request := receive(connection):
        stage = Stage(*request.content)
        if ahead:
            wait_for(ahead)
        number = stage.run()
        send(connection, number)
        if not ahead and not number:
            with contextlib.suppress(Exception):  # what is wrong, who needs it will tell
                preparation.load()
            ahead = start_process(partial(_make_ahead, preparation, stage))


def _insist(stage: Stage, number: int) -> None:
    if number:
        failed = f"script `{stage.commands[number - 1]}`" if number > 0 else "scripts' process"
        raise OctavoError(f"the {stage.name} {failed} failed; the site is as it was")


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
