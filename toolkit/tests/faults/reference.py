"""The reference for faults: the site of a project that was built without any."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.building import copy_project, name_command
from tests.faults.catalogue import Fault
from tests.faults.disks import Disk, mount_disk
from tests.faults.project import edit, lay_out_project, read_site
from tests.processes import Program


class Reference:
    """A project that was built once, and its correct site after an edit."""

    def __init__(self, renderer: str, folder: Path) -> None:
        self.renderer = renderer
        self.built = lay_out_project(folder / "site")
        self.render(self.built)
        edited = copy_project(self.built, folder / "edited")
        edit(edited)
        self.render(edited)
        self.right = read_site(edited / "_site")
        assert self.right != read_site(self.built / "_site")

    def assert_right(self, site: Path) -> None:
        """Fail unless this is the right site, naming the first file that differs."""
        found = read_site(site)
        for name in sorted({*found, *self.right}):
            assert found.get(name) == self.right.get(name), name

    def render(self, root: Path) -> None:
        """Render without a fault."""
        program = start(self.renderer, root, root.with_name(root.name + ".log"))
        assert program.wait() == 0, program.output


def start(renderer: str, root: Path, log: Path, fault: Fault | None = None, disk: Disk | None = None) -> Program:
    """Start a build of the project under the fault."""
    fault = fault or Fault("")
    command = name_command("build", "--renderer", renderer, *fault.options)
    entering = disk.prefix(disk.folder / root.name) if disk else []
    environment = {**fault.environment, "QUARTO_PYTHON": sys.executable}
    return Program([*entering, *fault.prefix, *command], root, log, environment)


@contextmanager
def placed(reference: Reference, fault: Fault, folder: Path) -> Iterator[tuple[Path, Disk | None]]:
    """A copy of the project with an old site and an edit, on its own disk if the fault needs one."""
    if not fault.disk:
        root = copy_project(reference.built, folder / fault.folder)
        edit(root)
        yield root, None
        return
    with mount_disk(folder / "disk") as disk:
        root = copy_project(reference.built, disk.inside / fault.folder)
        edit(root)
        yield root, disk
