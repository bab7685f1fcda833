"""The update of a site: what has changed in the code since it was taken, but nothing that its owner has changed."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from octavo.files import write_file
from octavo.starter.code import collect_code, read_text
from octavo.starter.configuration import CONFIGURATION, read_values
from octavo.starter.record import RECORD, digest, read_record, write_record


@dataclass
class Update:
    """What an update does: paths by what becomes of them."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Changed by the owner and in the code too: the owner's stays."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to take."""
        return not (self.added or self.changed or self.removed or self.kept)


def plan_update(origin: Path, target: Path) -> tuple[Update, dict[str, bytes]]:
    """What updating `target` from `origin` would do, and the code as `target` would have it."""
    code = collect_code(origin, read_values(read_text(target, CONFIGURATION)))
    taken = read_record(target)
    update = Update()
    for path in sorted({*code, *taken}):
        _sort(path, code.get(path), taken.get(path), _read(target / path), update)
    return update, code


def _sort(path: str, new: bytes | None, taken: str | None, own: bytes | None, update: Update) -> None:
    """Put one file where it belongs: `taken` is its hash when it was taken, `own` what it is now."""
    now = None if own is None else digest(own)
    wanted = None if new is None else digest(new)
    if now == wanted or wanted == taken:  # there already, or nothing new since
        return
    if now == taken:
        kind = update.removed if wanted is None else update.added if now is None else update.changed
    else:
        kind = update.kept
    kind.append(path)


def apply_update(update: Update, code: Mapping[str, bytes], origin: Path, target: Path) -> None:
    """Do it. The record is written last: an update that was stopped halfway is done again from its beginning."""
    for path in [*update.added, *update.changed]:
        write_file(target / path, code[path], sync=True)
        shutil.copymode(origin / path, target / path)
    for path in update.removed:
        (target / path).unlink()
    write_file(target / RECORD, write_record(code), sync=True)


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
