"""The errors that a user can mend.

    OctavoError
    ├── DataError      problems in the tables or the configuration, all of them at once
    └── PageError      a problem in one page, with its line
        └── ForeignError   what only Quarto renders; other pages can be built without this one

Whatever is not one of these is a bug of ours and keeps its traceback.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]
_MOST_PROBLEMS = 100


def quote_value(value: str) -> str:
    """A value as a message quotes it: on one line, nothing in it acts on a terminal, cut where it is long."""
    return repr(value if len(value) <= 80 else value[:79] + "…")


class OctavoError(Exception):
    """A user's mistake; its text says where it is and what to do."""


_MAKE_ROOM = "free up space on its disk"
_LET_WRITE = "make its folder writable"
_CHECK_DISK = "check the disk, which reports an error"
_MAKE_WAY = "a file is where a folder is needed; move it"
_RAISE_LIMIT = "raise the limit on the size of files (ulimit -f)"
_DISK_FAULTS = {
    errno.ENOSPC: _MAKE_ROOM,
    errno.EDQUOT: _MAKE_ROOM,
    errno.EIO: _CHECK_DISK,
    errno.EEXIST: _MAKE_WAY,
    errno.EFBIG: _RAISE_LIMIT,
    errno.EMFILE: "raise the limit on open files (ulimit -n)",
    errno.ENAMETOOLONG: "give it a shorter name",
    errno.EISDIR: "a folder is where a file is needed; move it",
    errno.ENOTDIR: _MAKE_WAY,
    errno.EROFS: _LET_WRITE,
    errno.EACCES: _LET_WRITE,
    errno.EPERM: _LET_WRITE,
}
_SHORTAGES = (errno.ENOMEM, errno.EAGAIN)
# How the loader of libraries and the threads of Python say it.
_REFUSED = re.compile("failed to map segment|[Cc]annot allocate memory|can't start new thread")


@contextmanager
def name_disk_faults(subject: str = "the site") -> Iterator[None]:
    """Report a disk that is full, broken, read-only, or in disorder as the user's problem, with what to do about it.

    Raises:
        OctavoError: In place of an OSError of this kind; any other passes.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _DISK_FAULTS:
            raise
        raise _describe_fault(f"{subject} can't be written", error) from None


@contextmanager
def name_write_faults(path: str | os.PathLike[str]) -> Iterator[None]:
    """Report whatever keeps a path from being written that the user chose, and that may lie anywhere.

    Raises:
        OctavoError: In place of any OSError.
    """
    try:
        yield
    except OSError as error:
        raise _describe_fault(f"{os.fspath(path)}: can't be written", error) from None


def _describe_fault(what: str, error: OSError) -> OctavoError:
    path = _find_nearest(error.filename) if error.errno == errno.ENOTDIR and error.filename else error.filename
    place = f" ({path})" if path and not what.startswith(f"{path}:") else ""
    advice = f"; {_DISK_FAULTS[error.errno]}" if error.errno in _DISK_FAULTS else ""
    return OctavoError(f"{what}: {error.strerror}{place}{advice}")


def _find_nearest(path: str) -> str:
    """What is there of a path: itself, or the file that stands where its folder should be."""
    while not os.path.lexists(path) and os.path.dirname(path) not in ("", path):  # noqa: PTH120
        path = os.path.dirname(path)  # noqa: PTH120
    return path


def describe_shortage(error: BaseException | None) -> str:
    """What to do where the system gave no memory, thread, or process; empty if this error is any other."""
    while error is not None:
        is_memory = isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in _SHORTAGES)
        if is_memory or _REFUSED.search(str(error)):
            reason = str(error) or "no memory is left"
            return (
                f"the system refused memory or a process: {reason}; end other programs, or raise what `ulimit -a` lists"
            )
        error = error.__cause__ or error.__context__
    return ""


class Problem(NamedTuple):
    """One problem at one place of one file; lines and columns count from 1."""

    path: str
    line: int
    column: int
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        prefix = "warning: " if self.severity == "warning" else ""
        return f"{self.path}:{self.line}:{self.column}: {prefix}{self.message}"


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether one of them is more than a warning."""
    return any(problem.severity == "error" for problem in problems)


def describe_problems(problems: Sequence[Problem]) -> str:
    """A line for each problem; of very many, as one mistake in a script makes them, the first, errors foremost."""
    if len(problems) <= _MOST_PROBLEMS:
        return "\n".join(map(str, problems))
    first = sorted(problems, key=lambda problem: problem.severity == "warning")[:_MOST_PROBLEMS]
    more = f"… and {len(problems) - _MOST_PROBLEMS:,} more, which `octavo check` lists"
    return "\n".join([*map(str, first), more])


class DataError(OctavoError):
    """Every problem of the tables or of the configuration, as `problems`; its text is that of `describe_problems`."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(describe_problems(self.problems))


class PageError(OctavoError):
    """A problem in one page; `detail` holds a cell's source and traceback."""

    def __init__(self, page: str, line: int, message: str, detail: str = "") -> None:
        self.page = page
        self.line = line
        self.message = message
        self.detail = detail
        super().__init__(f"{page}:{line}: {message}" + (f"\n\n{detail}" if detail else ""))


class ForeignError(PageError):
    """Something in a page that only Quarto renders."""
