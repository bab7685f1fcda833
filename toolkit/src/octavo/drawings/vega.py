"""Vega-Lite's and Vega's charts, which Altair makes: read from the HTML that it displays, drawn by `vl-convert`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from octavo.drawings.data_tables import DataTable, make_table

_CALL = re.compile(r"\}\)\(\s*(?=\{)")


def read_chart(html: str) -> dict[str, Any] | None:
    """The specification that this HTML draws."""
    match = _CALL.search(html) if "vegaEmbed" in html else None
    if match is None:
        return None
    chart: dict[str, Any] = json.JSONDecoder().raw_decode(html, match.end())[0]
    return chart


def describe_chart(chart: Mapping[str, Any]) -> str:
    """The chart's description, or its title."""
    title = chart.get("title") or ""
    text = title.get("text", "") if isinstance(title, dict) else title
    return str(chart.get("description") or (" ".join(text) if isinstance(text, list) else text))


def list_data(chart: Mapping[str, Any]) -> list[DataTable]:
    """A table for each set of data, with the columns that the chart shows."""
    fields = {str(value).replace("\\", "") for key, value in _walk(chart) if key == "field"}
    inline = [
        value["values"] for key, value in _walk(chart) if key == "data" and isinstance(value, dict) if "values" in value
    ]
    sets = [*(chart.get("datasets") or {}).values(), *inline]
    rows = ([row for row in each if isinstance(row, dict)] for each in sets if isinstance(each, list))
    return [make_table(each, fields) for each in rows if each]


def _walk(part: Any) -> Iterator[tuple[str, Any]]:
    """All keys and values in a specification, except in its data."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield key, value
            if key not in ("datasets", "values"):
                yield from _walk(value)
    elif isinstance(part, list):
        for each in part:
            yield from _walk(each)


def draw_chart(chart: Mapping[str, Any]) -> bytes:
    """The chart as SVG.

    Raises:
        ImportError, ValueError: if `vl-convert` is missing, or it can't draw the chart.
    """
    import vl_convert

    is_lite = "vega-lite" in str(chart.get("$schema", "vega-lite"))
    draw = vl_convert.vegalite_to_svg if is_lite else vl_convert.vega_to_svg
    svg: str = draw(json.dumps(chart))
    return svg.encode()


def read_script() -> bytes:
    """The library for browsers; ImportError if it isn't installed."""
    import vl_convert

    script: str = vl_convert.javascript_bundle()
    return script.encode()


def find_hosts(chart: Mapping[str, Any]) -> Sequence[str]:
    """The addresses of other hosts that a browser would load data from."""
    return [value for key, value in _walk(chart) if key == "url" and str(value).startswith(("http:", "https:", "//"))]
