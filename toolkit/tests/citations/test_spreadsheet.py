"""CSV: one line per row, whatever its text."""

from hypothesis import given

from octavo.citations import format_csv
from octavo.citations.csl import clean_text
from octavo.citations.spreadsheet import COLUMNS
from octavo.inline_parser import escape_inline
from octavo.model.authors import Author
from octavo.model.dates import PartialDate
from tests.reading import read_csv
from tests.rows import hostile_texts, make_row


def test_a_line_has_a_cell_for_each_column() -> None:
    row = make_row(
        authors=(Author("E.", "Noether"), Author(literal="The Group")),
        date=PartialDate.parse("Summer 2025"),
        topics=("a", "b"),
        links={"paper": "docs/x.pdf"},
    )
    (cells,) = read_csv(format_csv([row], "https://me.example"))
    assert tuple(cells) == COLUMNS
    assert {name: text for name, text in cells.items() if text} == {
        "id": "paper-1",
        "title": "A Title",
        "authors": "E. Noether; The Group",
        "date": "2025-22",
        "year": "2025",
        "type": "article-journal",
        "topics": "a; b",
        "address": "https://me.example/docs/x.pdf",
    }


@given(hostile_texts, hostile_texts)
def test_any_text_comes_back_on_one_line(title: str, abstract: str) -> None:
    rows = [make_row(title=escape_inline(title), abstract=escape_inline(abstract)), make_row()]
    lines = read_csv(format_csv(rows))
    assert [line["title"] for line in lines] == [clean_text(title), "A Title"]
    assert lines[0]["abstract"] == clean_text(abstract)
