"""Hooks: the scripts of `pre-render` and `post-render`, run as Quarto runs them."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from homepage.errors import HomepageError
from homepage.processes import can_fork, fork
from homepage.renderer.configuration import Site, as_list
from homepage.renderer.environment import project_environment


class Hooks:
    """The scripts of one stage, `pre-render` or `post-render`, one after another beside what this process does."""

    def __init__(self, site: Site, stage: str, environment: Mapping[str, str]) -> None:
        self._stage = stage
        self._commands = [str(command) for command in as_list(site.project.get(stage))]
        self._run_one = _Script(site.root, environment).run
        self._pid = 0
        if self._commands and can_fork():
            self._pid = _fork(self._run_all)

    def wait(self) -> None:
        """Wait for the scripts; HomepageError at the first that failed."""
        if not self._commands:
            return
        number = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1]) if self._pid else self._run_all()
        if number:
            command = self._commands[number - 1] if 0 < number <= len(self._commands) else self._commands[0]
            raise HomepageError(f"the {self._stage} script `{command}` failed; the site is as it was")

    def _run_all(self) -> int:
        """The number of the first script that failed, counted from 1; 0 if none did."""
        for number, command in enumerate(self._commands, 1):
            # Quarto, too, splits at spaces and knows no quotes.
            if self._run_one(command.split()):
                return number
        return 0


def hook_environment(site: Site, output: Path, inputs: Sequence[str], outputs: Sequence[Path]) -> dict[str, str]:
    """What Quarto tells a script by variables; lists have a line for each path."""
    relative = [os.path.relpath(path, site.root) for path in outputs]
    return {
        **project_environment(site.root),
        "QUARTO_PROJECT_RENDER_ALL": "1",
        "QUARTO_PROJECT_OUTPUT_DIR": str(output),
        "QUARTO_PROJECT_INPUT_FILES": "\n".join(inputs),
        "QUARTO_PROJECT_OUTPUT_FILES": "\n".join(relative),
    }


class _Script:
    def __init__(self, root: Path, environment: Mapping[str, str]) -> None:
        self._root = root
        self._environment = environment

    def run(self, arguments: list[str]) -> int:
        """The script's exit status."""
        if not arguments[0].endswith(".py"):
            return self._start(arguments)
        if can_fork():
            pid = _fork(lambda: self._run_python(arguments))
            return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        return self._start([sys.executable, *arguments])

    def _start(self, arguments: list[str]) -> int:
        environment = {**os.environ, **self._environment}
        try:
            return subprocess.run(arguments, cwd=self._root, env=environment, check=False).returncode
        except OSError as error:
            raise HomepageError(f"the script `{arguments[0]}` can't be started: {error.strerror}") from None

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


def _fork(run: Any) -> int:
    """Start a process that ends with what `run` returns; its id."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = fork()
    if pid:
        return pid
    status = 1
    try:
        status = run()
        sys.stdout.flush()
        sys.stderr.flush()
    except HomepageError as error:
        sys.stderr.write(f"{error}\n")
        sys.stderr.flush()
    finally:
        os._exit(status & 0xFF)


def _exit_status(code: Any) -> int:
    if isinstance(code, str):
        sys.stderr.write(code + "\n")
    return code if isinstance(code, int) else int(code is not None)
