"""Faults during builds by either renderer: a clear error or the right site, and nothing lost or left over."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.faults.catalogue import FAULTS, Fault
from tests.faults.reference import Reference, placed, start
from tests.needs import need_quarto
from tests.processes import assert_none_left
from tests.renderer.projects import hash_tree

pytestmark = pytest.mark.campaign

RENDERERS = ("embedded", pytest.param("quarto", marks=pytest.mark.quarto))


@pytest.fixture(scope="module", params=RENDERERS)
def reference(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reference:
    if request.param == "quarto":
        need_quarto()
    return Reference(request.param, tmp_path_factory.mktemp(request.param))


def test_of_two_concurrent_builds_one_makes_the_site(reference: Reference, tmp_path: Path) -> None:
    with placed(reference, Fault(""), tmp_path) as (root, _):
        programs = [start(reference.renderer, root, tmp_path / f"log{number}") for number in range(2)]
        outputs = {program.wait(): program.output for program in programs}
        assert set(outputs) <= {0, 1}
        assert 0 in outputs
        assert (
            re.search("another build of _site is running; wait until it is done", outputs.get(1, ""))
            or 1 not in outputs
        )
        reference.assert_right(root / "_site")
        for program in programs:
            assert_none_left(program.mark)


@pytest.mark.parametrize("left", [100, 500, 900])
def test_documents_truncated_by_a_full_disk_are_complete_after_the_next_build(
    reference: Reference, left: int, tmp_path: Path
) -> None:
    """A truncated CV or card in the cache would be published by every later build."""
    fault = Fault("", disk="full", left=left)
    with placed(reference, fault, tmp_path) as (root, disk):
        assert disk
        old = hash_tree(root / "_site")
        shutil.rmtree(root / ".cache/octavo")
        disk.spoil(fault)
        program = start(reference.renderer, root, tmp_path / "log", None, disk)
        if program.wait():
            assert "No space left on device" in program.output
            assert hash_tree(root / "_site") == old
        else:
            reference.assert_right(root / "_site")
        disk.mend(fault)
        assert start(reference.renderer, root, tmp_path / "log", None, disk).wait() == 0
        reference.assert_right(root / "_site")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_build_survives_a_fault(reference: Reference, fault: Fault, tmp_path: Path) -> None:
    with placed(reference, fault, tmp_path) as (root, disk):
        fault.set_up(root)
        data, old = hash_tree(root / "data"), hash_tree(root / "_site")
        if disk:
            disk.spoil(fault)
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
            reference.assert_right(root / "_site")
        assert hash_tree(root / "data") == data
        assert not list(root.glob("_site.*"))
        if disk:
            disk.mend(fault)
            assert start(reference.renderer, root, tmp_path / "log", None, disk).wait() == 0
            reference.assert_right(root / "_site")
