"""Files: how what is made gets to the disk."""

from __future__ import annotations

import os
from pathlib import Path

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # the last one on Windows


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
    # Of many small files, as of a list's papers, `open` takes half as much time again.
    try:
        file = os.open(path, _NEW, 0o666)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, _NEW, 0o666)
    try:
        while data:
            data = data[os.write(file, data) :]
    finally:
        os.close(file)
