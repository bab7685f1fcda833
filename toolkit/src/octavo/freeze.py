"""Freeze: Quarto's stored results of cells, kept from outliving the tables that they were made of.

Quarto stores what a page's cells printed and takes it as long as the page's own text stays (`execute: freeze`, and
always between the renders of a preview): an edit of a table or of this package it doesn't see
(https://github.com/quarto-dev/quarto-cli/issues/6793). So each store holds a stamp, a hash of all of them; a store
whose stamp isn't today's is thrown away before the render. One that is kept in git has its stamp with it.
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
# The hash at the beginning of the render: what is edited during it isn't in its results.
_BEGUN = Path(".quarto/octavo") / STAMP


def clear_freeze(root: Path, more: Iterable[str] = ()) -> None:
    """Throw away the stores of results that were made of something else, or by another package.

    Args:
        root: the project.
        more: what else than the tables cells go by, such as the digests of pictures.
    """
    fingerprint = hash_inputs(root, more)
    for store in (root / name for name in STORES):
        if store.is_dir() and _read_stamp(store) != fingerprint:
            shutil.rmtree(store)
    write_file(root / _BEGUN, fingerprint + "\n")


def stamp_freeze(root: Path) -> None:
    """Mark the stores that the render made or added to with what they were made of."""
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
