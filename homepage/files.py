"""Files: how what is made gets to the disk."""

from __future__ import annotations

import os
from pathlib import Path


def write_file(path: Path, content: str | bytes) -> bool:
    """Write the content, a text in UTF-8, if it isn't there already; whether it had to be written.

    A preview watches the site and would render again and again if files were written that didn't change. What is
    there is replaced whole, never written into: a renderer may keep its own copy as a hard link.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        _write_new(path, data)
        return True
    except FileExistsError:
        if path.is_file() and path.read_bytes() == data:
            return False
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_bytes(data)
    aside.replace(path)
    return True


def _write_new(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_new(path, data)
