"""The ready palettes and layouts, each chosen by a line in `_quarto.yml`."""

from __future__ import annotations

from typing import NamedTuple

from octavo.theme.colors import Color

LAYOUTS = ("margin", "column")
"""Headings in the margin if there is room, or a single column; the stylesheet has both."""


class Base(NamedTuple):
    """The colors that one scheme is derived from."""

    ink: Color
    paper: Color
    accent: Color


class Palette(NamedTuple):
    """A light and a dark scheme."""

    light: Base
    dark: Base


PALETTES = {
    "teal": Palette(
        Base(ink=Color(28, 31, 34), paper=Color(254, 253, 251), accent=Color(11, 90, 99)),
        Base(ink=Color(230, 228, 223), paper=Color(22, 25, 28), accent=Color(121, 199, 204)),
    ),
    "claret": Palette(
        Base(ink=Color(35, 28, 28), paper=Color(255, 252, 248), accent=Color(134, 27, 54)),
        Base(ink=Color(236, 228, 223), paper=Color(28, 23, 23), accent=Color(240, 160, 172)),
    ),
    "cobalt": Palette(
        Base(ink=Color(26, 29, 36), paper=Color(255, 255, 255), accent=Color(33, 72, 166)),
        Base(ink=Color(228, 231, 238), paper=Color(20, 23, 31), accent=Color(154, 182, 247)),
    ),
}
DEFAULT = "teal"
