"""Does this site build, and does it show what its tables say?"""

from __future__ import annotations

import subprocess
import sys
from html import escape
from pathlib import Path

import pytest

from octavo.tables import load_profile, load_table

ROOT = Path(__file__).resolve().parents[1]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run an `octavo` command in this site."""
    command = [sys.executable, "-m", "octavo.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built from scratch."""
    folder = tmp_path_factory.mktemp("built") / "_site"
    done = run("build", "--output", folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_tables_have_no_errors() -> None:
    done = run("check")
    assert done.returncode == 0, done.stderr


def test_the_built_site_has_no_errors(site: Path) -> None:
    done = run("check", "--site", site, "--project", ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_home_page_names_its_owner(site: Path) -> None:
    profile = load_profile(ROOT / "data")
    assert escape(profile.name, quote=False) in (site / "index.html").read_text(encoding="utf-8")


def test_every_publication_is_listed_and_has_a_page(site: Path) -> None:
    page = (site / "publications.html").read_text(encoding="utf-8")
    for paper in load_table("publications", ROOT / "data").itertuples():
        assert f'id="{paper.anchor}"' in page
        assert (site / "publications" / f"{paper.id}.html").is_file()
