"""The record of what the engine wrote into a site: `.octavo`, which `sha256sum --check` reads too."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TypeAlias

from octavo.errors import OctavoError

RECORD = ".octavo"
# The files of version 1.0, when a site held a copy of the whole code.
OLD_RECORD = ".code.sha256"
ABSENT = "-"
States: TypeAlias = Mapping[str, Collection[str]]


def compute_digest(content: bytes | None) -> str:
    """The hash of a file's bytes, ignoring line endings, which Git may have changed. `ABSENT` without a file."""
    if content is None:
        return ABSENT
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def format_record(version: str, files: Mapping[str, bytes], before: States | None = None) -> str:
    """The record of these files, written by this version of the engine.

    While they are being written, files may also be as they were `before`; such a record has several lines for a path.
    """
    states = {path: {compute_digest(content)} for path, content in files.items()}
    if before is not None:
        for path in {*files, *before}:
            states.setdefault(path, {ABSENT}).update(before.get(path, {ABSENT}))
    lines = [f"{state}  {path}\n" for path in sorted(states) for state in sorted(states[path])]
    return "".join([f"# octavo {version}\n", *lines])


def read_record(folder: Path, name: str = RECORD) -> States:
    """The digest of each file as the engine wrote it, by path; several if an upgrade was interrupted.

    Raises:
        OctavoError: if there is no record, or it can't be read, or it names a file outside the site.
    """
    try:
        lines = (folder / name).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        raise OctavoError(
            f"{folder / name}: {error.strerror}; `octavo upgrade` needs a site made by `octavo new`"
        ) from None
    states: dict[str, set[str]] = {}
    for line in lines:
        if line.strip() and not line.startswith("#"):
            state, _, path = line.partition("  ")
            if not _is_inside(folder, path):
                raise OctavoError(
                    f"{folder / name}: this is not a record of what the engine wrote; restore it with git"
                )
            states.setdefault(path, set()).add(state)
    return states


def _is_inside(folder: Path, path: str) -> bool:
    """Whether this is the path of a file in the site, even after links to its folder are followed."""
    if not path or "\0" in path or "\\" in path or path.startswith("/") or not {".", ".."}.isdisjoint(path.split("/")):
        return False
    return (folder / path).parent.resolve().is_relative_to(folder.resolve())
