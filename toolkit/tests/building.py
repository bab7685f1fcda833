"""Building: sites are built as owners build them, and sites that tests only read are built once for all tests."""

from __future__ import annotations

import io
import os
import pickle
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from filelock import FileLock

from octavo import cli
from octavo.starter import engine
from octavo.starter.engine import Engine
from tests.browser.sites import make_site
from tests.processes import PATIENCE


def name_command(*arguments: str) -> list[str]:
    """The words that start an `octavo` command."""
    return [sys.executable, "-m", "octavo.cli", *arguments]


BUILD = name_command("build", "--renderer", "embedded")


def run_octavo(
    root: Path, *arguments: str, environment: Mapping[str, str] | None = None, apart: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run an `octavo` command in the project.

    It runs in this process, which has already imported pandas and Octavo, as has its fork server: a build takes a
    third of the time. Quarto, another engine on PYTHONPATH, and commands run `apart` start their own processes.
    """
    variables = {"QUARTO_PYTHON": sys.executable, **(environment or {})}
    run = _run_apart if apart or "quarto" in arguments or "PYTHONPATH" in variables else _run_here
    return run(root, arguments, {**os.environ, **variables})


def _run_apart(
    root: Path, arguments: Sequence[str], environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        name_command(*arguments),
        cwd=root,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def _run_here(root: Path, arguments: Sequence[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2)]
    modules, handler = set(sys.modules), signal.getsignal(signal.SIGTERM)
    with (
        chdir(root),
        redirect_stdout(streams[0]),
        redirect_stderr(streams[1]),
        patch.dict(os.environ, environment),
        patch("octavo.processes.end_orphans_at_exit"),  # it would end every process that the tests have started
    ):
        try:
            status = cli.main(arguments)
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        finally:
            signal.signal(signal.SIGTERM, handler)
    for name in set(sys.modules) - modules:  # the next project may have other modules by the same names
        if (getattr(sys.modules[name], "__file__", None) or "").startswith(str(root)):
            del sys.modules[name]
    return subprocess.CompletedProcess(arguments, status, *(stream.buffer.getvalue().decode() for stream in streams))


def build_site(root: Path, renderer: str = "embedded", environment: Mapping[str, str] | None = None) -> Path:
    """Build the project's site, or fail; returns the site's folder."""
    done = run_octavo(root, "build", "--renderer", renderer, environment=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "_site"


def copy_project(root: Path, target: Path) -> Path:
    """Copy a project with everything that was built and cached."""
    return Path(shutil.copytree(root, target, symlinks=True))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes share, for files that are made once."""
    run = tmp_path_factory.getbasetemp()
    folder = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "built"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session", autouse=True)
def _wheel_built_once(built: Path) -> Iterator[None]:
    """Build the wheel for new sites only once: it takes seconds, since pip makes an environment for it."""

    def build_once(folder: Path) -> Engine:
        kept = built / "engine"
        with FileLock(built / "engine.lock"):
            if not kept.exists():
                kept.write_bytes(pickle.dumps(build_wheel(folder)))
            made: Engine = pickle.loads(kept.read_bytes())  # noqa: S301
            return made

    build_wheel = engine._build_wheel
    with pytest.MonkeyPatch.context() as context:
        context.setattr(engine, "_build_wheel", build_once)
        yield


@pytest.fixture(scope="session")
def build(built: Path) -> Callable[[str], Path]:
    """Build the site of this name in its project, for tests that change neither; returns the site's folder."""

    @cache
    def build_named(name: str) -> Path:
        project = built / name
        with FileLock(built / f"{name}.lock"):
            if not (project / "_site").exists():
                shutil.rmtree(project, ignore_errors=True)
                build_site(make_site(name, project))
        return project / "_site"

    return build_named
