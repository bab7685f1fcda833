"""A list shows the pages that its contents name, filtered and in order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from octavo.posts.selection import select_pages
from tests.posts.pages import make_listing, make_page

PAGES = [
    make_page("index.qmd", metadata={"listing": True}),
    make_page("cv.qmd", "CV"),
    make_page("posts/index.qmd", metadata={"listing": True}),
    make_page("posts/b.qmd", "Beta", "2024-05-01", categories=("Ideals",), metadata={"order": 2}),
    make_page("posts/a.qmd", "alpha", "2024-05-01", categories=("Rings", "Notes"), metadata={"order": 1}),
    make_page("posts/old/index.qmd", "Old", "2019-01-01", author="E. Artin"),
    make_page("posts/none.qmd", "None"),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with the folder `posts`, so that its name can stand for everything in it."""
    (tmp_path / "posts").mkdir()
    return tmp_path


def select(root: Path, page: str, **options: Any) -> list[str]:
    chosen = select_pages(root, page, make_listing(**options), PAGES)
    return [each.source.removeprefix("posts/").removesuffix(".qmd") for each in chosen]


@pytest.mark.parametrize(
    ("page", "contents", "expected"),
    [
        ("index.qmd", "posts", ["a", "b", "old/index", "none"]),
        ("index.qmd", "posts/*.qmd", ["a", "b", "none"]),
        ("index.qmd", ["posts", "!posts/none.qmd"], ["a", "b", "old/index"]),
        ("index.qmd", "posts/*/index.qmd", ["old/index"]),
        ("posts/index.qmd", None, ["a", "b", "old/index", "none"]),
        ("posts/index.qmd", "*.qmd", ["a", "b", "none"]),
        ("posts/index.qmd", "/cv.qmd", ["cv"]),
        ("posts/index.qmd", "../cv.qmd", ["cv"]),
        ("posts/a.qmd", "*.qmd", ["b", "none"]),
    ],
)
def test_patterns_are_relative_to_the_page_and_skip_pages_with_lists(
    root: Path, page: str, contents: Any, expected: list[str]
) -> None:
    assert select(root, page, contents=contents, sort=["date desc", "title"]) == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("title", ["a", "b", "none", "old/index"]),
        ("title desc", ["old/index", "none", "b", "a"]),
        ("date", ["old/index", "a", "b", "none"]),
        (["date desc", "title desc"], ["b", "a", "old/index", "none"]),
        ("order desc", ["b", "a", "none", "old/index"]),
        ("author", ["old/index", "a", "b", "none"]),
        (False, ["a", "b", "none", "old/index"]),
    ],
)
def test_pages_without_the_sort_field_come_last(root: Path, sort: Any, expected: list[str]) -> None:
    assert select(root, "index.qmd", contents="posts", sort=sort) == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"include": {"categories": "rings"}}, ["a"]),
        ({"include": {"categories": ["R*", "ideals"]}}, ["a", "b"]),
        ({"exclude": {"categories": "*"}}, ["old/index", "none"]),
        ({"include": {"author": "*Artin"}}, ["old/index"]),
        ({"max_items": 1}, ["a"]),
    ],
)
def test_pages_are_filtered_by_their_fields(root: Path, options: dict[str, Any], expected: list[str]) -> None:
    assert select(root, "index.qmd", contents="posts", sort=["date desc", "title"], **options) == expected
