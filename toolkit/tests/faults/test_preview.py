"""Faults of the preview: it says what is wrong, goes on serving, and recovers when the fault is gone."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.building import copy_project
from tests.faults.catalogue import FAULTS, SECONDS, Fault
from tests.faults.project import edit, read_site
from tests.faults.reference import Reference, placed, start
from tests.preview.running import Preview, running
from tests.processes import assert_none_left
from tests.renderer.projects import hash_tree

OUTPUT = ".cache/octavo/preview"
EDITED = ("data", "index.qmd", "fault.qmd", "_quarto.yml", "publications", "_extensions")
OPTIONS = ("--timeout", str(SECONDS))
IN_FILES = [fault for fault in FAULTS if fault.in_preview and fault.is_in_files]
AROUND = [fault for fault in FAULTS if fault.in_preview and not fault.is_in_files]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    return Reference("embedded", tmp_path_factory.mktemp("reference"))


@pytest.fixture(scope="module")
def preview(reference: Reference, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("preview")
    with running(Preview(copy_project(reference.built, folder / "site"), folder / "log", OPTIONS)) as preview:
        yield preview


def wait_for_site(preview: Preview, right: dict[str, str]) -> None:
    """Wait until this is what is built, and nothing is shown to be wrong."""

    def is_right(page: str) -> bool:
        with contextlib.suppress(FileNotFoundError):  # a new site is just taking its place
            return 'id="homepage-preview"' not in page and read_site(preview.root / OUTPUT) == right
        return False

    preview.wait_until(is_right)


def wait_for_error(preview: Preview, pattern: str, after: int = 0) -> None:
    """Wait until this is said on the terminal and shown in the page."""

    def is_shown(page: str) -> bool:
        return 'id="homepage-preview"' in page and re.search(pattern, preview.program.output[after:]) is not None

    preview.wait_until(is_shown)


def restore(root: Path, kept: Path) -> None:
    """Let the project's files be as they are in the project at `kept`."""
    for name in EDITED:
        file, source = root / name, kept / name
        if file.is_dir() and not file.is_symlink():
            shutil.rmtree(file)
        else:
            file.unlink(missing_ok=True)
        if source.is_dir():
            shutil.copytree(source, file)
        elif source.exists():
            shutil.copy2(source, file)


@pytest.mark.parametrize("fault", IN_FILES, ids=lambda fault: fault.name)
def test_a_preview_shows_a_fault_of_the_files_and_recovers(
    preview: Preview, reference: Reference, fault: Fault
) -> None:
    root, printed = preview.root, len(preview.program.output)
    try:
        edit(root)
        fault.set_up(root)
        data, old = hash_tree(root / "data"), hash_tree(root / "_site")
        if fault.error:
            wait_for_error(preview, fault.error, printed)
        else:
            wait_for_site(preview, reference.right)
        assert hash_tree(root / "data") == data
        assert hash_tree(root / "_site") == old
    finally:
        restore(root, reference.built)
    wait_for_site(preview, read_site(reference.built / "_site"))
    assert "Traceback" not in preview.program.output[printed:] or "1 failed: " in fault.error


@pytest.mark.parametrize("fault", AROUND, ids=lambda fault: fault.name)
def test_a_preview_survives_a_fault_around_it(reference: Reference, fault: Fault, tmp_path: Path) -> None:
    with placed(reference, fault, tmp_path) as (root, disk):
        fault.set_up(root)
        data, old = hash_tree(root / "data"), hash_tree(root / "_site")
        if disk:
            disk.spoil(fault)
        entering = disk.prefix(disk.folder / root.name) if disk else []
        preview = Preview(
            root, tmp_path / "log", fault.options, prefix=[*entering, *fault.prefix], environment=fault.environment
        )
        try:
            preview.wait_until_served()
            if fault.error:
                wait_for_error(preview, fault.error)
                if disk:
                    disk.mend(fault)
                (root / "fault.qmd").unlink(missing_ok=True)
                (root / "index.qmd").write_bytes((root / "index.qmd").read_bytes())
            wait_for_site(preview, reference.right)
            assert preview.program.end() == 0
            assert_none_left(preview.program.mark)
        finally:
            preview.program.kill_all()
        assert (hash_tree(root / "data"), hash_tree(root / "_site")) == (data, old)


def test_two_previews_and_a_render_at_once_all_make_the_site(
    preview: Preview, reference: Reference, tmp_path: Path
) -> None:
    second = Preview(preview.root, tmp_path / "log", OPTIONS)
    try:
        second.wait_until_served()
        edit(preview.root)
        program = start("embedded", preview.root, tmp_path / "log of the render")
        for running in (preview, second):
            wait_for_site(running, reference.right)
        assert program.wait() == 0, program.output
        reference.assert_right(preview.root / "_site")
        assert second.program.end() == 0
    finally:
        second.program.kill_all()
    assert "another build" not in preview.program.output + second.program.output
