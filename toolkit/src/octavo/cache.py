"""The cache: finished files and plain data, stored under keys; a damaged file counts as missing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from octavo.files import is_being_written, keep, read_kept


class Cache:
    """A folder of finished files; `forget_unused` deletes those that a complete run didn't use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def find_or_make(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return the file stored under this key; if there is none, or it is damaged, make and store it."""
        self._used.add(name)
        content = read_kept(self._folder / name, name)
        if content is None:
            content = make()
            keep(self._folder / name, name, content)
        return content

    def forget_unused(self) -> None:
        """Delete what this run didn't use."""
        for file in self._folder.glob("*"):
            if file.name not in self._used and not is_being_written(file):
                file.unlink(missing_ok=True)


def load_entry(file: Path, key: str) -> Any:
    """The plain data that the file holds under this key, or None."""
    payload = read_kept(file, key)
    return None if payload is None else json.loads(payload)


def store_entry(file: Path, key: str, value: object) -> None:
    """Store plain data under a key, replacing what the file held; does nothing if the folder isn't writable."""
    with suppress(OSError):
        keep(file, key, json.dumps(value, separators=(",", ":")).encode())


def compute_key(*ingredients: object) -> str:
    """A key for something made from these inputs, which must be serializable as JSON."""
    text = json.dumps(ingredients, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
