"""The swap: a site is built in a separate folder and replaces the old one atomically."""

from __future__ import annotations

import ctypes
import errno
import math
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from octavo.errors import OctavoError, name_disk_faults, name_write_faults
from octavo.renderer.fingerprint import (
    CACHE,
    has_code_changed,
    hash_inputs,
    hash_site,
    is_recorded,
    stamp_inputs,
    write_record,
)


def renew(
    root: Path,
    output: Path,
    renderer: str,
    build: Callable[[Path], Sequence[OctavoError]],
    stated: Path | None,
    *,
    patience: float = 0.0,
    begun: float = math.inf,
) -> None:
    """Build a site in a new folder, swap it with the old one, and record what it was made from.

    Args:
        root: the project.
        output: the site's folder.
        renderer: the name of what renders it.
        build: builds the site in the given folder; returns why some of its pages are incomplete.
        stated: the output folder that the user requested, if any.
        patience: the seconds to wait for another build of the same output.
        begun: the time at which this process began to import this package, in seconds since the epoch.

    Raises:
        OctavoError: if another build runs for longer than that, the disk is full or read-only, or the output folder
            holds files that no build made.
        Exceptions of `build` are passed on. In all of these cases, the old site remains. What `build` returns is raised
        after the swap.
    """
    with name_disk_faults(), lock_output(output, root / CACHE, patience):
        place = None if stated is None else str(stated)
        _check_replaceable(output, root, is_recorded=is_recorded(str(root), place, renderer, str(output)))
        stamps = stamp_inputs(str(root), str(output))
        inputs = hash_inputs(str(root), str(output), renderer)
        record: list[str] = []
        faults: Sequence[OctavoError] = ()

        def describe(folder: Path) -> None:
            # If a hook or a person changed a file meanwhile, the site may have either version.
            is_same = stamps == stamp_inputs(str(root), str(output)) and not has_code_changed(begun)
            # Relative to the project, as a copy of the project has its own site.
            record.extend(
                [inputs if is_same and not faults else "", hash_site(str(folder)), os.path.relpath(output, root)]
            )

        with build_aside(output, describe) as folder:
            faults = build(folder)
        write_record(str(root), place, renderer, record)
    if faults:
        raise faults[0] if len(faults) == 1 else OctavoError("\n".join(map(str, faults)))


def _check_replaceable(output: Path, root: Path, *, is_recorded: bool) -> None:
    """Refuse to replace a folder that holds files that no build made; they would be deleted."""
    if root.resolve().is_relative_to(output.resolve()):
        reason = "the project is in it"
    elif (output / ".git").exists():
        reason = "it holds a Git repository"
    elif output.is_dir() and any(output.iterdir()) and not is_recorded and not (output / "index.html").exists():
        reason = "it holds files, and no index.html, as a site would"
    else:
        return
    raise OctavoError(
        f"{output} can't become the site's folder, which each build replaces: {reason}; name another one, or empty it"
    )


@contextmanager
def lock_output(output: Path, folder: Path, patience: float = 0.0) -> Iterator[None]:
    """Keep other builds of `output` out while the block runs; the lock file is in `folder`.

    The lock ends with its process, however that ends.

    Raises:
        OctavoError: if another build is still running after `patience` seconds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{output.name}.lock")
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        raise OctavoError(f"another build of {output.name} is running; wait until it is done") from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def build_aside(output: Path, beside: Callable[[Path], object] = lambda folder: None) -> Iterator[Path]:
    """An empty folder to build in; if the block succeeds it becomes `output`, otherwise nothing changes.

    `beside` is called with the built folder while its files are flushed to disk.
    """
    new, old = output.with_name(output.name + ".new"), output.with_name(output.name + ".old")
    recover(output)
    if output.exists() and not output.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(output))
    _remove(new)
    if new.exists():  # as when another user built it
        raise OctavoError(f"{new} was left by an earlier build and can't be removed; remove it")
    with name_write_faults(output), name_disk_faults():
        new.mkdir(parents=True)
    try:
        yield new
        with ThreadPoolExecutor(1) as executor:
            written = executor.submit(_write_through, new)
            beside(new)
        written.result()
        _take_place(new, output, old)
    finally:
        _remove(new)
        if output.exists():
            _remove(old)


def recover(output: Path) -> None:
    """Restore the old site if a build was killed between two renames."""
    old = output.with_name(output.name + ".old")
    if old.is_dir() and not output.exists():
        old.rename(output)
    _remove(old)


def _write_through(folder: Path) -> None:
    """Flush the folder's files to disk, so that a power failure after the swap leaves no empty files.

    In parallel, 60 files take 0.02 s; one by one, 0.15 s.
    """
    # As strings: making thousands of Paths would take as long as the disk.
    paths = [os.path.join(place, name) for place, _, names in os.walk(folder) for name in names]  # noqa: PTH118
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(_sync, filter(os.path.isfile, paths)))


def _sync(path: str) -> None:
    with open(path, "rb") as file:  # noqa: PTH123
        try:
            os.fsync(file.fileno())
        except OSError as error:
            error.filename = path
            raise


def _take_place(new: Path, output: Path, old: Path) -> None:
    if not output.exists():
        new.rename(output)
    elif not _exchange(new, output):
        # For a moment there is no site; if the process is killed now, `recover` restores the old one.
        output.rename(old)
        new.rename(output)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two folders in one step; False if the system or the file system can't."""
    if sys.platform == "win32":
        return False
    library = ctypes.CDLL(None)
    paths = os.fsencode(one), os.fsencode(other)
    if hasattr(library, "renameat2"):  # Linux
        here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
        return bool(library.renameat2(here, paths[0], here, paths[1], exchange) == 0)
    if hasattr(library, "renamex_np"):  # macOS
        return bool(library.renamex_np(*paths, 2) == 0)  # RENAME_SWAP
    return False


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
