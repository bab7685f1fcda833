"""A table on disk and what imports remember about it; each file is replaced by a single rename.

The table is written first. If the computer stops before the others, the fields written last count as written by hand: a
later change in a source is then a conflict that the owner is asked about, and nothing is overwritten.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from octavo.errors import OctavoError
from octavo.files import remove_leftovers, write_file
from octavo.importing.editing.layout import read_table_text
from octavo.importing.planning import Memory
from octavo.importing.provenance import Provenance, format_provenance, parse_provenance
from octavo.tables.data_folder import show_path

_LOCK_SECONDS = 10


class Storage(NamedTuple):
    """The location of a table, and what imports remember about it."""

    data: Path
    table: str

    @property
    def file(self) -> Path:
        """The table's file, symbolic links resolved."""
        return Path(os.path.realpath(self.data / f"{self.table}.yml"))

    @property
    def provenance_file(self) -> Path:
        return self.data / "provenance" / f"{self.table}.json"

    @property
    def answers_file(self) -> Path:
        return self.data / "provenance" / "answers.yml"

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
        return _read(self.file)

    def read_memory(self) -> Memory:
        """What sources said and the owner answered so far.

        Raises:
            OctavoError: if a file is damaged.
        """
        provenance = parse_provenance(_read(self.provenance_file), str(self.provenance_file))
        return Memory(provenance, read_table_text(_read(self.answers_file), show_path(self.answers_file)))

    def write_table(self, before: bytes, after: bytes) -> None:
        """Replace the table; only within `lock`.

        Raises:
            OctavoError: if the table has changed since it was read, or can't be written.
        """
        if self.read_table() != before:
            raise OctavoError(f"{self.file}: changed while you were deciding; nothing was written, run it again")
        if after != before:
            _write(self.file, after)

    def write_memory(self, before: Memory, provenance: Provenance, answers: bytes) -> None:
        """Replace what is remembered, if it has changed; only within `lock`, after the table.

        Raises:
            OctavoError: if it can't be written.
        """
        if provenance != before.provenance:
            _write(self.provenance_file, format_provenance(provenance).encode())
        if answers:
            _write(self.answers_file, answers)

    def _remove_leftovers(self) -> None:
        """Remove what a killed import left behind."""
        for file in (self.file, self.provenance_file, self.answers_file):
            if file.parent.is_dir():
                remove_leftovers(file, is_locked=True)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise OctavoError(f"{file}: can't be read: {error.strerror}") from error


def _write(file: Path, content: bytes) -> None:
    try:
        write_file(file, content, sync=True)
    except OSError as error:
        raise OctavoError(f"{error.filename}: can't be written: {error.strerror}") from error
