"""Altair's charts, read from the HTML that the library displays."""

from __future__ import annotations

from octavo.drawings import vega
from tests.drawings.outputs import VEGA


def read(html: str = VEGA) -> dict[str, object]:
    chart = vega.read_chart(html)
    assert chart is not None
    return chart


def test_a_chart_is_described_by_its_description_or_title() -> None:
    assert vega.describe_chart(read()) == "Papers"
    assert vega.describe_chart({"title": {"text": ["One", "two"]}}) == "One two"
    assert vega.describe_chart({"title": "A", "description": "B"}) == "B"


def test_only_columns_that_the_chart_shows_are_listed() -> None:
    (table,) = vega.list_data(read())
    assert table.columns == ["year", "papers"]
    assert len(table.rows) == 2


def test_data_in_a_layer_are_found() -> None:
    (table,) = vega.list_data({"layer": [{"data": {"values": [{"a": 1}]}}]})
    assert table.columns == ["a"]


def test_data_on_another_host_are_named() -> None:
    assert vega.find_hosts({"data": {"url": "https://data.example/x.csv"}}) == ["https://data.example/x.csv"]
    assert vega.find_hosts(read()) == []
