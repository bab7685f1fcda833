"""The cache: what was made, under a key of what it was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from octavo.files import is_being_written, keep, read_kept


class Cache:
    """A folder of made files; what a whole run has not asked for is forgotten by `forget_unused`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def find_or_make(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return what was kept under this name; if nothing was, or it is damaged, make it and keep it."""
        self._used.add(name)
        content = read_kept(self._folder / name, name)
        if content is None:
            content = make()
            keep(self._folder / name, name, content)
        return content

    def forget_unused(self) -> None:
        """Delete what this run didn't ask for."""
        for file in self._folder.glob("*"):
            if file.name not in self._used and not is_being_written(file):
                file.unlink(missing_ok=True)


def compute_key(*ingredients: object) -> str:
    """A name for what comes of these ingredients, which JSON can hold."""
    text = json.dumps(ingredients, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
