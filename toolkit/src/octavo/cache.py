"""The cache: finished files, each stored under a key computed from its inputs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

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


def compute_key(*ingredients: object) -> str:
    """A key for something made from these inputs, which must be serializable as JSON."""
    text = json.dumps(ingredients, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
