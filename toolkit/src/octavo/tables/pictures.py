"""Pictures that rows name: their sizes and paths in the site, so that pages don't have to open them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from octavo.cache import load_entry, store_entry
from octavo.model.addresses import find_local_path
from octavo.model.row import Picture
from octavo.pictures.reading import Facts, read_facts
from octavo.tables.table_cache import CODE_DIGEST

# The facts of a picture, or its fault, by the file's digest.
_Known = dict[str, "Facts | str"]


class Pictures(NamedTuple):
    """The pictures of all tables by their addresses, and the problems of some of them."""

    found: Mapping[str, Picture]
    faults: Mapping[str, str]
    """The reasons why pictures can't be used."""
    located: frozenset[str]
    """Pictures whose metadata include the place where they were taken."""


NO_PICTURES = Pictures({}, {}, frozenset())


def read_pictures(root: Path, addresses: Iterable[str], cache: Path) -> Pictures:
    """Read the pictures at these addresses; each is decoded once, and the result is stored in `cache`."""
    kept: _Known = load_entry(cache, CODE_DIGEST) or {}
    known: _Known = {}
    found, faults, located = {}, {}, set()
    for address in addresses:
        file = root / find_local_path(address)
        try:
            status = file.stat()
            digest = _digest(file, (status.st_mtime_ns, status.st_size, status.st_ino))
            known[digest] = facts = kept[digest] if digest in kept else _read(file.read_bytes())
        except OSError as error:
            faults[address] = f"can't be read: {error.strerror}"
            continue
        if isinstance(facts, str):
            faults[address] = facts
            continue
        width, height, transparent, vector, is_located, animated = facts
        found[address] = Picture(find_local_path(address), digest, width, height, transparent, vector, animated)
        if is_located:
            located.add(address)
    if known != kept:
        store_entry(cache, CODE_DIGEST, known)
    return Pictures(found, faults, frozenset(located))


@lru_cache(maxsize=10_000)
def _digest(file: Path, _stamp: tuple[int, int, int]) -> str:
    """A digest of the file; the tables are read about ten times in a build, and may name a hundred photos."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _read(content: bytes) -> Facts | str:
    try:
        return read_facts(content)
    except ValueError as error:
        return str(error)
