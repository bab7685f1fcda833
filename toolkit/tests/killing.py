"""Killing: a program that ends at any call that changes a file system, without a chance to tidy up."""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

KILLED = 9
CALLS = ("write", "rename", "replace", "fsync", "mkdir", "rmdir", "unlink", "remove", "sendfile")
Calls = Sequence[tuple[ModuleType, str]]


def run_and_kill(program: Callable[[], object], last: int, calls: Calls = ()) -> int:
    """Run `program` in a process that is killed at the `last`th of `CALLS` and `calls`; its exit status.

    If it ends by itself, that is what `program` returned if it is a number, and 0 otherwise.
    """
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            _Killer(last).arm(calls)
            returned = program()
            status = returned if type(returned) is int else 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def try_every_point(
    prepare: Callable[[], object], program: Callable[[], object], look: Callable[[], object], calls: Calls = ()
) -> int:
    """Kill `program` at its first call, its second … until it ends by itself: how many there were."""
    for last in range(1, 500):
        prepare()
        status = run_and_kill(program, last, calls)
        assert status in (0, KILLED), f"at point {last} it ended with {status}"
        look()
        if status == 0:
            return last - 1
    raise AssertionError("it never ended")


class _Killer:
    """Ends this process at the `last`th call that changes a file system; a write counts before and halfway."""

    def __init__(self, last: int) -> None:
        self._left = last

    def arm(self, calls: Calls) -> None:
        """Stand before those calls, for good: this is for a process that is about to end."""
        for module, name in [*((os, name) for name in CALLS), *calls]:
            setattr(module, name, self._before(getattr(module, name)))
        builtins.open = io.open = self._open(io.open)

    def count(self) -> None:
        """Come one call nearer to the end."""
        self._left -= 1
        if self._left == 0:
            os._exit(KILLED)

    def _before(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            self.count()
            return call(*arguments, **named)

        return counted

    def _open(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def opened(file: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
            if not set(mode) & set("wxa+"):
                return call(file, mode, *arguments, **named)
            self.count()
            return _Torn(call(file, mode, *arguments, **named), self)

        return opened


class _Torn:
    """A file that is being written, in two halves."""

    def __init__(self, file: Any, killer: _Killer) -> None:
        self._file = file
        self._killer = killer

    def write(self, content: Any) -> int:
        self._killer.count()
        half = len(content) // 2
        self._file.write(content[:half])
        self._file.flush()
        self._killer.count()
        self._file.write(content[half:])
        return len(content)

    def __enter__(self) -> _Torn:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
