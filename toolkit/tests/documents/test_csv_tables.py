"""CSV: each table as a spreadsheet reads it."""

from __future__ import annotations

from pathlib import Path

from octavo.documents.csv_tables import iterate_csv, list_csv_losses
from octavo.documents.record import Record, load_record
from tests.reading import read_csv


def read(record: Record, name: str) -> list[dict[str, str]]:
    return read_csv(dict(iterate_csv(record))[name])


def test_each_table_with_rows_becomes_a_file(record: Record) -> None:
    tables = ["awards", "education", "experience", "media", "patents", "people", "publications", "research", "talks"]
    tables.append("teaching")
    assert {name for name, _ in iterate_csv(record)} == {f"{table}.csv" for table in tables}


def test_a_cell_with_several_values_has_all_of_them(record: Record) -> None:
    paper = read(record, "publications.csv")[1]
    assert paper["authors"] == "Brauer, R.; Hasse, H.; Noether, E."
    assert paper["links"] == "doi=https://doi.org/10.1515/crll.1932.167.399"
    assert paper["selected"] == "true"


def test_dates_are_kept_as_written(record: Record) -> None:
    assert [row["date"] for row in read(record, "experience.csv")] == ["1933–present", "1922–1933"]


def test_commas_quotes_and_line_breaks_survive(hostile: Path) -> None:
    titles = [row["title"] for row in read(load_record(hostile), "publications.csv")]
    assert titles == [row.title for row in load_record(hostile).publications]


def test_losses_are_listed(record: Record) -> None:
    assert list_csv_losses(record) == ["profile: all fields"]
