"""Page titles: read from the front matter of built pages' sources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from octavo.documents.cards import iterate_page_titles, list_sources
from octavo.quarto_yaml import read_front_matter


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "_site" / "notes"
    folder.mkdir(parents=True)
    (tmp_path / "notes").mkdir()
    return tmp_path / "_site"


def add(site: Path, page: str, source: str, text: str) -> None:
    (site / page).write_text("<p>", encoding="utf-8")
    (site.parent / source).write_text(text, encoding="utf-8")


def read_titles(site: Path) -> list[tuple[str, str, str]]:
    return list(iterate_page_titles(site.parent, list_sources(site, site.parent)))


def test_pages_in_folders_have_their_path(site: Path) -> None:
    add(site, "notes/a.html", "notes/a.qmd", "---\ntitle: A\n---\n")
    assert read_titles(site) == [("notes/a", "A", "")]


def test_a_built_page_without_a_source_is_skipped(site: Path) -> None:
    (site / "paper.html").write_text("<p>", encoding="utf-8")
    assert read_titles(site) == []


def test_a_source_without_a_built_page_is_skipped(site: Path) -> None:
    (site.parent / "draft.qmd").write_text("---\ntitle: Draft\n---\n", encoding="utf-8")
    assert read_titles(site) == []


def test_a_notebook_has_its_front_matter_in_its_first_cell(site: Path) -> None:
    cell = {"cell_type": "raw", "source": ["---\n", "title: N\n", "---"]}
    add(site, "n.html", "n.ipynb", json.dumps({"cells": [cell]}))
    assert read_titles(site) == [("n", "N", "")]


def test_a_page_with_its_own_picture_gets_no_card(site: Path) -> None:
    add(site, "a.html", "a.qmd", "---\ntitle: A\ncard: assets/a.png\n---\n")
    assert read_titles(site) == []


@pytest.mark.parametrize(
    "text", ["", "No front matter.\n", "---\n- a list\n---\n", "---\n---\n", "---\n[\n---\n", "---\na: \0\n---\n"]
)
@pytest.mark.parametrize("name", ["a.qmd", "a.ipynb"])
def test_unreadable_front_matter_counts_as_none(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert read_front_matter(tmp_path / name) == {}


@pytest.mark.parametrize("notebook", ["[]", "{}", '{"cells": []}', '{"cells": [{}]}', '{"cells": [{"source": 1}]}'])
def test_a_notebook_without_cells_has_no_front_matter(tmp_path: Path, notebook: str) -> None:
    (tmp_path / "a.ipynb").write_text(notebook, encoding="utf-8")
    assert read_front_matter(tmp_path / "a.ipynb") == {}
