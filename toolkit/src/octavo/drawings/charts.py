"""Charts: the chart libraries that Octavo can draw, each a row of one table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from octavo.cache import Cache, compute_key
from octavo.drawings import plotly, vega
from octavo.drawings.data_tables import DataTable

CACHE = Path(".cache/octavo/drawings")
INTERACTIVE = "interactive"
_SIZE = re.compile(r'<svg\b[^>]*?\swidth="([\d.]+)"[^>]*?\sheight="([\d.]+)"')
_VIEW = re.compile(r'<svg\b[^>]*?\sviewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')

Specification = Mapping[str, Any]


class DrawingError(Exception):
    """Why something can't be drawn, and what to do."""


class Library(NamedTuple):
    """A chart library: how its HTML is read, described, and drawn, and its script for browsers."""

    name: str
    needs: str
    """What draws its pictures."""
    read: Callable[[str], dict[str, Any] | None]
    describe: Callable[[Specification], str]
    list_data: Callable[[Specification], list[DataTable]]
    draw: Callable[[Specification], bytes]
    read_script: Callable[[], bytes]
    find_hosts: Callable[[Specification], Sequence[str]]

    def draw_kept(self, root: Path, chart: Specification) -> bytes:
        """The chart's picture, from the cache if it was drawn before; DrawingError if it can't be drawn."""
        try:
            return Cache(root / CACHE).find_or_make(compute_key(self.name, chart), lambda: self.draw(chart))
        except (ImportError, ValueError, RuntimeError) as error:
            reason = str(error).strip().partition("\n")[0].rstrip(".")
            raise DrawingError(
                f"can't draw a picture of this {self.name} chart: {reason}; "
                f"install {self.needs}, or show the interactive chart with `widgets: {INTERACTIVE}`"
            ) from None

    def load_script(self) -> bytes:
        """The library for browsers; DrawingError if it isn't installed."""
        try:
            return self.read_script()
        except ImportError as error:
            raise DrawingError(f"an interactive {self.name} chart needs a package: {error}") from None


LIBRARIES = (
    Library(
        *("Plotly", "the package kaleido and Chrome", plotly.read_chart, plotly.describe_chart, plotly.list_data),
        *(plotly.draw_chart, plotly.read_script, plotly.find_hosts),
    ),
    Library(
        *("Vega", "the package vl-convert-python", vega.read_chart, vega.describe_chart, vega.list_data),
        *(vega.draw_chart, vega.read_script, vega.find_hosts),
    ),
)


def read_chart(html: str) -> tuple[Library, dict[str, Any]] | None:
    """The library and the chart that a cell's HTML draws."""
    for library in LIBRARIES:
        if chart := library.read(html):
            return library, chart
    return None


def measure_svg(picture: bytes) -> tuple[int, int] | tuple[None, None]:
    """Width and height of an SVG in pixels: its own, or those of its viewBox."""
    start = picture[:4000].decode(errors="replace")
    match = _SIZE.search(start) or _VIEW.search(start)
    return (round(float(match[1])), round(float(match[2]))) if match else (None, None)
