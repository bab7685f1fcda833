"""Faults during a preview: it shows the error, keeps serving, and recovers once the fault is gone."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.building import build_site, copy_project, run_octavo
from tests.faults.catalogue import FAULTS, SECONDS, Fault
from tests.faults.project import edit, read_site
from tests.faults.reference import Reference, placed, start
from tests.preview.running import Preview, running
from tests.processes import assert_none_left
from tests.renderer.projects import hash_tree

pytestmark = pytest.mark.campaign

OUTPUT = ".cache/octavo/preview"
EDITED = ("data", "index.qmd", "fault.qmd", "_quarto.yml", "publications", "_extensions")
EDITED_IN_BRANCHES = ("data", "index.qmd")
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
    """Wait until this site is built and no error is shown."""

    def is_right(page: str) -> bool:
        with contextlib.suppress(FileNotFoundError):  # a new site is just taking its place
            return 'id="homepage-preview"' not in page and read_site(preview.root / OUTPUT) == right
        return False

    preview.wait_until(is_right)


def wait_for_error(preview: Preview, pattern: str, after: int = 0) -> None:
    """Wait until the terminal prints this error and the page shows one."""

    def is_shown(page: str) -> bool:
        return 'id="homepage-preview"' in page and re.search(pattern, preview.program.output[after:]) is not None

    preview.wait_until(is_shown)


def restore(root: Path, kept: Path) -> None:
    """Restore the project's files from the copy at `kept`."""
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
def test_a_preview_shows_a_fault_in_files_and_recovers(preview: Preview, reference: Reference, fault: Fault) -> None:
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
def test_a_preview_survives_a_fault_in_its_environment(reference: Reference, fault: Fault, tmp_path: Path) -> None:
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


def test_two_concurrent_previews_and_a_build_all_make_the_site(
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
        restore(preview.root, reference.built)
    assert "another build" not in preview.program.output + second.program.output


def test_a_preview_follows_switches_between_branches_and_changes_none_of_their_files(
    preview: Preview, reference: Reference, tmp_path: Path
) -> None:
    root = preview.root
    git = partial(run_git, root, tmp_path / "repository")
    git("init", "--quiet", "--initial-branch=main")
    git("add", *EDITED_IN_BRANCHES)
    git("commit", "--quiet", "--message=Main")
    try:
        git("switch", "--quiet", "--create=edited")
        edit(root)
        git("commit", "--quiet", "--all", "--message=Edited")
        git("switch", "--quiet", "--create=other", "main")
        shutil.copy(root / "index.qmd", root / "other.qmd")
        news = root / "data/news.yml"
        news.write_text(news.read_text(encoding="utf-8") + "- {date: 1935, text: Other}\n", encoding="utf-8")
        git("rm", "--quiet", "data/talks.yml")
        git("add", *EDITED_IN_BRANCHES, "other.qmd")
        git("commit", "--quiet", "--message=Other")
        # At every stage of a build: before it begins, while it reads, while it writes, and after it ends.
        for pause in (0.0, 0.2, 0.5, 1.0):
            for branch in ("main", "other", "edited"):
                git("switch", "--quiet", branch)
                time.sleep(pause)
        wait_for_site(preview, reference.right)
        assert git("status", "--porcelain", "--untracked-files=no") == ""
    finally:
        git("switch", "--quiet", "--force", "main")
    wait_for_site(preview, read_site(reference.built / "_site"))


def test_a_preview_shows_rows_imported_during_its_build(preview: Preview, reference: Reference, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text("@book{idealtheorie, title={Idealtheorie}, author={Noether, Emmy}, year=1921}")
    alone = copy_project(reference.built, tmp_path / "alone")
    try:
        for root in (alone, preview.root):
            edit(root)
            if root != alone:
                preview.program.wait_for("index.qmd")
            done = run_octavo(root, "import", str(file), "--yes")
            assert done.returncode == 0, done.stderr
        tables = [(root / "data/publications.yml").read_bytes() for root in (alone, preview.root)]
        assert tables[0] == tables[1]
        assert b"Idealtheorie" in tables[0]
        wait_for_site(preview, read_site(build_site(alone)))
    finally:
        restore(preview.root, reference.built)
    wait_for_site(preview, read_site(reference.built / "_site"))


def run_git(root: Path, repository: Path, *arguments: str) -> str:
    """Run Git with a repository outside the project, where its commits would date the pages."""
    command = ["git", f"--git-dir={repository}", f"--work-tree={root}", "-c", "user.name=E", "-c", "user.email=e@e.e"]
    return subprocess.run([*command, *arguments], cwd=root, capture_output=True, text=True, check=True).stdout
