"""The pages' titles: those of built pages with a source, from its front matter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from homepage.documents.page_titles import iterate_page_titles, read_front_matter


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "_site" / "notes"
    folder.mkdir(parents=True)
    (tmp_path / "notes").mkdir()
    return tmp_path / "_site"


def add(site: Path, page: str, source: str, text: str) -> None:
    (site / page).write_text("<p>", encoding="utf-8")
    (site.parent / source).write_text(text, encoding="utf-8")


def test_pages_in_folders_have_their_path(site: Path) -> None:
    add(site, "notes/a.html", "notes/a.qmd", "---\ntitle: A\n---\n")
    assert list(iterate_page_titles(site, site.parent)) == [("notes/a", "A", "")]


def test_a_page_without_source_is_none_of_the_renderer_s(site: Path) -> None:
    (site / "paper.html").write_text("<p>", encoding="utf-8")
    assert list(iterate_page_titles(site, site.parent)) == []


def test_a_source_without_page_is_not_built(site: Path) -> None:
    (site.parent / "draft.qmd").write_text("---\ntitle: Draft\n---\n", encoding="utf-8")
    assert list(iterate_page_titles(site, site.parent)) == []


def test_a_notebook_has_its_front_matter_in_its_first_cell(site: Path) -> None:
    cell = {"cell_type": "raw", "source": ["---\n", "title: N\n", "---"]}
    add(site, "n.html", "n.ipynb", json.dumps({"cells": [cell]}))
    assert list(iterate_page_titles(site, site.parent)) == [("n", "N", "")]


@pytest.mark.parametrize("text", ["", "No front matter.\n", "---\n- a list\n---\n", "---\n---\n"])
def test_a_page_without_front_matter_has_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.qmd").write_text(text, encoding="utf-8")
    assert read_front_matter(tmp_path / "a.qmd") == {}
