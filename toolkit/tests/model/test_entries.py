"""Entries: which rows form one, how their dates read, and which fields are Markdown."""

from __future__ import annotations

import pytest

from octavo.markdown import plain_text
from octavo.model.dates import PartialDate
from octavo.model.entries import group_entries, join_dates, make_entry
from octavo.model.row import Row
from tests.rows import make_row


def make_rows(table: str, *dates: str, **fields: str) -> list[Row]:
    return [make_row(table, date=PartialDate.parse(date), **fields) for date in dates]


def test_rows_that_differ_only_in_their_dates_are_one_entry_in_some_tables() -> None:
    reviews = make_rows("service", "2021", "2019", role="Reviewer", organization="ICM")
    other = make_rows("service", "2020", role="Editor", organization="ICM")
    assert [len(group) for group in group_entries([reviews[0], *other, reviews[1]])] == [2, 1]
    talks = make_rows("talks", "2021", "2019", title="Rings")
    assert [len(group) for group in group_entries(talks)] == [1, 1]


@pytest.mark.parametrize(
    ("dates", "text"),
    [
        (["2024", "2021", "2022", "2019"], "2019, 2021, 2022, 2024"),
        (["2020", "2018", "2019", "2016"], "2016, 2018–2020"),
        (["2020", "2020"], "2020"),
        (["Summer 2023", "Spring 2023"], "Spring 2023, Summer 2023"),
        (["2019", "2020", "Summer 2021", "2022"], "2019, 2020, Summer 2021, 2022"),
        ([], ""),
    ],
)
def test_dates_of_one_entry_are_in_order_and_years_in_a_row_are_a_span(dates: list[str], text: str) -> None:
    [*groups] = group_entries(make_rows("service", *dates, role="Reviewer"))
    assert [join_dates(group) for group in groups] == ([text] if dates else [])


def test_a_thesis_is_inline_markdown_and_a_plain_note_is_text() -> None:
    person = make_row("people", name="G. Hermann", thesis="Rings over $x^2$", now="Chair for *-algebras* and $x$")
    thesis, now = make_entry(person).notes
    assert thesis == ("Thesis", "Rings over $x^2$")
    assert plain_text(now[1]) == "Chair for *-algebras* and $x$"
