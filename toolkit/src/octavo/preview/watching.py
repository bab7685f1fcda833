"""The watching: which files of a project have changed, as long as somebody wants to know.

Folders that hold nothing a site is made from are not watched at all: an environment or `.git` has more folders than
a system may let one process watch.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue

from watchfiles import watch

# Hidden, built, cached, or passing files of editors; and at the top, what no page is made from.
IGNORED = re.compile(r"\..*|__pycache__|node_modules|.*\.quarto_ipynb|.*\.egg-info|.*~|#.*#|4913|.*\.sw[a-z]|.*\.tmp")
IGNORED_AT_TOP = re.compile(r"_site.*|_freeze|tests|benchmarks|examples")
# Changes within this time belong together; an editor that saves all its files is done well before.
TOGETHER_MS = 300
QUIET_MS = 25
LOOK_SECONDS = 0.5


def watch_project(root: Path, stop: threading.Event) -> Iterator[list[str]]:
    """The paths, relative to `root`, of files that have come, changed or gone; each time a batch, until `stop`."""
    watches = Watches(root)
    try:
        while not stop.is_set():
            if paths := watches.next_changes():
                yield paths
    finally:
        watches.close()


def is_ignored(path: Path, root: Path) -> bool:
    """Whether nothing about this file or folder, or what is in it, concerns the site."""
    parts = path.relative_to(root).parts
    if not parts or IGNORED_AT_TOP.fullmatch(parts[0]) or any(IGNORED.fullmatch(part) for part in parts):
        return True
    return (root / parts[0] / "pyvenv.cfg").exists()


class Watches:
    """Two watches, of the project's top and of the folders in it: only so can some of these be left out."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._digests: dict[Path, bytes] = {}
        self._changes: SimpleQueue[set[Path]] = SimpleQueue()
        self._folders: list[Path] = []
        self._stop_top = self._start([root], recursive=False)
        self._stop_folders = threading.Event()
        self._watch_folders()

    def close(self) -> None:
        """Watch no more."""
        self._stop_top.set()
        self._stop_folders.set()

    def next_changes(self) -> list[str]:
        """The next batch, empty if for a moment nothing has happened, or nothing that changed a file's bytes."""
        try:
            paths = self._changes.get(timeout=LOOK_SECONDS)
        except Empty:
            return []
        if any(path.parent == self._root for path in paths):
            self._watch_folders()
        files = {file for path in paths for file in _list_files(path)}
        changed = [path for path in sorted(files) if self._has_changed(path)]
        return [path.relative_to(self._root).as_posix() for path in changed]

    def _has_changed(self, path: Path) -> bool:
        """Whether the file has other bytes than at its last event; a hook may write the same ones at each build."""
        known = self._digests.get(path)
        self._digests[path] = _digest(path)
        return self._digests[path] != known

    def _watch_folders(self) -> None:
        folders = sorted(path for path in self._root.iterdir() if path.is_dir() and not is_ignored(path, self._root))
        if folders != self._folders:
            self._stop_folders.set()
            self._folders = folders
            self._stop_folders = self._start(folders, recursive=True)

    def _start(self, folders: Sequence[Path], *, recursive: bool) -> threading.Event:
        stop = threading.Event()
        if folders:
            threading.Thread(target=self._watch, args=(folders, recursive, stop), name="watch", daemon=True).start()
        return stop

    def _watch(self, folders: Sequence[Path], recursive: bool, stop: threading.Event) -> None:
        batches = watch(
            *folders,
            watch_filter=lambda _, path: not is_ignored(Path(path), self._root),
            recursive=recursive,
            debounce=TOGETHER_MS,
            step=QUIET_MS,
            stop_event=stop,
            raise_interrupt=False,
        )
        for batch in batches:
            self._changes.put({Path(path) for _, path in batch})


def _list_files(path: Path) -> list[Path]:
    """The path itself, or the files in it if it is a folder: one that was moved here brings its files silently."""
    return [file for file in path.rglob("*") if file.is_file()] if path.is_dir() else [path]


def _digest(path: Path) -> bytes:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError:  # gone, or going
        return b""
