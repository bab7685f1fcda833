"""JSON Schemas, by which editors complete and check the tables."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from octavo.model.catalog import TABLES
from octavo.model.checking import find_faults
from octavo.model.fields import list_fields
from octavo.model.profile import Profile
from octavo.model.vocabulary import LINK_ROLES
from scripts import build_schemas
from scripts.derived_schemas import FOLDER, list_schema_files

ROOT = Path(__file__).parents[3]
# Nobody edits the counts, which a script writes.
NAMES = ["profile", *(name for name in TABLES if name != "citations")]
SITES = (ROOT / "data", ROOT / "toolkit/tests/sites/noether/data")
FILES = [file for folder in SITES for file in sorted(folder.glob("*.yml"))]


def read_schema(table: str) -> Any:
    return json.loads((FOLDER / f"{table}.json").read_text(encoding="utf-8"))


def list_faults(table: str, text: str) -> list[str]:
    validator = jsonschema.Draft7Validator(read_schema(table))
    return [error.message for error in validator.iter_errors(yaml.safe_load(text))]


def test_the_schemas_are_up_to_date_with_the_models() -> None:
    """`python scripts/build_schemas.py` renews them."""
    assert {file: file.read_text(encoding="utf-8") for file in FOLDER.iterdir()} == list_schema_files()


def test_the_field_reference_is_up_to_date_with_the_models() -> None:
    """`python scripts/build_schemas.py` renews it."""
    for file in (build_schemas.REFERENCE, build_schemas.SOURCES_PAGE):
        assert file.read_text(encoding="utf-8") == build_schemas.list_files()[file]


@pytest.mark.parametrize("table", NAMES)
def test_a_schema_is_valid_and_names_its_generator_on_its_first_line(table: str) -> None:
    jsonschema.Draft7Validator.check_schema(read_schema(table))
    first_line = (FOLDER / f"{table}.json").read_text(encoding="utf-8").partition("\n")[0]
    assert "Made by toolkit/scripts/build_schemas.py" in first_line


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_real_tables_are_valid_to_an_editor(file: Path) -> None:
    assert list_faults(file.stem, file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_real_tables_name_their_schema_on_their_first_line(file: Path) -> None:
    first_line = file.read_text(encoding="utf-8").partition("\n")[0]
    assert first_line == f"# yaml-language-server: $schema=../_extensions/octavo/schemas/{file.stem}.json"


PAPER = "id: 7, title: 1984, authors: [Orwell], type: book"


def test_numbers_are_accepted_as_text_of_digits() -> None:
    text = f"[{{{PAPER}, date: 2026, volume: 3, issue: 4, page: 12, arxiv: 2411.08982, topics: [3], venue: }}]"
    assert list_faults("publications", text) == []


@pytest.mark.parametrize(
    "fault",
    [
        "titel: x",
        "type: paper",
        "status: soon",
        "selected: maybe",
        "links: {pdf: x}",
        "doi: doi.org/10.1/x",
        "topics: x",
    ],
)
def test_faults_that_editors_can_detect_are_detected(fault: str) -> None:
    assert list_faults("publications", f"[{{{PAPER}, {fault}}}]".replace("type: book, type", "type"))


def test_keys_are_described_to_the_editor() -> None:
    schema = read_schema("publications")
    venue = schema["$defs"]["Publication"]["properties"]["venue"]
    assert venue["description"] == "The venue's short name without the year, such as OSDI. Example: OSDI"
    assert list(schema["$defs"]["LinkAddresses"]["properties"]) == list(LINK_ROLES)


def test_every_mapping_refuses_unknown_keys() -> None:
    for table in NAMES:
        schema = read_schema(table)
        mappings = [part for part in [schema, *schema.get("$defs", {}).values()] if part.get("type") == "object"]
        assert mappings
        assert all(mapping["additionalProperties"] is False for mapping in mappings)


def test_the_command_writes_changed_files_and_then_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build_schemas, "list_schema_files", lambda: list_schema_files(tmp_path / "schemas"))
    assert build_schemas.main(["--check"]) == 1
    assert not (tmp_path / "schemas").exists()
    assert build_schemas.main([]) == 0
    assert len(list((tmp_path / "schemas").iterdir())) == len(NAMES)
    capsys.readouterr()
    assert build_schemas.main([]) == build_schemas.main(["--check"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("table", NAMES)
def test_a_mapping_by_language_is_allowed_exactly_where_the_tables_take_it(table: str) -> None:
    """A word in German for each field is refused by the schema if and only if the class refuses it."""
    shape = Profile if table == "profile" else TABLES[table]
    for name, field in list_fields(shape).items():
        value = {"de": "Wort"}
        written = {name: [value] if field.many else value}
        faults = [fault for fault in find_faults(shape, written) if fault.path[0] == name]
        text = json.dumps(written if table == "profile" else [written])
        refused = [message for message in list_faults(table, text) if "required property" not in message]
        assert bool(refused) == bool(faults), name
    for wrong in ({}, {"german!": "Wort"}, {"de": ["Wort"]}):
        [field, *_] = [name for name, each in list_fields(shape).items() if getattr(each.holds, "translated", "")] or [
            ""
        ]
        text = json.dumps({field: wrong} if table == "profile" else [{field: wrong}])
        assert not field or any("required property" not in message for message in list_faults(table, text))
