"""The upgrade of a site: the engine's files are updated, and files that the owner changed are kept."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from octavo.errors import OctavoError
from octavo.starter.create import write_files
from octavo.starter.engine import Engine, is_seed, read_owned
from octavo.starter.record import ABSENT, OLD_RECORD, RECORD, States, compute_digest, format_record, read_record

# The old names of the engine in an owner's files, and the new ones.
_RENAMED = (
    (re.compile(r"\b(from|import) homepage\b"), r"\1 octavo"),
    (re.compile(r"\bhomepage-html\b"), "octavo-html"),
    (re.compile(r"_extensions/homepage\b"), "_extensions/octavo"),
    (re.compile(r"(\$schema=\S*?)homepage/schemas/"), r"\1_extensions/octavo/schemas/"),
    # Files of the code that `quarto preview` watched.
    (re.compile(r"^[ \t]*- \[homepage/[^\]]*\]\n", re.MULTILINE), ""),
)
_ASIDE = ".octavo-upgrade-"
_BETWEEN = f"{RECORD}.between"


def is_old_site(folder: Path) -> bool:
    """Whether version 1.0 made the site in this folder, and no upgrade has been completed since."""
    return (folder / OLD_RECORD).is_file()


def list_pages(folder: Path) -> list[str]:
    """The pages, tables, and configuration, which are the owner's, by path."""
    patterns = ("*.qmd", "[!_]*/*.qmd", "_quarto.yml", "data/*.yml")
    return [file.relative_to(folder).as_posix() for pattern in patterns for file in sorted(folder.glob(pattern))]


def convert_pages(folder: Path) -> dict[str, bytes]:
    """The owner's files that use the engine's old name, with the new one, by path."""
    found = {}
    for path in list_pages(folder):
        text = (folder / path).read_bytes().decode("utf-8", "surrogateescape")
        converted = text
        for old, new in _RENAMED:
            converted = old.sub(new, converted)
        if converted != text:
            found[path] = converted.encode("utf-8", "surrogateescape")
    return found


@dataclass
class Upgrade:
    """The actions of an upgrade, by path."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Changed by the owner and by the engine too: the owner's version stays."""
    converted: dict[str, bytes] = field(default_factory=dict)
    """Files of a site of version 1.0 that use the engine's old name, with the new one."""
    owned: Mapping[str, bytes] = field(default_factory=dict)
    before: States = field(default_factory=dict)
    """The digests that the engine's files had when it last wrote them."""

    @property
    def is_empty(self) -> bool:
        """Whether the site is up to date; files that are kept need nothing done."""
        is_interrupted = any(len(states) > 1 for states in self.before.values())
        return not (self.added or self.changed or self.removed or self.converted or is_interrupted)


def plan_upgrade(folder: Path, engine: Engine) -> Upgrade:
    """The actions to upgrade the site in `folder` to this engine.

    Raises:
        OctavoError: if the folder is not a site that `octavo new`, or `make new` of version 1.0, has made.
    """
    has_record = (folder / RECORD).is_file()
    is_old = is_old_site(folder)
    upgrade = Upgrade(owned=read_owned(engine))
    upgrade.before = read_record(folder, OLD_RECORD if is_old and not has_record else RECORD)
    owners = {path for path in upgrade.before if is_seed(path)}
    if is_old:
        upgrade.converted = convert_pages(folder)
        owners.update(list_pages(folder))
    for path in sorted({*upgrade.owned, *upgrade.before} - owners):
        _sort_file(upgrade, path, compute_digest(_read(folder / path)))
    return upgrade


def _sort_file(upgrade: Upgrade, path: str, now: str) -> None:
    """Sort a path by what happens to it; `now` is its digest."""
    wanted = compute_digest(upgrade.owned.get(path))
    before = upgrade.before.get(path, (ABSENT,))
    if now == wanted:
        return
    if now in before:
        changed = upgrade.removed if wanted == ABSENT else upgrade.changed
        (upgrade.added if now == ABSENT else changed).append(path)
    elif now != ABSENT and wanted not in before:  # else changed by the owner alone
        upgrade.kept.append(path)


def apply_upgrade(upgrade: Upgrade, folder: Path, engine: Engine) -> None:
    """Upgrade completely or not at all: a full disk is noticed before any file of the site has changed.

    If the program is killed, the next upgrade continues: until the end, the record has both states of each file.
    """
    for left in folder.glob(f"{_ASIDE}*"):
        shutil.rmtree(left)
    new = {path: upgrade.owned[path] for path in [*upgrade.added, *upgrade.changed]} | upgrade.converted
    with TemporaryDirectory(prefix=_ASIDE, dir=folder) as name:
        aside = Path(name)
        between = format_record(engine.version, upgrade.owned, upgrade.before).encode()
        after = format_record(engine.version, upgrade.owned).encode()
        write_files(aside, {**new, RECORD: after, _BETWEEN: between})
        for path in new:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (aside / _BETWEEN).replace(folder / RECORD)
        for path in new:
            (aside / path).replace(folder / path)
        for path in upgrade.removed:
            (folder / path).unlink(missing_ok=True)
            _remove_empty(folder, Path(path).parent)
        (aside / RECORD).replace(folder / RECORD)
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
    except OSError as error:
        raise OctavoError(f"{file}: can't be read: {error.strerror}; nothing was written") from None
