"""The style sheets use start and end instead of left and right, so that pages work in both directions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import octavo

SHEETS = sorted(Path(octavo.__file__).parent.rglob("*.css"))
_DECLARATION = re.compile(r"(?<=[{;\s])([a-z-]+)\s*:\s*([^;{}]+)[;}]")
_SIDE = re.compile(r"\b(left|right)\b")
# Shorthands with their second value for the right and the fourth for the left.
_FOUR_SIDES = ("inset", "margin", "padding", "border-width", "border-color", "border-style")
_SIDEWAYS = ("text-align", "text-align-last", "float", "clear", "transform-origin", "background-position")


def find_sides(css: str) -> Iterator[str]:
    """The declarations that work in only one direction."""
    for name, value in _DECLARATION.findall(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        parts = split_values(value)
        is_uneven = name in _FOUR_SIDES and len(parts) == 4 and parts[1] != parts[3]
        has_corners = name == "border-radius" and len(set(parts)) > 1
        if _SIDE.search(name) or is_uneven or has_corners or (name in _SIDEWAYS and _SIDE.search(value)):
            yield f"{name}: {value.strip()}"


def split_values(value: str) -> list[str]:
    """The values of a shorthand, without splitting functions."""
    return re.findall(r"(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+", value)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_style_sheet_works_in_both_directions(sheet: Path) -> None:
    assert list(find_sides(sheet.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "declaration",
    [
        "margin-left: 1px",
        "left: 0",
        "border-top-right-radius: 3px",
        "text-align: right",
        "float: left",
        "inset: 0 1rem auto auto",
        "padding: 1px calc(1px + 2px) 1px 0",
        "border-radius: 0 3px 3px 0",
        "border-radius: 3px 0",
    ],
)
def test_declarations_for_one_direction_are_found(declaration: str) -> None:
    assert list(find_sides(f"a {{ color: red; {declaration} }}")) == [declaration]


@pytest.mark.parametrize(
    "declaration",
    ["inset: 0 0 auto", "margin: 0 auto", "padding: 1px 2px 3px 2px", "border-radius: 3px", "text-align: start"],
)
def test_declarations_for_both_directions_are_accepted(declaration: str) -> None:
    assert list(find_sides(f"a {{ color: red; {declaration} }}")) == []
