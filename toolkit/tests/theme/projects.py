"""A small project with a brand; its fonts and pictures are fake."""

from __future__ import annotations

from pathlib import Path

from octavo.theme import check_theme
from tests.sites import ROOT

QUARTO = "project: {type: website}\nwebsite: {title: T, site-url: https://e.example}\nbrand: false\n"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><rect width="120" height="40"/></svg>'


def make_project(folder: Path, brand: str = "", settings: str = "") -> Path:
    """Make a project in the folder with the format, `assets/logo.svg`, and this `_brand.yml`, if any."""
    (folder / "assets").mkdir(parents=True)
    (folder / "assets" / "logo.svg").write_text(LOGO, encoding="utf-8")
    (folder / "assets" / "a.woff2").write_bytes(b"a font, for all that the site knows")
    (folder / "_extensions").symlink_to(ROOT / "_extensions")
    (folder / "_quarto.yml").write_text(QUARTO + settings, encoding="utf-8")
    if brand:
        (folder / "_brand.yml").write_text(brand, encoding="utf-8")
    return folder


def find_problems(folder: Path, brand: str = "", settings: str = "") -> list[str]:
    """The problems of such a project's theme, as printed."""
    return [str(problem) for problem in check_theme(make_project(folder / "project", brand, settings))]
