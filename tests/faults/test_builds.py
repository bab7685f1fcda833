"""Faults of both ways to build: a clear error or the right site, and nothing lost or left over."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.catalogue import FAULTS, Fault
from tests.faults.disks import Disk, mount_disk
from tests.faults.project import copy_project, edit, hash_site, lay_out_project
from tests.needs import need_quarto
from tests.processes import Program, assert_none_left
from tests.renderer.projects import hash_tree

RENDERERS = ("embedded", pytest.param("quarto", marks=pytest.mark.quarto))


class Reference:
    """A project that was built once, and the right site of it after an edit."""

    def __init__(self, renderer: str, folder: Path) -> None:
        self.renderer = renderer
        self.built = lay_out_project(folder / "site")
        self.render(self.built)
        edited = copy_project(self.built, folder / "edited")
        edit(edited)
        self.render(edited)
        self.right = hash_site(edited / "_site")
        assert self.right != hash_site(self.built / "_site")

    def render(self, root: Path) -> None:
        """Render where nothing is wrong."""
        program = start(self.renderer, root, root.with_name(root.name + ".log"))
        assert program.wait(300) == 0, program.output


def start(renderer: str, root: Path, log: Path, fault: Fault | None = None, disk: Disk | None = None) -> Program:
    """A render of the project, as `fault` wants it."""
    fault = fault or Fault("")
    command = [sys.executable, "scripts/render.py", "--renderer", renderer, *fault.options]
    entering = disk.prefix(disk.folder / root.name) if disk else []
    environment = {**fault.environment, "QUARTO_PYTHON": sys.executable}
    return Program([*entering, *fault.prefix, *command], root, log, environment)


@pytest.fixture(scope="module", params=RENDERERS)
def reference(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reference:
    if request.param == "quarto":
        need_quarto()
    return Reference(request.param, tmp_path_factory.mktemp(request.param))


@contextmanager
def placed(reference: Reference, fault: Fault, folder: Path) -> Iterator[tuple[Path, Disk | None]]:
    """The project with an old site and an edit, on a disk of its own where the fault needs one."""
    if not fault.disk:
        root = copy_project(reference.built, folder / fault.folder)
        edit(root)
        yield root, None
        return
    with mount_disk(folder / "disk") as disk:
        root = copy_project(reference.built, disk.inside / fault.folder)
        edit(root)
        yield root, disk


def test_of_two_renders_at_once_one_makes_the_site(reference: Reference, tmp_path: Path) -> None:
    with placed(reference, Fault(""), tmp_path) as (root, _):
        programs = [start(reference.renderer, root, tmp_path / f"log{number}") for number in range(2)]
        said = {program.wait(): program.output for program in programs}
        assert set(said) <= {0, 1}
        assert 0 in said
        assert re.search("another build of _site is running; wait until it has ended", said.get(1, "")) or 1 not in said
        assert hash_site(root / "_site") == reference.right
        for program in programs:
            assert_none_left(program.mark)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_build_survives(reference: Reference, fault: Fault, tmp_path: Path) -> None:
    with placed(reference, fault, tmp_path) as (root, disk):
        fault.set_up(root)
        data, old = hash_tree(root / "data"), hash_tree(root / "_site")
        if disk and fault.disk == "full":
            disk.fill(fault.left)
        elif disk:
            disk.set_writable(False)
        program = start(reference.renderer, root, tmp_path / "log", fault, disk)
        try:
            status = program.wait()
            assert_none_left(program.mark)
        finally:
            program.kill_all()
        error = fault.expected(reference.renderer)
        assert status == (1 if error else 0), program.output
        if error:
            assert re.search(error, program.output), program.output
            assert hash_tree(root / "_site") == old
        else:
            assert hash_site(root / "_site") == reference.right
        assert hash_tree(root / "data") == data
        assert not list(root.glob("_site.*"))
        if disk:
            disk.empty() if fault.disk == "full" else disk.set_writable(True)
            assert start(reference.renderer, root, tmp_path / "log", None, disk).wait() == 0
            assert hash_site(root / "_site") == reference.right
