"""The fingerprint: one hash of everything that a site is made from, and one of the site itself.

Imports only small parts of the standard library: a site that is up to date is recognized in a few hundredths of a
second.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress

from octavo.files import keep, read_kept
from octavo.installed import list_font_folders, list_installed

# Folders made by tools; those that contain one of the marks below are skipped, too.
_MADE = frozenset([".git", ".cache", ".quarto", ".hypothesis", "_freeze", "__pycache__", "node_modules"])
_MARKS = ("pyvenv.cfg", "CACHEDIR.TAG")
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# How far a file system's clock may lag behind: one tick at 100 Hz.
_CLOCK_SECONDS = 0.01
_VARIABLES = ("OCTAVO_", "QUARTO_", "PYTHON", "LANG", "LC_", "TZ", "MPL", "SOURCE_DATE_EPOCH")
CACHE = os.path.join(".cache", "renderer")
_KEY = "site"


def hash_inputs(root: str, output: str, *extra: str) -> str:
    """A hash of every file of the project except the site at `output`, and of everything that renders it.

    That includes the Python interpreter and its packages, this package if it is outside the project, Pandoc, the
    machine's fonts, relevant environment variables, today's date (a cell may print it), and `extra`.
    """
    digest = hashlib.sha256()
    for line in (*_describe_surroundings(), *extra):
        digest.update(line.encode("utf-8", "surrogateescape") + b"\0")
    folders = [root] if _is_inside(_PACKAGE, root) else [root, _PACKAGE]
    for folder in folders:
        for path in sorted(_walk(folder, _list_sites(output))):
            digest.update(path.removeprefix(folder).encode("utf-8", "surrogateescape") + b"\0")
            digest.update(_hash_file(path))
    return digest.hexdigest()


def stamp_inputs(root: str, output: str) -> str:
    """A hash of the names and change times of the project's files.

    It changes even if a file was changed and changed back.
    """
    digest = hashlib.sha256()
    for path, status in list_files(root, _list_sites(output)):
        digest.update(f"{path}\0{status.st_ctime_ns}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def has_code_changed(begun: float, package: str = _PACKAGE) -> bool:
    """Whether a module of the package was written after `begun`, in seconds since the epoch.

    It uses the inode's change time, which programs can't set.
    """
    files = list_files(package)
    return any(status.st_ctime > begun - _CLOCK_SECONDS for path, status in files if path.endswith(".py"))


def hash_site(folder: str) -> str:
    """A hash of the names, sizes, and times of a built site's files, to detect changes."""
    digest = hashlib.sha256()
    for path, status in list_files(folder):
        line = f"{path.removeprefix(folder)}\0{status.st_size}\0{status.st_mtime_ns}\n"
        digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def list_files(folder: str, skipped: Collection[str] = ()) -> Iterator[tuple[str, os.stat_result]]:
    """The folder's files with their statuses, except those made by tools and those in `skipped` folders."""
    for path in sorted(_walk(folder, set(skipped))):
        # Another build may just have replaced the site, or an editor the file.
        with suppress(FileNotFoundError):
            yield path, os.lstat(path)


def list_paths(folder: str) -> Iterator[str]:
    """Everything in the folder that isn't a folder, of whatever kind, except files made by tools."""
    return _walk(folder, set(), _is_no_folder)


def _describe_surroundings() -> Iterator[str]:
    yield sys.version
    yield sys.executable
    yield time.strftime("%Y-%m-%d")
    for name in sorted(os.environ):
        if name.startswith(_VARIABLES):
            yield f"{name}={os.environ[name]}"
    yield from list_installed()
    yield from list_font_folders()
    yield from _describe_pandoc()


def _describe_pandoc() -> Iterator[str]:
    for path in (os.path.join(folder, "pypandoc", "files", "pandoc") for folder in sys.path):
        if not os.path.isfile(path):
            continue
        status = os.stat(path)
        yield f"{path} {status.st_size} {status.st_mtime_ns}"


def _is_inside(path: str, folder: str) -> bool:
    return os.path.realpath(path).startswith(os.path.join(os.path.realpath(folder), ""))


def _list_sites(output: str) -> set[str]:
    return {os.path.abspath(output) + end for end in ("", ".new", ".old")}


def _walk(folder: str, skipped: set[str], is_wanted: Callable[[os.DirEntry[str]], bool] | None = None) -> Iterator[str]:
    is_wanted = is_wanted or _is_file
    pending = [folder]
    seen: set[str] = set()
    while pending:
        listed = _list_folder(pending.pop())
        if any(entry.name in _MARKS for entry in listed):
            continue
        for entry in listed:
            if is_wanted(entry):
                yield entry.path
            elif _is_looked_into(entry, skipped, seen):
                pending.append(entry.path)


def _list_folder(folder: str) -> list[os.DirEntry[str]]:
    """The entries of the folder; empty if unreadable, as the build can't read it either."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file, or a link that is broken or circular, which may make a build fail."""
    try:
        return entry.is_file() or (entry.is_symlink() and not os.path.exists(entry.path))
    except OSError:
        return True


def _is_no_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return not entry.is_dir()
    except OSError:  # a circular link
        return True


def _is_looked_into(entry: os.DirEntry[str], skipped: set[str], seen: set[str]) -> bool:
    if not entry.is_dir() or entry.name in _MADE or os.path.abspath(entry.path) in skipped:
        return False
    return not entry.is_symlink() or (os.path.realpath(entry.path) not in skipped and _is_new(entry.path, seen))


def _is_new(path: str, seen: set[str]) -> bool:
    """Whether this linked folder is new to the walk: links may be circular."""
    real = os.path.realpath(path)
    if real in seen or path.startswith(os.path.join(real, "")):
        return False
    seen.add(real)
    return True


def _hash_file(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).digest()
    except OSError as error:
        return repr(error).encode()


def is_up_to_date(root: str, output: str | None, renderer: str) -> bool:
    """Whether the site is as `renderer` left it and none of its inputs has changed.

    `output` is the site's folder if the user named one.
    """
    record = _read_record(root, output, renderer)
    if record is None:
        return False
    inputs, site, folder = record
    return os.path.isdir(folder) and hash_inputs(root, folder, renderer) == inputs and hash_site(folder) == site


def is_recorded(root: str, output: str | None, renderer: str, folder: str) -> bool:
    """Whether `renderer` built a site in this folder before; `output` is as for `is_up_to_date`."""
    record = _read_record(root, output, renderer)
    return record is not None and os.path.abspath(record[2]) == os.path.abspath(folder)


def write_record(root: str, stated: str | None, renderer: str, record: Sequence[str]) -> None:
    """Record the hashes of a site's inputs and of its files, and its folder relative to the project."""
    # Without a record, the next build renders the site again.
    with contextlib.suppress(OSError):
        keep(_record_file(root, stated, renderer), _KEY, os.fsencode("\n".join(record)))


def _record_file(root: str, stated: str | None, renderer: str) -> str:
    name = hashlib.sha256(f"{renderer} {stated and os.path.abspath(stated)}".encode()).hexdigest()[:16]
    return os.path.join(root, CACHE, name)


def _read_record(root: str, stated: str | None, renderer: str) -> tuple[str, str, str] | None:
    kept = read_kept(_record_file(root, stated, renderer), _KEY)
    if kept is None:
        return None
    inputs, site, folder = os.fsdecode(kept).split("\n", 2)
    return inputs, site, os.path.join(root, folder)
