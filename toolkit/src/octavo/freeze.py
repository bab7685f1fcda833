"""Freeze: discards Quarto's stored results of cells once the tables that they came from have changed.

Quarto stores what a page's cells printed and reuses it as long as the page's own text is unchanged (`execute: freeze`,
and always between the renders of a preview). It doesn't notice that a table or this package has changed
(https://github.com/quarto-dev/quarto-cli/issues/6793). So each store has a stamp, a hash of all of them; a store with
an outdated stamp is deleted before the render. A store that is kept in Git includes its stamp.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from octavo.files import write_file

PACKAGE = Path(__file__).parent
STORES = (".quarto/_freeze", "_freeze")
STAMP = "tables.sha256"
# The hash at the start of the render: edits during the render aren't in its results.
_BEGUN = Path(".quarto/octavo") / STAMP


def clear_freeze(root: Path, more: Iterable[str] = ()) -> None:
    """Delete stores of results that were made from other tables, or by another version of the package.

    Args:
        root: the project.
        more: other inputs of cells, such as the digests of pictures.
    """
    fingerprint = hash_inputs(root, more)
    for store in (root / name for name in STORES):
        if store.is_dir() and _read_stamp(store) != fingerprint:
            shutil.rmtree(store)
    write_file(root / _BEGUN, fingerprint + "\n")


def stamp_freeze(root: Path) -> None:
    """Stamp the stores that the render made or added to."""
    begun = root / _BEGUN
    if begun.is_file():
        for store in (root / name for name in STORES):
            if store.is_dir():
                write_file(store / STAMP, begun.read_text(encoding="utf-8"))


def hash_inputs(root: Path, more: Iterable[str] = ()) -> str:
    """One hash of all tables and of the package's modules and words, names included, and of these texts."""
    digest = hashlib.sha256("\n".join(sorted(more)).encode())
    for folder, pattern in ((root / "data", "*.yml"), (PACKAGE, "**/*.py"), (PACKAGE / "language", "words/*.yml")):
        for file in sorted(folder.glob(pattern)):
            name = file.relative_to(folder).as_posix()
            digest.update(f"{name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _read_stamp(store: Path) -> str:
    stamp = store / STAMP
    return stamp.read_text(encoding="utf-8").strip() if stamp.is_file() else ""
