"""Files: the only place that writes files that are kept or published, each of them atomically."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from contextlib import suppress
from typing import TypeAlias

# No pathlib here: it takes 10 ms to import, and an up-to-date site is recognized in less than 100 ms.
Location: TypeAlias = "str | os.PathLike[str]"

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # the last one on Windows
_PART = ".part"
# A file that is still being written after this long was left behind by a program that was killed.
_LONGEST_WRITE_SECONDS = 3600
_SHORTENED = 40


def write_file(path: Location, content: str | bytes, *, sync: bool = False) -> bool:
    """Replace a file with the content, a text in UTF-8, unless it already holds exactly that.

    An unchanged file is left alone, or a preview that watches the site would rebuild it forever. Any other is written
    under a temporary name and renamed: nobody ever sees a partial file, even after a crash, and hard links to the old
    file keep the old content. A device or a pipe (`/dev/stdout`) is written to instead of replaced.

    Args:
        path: The file; its folder is created if necessary.
        content: What it will hold.
        sync: Flush the file and its folder to the disk before returning. For files that can't be regenerated; a new
            site is flushed as a whole before it takes the old one's place.

    Returns:
        Whether the file had to be written.

    Raises:
        OSError: The file can't be written; `filename` is its name, and the old file is unchanged.
    """
    data = content.encode() if isinstance(content, str) else content
    old = _find_status(path)
    if old and stat.S_ISDIR(old.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    if old and not stat.S_ISREG(old.st_mode):
        with open(path, "wb") as device:
            device.write(data)
    elif old and old.st_size == len(data) and _read(path) == data:
        return False
    else:
        _replace(os.fspath(path), data, old, sync=sync)
    return True


def keep(path: Location, key: str, content: bytes) -> None:
    """Store a result for later runs: one line with the key and a digest, then the content.

    `read_kept` ignores a file that is incomplete or altered all the same.

    Raises:
        OSError: As `write_file`.
    """
    write_file(path, _seal(key, content) + b"\n" + content, sync=True)


def read_kept(path: Location, key: str) -> bytes | None:
    """Return what was stored under this key; None if there is nothing, or it is truncated or altered."""
    seal, _, content = (_read(path) or b"").partition(b"\n")
    return content if seal == _seal(key, content) else None


def is_being_written(path: Location) -> bool:
    """Whether this is the temporary file of a write that may still be going on, in this process or another."""
    if not os.fspath(path).endswith(_PART):
        return False
    import time

    status = _find_status(path)
    return status is not None and time.time() - status.st_mtime < _LONGEST_WRITE_SECONDS


def remove_leftovers(path: Location, *, is_locked: bool = False) -> None:
    """Remove temporary files that killed writers of this file left; `is_locked` if nobody else can be writing it."""
    folder, name = os.path.split(path)
    for other in os.listdir(folder or os.curdir):
        part = os.path.join(folder, other)
        if other.startswith(_name_parts(name)) and other.endswith(_PART) and (is_locked or not is_being_written(part)):
            with suppress(FileNotFoundError):
                os.unlink(part)


def _name_parts(name: str) -> str:
    """The prefix of the names of a file's temporary files."""
    return f".{name[:_SHORTENED]}."


def _seal(key: str, content: bytes) -> bytes:
    return f"{key} {hashlib.sha256(content).hexdigest()}".encode()


def _find_status(path: Location) -> os.stat_result | None:
    try:
        return os.stat(path)
    except OSError:
        return None


def _read(path: Location) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None


def _replace(path: str, data: bytes, old: os.stat_result | None, *, sync: bool) -> None:
    folder, name = os.path.split(path)
    part = os.path.join(folder, f"{_name_parts(name)}{os.urandom(6).hex()}{_PART}")
    try:
        _write_new(part, data, old, sync=sync)
        os.replace(part, path)
    except BaseException as error:
        with suppress(OSError):
            os.unlink(part)
        if isinstance(error, OSError) and error.filename in (None, part):
            error.filename, error.filename2 = path, None
        raise
    if sync:
        _sync_folder(folder)


def _write_new(path: str, data: bytes, old: os.stat_result | None, *, sync: bool) -> None:
    try:
        file = os.open(path, _NEW, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        file = os.open(path, _NEW, 0o666)
    try:
        _copy_permissions(old, path)
        _write_all(file, data)
        if sync:
            os.fsync(file)
    finally:
        os.close(file)


def _write_all(file: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        written = os.write(file, left)
        if not written:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        left = left[written:]


def _copy_permissions(old: os.stat_result | None, path: str) -> None:
    if old is None:
        return
    with suppress(PermissionError, AttributeError):  # Windows has no owners of this kind
        os.chown(path, old.st_uid, old.st_gid)
    with suppress(PermissionError):
        os.chmod(path, stat.S_IMODE(old.st_mode))


def _sync_folder(folder: str) -> None:
    with suppress(OSError):  # some file systems, and Windows, can't
        handle = os.open(folder or os.curdir, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
