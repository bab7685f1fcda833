"""Upkeep: a site is rendered when something has changed, by one build at a time, and swapped in whole."""

from __future__ import annotations

import contextlib
import hashlib
import math
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from octavo.files import keep, read_kept
from octavo.renderer.fingerprint import has_code_changed, hash_inputs, hash_site

if TYPE_CHECKING:
    from pathlib import Path

CACHE = os.path.join(".cache", "renderer")
_KEY = "site"


def is_up_to_date(root: str, output: str | None, renderer: str) -> bool:
    """Whether the site stands as `renderer` left it and nothing that it was made of has changed."""
    record = _read_record(root, output, renderer)
    if record is None:
        return False
    inputs, site, folder = record
    return os.path.isdir(folder) and hash_inputs(root, folder, renderer) == inputs and hash_site(folder) == site


def renew(
    root: Path,
    output: Path,
    renderer: str,
    build: Callable[[Path], None],
    stated: Path | None,
    patience: float = 0.0,
    begun: float = math.inf,
) -> None:
    """Let `build` make the site in a folder aside, then put it at `output`; `stated` is the output asked for, if any.

    Modules of this package may have been imported for it since `begun`, in seconds since the epoch.

    OctavoError where another build runs longer than `patience` seconds, or the disk is full or not to be written
    to; whatever `build` raises is passed on. The old site then stands.
    """
    from octavo.errors import name_disk_faults
    from octavo.renderer.swap import build_aside, lock_output

    with name_disk_faults(), lock_output(output, root / CACHE, patience):
        before = hash_inputs(str(root), str(output), renderer)
        record: list[str] = []

        def look_again(folder: Path) -> None:
            after = hash_inputs(str(root), str(output), renderer)
            # What a hook wrote into the project, or a person meanwhile, is not in the site for certain.
            inputs = after if before == after and not has_code_changed(begun) else ""
            # From the project on: one that was copied or moved has its own site.
            record.extend([inputs, hash_site(str(folder)), os.path.relpath(output, root)])

        with build_aside(output, look_again) as folder:
            build(folder)
        asked = None if stated is None else str(stated)
        _write_record(_record_file(str(root), asked, renderer), record)


def _record_file(root: str, stated: str | None, renderer: str) -> str:
    name = hashlib.sha256(f"{renderer} {stated and os.path.abspath(stated)}".encode()).hexdigest()[:16]
    return os.path.join(root, CACHE, name)


def _read_record(root: str, stated: str | None, renderer: str) -> tuple[str, str, str] | None:
    kept = read_kept(_record_file(root, stated, renderer), _KEY)
    if kept is None:
        return None
    inputs, site, folder = os.fsdecode(kept).split("\n", 2)
    return inputs, site, os.path.join(root, folder)


def _write_record(file: str, record: Sequence[str]) -> None:
    # Without a record the site is made anew the next time.
    with contextlib.suppress(OSError):
        keep(file, _KEY, os.fsencode("\n".join(record)))
