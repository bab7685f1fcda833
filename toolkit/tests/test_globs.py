"""The files that a pattern names."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.globs import expand_pattern, is_glob

FILES = ("a.qmd", "b.md", "sub/c.qmd", "sub/deep/d.qmd", "docs/x.pdf", "sub/docs/y.pdf", ".hidden/e.qmd", "[z].qmd")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "literal", "found"),
    [
        ("*.qmd", True, ["[z].qmd", "a.qmd", "sub/c.qmd", "sub/deep/d.qmd"]),
        ("/*.qmd", True, ["[z].qmd", "a.qmd"]),
        ("a.qmd", True, ["a.qmd"]),
        ("c.qmd", True, []),
        ("c.qmd", False, ["sub/c.qmd"]),
        ("sub/", True, ["sub/c.qmd", "sub/deep/d.qmd", "sub/docs/y.pdf"]),
        ("sub", True, ["sub/c.qmd", "sub/deep/d.qmd", "sub/docs/y.pdf"]),
        ("sub/*.qmd", True, ["sub/c.qmd"]),
        ("sub/**/*.qmd", True, ["sub/c.qmd", "sub/deep/d.qmd"]),
        ("docs", False, ["docs/x.pdf", "sub/docs/y.pdf"]),
        ("/docs", False, ["docs/x.pdf"]),
        ("./a.qmd", True, ["a.qmd"]),
        ("?.{qmd,md}", True, ["a.qmd", "b.md", "sub/c.qmd", "sub/deep/d.qmd"]),
        ("[ab].*", True, ["a.qmd", "b.md"]),
        ("none/*.qmd", True, []),
        ("/*/*.qmd", True, ["sub/c.qmd"]),
        ("/{a,sub/c}.qmd", True, ["a.qmd", "sub/c.qmd"]),
    ],
)
def test_a_pattern_is_matched_as_quarto_does(root: Path, pattern: str, literal: bool, found: list[str]) -> None:
    assert expand_pattern(root, pattern, literal=literal, skip=lambda name: name.startswith(".")) == found


def test_a_name_with_a_star_is_a_pattern_and_a_plain_one_is_not() -> None:
    assert [is_glob(text) for text in ("a.qmd", "*.qmd", "a?.qmd", "sub/")] == [False, True, True, False]


def test_folders_are_not_searched_deeper_than_the_pattern_reaches(root: Path) -> None:
    asked: set[str] = set()

    def note(name: str) -> bool:
        asked.add(name)
        return False

    expand_pattern(root, "/*.qmd", literal=True, skip=note)
    assert asked == {"docs", "sub", ".hidden"}
