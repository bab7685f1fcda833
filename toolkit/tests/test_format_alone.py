"""The format by itself, added with Quarto to a website without the rest of the toolkit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.needs import need_quarto
from tests.reading import read_page
from tests.sites import ROOT

pytestmark = pytest.mark.quarto

CONFIGURATION = """\
project:
  type: website
website:
  title: Elsewhere
format: octavo-html
"""
NAVIGATION = """\
site-title: Elsewhere
nav:
  - text: About
    href: /about.html
"""


def run_quarto(*arguments: str, folder: Path) -> None:
    ran = subprocess.run(
        [need_quarto(), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=240,
        env={**os.environ, "QUARTO_PYTHON": sys.executable},
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A website with two pages, to which the format was added from an archive, as from a repository."""
    root = tmp_path / "project"
    root.mkdir()
    (root / "_quarto.yml").write_text(CONFIGURATION)
    (root / "index.qmd").write_text("---\ntitle: Home\n---\n\nWords.\n")
    (root / "about.qmd").write_text("---\ntitle: About\nlang: de\n---\n\nMore words, and $x^2$.\n")
    shutil.copytree(ROOT / "_extensions", tmp_path / "origin/_extensions")
    archive = shutil.make_archive(str(tmp_path / "origin"), "zip", tmp_path / "origin")
    run_quarto("add", archive, "--no-prompt", folder=root)
    return root


def test_it_works_in_a_website_with_only_a_title_in_the_language_of_the_page(project: Path) -> None:
    run_quarto("render", folder=project)
    page = read_page(project / "_site/about.html")
    assert [heading.text for heading in page.find("h1")] == ["About"]
    assert page.find("title")[0].text == "About"
    assert page.find("math")
    assert page.find("a", class_="skip-link")[0].text == "Zum Inhalt springen"
    assert all(link.text.strip() for link in page.find("a")), "links must have text"
    styles = [link.attributes["href"] for link in page.find("link", rel="stylesheet")]
    assert [(project / "_site" / style).is_file() for style in styles] == [True]


def test_it_shows_the_given_title_and_navigation(project: Path) -> None:
    (project / "_quarto.yml").write_text(CONFIGURATION + NAVIGATION)
    run_quarto("render", folder=project)
    page = read_page(project / "_site/about.html")
    assert page.find("title")[0].text == "About – Elsewhere"
    links = [(link.text, link.attributes["href"]) for nav in page.find("nav") for link in nav.find("a")]
    assert links == [("Elsewhere", "./index.html"), ("About", "./about.html")]
