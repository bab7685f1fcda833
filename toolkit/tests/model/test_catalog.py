"""The catalog: a declared table is everywhere, and anything forgotten is reported with what to add."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from html import unescape
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from octavo import listings, model
from octavo.documents.csv_tables import iterate_csv
from octavo.documents.cv import describe_cv
from octavo.documents.entries import CvEntry
from octavo.documents.json_resume import SECTIONS, format_json_resume, list_json_resume_losses
from octavo.documents.record import Record, load_record
from octavo.documents.rendercv import format_rendercv, list_rendercv_losses
from octavo.markdown import plain_text
from octavo.model.catalog import ROWS, TABLES, NewsItem, name_section
from octavo.model.citations import CitationCount
from octavo.model.dates import PartialDate
from octavo.model.fields import Field, Role, list_fields
from octavo.model.person import Person
from octavo.model.publications import Publication
from octavo.model.row import Row
from octavo.tables import check_tables, load_profile, load_tables
from scripts.derived_schemas import find_meaning, list_schema_files
from tests.examples import write_examples
from tests.reading import read_csv

ROOT = Path(__file__).parents[3]
# These tables have their own components, or none, instead of entries.
ENTRIES = [row_type for row_type in ROWS if row_type not in (Publication, NewsItem, CitationCount)]
by_table = pytest.mark.parametrize("row_type", ROWS, ids=lambda row_type: row_type.table.name)
by_entry_table = pytest.mark.parametrize("row_type", ENTRIES, ids=lambda row_type: row_type.table.name)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_examples(tmp_path_factory.mktemp("examples"))


@pytest.fixture(scope="module")
def record(data: Path) -> Record:
    return load_record(data.parent)


def name_file(row_type: type[Row]) -> str:
    return row_type.__module__.replace(".", "/") + ".py"


def list_texts(row: Row, field: Field) -> list[str]:
    """The plain text that a reader should find for a field."""
    value = getattr(row, field.name)
    match field.role:
        case Role.LINKS:
            return list(value.values())
        case Role.PEOPLE:
            return [person.family for person in value]
        case Role.DATE:
            assert isinstance(value, PartialDate)
            return [str(value.year)]
        case Role.TEXT:
            return [plain_text(value)]
    return [str(value)]


def iterate_strings(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        part = list(part.values())
    if isinstance(part, list | tuple):
        for inner in part:
            yield from iterate_strings(inner)
    elif isinstance(part, str):
        yield part


def find_missing(record: Record, row_type: type[Row], output: str) -> list[str]:
    """The fields of the table's single row that are missing from the output, ignoring case."""
    [row] = record.tables[row_type.table.name]
    shown = output.casefold()
    # Pictures aren't text; `tests/listings/test_row_pictures.py` covers them.
    wordless = (Role.BOOKKEEPING, Role.PICTURE)
    fields = [field for field in list_fields(row_type).values() if field.role not in wordless]
    return [f.name for f in fields if not all(text.casefold() in shown for text in list_texts(row, f))]


def read_page(html: str) -> str:
    """The text and the addresses in a part of a page."""
    return unescape(" ".join(re.findall(r'href="([^"]*)"', html)) + re.sub(r"<[^>]*>", "", html))


def read_entry(entry: CvEntry) -> str:
    """The text and the addresses in an entry of the PDF."""
    runs = [*entry["first"], *(run for line in entry["lines"] for run in line)]
    return " ".join(["".join(run["text"] for run in runs), *(run.get("link", "") for run in runs), str(entry["date"])])


def read_markdown(text: str) -> str:
    """The parsed strings in RenderCV's YAML, and the addresses in them."""
    strings = list(iterate_strings(yaml.safe_load(text)))
    return " ".join([*(plain_text(string) for string in strings), *re.findall(r"\((http.*?)\)", text)])


def test_every_class_of_rows_is_in_the_catalog() -> None:
    modules = [import_module(module.name) for module in pkgutil.iter_modules(model.__path__, "octavo.model.")]
    found = {value for module in modules for value in vars(module).values() if isinstance(value, type)}
    classes = {value for value in found if issubclass(value, Row) and hasattr(value, "table")}
    forgotten = sorted(row_type.__name__ for row_type in classes - set(ROWS))
    assert not forgotten, f"add {', '.join(forgotten)} to ROWS in octavo/model/catalog.py, or no table is read by it"


@by_table
def test_a_table_is_watched_by_quartos_preview(row_type: type[Row]) -> None:
    file = f"data/{row_type.table.name}.yml"
    watched = yaml.safe_load((ROOT / "_quarto.yml").read_text(encoding="utf-8"))["watch"]
    assert file in iterate_strings(watched), f"add {file} under `watch:` in _quarto.yml, or edits of it aren't noticed"


