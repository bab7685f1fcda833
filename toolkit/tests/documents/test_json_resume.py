"""JSON Resume: valid by its schema, and nothing is dropped silently."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from octavo.documents.json_resume import format_json_resume, list_json_resume_losses, make_json_resume
from octavo.documents.record import Record, load_record
from octavo.markdown import plain_title
from octavo.model.row import Picture
from tests.needs import need
from tests.sites import ROOT

DATE = r"^([1-2][0-9]{3}-[0-1][0-9]-[0-3][0-9]|[1-2][0-9]{3}-[0-1][0-9]|[1-2][0-9]{3})$"
TEXT, TEXTS = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
ADDRESS, DAY = {"type": "string", "pattern": "^(https?|mailto):"}, {"type": "string", "pattern": DATE}
SPAN = {"startDate": DAY, "endDate": DAY, "url": ADDRESS}


def strict(**properties: Any) -> dict[str, Any]:
    """The schema of a mapping with only these keys."""
    return {"type": "object", "properties": properties, "additionalProperties": False}


def several(**properties: Any) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": strict(**properties)}


# The rules of https://jsonresume.org/schema 1.0.0 for the keys written here, and for the four that we add; stricter
# than the schema itself, which allows any other key, even a misspelled one.
RULES = strict(
    **{"$schema": ADDRESS},
    basics=strict(
        name=TEXT,
        label=TEXT,
        image=ADDRESS,
        email=TEXT,
        url=ADDRESS,
        location=strict(address=TEXT),
        profiles=several(network=TEXT, username=TEXT, url=ADDRESS),
    ),
    work=several(name=TEXT, position=TEXT, location=TEXT, summary=TEXT, **SPAN),
    volunteer=several(organization=TEXT, position=TEXT, summary=TEXT, **SPAN),
    education=several(institution=TEXT, area=TEXT, studyType=TEXT, **SPAN),
    awards=several(title=TEXT, date=DAY, awarder=TEXT, summary=TEXT),
    publications=several(
        name=TEXT,
        publisher=TEXT,
        releaseDate=DAY,
        url=ADDRESS,
        summary=TEXT,
        authors=TEXTS,
        doi=TEXT,
        status=TEXT,
        award=TEXT,
    ),
    projects=several(name=TEXT, description=TEXT, type=TEXT, entity=TEXT, roles=TEXTS, keywords=TEXTS, **SPAN),
    meta=strict(canonical=ADDRESS, version=TEXT),
)


@pytest.fixture(params=["noether", "hostile", "homepage"])
def any_record(request: pytest.FixtureRequest) -> Record:
    return load_record(request.getfixturevalue(request.param))


def find_schema() -> Path | None:
    """The schema in its npm package (`npm install @jsonresume/schema`), here or on NODE_PATH."""
    folders = [ROOT / "node_modules", *map(Path, filter(None, os.environ.get("NODE_PATH", "").split(os.pathsep)))]
    files = (folder / "@jsonresume" / "schema" / "schema.json" for folder in folders)
    return next((file for file in files if file.is_file()), None)


def test_it_follows_the_rules_of_the_schema(any_record: Record) -> None:
    Draft7Validator(RULES).validate(json.loads(format_json_resume(any_record)))


def test_it_is_valid_by_the_published_schema(any_record: Record) -> None:
    file = find_schema()
    need("json-resume", file, "npm install @jsonresume/schema")
    assert file is not None
    schema = json.loads(file.read_text(encoding="utf-8"))
    validator = Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER)
    validator.validate(json.loads(format_json_resume(any_record)))


def test_its_content_is_as_expected(record: Record, check_expected: Callable[[str, str], None]) -> None:
    check_expected("documents/noether_resume.json", format_json_resume(record))


def test_publications_have_authors_and_doi(record: Record) -> None:
    paper = make_json_resume(record)["publications"][1]
    assert paper["authors"] == ["R. Brauer", "H. Hasse", "E. Noether"]
    assert paper["doi"] == "10.1515/crll.1932.167.399"


def test_the_photo_is_the_small_file_that_the_site_publishes(record: Record) -> None:
    picture = Picture("assets/me.png", "0123456789abcdef", 3000, 4000)
    basics = make_json_resume(record._replace(profile=replace(record.profile, picture=picture)))["basics"]
    assert basics["image"] == f"{record.site.url}/pictures/me-0123456789-312.jpg"


def test_hidden_rows_are_left_out(record: Record) -> None:
    assert "verborgen" not in format_json_resume(record)


def test_each_visible_row_is_in_it(any_record: Record) -> None:
    texts = set(iterate_texts(make_json_resume(any_record)))
    for table in ("publications", "awards", "research", "talks", "teaching", "software"):
        assert {plain_title(row.title) for row in any_record.tables[table]} <= texts


def test_losses_are_listed(record: Record) -> None:
    losses = list_json_resume_losses(record)
    assert "education: thesis of 1 row" in losses
    assert "publications: volume of 7 rows" in losses
    assert "patents: inventors of 1 row" in losses
    assert not any("title" in loss or "anchor" in loss for loss in losses)


def test_a_lost_season_is_listed(noether: Path) -> None:
    with (noether / "data" / "talks.yml").open("a", encoding="utf-8") as talks:
        talks.write("- title: Another\n  date: Summer 1932\n")
    assert "talks: the season of 1 date, only the year" in list_json_resume_losses(load_record(noether))


def iterate_texts(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from iterate_texts(inner)
    elif isinstance(part, str):
        yield part


def test_a_guarded_address_is_left_out(record: Record) -> None:
    profile = replace(record.profile, email="e@noether.example")
    assert "e@noether.example" in format_json_resume(record._replace(profile=profile))
    assert "e@noether.example" not in format_json_resume(record._replace(profile=replace(profile, email_guard=True)))
