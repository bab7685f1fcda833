"""The cache of tables: what was parsed and validated, stored by content.

An entry is a kept file with JSON in it. Its key covers everything that the payload depends on, so an entry is either
right or not used. A damaged entry, or a folder that can't be written to, only costs time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from octavo.files import keep, read_kept
from octavo.installed import list_installed

# More packages than needed, so that the list doesn't have to follow the imports.
_CODE = ("*.py", "language/*.py", "model/*.py", "pictures/*.py", "tables/*.py")


def make_key(table: str, content: bytes) -> str:
    """The key of a table's content: it changes with the content and with the code that reads it."""
    return hashlib.sha256(f"{table} {CODE_DIGEST} ".encode() + content).hexdigest()


def load_entry(file: Path, key: str) -> Any:
    """What was stored under this key, or None."""
    payload = read_kept(file, key)
    return None if payload is None else json.loads(payload)


def store_entry(file: Path, key: str, value: Any) -> None:
    """Store plain data under a key, replacing the old entry; does nothing if the cache isn't writable."""
    payload = json.dumps(value, separators=(",", ":")).encode()
    with contextlib.suppress(OSError):
        keep(file, key, payload)


def _digest_code() -> str:
    digest = hashlib.sha256("\n".join([sys.version, *list_installed()]).encode())
    package = Path(__file__).parents[1]
    files = (file for pattern in _CODE for file in package.glob(pattern))
    for file in sorted(file for file in files if file.is_file()):  # an editor's lock file is a link that leads nowhere
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


CODE_DIGEST = _digest_code()
"""A digest of the code that reads tables, and of all installed packages.

    It is computed on import, so that it matches the running code and workers inherit it.
"""
