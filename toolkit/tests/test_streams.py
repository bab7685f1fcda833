"""Commands whose standard streams are closed, full, or read only in part."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.building import name_command
from tests.needs import need_linux
from tests.processes import PATIENCE
from tests.sites import ROOT

PROFILE = "name: Ada Nowak\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of one page."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/profile.yml").write_text(PROFILE)
    (tmp_path / "data/publications.yml").write_text("- {id: a, title: A, authors: [A. Nowak], type: book}\n")
    (tmp_path / "_quarto.yml").write_text(
        "project: {type: website}\nwebsite: {title: T, site-url: 'https://ada.example'}\nformat: octavo-html\n"
    )
    (tmp_path / "index.qmd").write_text("---\ntitle: Ada\n---\n\nWords.\n")
    shutil.copytree(ROOT / "_extensions", tmp_path / "_extensions")
    return tmp_path


def run(site: Path, *arguments: str, before: Callable[[], object] | None = None, **streams: int) -> tuple[int, str]:
    """The exit status, and standard error unless that is redirected."""
    done = subprocess.run(
        name_command(*arguments),
        cwd=site,
        preexec_fn=before,
        timeout=PATIENCE,
        check=False,
        **{"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, **streams},
    )
    return done.returncode, (done.stderr or b"").decode()


@pytest.mark.parametrize("closed", [(1,), (0, 1, 2)])
def test_a_build_needs_no_standard_streams(site: Path, closed: tuple[int, ...]) -> None:
    status, errors = run(site, "build", before=lambda: [os.close(number) for number in closed])
    assert (status, "Traceback" in errors) == (0, False), errors
    assert "Words." in (site / "_site/index.html").read_text()


@pytest.mark.parametrize("arguments", [["export", "--format", "bibtex"], ["--help"], ["build", "--help"]])
def test_a_full_disk_under_standard_output_is_named(site: Path, arguments: list[str]) -> None:
    need_linux("/dev/full")
    with Path("/dev/full").open("wb") as full:
        status, errors = run(site, *arguments, stdout=full.fileno())
    assert (status, errors) == (1, "octavo: standard output can't be written: No space left on device\n")


@pytest.mark.parametrize("arguments", [["export", "--format", "csv"], ["--help"], ["build"]])
def test_a_reader_that_leaves_early_is_not_an_error(site: Path, arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    assert run(site, *arguments, stdout=writing) == (0, "")
    os.close(writing)


def test_children_are_waited_for_even_if_the_launcher_ignores_sigchld(site: Path) -> None:
    status, errors = run(site, "build", before=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN))
    assert (status, errors) == (0, "")
