"""The record of what the engine wrote into a site: `.octavo`, which `sha256sum --check` reads too."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from octavo.errors import OctavoError

RECORD = ".octavo"
# What version 1.0 wrote, when a site held a copy of the whole code.
OLD_RECORD = ".code.sha256"


def compute_digest(content: bytes) -> str:
    """The hash of a file's bytes, whatever its line ends are: git may have changed them."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def format_record(version: str, files: Mapping[str, bytes]) -> str:
    """The record of these files, written by this version of the engine."""
    lines = [f"{compute_digest(content)}  {path}\n" for path, content in sorted(files.items())]
    return "".join([f"# octavo {version}\n", *lines])


def read_record(folder: Path, name: str = RECORD) -> dict[str, str]:
    """The digest of each file as the engine wrote it, by path.

    Raises:
        OctavoError: if there is no record, or it can't be read, or it names a file outside the site.
    """
    try:
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise OctavoError(
            f"{folder / name}: {error.strerror}; `octavo upgrade` needs a site made by `octavo new`"
        ) from None
    pairs = [line.split("  ", 1) for line in lines if line.strip() and not line.startswith("#")]
    if not all(len(pair) == 2 and _is_inside(pair[1]) for pair in pairs):
        raise OctavoError(f"{folder / name}: this is not a record of what the engine wrote; restore it with git")
    return {path: digest for digest, path in pairs}


def _is_inside(path: str) -> bool:
    return not path.startswith("/") and ".." not in path.split("/")
