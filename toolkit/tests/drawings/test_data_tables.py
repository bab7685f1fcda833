"""Tables of the data that a chart shows."""

from __future__ import annotations

from octavo.drawings.data_tables import make_table, show_value


def test_a_row_without_a_value_has_an_empty_cell() -> None:
    table = make_table([{"a": 1}, {"b": "<"}])
    assert "<tr><td>1</td><td></td></tr><tr><td></td><td>&lt;</td></tr>" in table.write_html()
    assert table.write_csv() == '"a","b"\r\n"1",""\r\n"","<"\r\n'


def test_the_chosen_columns_are_shown_or_all_if_none_of_them_exists() -> None:
    rows = [{"a": 1, "b": 2}]
    assert make_table(rows, ["b", "c"]).columns == ["b"]
    assert make_table(rows, ["c"]).columns == ["a", "b"]


def test_numbers_are_shown_without_rounding_noise() -> None:
    assert [show_value(value) for value in (0.1 + 0.2, 4.0, 7, None, True)] == ["0.3", "4", "7", "", "True"]
