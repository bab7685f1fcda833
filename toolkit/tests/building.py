"""Building: sites built as their owners build them, and those that many tests only read built once for all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock

from tests.browser.sites import make_site
from tests.processes import PATIENCE


def name_command(*arguments: str) -> list[str]:
    """The words that start an `octavo` command."""
    return [sys.executable, "-m", "octavo.cli", *arguments]


BUILD = name_command("build", "--renderer", "embedded")


def run_octavo(
    root: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run an `octavo` command in the project."""
    return subprocess.run(
        name_command(*arguments),
        cwd=root,
        env={**os.environ, "QUARTO_PYTHON": sys.executable, **(environment or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def build_site(root: Path, renderer: str = "embedded", environment: Mapping[str, str] | None = None) -> Path:
    """Build the project's site, or fail; its folder."""
    done = run_octavo(root, "build", "--renderer", renderer, environment=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "_site"


def copy_project(root: Path, target: Path) -> Path:
    """A copy with everything that was built and cached."""
    return Path(shutil.copytree(root, target, symlinks=True))


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of the built site of this name, in its project; for tests that change neither.

    All processes that run tests at once share it.
    """
    run = tmp_path_factory.getbasetemp()
    folder = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "built"
    folder.mkdir(exist_ok=True)

    @cache
    def build_named(name: str) -> Path:
        project = folder / name
        with FileLock(folder / f"{name}.lock"):
            if not (project / "_site").exists():
                shutil.rmtree(project, ignore_errors=True)
                build_site(make_site(name, project))
        return project / "_site"

    return build_named
