"""A table and its provenance on disk, each replaced whole by one rename.

The table is written first. If the computer stops between the two, the fields written last count as written by hand: a
later change in a source is then a conflict that the owner is asked about, and nothing is overwritten.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from octavo.errors import OctavoError
from octavo.files import write_file
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
            _write(self.file, after)

    def write_provenance(self, provenance: Provenance) -> None:
        """Replace the provenance; only within `lock`, after the table.

        Raises:
            OctavoError: if it can't be written.
        """
        self.provenance_file.parent.mkdir(exist_ok=True)
        _write(self.provenance_file, format_provenance(provenance).encode())

    def restore(self, before: bytes) -> None:
        """Put the table back as it was."""
        if before:
            _write(self.file, before)
        else:
            self.file.unlink(missing_ok=True)

    def _remove_leftovers(self) -> None:
        """Remove what an import left that was killed."""
        for file in (self.file, self.provenance_file):
            for left in file.parent.glob(f".{file.name}.*.part"):
                left.unlink(missing_ok=True)


def _write(file: Path, content: bytes) -> None:
    try:
        write_file(file, content, sync=True)
    except OSError as error:
        raise OctavoError(f"{error.filename}: can't be written: {error.strerror}") from error
