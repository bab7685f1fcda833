"""A table and its provenance on disk: read together, and written so that a crash at any moment leaves both whole.

A file is written aside, flushed to the disk, and put in the old one's place by one rename. Two files can't be renamed
at once; so the provenance is written ahead, sealed with the digest of the table that it belongs to, and a later run
completes it if that table is there, or drops it if not.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from octavo.errors import OctavoError
from octavo.files import write_file
from octavo.importing.provenance import Provenance, format_provenance, parse_provenance, read_seal

_LOCK_SECONDS = 10


@dataclass(frozen=True)
class Storage:
    """Where a table is, and what scripts remember of it."""

    data: Path
    table: str

    @property
    def file(self) -> Path:
        """The table's file; behind a symbolic link, the one that it leads to."""
        return Path(os.path.realpath(self.data / f"{self.table}.yml"))

    @property
    def provenance_file(self) -> Path:
        return self.data / "provenance" / f"{self.table}.json"

    @property
    def _ahead_file(self) -> Path:
        return self.provenance_file.with_name(f".{self.table}.next")

    @contextmanager
    def lock(self, *, reads_only: bool = False) -> Iterator[None]:
        """Keep other imports out, and complete or drop what one that was killed left behind.

        Who only reads needs neither, and may not be able to write.

        Raises:
            OctavoError: if another one doesn't end soon.
        """
        if reads_only:
            yield
            return
        from filelock import FileLock, Timeout

        folder = self.data.absolute().parent / ".cache" / "octavo"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with FileLock(folder / f"{self.table}.lock", timeout=_LOCK_SECONDS):
                self._recover()
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

    def write(self, before: bytes, after: bytes, provenance: Provenance | None) -> None:
        """Replace the table and, if there is one, its provenance; only within `lock`.

        Raises:
            OctavoError: if the table isn't any more as it was read, or a file can't be written.
        """
        if self.read_table() != before:
            raise OctavoError(f"{self.file}: was changed while you were deciding; nothing written, run it again")
        if provenance is not None:
            _write(self._ahead_file, format_provenance(provenance, _digest(after)).encode())
        if after != before:
            _write(self.file, after)

    def confirm(self) -> None:
        """Make the provenance that was written ahead the valid one."""
        self._recover()

    def restore(self, before: bytes) -> None:
        """Put the table back as it was, and forget the provenance that was written ahead."""
        if before:
            _write(self.file, before)
        else:
            self.file.unlink(missing_ok=True)
        self._ahead_file.unlink(missing_ok=True)

    def _recover(self) -> None:
        for folder, name in ((self.file.parent, self.file.name), (self.provenance_file.parent, "")):
            for left in folder.glob(f".{name}*.part") if folder.is_dir() else ():
                left.unlink(missing_ok=True)
        with contextlib.suppress(FileNotFoundError, UnicodeDecodeError):
            text = self._ahead_file.read_text("utf-8")
            if read_seal(text) == _digest(self.read_table()):
                _write(self.provenance_file, format_provenance(parse_provenance(text, "")).encode())
            self._ahead_file.unlink(missing_ok=True)


def _write(file: Path, content: bytes) -> None:
    try:
        write_file(file, content, sync=True)
    except OSError as error:
        raise OctavoError(f"{error.filename}: can't be written: {error.strerror}") from error


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
