"""The record of the code that a site has taken: `.code.sha256`, which `sha256sum --check` reads too."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from octavo.errors import OctavoError

RECORD = ".code.sha256"


def digest(content: bytes) -> str:
    """The hash of a file's bytes, whatever the ends of its lines are: git may have changed them."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def write_record(files: Mapping[str, bytes]) -> str:
    """The record of these files."""
    return "".join(f"{digest(content)}  {path}\n" for path, content in sorted(files.items()))


def read_record(folder: Path) -> dict[str, str]:
    """The hash of each file as it was taken, by path; OctavoError where there is no record."""
    try:
        lines = (folder / RECORD).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise OctavoError(
            f"{folder / RECORD}: {error.strerror}; only a site that `make new` has made can be updated"
        ) from None
    pairs = (line.split("  ", 1) for line in lines if line.strip())
    try:
        return {path: known for known, path in pairs}
    except ValueError:
        raise OctavoError(f"{folder / RECORD}: this is no record of the code that was taken") from None
