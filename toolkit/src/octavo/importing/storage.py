"""A table and its provenance on disk, each replaced whole by one rename.

The table is written first. If the computer stops between the two, the fields written last count as written by hand: a
later change in a source is then a conflict that the owner is asked about, and nothing is overwritten.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from octavo.errors import OctavoError
from octavo.importing.provenance import Provenance, format_provenance, parse_provenance

_LOCK_SECONDS = 10


@dataclass(frozen=True)
class Storage:
    """Where a table is, and what scripts remember of it."""

    data: Path
    table: str

    @property
    def file(self) -> Path:
        """The table's file, symbolic links resolved."""
        return Path(os.path.realpath(self.data / f"{self.table}.yml"))

    @property
    def provenance_file(self) -> Path:
        return self.data / "provenance" / f"{self.table}.json"

    @contextmanager
    def lock(self, *, reads_only: bool = False) -> Iterator[None]:
        """Keep other imports out; a run that only reads needs no lock, and may not be allowed to write one.

        Raises:
            OctavoError: if another import doesn't end soon.
        """
        if reads_only:
            yield
            return
        folder = self.data.absolute().parent / ".cache" / "octavo"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with FileLock(folder / f"{self.table}.lock", timeout=_LOCK_SECONDS):
                self._remove_leftovers()
                yield
        except Timeout as error:
            raise OctavoError(f"another import is writing {self.table}; try again when it is done") from error

    def read_table(self) -> bytes:
        """The table's bytes; empty if there is no file yet.

        Raises:
            OctavoError: if it can't be read.
        """
        try:
            return self.file.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise OctavoError(f"{self.file}: can't be read: {error.strerror}") from error

    def read_provenance(self) -> Provenance:
        """What scripts wrote so far.

        Raises:
            OctavoError: if the file is damaged.
        """
        try:
            text = self.provenance_file.read_text("utf-8")
        except FileNotFoundError:
            text = ""
        except (OSError, UnicodeDecodeError) as error:
            raise OctavoError(f"{self.provenance_file}: can't be read: {error}") from error
        return parse_provenance(text, str(self.provenance_file))

    def write_table(self, before: bytes, after: bytes) -> None:
        """Replace the table; only within `lock`.

        Raises:
            OctavoError: if the table has changed since it was read, or can't be written.
        """
        if self.read_table() != before:
            raise OctavoError(f"{self.file}: changed while you were deciding; nothing was written, run it again")
        if after != before:
            _replace(self.file, after)

    def write_provenance(self, provenance: Provenance) -> None:
        """Replace the provenance; only within `lock`, after the table.

        Raises:
            OctavoError: if it can't be written.
        """
        self.provenance_file.parent.mkdir(exist_ok=True)
        _replace(self.provenance_file, format_provenance(provenance).encode())

    def restore(self, before: bytes) -> None:
        """Put the table back as it was."""
        if before:
            replace_file(self.file, before)
        else:
            self.file.unlink(missing_ok=True)

    def _remove_leftovers(self) -> None:
        """Remove what an import left that was killed."""
        for file in (self.file, self.provenance_file):
            for left in file.parent.glob(f".{file.name}.*.part"):
                left.unlink(missing_ok=True)


def _replace(file: Path, content: bytes) -> None:
    try:
        replace_file(file, content)
    except OSError as error:
        raise OctavoError(f"{error.filename or file}: can't be written: {error.strerror}") from error


def replace_file(file: Path, content: bytes) -> None:
    """Put a file in the place of another by one rename, with its permissions; it and its folder are on disk then."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as part:
            _copy_permissions(file, handle)
            part.write(content)
            part.flush()
            os.fsync(handle)
        os.replace(name, file)  # noqa: PTH105 - the tests stop the process at each of os's calls
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _flush_folder(file.parent)


def _copy_permissions(file: Path, handle: int) -> None:
    try:
        status = file.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        os.fchmod(handle, 0o666 & ~mask)
        return
    os.fchmod(handle, status.st_mode & 0o7777)
    with contextlib.suppress(PermissionError):
        os.fchown(handle, status.st_uid, status.st_gid)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some file systems can't
            os.fsync(handle)
    finally:
        os.close(handle)
