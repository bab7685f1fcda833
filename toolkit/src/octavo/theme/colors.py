"""Colors: parsing, mixing, and contrast."""

from __future__ import annotations

from typing import NamedTuple

READABLE = 4.5
"""The least contrast of text (WCAG 2.2, 1.4.3)."""
_VISIBLE = 3.0
"""The least contrast of a control's outline (WCAG 2.2, 1.4.11)."""
_STEPS = 100


class Color(NamedTuple):
    """An opaque sRGB color; each part is from 0 to 255."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


BLACK, WHITE = Color(0, 0, 0), Color(255, 255, 255)


class Colors(NamedTuple):
    """One scheme, light or dark; in the stylesheet each is a custom property of the same name."""

    ink: Color
    soft: Color
    paper: Color
    line: Color
    accent: Color
    mark: Color
    edge: Color


def parse_color(text: str) -> Color:
    """Read a color as CSS writes it: `#0b5a63`, `teal`, `rgb(11, 90, 99)`, `hsl(186, 80%, 22%)`.

    Raises:
        ValueError: if it isn't a color, or is transparent.
    """
    from PIL import ImageColor  # only where a site has colors of its own

    try:
        red, green, blue, *alpha = ImageColor.getrgb(text)
    except ValueError:
        raise ValueError("is not a color (expected one such as '#0b5a63')") from None
    if alpha and alpha[0] < 255:
        raise ValueError("is transparent (expected an opaque color such as '#0b5a63')")
    return Color(red, green, blue)


def is_dark(color: Color) -> bool:
    """Whether white is more readable on it than black."""
    return contrast(WHITE, color) > contrast(BLACK, color)


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colors, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(one: Color, other: Color, share: float) -> Color:
    """A mixture with this share of the other color."""
    return Color(*(round(a + (b - a) * share) for a, b in zip(one, other, strict=True)))


def make_readable(color: Color, ground: Color, ratio: float = READABLE) -> Color:
    """The color, darkened or lightened just enough to reach the contrast on the background."""
    end = WHITE if is_dark(ground) else BLACK
    shades = (mix(color, end, step / _STEPS) for step in range(_STEPS + 1))
    return next((shade for shade in shades if contrast(shade, ground) >= ratio), end)


def derive_colors(ink: Color, paper: Color, accent: Color) -> Colors:
    """A scheme of the three colors that an owner chooses."""
    # Links that are just readable on the background wouldn't be on a tinted one.
    least = min(READABLE, contrast(accent, paper))
    marks = (mix(paper, accent, share) for share in (0.07, 0.05, 0.03, 0.0))
    return Colors(
        ink=ink,
        soft=make_readable(mix(ink, paper, 0.27), paper, 5.5),
        paper=paper,
        line=mix(ink, paper, 0.86),
        accent=accent,
        mark=next(mark for mark in marks if contrast(accent, mark) >= least),
        edge=make_readable(mix(ink, paper, 0.5), paper, _VISIBLE),
    )


def _luminance(color: Color) -> float:
    shares = (part / 255 for part in color)
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