@pytest.mark.parametrize("file", list_schema_files(), ids=lambda file: file.stem)
def test_a_table_has_a_schema_for_editors(file: Path) -> None:
    assert file.is_file(), f"run scripts/build_schemas.py and commit {file.relative_to(ROOT)}"


@by_table
def test_every_field_has_a_meaning_and_an_example(row_type: type[Row]) -> None:
    silent = [f.name for f in list_fields(row_type).values() if not (f.example and find_meaning(row_type, f))]
    assert not silent, (
        f"{name_file(row_type)}: {', '.join(silent)}: annotate an example, and write the meaning below the field"
    )


@by_entry_table
def test_every_field_has_a_role(row_type: type[Row]) -> None:
    idle = [field.name for field in list_fields(row_type).values() if field.role is None]
    assert not idle, f"{name_file(row_type)}: {', '.join(idle)}: add a Role, or no list, CV, or export shows it"


@by_entry_table
def test_a_table_has_a_title_and_a_section_of_json_resume(row_type: type[Row]) -> None:
    roles = {field.role for field in list_fields(row_type).values()}
    assert roles & {Role.TITLE, Role.HEAD}, f"{name_file(row_type)}: give the field that names a row Role.TITLE"
    section = row_type.table.resume
    assert section in SECTIONS, f"{name_file(row_type)}: resume={section!r} is not a section of JSON Resume"
    unknown = {f.export.resume for f in list_fields(row_type).values()} - {"", *SECTIONS[section]}
    assert not unknown, f"{name_file(row_type)}: JSON Resume's {section} has no {', '.join(unknown)}"


def test_the_examples_are_valid(data: Path) -> None:
    assert [str(problem) for problem in check_tables(data)] == []


@by_entry_table
def test_a_list_and_the_cv_page_show_every_field(data: Path, record: Record, row_type: type[Row]) -> None:
    frames, name = load_tables(data), row_type.table.name
    shown = listings.entry_list(name, frames[name], owner=["E. Noether"])
    assert find_missing(record, row_type, read_page(shown or "")) == []
    sections = dict(listings.cv_sections(load_profile(data), frames))
    heading = name_section(name)
    if row_type is Person:  # without photos
        shown = listings.entry_list(name, frames[name].drop(columns="picture"), owner=["E. Noether"])
    assert sections.get(heading) == shown, (
        f"cv.html has no section {heading!r}: is the table in the catalog, and in_cv?"
    )


@by_entry_table
def test_the_pdf_of_the_cv_shows_every_field(record: Record, row_type: type[Row]) -> None:
    sections = {section["heading"]: section["entries"] for section in describe_cv(record)["sections"]}
    assert name_section(row_type.table.name) in sections
    assert find_missing(record, row_type, " ".join(map(read_entry, sections[name_section(row_type.table.name)]))) == []


@by_entry_table
def test_rendercv_holds_every_field_or_reports_its_loss(record: Record, row_type: type[Row]) -> None:
    missing = find_missing(record, row_type, read_markdown(format_rendercv(record)))
    assert_reported(row_type, missing, list_rendercv_losses(record))


@by_entry_table
def test_json_resume_holds_every_field_or_reports_its_loss(record: Record, row_type: type[Row]) -> None:
    missing = find_missing(record, row_type, " ".join(iterate_strings(yaml.safe_load(format_json_resume(record)))))
    assert_reported(row_type, missing, list_json_resume_losses(record))


@by_entry_table
def test_csv_has_every_field(record: Record, row_type: type[Row]) -> None:
    text = dict(iterate_csv(record))[f"{row_type.table.name}.csv"]
    fields = [field.name for field in list_fields(row_type).values() if field.name != "hidden"]
    rows = read_csv(text)
    assert list(rows[0]) == fields
    text = "\n".join(cell for row in rows for cell in row.values())
    assert find_missing(record, row_type, re.sub(r"\[(.*?)\]\(.*?\)|\*", r"\1", text)) == []


def assert_reported(row_type: type[Row], missing: list[str], losses: list[str]) -> None:
    for name in missing:
        loss = f"{row_type.table.name}: {name} of 1 row"
        assert loss in losses, f"{name_file(row_type)}: {name} is lost silently"


def test_every_table_is_in_the_field_reference() -> None:
    from scripts.derived_reference import format_reference

    headings = re.findall(r"^## `(\w+)\.yml`$", format_reference(), re.MULTILINE)
    assert headings == ["profile", *TABLES]
