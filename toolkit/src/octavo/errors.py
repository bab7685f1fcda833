"""The errors that a user can fix.

    OctavoError
    ├── DataError      problems in the tables or the configuration, all of them at once
    └── PageError      a problem in one page, with its line
        └── ForeignError   something that only Quarto renders; the other pages can still be built

Any other exception is a bug of ours and keeps its traceback.
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
_MOST_ALIKE = 5


def quote_value(value: str) -> str:
    """A value as messages quote it: on one line, with control characters escaped, and truncated if it is long."""
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
# How the dynamic linker and Python's threads report it.
_REFUSED = re.compile("failed to map segment|[Cc]annot allocate memory|can't start new thread")


@contextmanager
def name_disk_faults(subject: str = "the site") -> Iterator[None]:
    """Report a full, broken, or read-only disk, or a file in the way, as the user's problem, with its remedy.

    Raises:
        OctavoError: in place of an OSError of this kind; any other is passed on.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _DISK_FAULTS:
            raise
        raise _describe_fault(f"{subject} can't be written", error) from None


@contextmanager
def name_write_faults(path: str | os.PathLike[str]) -> Iterator[None]:
    """Report why a path that the user chose, anywhere on the machine, can't be written.

    Raises:
        OctavoError: in place of any OSError.
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
    """The path if it exists, or the file that is in the place of one of its folders."""
    while not os.path.lexists(path) and os.path.dirname(path) not in ("", path):  # noqa: PTH120
        path = os.path.dirname(path)  # noqa: PTH120
    return path


def describe_shortage(error: BaseException | None) -> str:
    """What to do if the system refused memory, a thread, or a process; empty for any other error."""
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
    """Whether any of them is an error."""
    return any(problem.severity == "error" for problem in problems)


def describe_problems(problems: Sequence[Problem]) -> str:
    """One line per problem; only the first ones, errors foremost, if there are very many."""
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
    """A problem in one page; `detail` holds a cell's source and traceback, and `others` more problems."""

    def __init__(self, page: str, line: int, message: str, detail: str = "", others: Sequence[PageError] = ()) -> None:
        self.page = page
        self.line = line
        self.message = message
        self.detail = detail
        self.others = others
        own = f"{page}:{line}: {message}" + (f"\n\n{detail}\n" if detail else "")
        super().__init__("\n".join([own, *map(str, others)]).rstrip("\n"))


class ForeignError(PageError):
    """Something in a page that only Quarto renders."""


class Faults(list[PageError]):
    """Errors in pages, collected to be reported at once."""

    @contextmanager
    def collect(self) -> Iterator[None]:
        """Collect the error of the block, and go on after it."""
        try:
            yield
        except PageError as error:
            self.append(error)

    def join(self) -> PageError:
        """One error that names all, each once, in the order of their lines; a mistake if one of them is.

        Of the same problem in many lines of a page, only the first lines are named.
        """
        errors = {(each.page, each.line, each.message): each for error in self for each in (error, *error.others)}
        alike: dict[tuple[str, str], list[PageError]] = {}
        for key in sorted(errors):
            alike.setdefault((key[0], key[2]), []).append(errors[key])
        shown = [error for group in alike.values() for error in _shorten(group)]
        first, *others = sorted(shown, key=lambda error: (error.page, error.line))
        kind = ForeignError if all(isinstance(error, ForeignError) for error in self) else PageError
        return kind(first.page, first.line, first.message, first.detail, others)


def _shorten(group: list[PageError]) -> list[PageError]:
    """The errors without those that they name; only the first ones, if there are many with the same message."""
    shown = group if len(group) <= _MOST_ALIKE else group[: _MOST_ALIKE - 1]
    alone = [PageError(error.page, error.line, error.message, error.detail) for error in shown]
    if len(shown) < len(group):
        more = f"{alone[-1].message} ({len(group) - len(shown)} more in this file)"
        alone[-1] = PageError(alone[-1].page, alone[-1].line, more, alone[-1].detail)
    return alone
