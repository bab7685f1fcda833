"""ANSI colors: terminal text as the HTML spans that Quarto writes for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

_STYLE = re.compile(r"\x1b\[(\d+(?:;\d+)*)?m")
_OTHER = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-ln-z]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])")
_NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_SHADES = (0, 95, 135, 175, 215, 255)


def has_colors(text: str) -> bool:
    """Whether Quarto would treat `text` as colored."""
    return re.search(r"\x1b\[\d+(?:;\d+)*m", text) is not None


def strip_colors(text: str) -> str:
    """The text without escape sequences."""
    return _OTHER.sub("", _STYLE.sub("", text))


def color_html(text: str) -> str:
    """The text as escaped HTML: named colors as classes, 8-bit and 24-bit colors as inline styles."""
    look = _Look()
    parts: list[str] = []
    end = 0
    for match in _STYLE.finditer(text):
        parts.append(look.wrap(text[end : match.start()]))
        look.apply(match[1] or "0")
        end = match.end()
    parts.append(look.wrap(text[end:]))
    return "".join(parts)


@dataclass
class _Look:
    """The current colors and text style; a color is a name or `r,g,b`."""

    front: str | None = None
    back: str | None = None
    bold: bool = False
    italic: bool = False
    underlined: bool = False

    def wrap(self, text: str) -> str:
        # Quarto's converter leaves quotation marks alone.
        escaped = escape(_OTHER.sub("", text), quote=False)
        styles = [
            *(["font-weight:bold"] if self.bold else []),
            *(["font-style:italic"] if self.italic else []),
            *(["text-decoration:underline"] if self.underlined else []),
        ]
        classes = []
        for color, end, name in ((self.front, "fg", "color"), (self.back, "bg", "background-color")):
            if color and "," in color:
                styles.append(f"{name}:rgb({color})")
            elif color:
                classes.append(f"ansi-{color}-{end}")
        if styles == ["font-weight:bold"]:
            styles, classes = [], [*classes, "ansi-bold"]
        if not text or not (styles or classes):
            return escaped
        attributes = f' style="{";".join(styles)}"' if styles else ""
        return f"<span{attributes}" + (f' class="{" ".join(classes)}"' if classes else "") + f">{escaped}</span>"

    def apply(self, codes: str) -> None:
        numbers = iter([int(code) for code in codes.split(";")])
        for code in numbers:
            self._apply_code(code, numbers)

    def _apply_code(self, code: int, rest: Iterator[int]) -> None:
        if code == 0:
            self.front = self.back = None
            self.bold = self.italic = self.underlined = False
        elif code in (1, 21, 22):
            self.bold = code == 1
        elif code in (3, 23):
            self.italic = code == 3
        elif code in (4, 24):
            self.underlined = code == 4
        elif 30 <= code <= 39 or 90 <= code <= 97:
            self.front = _read_color(code, rest)
        elif 40 <= code <= 49 or 100 <= code <= 107:
            self.back = _read_color(code - 10, rest)


def _read_color(code: int, rest: Iterator[int]) -> str | None:
    if code == 39:
        return None
    if code != 38:
        return ("bright-" if code >= 90 else "") + _NAMES[code % 10]
    kind = next(rest, None)
    if kind == 2:
        return ",".join(str(next(rest, 0)) for _ in range(3))
    return _palette_color(next(rest, 0)) if kind == 5 else None


def _palette_color(index: int) -> str:
    if index < 16:
        return ("bright-" if index >= 8 else "") + _NAMES[index % 8]
    if index < 232:
        red, rest = divmod(index - 16, 36)
        green, blue = divmod(rest, 6)
        return f"{_SHADES[red]},{_SHADES[green]},{_SHADES[blue]}"
    gray = 8 + 10 * (index - 232)
    return f"{gray},{gray},{gray}"
