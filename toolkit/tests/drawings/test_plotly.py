"""Plotly's charts, read from the HTML that the library displays."""

from __future__ import annotations

import pytest

from octavo.drawings import plotly
from tests.drawings.outputs import PLOTLY, PLOTLY_LOADER


def read(html: str = PLOTLY) -> dict[str, object]:
    chart = plotly.read_chart(html)
    assert chart is not None
    return chart


def test_a_chart_is_read_with_its_title() -> None:
    chart = read()
    assert sorted(chart) == ["config", "data", "layout"]
    assert plotly.describe_chart(chart) == "Squares"


def test_html_that_only_loads_the_library_is_not_a_chart() -> None:
    assert plotly.read_chart(PLOTLY_LOADER) is None


def test_points_become_rows_named_after_the_axes_with_numbers_unpacked() -> None:
    (table,) = plotly.list_data(read())
    assert table.columns == ["Series", "n", "y"]
    assert [list(row.values()) for row in table.rows] == [["squares", 1, 1.0], ["squares", 2, 4.0], ["trace 1", "a", 2]]


@pytest.mark.parametrize("z", ["[[1,2],[3,4]]", '{"dtype":"i1","bdata":"AQIDBA==","shape":"2, 2"}'])
def test_a_matrix_has_a_row_for_each_of_its_cells(z: str) -> None:
    (table,) = plotly.list_data(read(f'Plotly.newPlot("a", [{{"x":["p","q"],"y":["r","s"],"z":{z}}}], {{}}, {{}})'))
    assert [list(row.values()) for row in table.rows] == [["p", "r", 1], ["q", "r", 2], ["p", "s", 3], ["q", "s", 4]]


def test_labels_and_values_without_axes_are_columns() -> None:
    (table,) = plotly.list_data(read('Plotly.newPlot("a", [{"labels":["x","y"],"values":[1,2]}], {"title":"Cake"})'))
    assert table.columns == ["labels", "values"]


def test_a_map_loads_tiles_from_another_host() -> None:
    assert plotly.find_hosts(read('Plotly.newPlot("a", [], {"map":{}})'))
    assert not plotly.find_hosts(read())
