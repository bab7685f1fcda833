"""Disks of a test's own: small ones, which can be full or read-only, in a mount namespace that needs no root."""

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
    """A disk of `MEGABYTES`, mounted at `folder` for programs that are started with `prefix`, and for no others.

    `inside` is the folder as this process reaches it.
    """

    def __init__(self, folder: Path, holder: int) -> None:
        self.folder = folder
        self.inside = Path(f"/proc/{holder}/root{folder}")
        self._enter = ["nsenter", f"--target={holder}", "--user", "--mount", "--preserve-credentials"]

    def prefix(self, folder: Path) -> list[str]:
        """What a command begins with that is to run in `folder` on this disk."""
        return [*self._enter, "sh", "-c", 'cd "$0" && exec "$@"', str(folder)]

    def spoil(self, fault: Fault) -> None:
        """Let the disk be as the fault wants it."""
        self._fill(fault.left) if fault.disk == "full" else self._set_writable(False)

    def mend(self, fault: Fault) -> None:
        """Let it be as it was."""
        self._empty() if fault.disk == "full" else self._set_writable(True)

    def _fill(self, left: int) -> None:
        """Leave `left` kilobytes of it."""
        ballast = self.inside / "ballast"
        with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(1 << 16))
        size = ballast.stat().st_size
        with ballast.open("rb+") as file:
            file.truncate(max(0, size - left * 1024))

    def _empty(self) -> None:
        """Take away what `_fill` put there."""
        (self.inside / "ballast").unlink()

    def _set_writable(self, writable: bool) -> None:
        """Let it be written to, or not."""
        mode = "rw" if writable else "ro"
        subprocess.run([*self._enter, "mount", "-o", f"remount,{mode}", str(self.folder)], check=True)


@contextmanager
def mount_disk(folder: Path) -> Iterator[Disk]:
    """A disk at the new folder, as long as the context lasts; the test is skipped where there can be none."""
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
