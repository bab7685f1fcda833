"""The cache: what was made, under a key of what it was made from."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from octavo.files import write_file


class Cache:
    """A folder of made files; what a whole run has not asked for is forgotten by `forget_unused`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def find(self, name: str) -> bytes | None:
        """What was kept under this name, if anything."""
        self._used.add(name)
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def keep(self, name: str, content: bytes) -> None:
        """Keep the content under this name."""
        self._used.add(name)
        write_file(self._folder / name, content)

    def forget_unused(self) -> None:
        """Delete what nobody asked for."""
        for file in self._folder.glob("*"):
            if file.name not in self._used:
                file.unlink(missing_ok=True)


def compute_key(*ingredients: object) -> str:
    """A name for what comes of these ingredients, which JSON can hold."""
    text = json.dumps(ingredients, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
