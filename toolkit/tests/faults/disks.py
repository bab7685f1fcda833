"""Small disks that a test can fill or make read-only, in a mount namespace that needs no root."""

from __future__ import annotations

import contextlib
import functools
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.catalogue import Fault
from tests.needs import need

MEGABYTES = 32
_MOUNT = 'mount -t tmpfs -o size="$1"m none "$0" && echo mounted && exec cat'
_HOW = "Linux with unprivileged namespaces, and util-linux (unshare, nsenter, mount)"


class Disk:
    """A disk of `MEGABYTES`, mounted at `folder` only for programs that are started with `prefix`.

    `inside` is the path by which this process reaches the folder.
    """

    def __init__(self, folder: Path, holder: int) -> None:
        self.folder = folder
        self.inside = Path(f"/proc/{holder}/root{folder}")
        self._enter = ["nsenter", f"--target={holder}", "--user", "--mount", "--preserve-credentials"]

    def prefix(self, folder: Path) -> list[str]:
        """The start of a command that runs in `folder` on this disk."""
        return [*self._enter, "sh", "-c", 'cd "$0" && exec "$@"', str(folder)]

    def spoil(self, fault: Fault) -> None:
        """Put the disk into the fault's state."""
        self._fill(fault.left) if fault.disk == "full" else self._set_writable(False)

    def mend(self, fault: Fault) -> None:
        """Restore the disk."""
        self._empty() if fault.disk == "full" else self._set_writable(True)

    def _fill(self, left: int) -> None:
        """Fill the disk up to `left` free kilobytes."""
        ballast = self.inside / "ballast"
        with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(1 << 16))
        size = ballast.stat().st_size
        with ballast.open("rb+") as file:
            file.truncate(max(0, size - left * 1024))

    def _empty(self) -> None:
        """Remove what `_fill` wrote."""
        (self.inside / "ballast").unlink()

    def _set_writable(self, writable: bool) -> None:
        """Remount the disk as writable or read-only."""
        mode = "rw" if writable else "ro"
        subprocess.run([*self._enter, "mount", "-o", f"remount,{mode}", str(self.folder)], check=True)


@contextmanager
def mount_disk(folder: Path) -> Iterator[Disk]:
    """Mount a disk at the new folder for the duration of the context; skip the test if that isn't possible."""
    need("a disk of its own", _can_mount(), _HOW)
    folder.mkdir(parents=True)
    with subprocess.Popen(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", _MOUNT, str(folder), str(MEGABYTES)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "mounted\n"
        try:
            yield Disk(folder, holder.pid)
        finally:
            holder.kill()


@functools.cache
def _can_mount() -> bool:
    if not all(map(shutil.which, ("unshare", "nsenter", "mount"))):
        return False
    command = ["unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/tmp"]  # noqa: S108
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
