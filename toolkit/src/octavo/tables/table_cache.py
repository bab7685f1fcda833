"""The keys of cached tables: what was parsed and validated is stored by content.

A key covers everything that its entry depends on, so an entry is either right or not used.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from octavo.installed import list_installed

# More packages than needed, so that the list doesn't have to follow the imports.
_CODE = ("*.py", "language/*.py", "model/*.py", "pictures/*.py", "tables/*.py")


def make_key(table: str, content: bytes) -> str:
    """The key of a table's content: it changes with the content and with the code that reads it."""
    return hashlib.sha256(f"{table} {CODE_DIGEST} ".encode() + content).hexdigest()


def _digest_code() -> str:
    digest = hashlib.sha256("\n".join([sys.version, *list_installed()]).encode())
    package = Path(__file__).parents[1]
    files = (file for pattern in _CODE for file in package.glob(pattern))
    for file in sorted(file for file in files if file.is_file()):  # an editor's lock file is a dangling link
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


CODE_DIGEST = _digest_code()
"""A digest of the code that reads tables, and of all installed packages.

    It is computed on import, so that it matches the running code and workers inherit it.
"""
