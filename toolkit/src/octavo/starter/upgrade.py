"""The upgrade of a site: what the engine owns is brought up to date, and what the owner changed is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from octavo.files import write_file
from octavo.starter.conversion import convert_pages, is_old_site
from octavo.starter.engine import Engine
from octavo.starter.files import EXECUTABLE, read_owned
from octavo.starter.record import OLD_RECORD, RECORD, compute_digest, format_record, read_record


@dataclass
class Upgrade:
    """What an upgrade does to each file, by path."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Changed by the owner and by the engine too: the owner's version stays."""
    converted: dict[str, bytes] = field(default_factory=dict)
    """Files of a site of version 1.0 that name the engine by its old name, as they should be."""
    owned: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether the site is up to date; files that are kept need nothing done."""
        return not (self.added or self.changed or self.removed or self.converted)


def plan_upgrade(folder: Path, engine: Engine) -> Upgrade:
    """What upgrading the site in `folder` to this engine would do.

    Raises:
        OctavoError: if the folder is not a site that `octavo new`, or `make new` of version 1.0, has made.
    """
    old = is_old_site(folder)
    written = read_record(folder, OLD_RECORD if old else RECORD)
    upgrade = Upgrade(owned=read_owned(engine))
    if old:
        upgrade.converted = convert_pages(folder)
        written = {path: digest for path, digest in written.items() if path not in upgrade.converted}
    for path in sorted({*upgrade.owned, *written}):
        _sort_file(upgrade, path, written.get(path), _read(folder / path))
    return upgrade


def _sort_file(upgrade: Upgrade, path: str, written: str | None, own: bytes | None) -> None:
    """File one path under what becomes of it: `written` is its digest when the engine wrote it."""
    new = upgrade.owned.get(path)
    now = None if own is None else compute_digest(own)
    wanted = None if new is None else compute_digest(new)
    if now == wanted or (wanted is not None and wanted == written):  # up to date, or changed by the owner alone
        return
    if written is None and now is None:
        upgrade.added.append(path)
    elif now == written:
        (upgrade.removed if wanted is None else upgrade.changed).append(path)
    elif now is not None:
        upgrade.kept.append(path)


def apply_upgrade(upgrade: Upgrade, folder: Path, engine: Engine) -> None:
    """Do it. The record comes last: an upgrade that was interrupted is done again from its beginning."""
    for path in [*upgrade.added, *upgrade.changed]:
        write_file(folder / path, upgrade.owned[path])
        if path in EXECUTABLE:
            (folder / path).chmod(0o755)
    for path, content in upgrade.converted.items():
        write_file(folder / path, content)
    for path in upgrade.removed:
        (folder / path).unlink(missing_ok=True)
        _remove_empty(folder, Path(path).parent)
    write_file(folder / RECORD, format_record(engine.version, upgrade.owned))
    (folder / OLD_RECORD).unlink(missing_ok=True)


def _remove_empty(folder: Path, below: Path) -> None:
    for parent in [below, *below.parents][:-1]:
        if (folder / parent).is_dir() and not any((folder / parent).iterdir()):
            (folder / parent).rmdir()


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
