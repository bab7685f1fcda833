"""Killing: end a program at any call that changes the file system, or fill the disk from there on."""

from __future__ import annotations

import builtins
import errno
import io
import os
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

KILLED = 9
FULL = 1
ROOM = ("write", "mkdir", "sendfile")
CALLS = ("write", "rename", "replace", "fsync", "mkdir", "rmdir", "unlink", "remove", "sendfile")
Calls = Sequence[tuple[ModuleType, str]]


def run_and_kill(program: Callable[[], object], last: int, calls: Calls = (), *, fills: bool = False) -> int:
    """Run `program` in a process that is killed at the `last`th of `CALLS` and `calls`; returns its exit status.

    If it ends by itself, the status is the number that `program` returned, or else 0. With `fills`, the disk is full
    from that call on instead, and a program that fails has the status `FULL`.
    """
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            _Killer(last, fills=fills).arm(calls)
            returned = program()
            status = returned if type(returned) is int else 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def try_every_point(
    prepare: Callable[[], object],
    program: Callable[[], object],
    look: Callable[[], object],
    calls: Calls = (),
    *,
    fills: bool = False,
) -> int:
    """Kill `program` at its first call, its second, … until it ends by itself; returns the number of calls."""
    for last in range(1, 500):
        prepare()
        status = run_and_kill(program, last, calls, fills=fills)
        assert status in (0, FULL if fills else KILLED), f"killed at call {last}, it ended with {status}"
        look()
        if status == 0:
            return last - 1
    raise AssertionError("it never ended")


class _Killer:
    """Ends this process at the `last`th call that changes the file system; a write counts before it and halfway."""

    def __init__(self, last: int, *, fills: bool = False) -> None:
        self._left = last
        self._fills = fills

    def arm(self, calls: Calls) -> None:
        """Wrap those calls without restoring them, since the process is about to end."""
        for module, name in [*((os, name) for name in CALLS), *calls]:
            setattr(module, name, self._before(getattr(module, name), needs_room=name in ROOM))
        builtins.open = io.open = self._open(io.open)

    def count(self, *, needs_room: bool = True) -> None:
        """Count a call, and end the process at the last."""
        self._left -= 1
        if self._left == 0 and not self._fills:
            os._exit(KILLED)
        if self._left <= 0 and needs_room and self._fills:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _before(self, call: Callable[..., Any], *, needs_room: bool) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            self.count(needs_room=needs_room)
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
    """A file whose writes are split into two halves."""

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
