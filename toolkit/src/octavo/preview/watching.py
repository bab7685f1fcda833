"""Watching: finds the files of a project that were added, changed, or removed.

It polls instead of being notified: that takes a few milliseconds, works on every file system, and needs no watches, of
which a process may have only so many.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from pathlib import Path

from octavo.renderer.fingerprint import list_files

# Hidden and temporary files of editors and of Quarto; and at the top level, folders that no page is made from.
IGNORED = re.compile(r"\..*|.*\.quarto_ipynb|.*\.egg-info|.*~|#.*#|4913|.*\.sw[a-z]|.*\.tmp")
IGNORED_AT_TOP = re.compile(r"_site.*|tests|benchmarks|examples")
# How long nothing must change before an edit counts as complete; editors save all of their files faster than this.
QUIET_SECONDS = 0.03
# Polling may take this share of the time, however many files there are.
SHARE = 0.05

State = dict[str, tuple[int, int, int]]


class Watch:
    """Polls a project's files."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._next = 0.0
        self._known = self._look()
        self._digests: dict[str, bytes] = {}
        self.rewritten = False

    def list_changes(self) -> list[str]:
        """The files that have other bytes than before, relative to the project."""
        if time.monotonic() < self._next:
            return []
        known, self._known = self._known, self._look_until_quiet()
        now = self._known
        paths = sorted(path for path in {*known, *now} if known.get(path) != now.get(path))
        changed = [path for path in paths if self._has_changed(path)]
        self.rewritten = not changed and (self.rewritten or bool(paths))
        return changed

    def _look_until_quiet(self) -> State:
        now = self._look()
        while now != self._known:
            time.sleep(QUIET_SECONDS)
            before, now = now, self._look()
            if before == now:
                break
        return now

    def _look(self) -> State:
        begun = time.monotonic()
        files = list_files(str(self._root), {str(path) for path in self._root.iterdir() if is_ignored_at_top(path)})
        names = ((path.removeprefix(f"{self._root}{os.sep}").replace(os.sep, "/"), status) for path, status in files)
        state = {
            name: (status.st_mtime_ns, status.st_size, status.st_ino) for name, status in names if not is_ignored(name)
        }
        self._next = time.monotonic() + (time.monotonic() - begun) / SHARE
        return state

    def _has_changed(self, path: str) -> bool:
        """Whether the file has other bytes than at its last change; a hook may write the same ones at each build."""
        known = self._digests.get(path)
        self._digests[path] = _digest(self._root / path)
        return self._digests[path] != known


def is_ignored_at_top(path: Path) -> bool:
    """Whether no page is made from this top-level folder."""
    return IGNORED_AT_TOP.fullmatch(path.name) is not None


def is_ignored(name: str) -> bool:
    """Whether the file at this path in the project is irrelevant to the site."""
    return any(IGNORED.fullmatch(part) for part in name.split("/"))


def _digest(path: Path) -> bytes:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError:  # already removed
        return b""
