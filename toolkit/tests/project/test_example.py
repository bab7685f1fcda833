"""The example site: complete, drawn by its script, and without a copy of the engine's files."""

from __future__ import annotations

import runpy
from typing import Any

import pytest
from PIL import Image, ImageChops

from octavo.model.publications import Publication
from octavo.tables.rows import check_tables, load_rows
from octavo.theme import check_theme
from tests.sites import EXAMPLE, ROOT


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    """The globals of the script that draws the pictures."""
    return runpy.run_path(str(EXAMPLE / "draw_pictures.py"))


def test_the_example_has_all_of_her_papers_and_no_problem() -> None:
    assert len(load_rows(Publication, EXAMPLE / "data")) == 45
    assert check_tables(EXAMPLE / "data") == []
    assert check_theme(EXAMPLE) == []


def test_every_paper_has_the_diagram_that_the_script_draws(script: dict[str, Any]) -> None:
    papers = load_rows(Publication, EXAMPLE / "data")
    drawn = {f"{paper.id}.svg": script["draw_paper"](paper, number) for number, paper in enumerate(papers)}
    kept = {file.name: file.read_text(encoding="utf-8") for file in (EXAMPLE / "assets" / "papers").iterdir()}
    assert kept == drawn
    assert len(set(drawn.values())) > 20


def test_the_portrait_is_drawn_by_the_script(script: dict[str, Any]) -> None:
    with Image.open(EXAMPLE / "assets" / "portrait.png") as kept:
        drawn = script["draw_portrait"]()
        assert ImageChops.difference(kept.convert("RGB"), drawn.convert("RGB")).getbbox() is None


@pytest.mark.parametrize("path", ["_extensions", "scripts"])
def test_the_engines_files_are_links_to_the_repositorys(path: str) -> None:
    assert (EXAMPLE / path).is_symlink()
    assert (EXAMPLE / path).resolve() == ROOT / path
