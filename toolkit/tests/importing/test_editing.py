"""Edits of a table's text: they match the table's style, and change nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from octavo.errors import DataError
from octavo.importing.editing.layout import read_table_text
from octavo.importing.editing.rows import NewRow
from octavo.importing.editing.table import EditedTable, edit_table
from tests.importing.expectations import FIELDS

TABLE = """\
# Publications, newest first.

# The compiler.
- id: vtc   # short
  title: "VTC: DNN Compilation"
  authors:
    - M. Hu
    - E. Noether  # me
  date: 2026
  type: paper-conference

- id: lynx
  title: Lynx
  authors: [E. Noether, J.H. Ju]
  type: article
  doi:   # not yet
  abstract: >-
    Some words that were
    folded.
  links: {code: https://example.org}
# The end.
"""


def edit(text: str, changes: Mapping[int, Mapping[str, Any]], rows: Sequence[NewRow] = ()) -> EditedTable:
    table = read_table_text(text.encode(), "publications.yml")
    return edit_table(table, FIELDS, changes, rows)


def change(text: str, index: int, **values: Any) -> str:
    """The text with fields of one row set; `links__code` is `links.code`."""
    edited = edit(text, {index: {name.replace("__", "."): value for name, value in values.items()}})
    assert edited.refused == {}
    return edited.text


def add(text: str, index: int, **row: Any) -> str:
    return edit(text, {}, [(index, row)]).text


@pytest.mark.parametrize(
    ("row", "values", "old", "new"),
    [
        (0, {"title": "New"}, '"VTC: DNN Compilation"', '"New"'),
        (0, {"title": 'A "quoted"\\ one'}, '"VTC: DNN Compilation"', '"A \\"quoted\\"\\\\ one"'),
        (0, {"date": "2026-07"}, "date: 2026", "date: 2026-07"),
        (0, {"authors": ["M. Hu", "E. Noether", ]}, "M. Hu", "M. Hu"),
        (0, {"authors": ["Muyan Hu", "E. Noether"]}, "- M. Hu", "- Muyan Hu"),
        (1, {"title": "Lynx: Efficient"}, "title: Lynx", 'title: "Lynx: Efficient"'),
        (1, {"authors": ["E. Noether", "J. Ju"]}, "J.H. Ju]", "J. Ju]"),
        (1, {"authors": ["E. Noether", "J. Ju", "K. Sinha"]}, "[E. Noether, J.H. Ju]", "[E. Noether, J. Ju, K. Sinha]"),
        (1, {"doi": "10.1145/1.2"}, "doi:   # not yet", "doi: 10.1145/1.2   # not yet"),
        (1, {"abstract": "Short."}, ">-\n    Some words that were\n    folded.", "Short."),
        (1, {"links.code": "https://example.com"}, "https://example.org", "https://example.com"),
        (1, {"links.paper": "p.pdf"}, "{code", "{paper: p.pdf, code"),
        (1, {"links.video": "v.mp4"}, "example.org}", "example.org, video: v.mp4}"),
    ],
)  # fmt: skip
def test_a_changed_value_changes_its_own_bytes(row: int, values: dict[str, Any], old: str, new: str) -> None:
    edited = edit(TABLE, {row: values})
    assert edited.refused == {}
    assert edited.text == TABLE.replace(old, new, 1)


def test_a_new_field_is_placed_as_in_other_rows() -> None:
    assert change(TABLE, 0, doi="10.1145/1.2") == TABLE.replace(
        "type: paper-conference\n", "type: paper-conference\n  doi: 10.1145/1.2\n"
    )
    assert change(TABLE, 1, date="2024") == TABLE.replace("Ju]\n", "Ju]\n  date: 2024\n")


def test_several_new_fields_keep_their_order() -> None:
    text = change(TABLE, 0, links__code="https://example.org", doi="10.1145/1.2", links__paper="p.pdf", volume="1")
    assert text == TABLE.replace(
        "type: paper-conference\n",
        "type: paper-conference\n  volume: 1\n  doi: 10.1145/1.2\n  links: {paper: p.pdf, code: https://example.org}\n",
    )


def test_a_long_new_text_is_folded_like_the_others() -> None:
    text = change("- id: a\n  title: A\n", 0, abstract="word " * 30 + "end")
    assert text == (
        "- id: a\n  title: A\n  abstract: >-\n"
        "    " + ("word " * 19).rstrip() + "\n    " + "word " * 11 + "end\n"
    )  # fmt: skip


def test_paragraphs_survive_folding() -> None:
    text = change("- id: a\n  title: A\n", 0, abstract="One.\n\nTwo.")
    assert text.endswith("  abstract: >-\n    One.\n\n\n    Two.\n")


def test_text_that_looks_like_a_number_is_quoted() -> None:
    assert 'arxiv: "2411.10"' in change(TABLE, 0, arxiv="2411.10")
    assert 'venue: "No"' in change(TABLE, 0, venue="No")


def test_a_comment_inside_a_list_is_never_lost() -> None:
    edited = edit(TABLE, {0: {"authors": ["M. Hu"]}})
    assert edited.text == TABLE
    assert edited.refused == {0: "authors has a comment inside, which would be lost; edit it by hand"}


def test_an_anchor_with_aliases_is_never_edited() -> None:
    text = "- id: a\n  title: &t A\n- id: b\n  title: *t\n"
    for index in (0, 1):
        edited = edit(text, {index: {"title": "B"}})
        assert (edited.text, list(edited.refused)) == (text, [index])


def test_other_fields_of_a_row_with_an_anchor_are_edited() -> None:
    text = "- &row\n  id: a\n  title: A\n- id: b\n  title: B\n"
    assert change(text, 0, title="C", date="2020") == text.replace("A", "C\n  date: 2020")


@pytest.mark.parametrize("newline", ["\r\n", "\n"])
@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_endings_and_a_byte_order_mark_are_kept(newline: str, end: str, mark: str) -> None:
    text = f"{mark}- id: a{newline}  title: Ä{end and newline}"
    table = read_table_text(text.encode(), "publications.yml")
    rows = [(1, {"id": "b", "title": "B", "abstract": "word " * 30 + "end"})]
    content = table.encode(edit_table(table, FIELDS, {0: {"title": "Ö", "date": "2020"}}, rows).text).decode()
    assert content.startswith(
        f"{mark}- id: a{newline}  title: Ö{newline}  date: 2020{newline}{newline}- id: b{newline}"
    )
    assert content.endswith(f"word end{end and newline}")
    assert content.count("\n") == content.count(newline)


def test_a_block_text_that_keeps_its_blank_lines_keeps_them() -> None:
    text = "- id: a\n  abstract: |+\n    text\n\n\n- id: b\n"
    assert change(text, 0, date="2020") == text.replace("abstract", "date: 2020\n  abstract")
    assert change(text, 0, doi="10.1145/1") == text.replace("\n\n\n", "\n\n\n  doi: 10.1145/1\n")
    assert add(text, 1, id="c") == text.replace("- id: b", "- id: c\n\n\n- id: b")


# New rows


def test_a_new_row_has_the_style_and_spacing_of_the_others() -> None:
    row = {"title": "New: a title", "id": "new", "authors": ["A. One", {"given": "P", "family": "B"}], "date": "2025"}
    assert add(TABLE, 1, **row) == TABLE.replace(
        "\n- id: lynx",
        "\n- id: new\n  title: \"New: a title\"\n  authors:\n    - A. One\n    - {given: P, family: B}\n"
        "  date: 2025\n\n- id: lynx",
    )  # fmt: skip


def test_a_new_first_row_goes_below_the_files_heading_and_above_the_first_rows_comment() -> None:
    assert add(TABLE, 0, id="new") == TABLE.replace("# The compiler.", "- id: new\n\n# The compiler.")


def test_a_new_last_row_goes_above_the_end_of_the_file() -> None:
    assert add(TABLE, 2, id="new") == TABLE.replace("\n# The end.", "\n\n- id: new\n# The end.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "- id: new\n  title: T\n"),
        ("[]\n", "- id: new\n  title: T\n"),
        ("# Nothing yet\n", "# Nothing yet\n- id: new\n  title: T\n"),
        ("---\n", "---\n- id: new\n  title: T\n"),
        ("- id: a\n- id: b\n", "- id: a\n- id: new\n  title: T\n- id: b\n"),
        ("-   id: a\n\n\n-   id: b\n", "-   id: a\n\n\n-   id: new\n    title: T\n\n\n-   id: b\n"),
        ("  -\n    id: a\n  -\n    id: b\n", "  -\n    id: a\n  -\n    id: new\n    title: T\n  -\n    id: b\n"),
        ("- {id: a}\n- {id: b}\n", "- {id: a}\n- {id: new, title: T}\n- {id: b}\n"),
        ("[{id: a},\n {id: b}]\n", "[{id: a},\n {id: new, title: T},\n {id: b}]\n"),
        ('- id: "a"\n  title: "A"\n', '- id: "a"\n  title: "A"\n\n- id: "new"\n  title: "T"\n'),
        ("- title: 'A'\n  id: 'a'\n", "- title: 'A'\n  id: 'a'\n\n- title: 'T'\n  id: 'new'\n"),
    ],
)
def test_a_new_row_follows_any_style(text: str, expected: str) -> None:
    assert add(text, 0 if not read_table_text(text.encode(), "x").rows else 1, id="new", title="T") == expected


def test_a_run_that_changes_nothing_leaves_every_byte() -> None:
    assert edit(TABLE, {}).text == TABLE


def test_an_edit_that_would_read_back_differently_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("octavo.importing.editing.table.add_rows", lambda *_: [])
    with pytest.raises(AssertionError, match="the new rows wouldn't be read back correctly"):
        add(TABLE, 1, id="new")


def test_a_table_that_is_not_a_list_of_rows_is_refused() -> None:
    with pytest.raises(DataError, match=r"publications\.yml:1:1: a table is a list of rows"):
        read_table_text(b"id: a\n", "publications.yml")


def test_a_table_that_is_not_yaml_is_refused_with_its_place() -> None:
    with pytest.raises(DataError, match=r"publications\.yml:2:"):
        read_table_text(b"- id: a\n - id: b\n", "publications.yml")
