"""Colors: contrast as WCAG defines it, and shades that reach it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.theme.colors import BLACK, WHITE, Color, contrast, derive_colors, make_readable, parse_color
from octavo.theme.palettes import PALETTES

COLORS = st.builds(Color, *[st.integers(0, 255)] * 3)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [(BLACK, WHITE, 21), (WHITE, WHITE, 1), (Color(119, 119, 119), WHITE, 4.48), (Color(0, 0, 255), WHITE, 8.59)],
)
def test_contrast_is_computed_as_in_the_guidelines(one: Color, other: Color, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("text", ["#0b5a63", "#0B5A63", "rgb(11, 90, 99)", "rgb(11,90,99)"])
def test_colors_are_read_in_the_forms_of_css(text: str) -> None:
    assert parse_color(text) == Color(11, 90, 99)
    assert str(parse_color(text)) == "#0b5a63"


@pytest.mark.parametrize(
    ("text", "fault"),
    [("claret", "is not a color"), ("#12", "is not a color"), ("#0b5a6380", "is transparent"), ("var(--x)", "is not")],
)
def test_anything_else_is_refused(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        parse_color(text)


@given(COLORS, COLORS)
def test_a_readable_shade_is_readable_on_any_background(color: Color, ground: Color) -> None:
    assert contrast(make_readable(color, ground), ground) >= 4.5


@given(COLORS, COLORS)
def test_a_readable_color_is_unchanged(color: Color, ground: Color) -> None:
    if contrast(color, ground) >= 4.5:
        assert make_readable(color, ground) == color


@given(COLORS, COLORS, COLORS)
def test_derived_colors_are_readable_whatever_was_chosen(ink: Color, paper: Color, accent: Color) -> None:
    colors = derive_colors(ink, paper, make_readable(accent, paper))
    assert contrast(colors.soft, paper) >= 4.5
    assert contrast(colors.edge, paper) >= 3
    assert contrast(colors.accent, colors.mark) >= 4.5


@pytest.mark.parametrize("name", PALETTES)
def test_every_built_in_palette_is_readable_in_light_and_dark(name: str) -> None:
    for base in PALETTES[name]:
        colors = derive_colors(*base)
        for ground in (colors.paper, colors.mark):
            assert min(contrast(color, ground) for color in (colors.ink, colors.soft, colors.accent)) >= 4.5
