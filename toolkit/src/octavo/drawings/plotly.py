"""Plotly's charts: read from the HTML that the library displays, drawn by its own `kaleido`."""

from __future__ import annotations

import json
import re
import struct
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from octavo.drawings.data_tables import DataTable, make_table
from octavo.language.words import write_word

_CALL = re.compile(r"Plotly\.newPlot\(\s*")
_BETWEEN = re.compile(r"[\s,]*")
# How `struct` calls NumPy's types (plotly.js, src/lib/array.js).
_TYPES = {"i1": "b", "u1": "B", "i2": "h", "u2": "H", "i4": "i", "u4": "I", "f4": "f", "f8": "d"}
# Quarto sets it for its own pages.
_MARGIN = {"t": 30, "r": 0, "b": 0, "l": 0}
# The keys of a trace that have a value for each point.
_COLUMNS = ("labels", "x", "y", "z", "lat", "lon", "r", "theta", "open", "high", "low", "close", "values", "text")


def read_chart(html: str) -> dict[str, Any] | None:
    """The chart that this HTML draws: `data`, `layout`, and `config`."""
    match = _CALL.search(html)
    if match is None:
        return None
    values: list[Any] = []
    place, decoder = match.end(), json.JSONDecoder()
    while len(values) < 4 and html[place] in '"[{':
        value, place = decoder.raw_decode(html, place)
        values.append(value)
        place = (_BETWEEN.match(html, place) or match).end()
    chart = dict(zip(("data", "layout", "config"), values[1:], strict=False))
    chart.get("layout", {}).get("template", {}).get("layout", {})["margin"] = _MARGIN
    return chart


def describe_chart(chart: Mapping[str, Any]) -> str:
    """The chart's title."""
    return _read_title(chart.get("layout") or {})


def list_data(chart: Mapping[str, Any]) -> list[DataTable]:
    """All traces in one table."""
    traces = [trace for trace in chart["data"] if isinstance(trace, dict)]
    rows: list[dict[str, Any]] = []
    for number, trace in enumerate(traces):
        name = {write_word("drawing-series"): trace.get("name") or f"trace {number}"} if len(traces) > 1 else {}
        rows += [{**name, **row} for row in _list_points(trace, chart.get("layout") or {})]
    return [make_table(rows)] if rows else []


def _list_points(trace: Mapping[str, Any], layout: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    columns = {key: _read_values(trace[key]) for key in _COLUMNS if key in trace}
    if columns.get("z") and isinstance(columns["z"][0], list):  # a matrix, such as a heat map's
        across, down = columns.get("x") or [], columns.get("y") or []
        for row, y in zip_longest(columns["z"], down):
            for z, x in zip_longest(row or [], across):
                yield {_name_column("x", layout): x, _name_column("y", layout): y, "z": z}
        return
    names = [_name_column(key, layout) for key in columns]
    for values in zip_longest(*columns.values()):
        yield dict(zip(names, values, strict=True))


def _read_values(stated: Any) -> list[Any]:
    """A list, which may be packed as base64."""
    if not isinstance(stated, dict) or "bdata" not in stated:
        return stated if isinstance(stated, list) else []
    code, data = _TYPES[stated["dtype"]], b64decode(stated["bdata"])
    values = [value for (value,) in struct.iter_unpack(f"<{code}", data)]
    width = int(str(stated.get("shape", "")).split(",")[-1] or 0) if "," in str(stated.get("shape", "")) else 0
    return [values[start : start + width] for start in range(0, len(values), width)] if width else values


def _name_column(key: str, layout: Mapping[str, Any]) -> str:
    return _read_title(layout.get(f"{key}axis") or {}) or key


def _read_title(part: Mapping[str, Any]) -> str:
    title = part.get("title") or ""
    text = str(title.get("text") or "") if isinstance(title, dict) else str(title)
    return re.sub(r"<[^>]*>", " ", text).strip()


def draw_chart(chart: Mapping[str, Any]) -> bytes:
    """The chart as SVG.

    Raises:
        ImportError, ValueError, RuntimeError: if Plotly, Kaleido, or the browser that it needs is missing.
    """
    import plotly.io

    image: bytes = plotly.io.to_image({"data": chart["data"], "layout": chart.get("layout")}, "svg", validate=False)
    return image


def read_script() -> bytes:
    """The library for browsers; ImportError if it isn't installed."""
    import plotly

    return (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_bytes()


def find_hosts(chart: Mapping[str, Any]) -> Sequence[str]:
    """The other hosts that a browser would load data from: those of maps' tiles."""
    layout = chart.get("layout") or {}
    return ["the host of its map"] if any(key.startswith(("map", "geo")) for key in layout) else []
