"""A format has every field for which the table's class names one, and what imports kept for it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from octavo.citations import format_bibtex, format_csl, format_ris, make_item
from octavo.citations.biblatex import format_biblatex
from octavo.model.fields import Field, Kind, list_fields, load_mapping
from octavo.model.publications import Publication
from tests.rows import make_row

Format = Callable[[Any], str]
FORMATS: dict[str, Format] = {"csl": format_csl, "bibtex": format_bibtex, "ris": format_ris}
# Without its container, a short title stands for it, and a conference has no place.
IN_BOOK = ("venue", "event", "event_place")
FIELDS = [field for field in list_fields(Publication).values() if isinstance(field.holds, Kind) and not field.many]
TEXTS = [field for field in FIELDS if field.base is str]


def make_example(field: Field) -> Any:
    """A row with this field's example and the required fields."""
    row = {"id": "a", "title": "T", "type": "article-journal", field.name: field.example}
    return load_mapping(Publication, row | ({"container_title": "B"} if field.name in IN_BOOK else {}))


def fold(text: str) -> str:
    """The letters and digits, in lower case."""
    return "".join(re.findall("[a-z0-9]", text.lower()))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("field", TEXTS, ids=lambda field: field.name)
def test_a_field_that_is_named_for_a_format_is_in_it(field: Field, name: str) -> None:
    if getattr(field.export, name):
        written = FORMATS[name]([make_item(make_example(field))])
        assert fold(field.example.partition("–")[0]) in fold(written)


def test_editors_and_translators_are_in_every_format() -> None:
    people = {"editors": [{"family": "Artin"}], "translators": [{"family": "Hasse"}]}
    row = load_mapping(Publication, {"id": "a", "title": "T", "type": "book", **people})
    assert "editor = {Artin},\n  translator = {Hasse},\n" in format_bibtex([make_item(row)])
    assert "ED  - Artin\r\nA4  - Hasse\r\n" in format_ris([make_item(row)])
    (item,) = json.loads(format_csl([make_item(row)]))
    assert (item["editor"], item["translator"]) == ([{"family": "Artin"}], [{"family": "Hasse"}])


def test_fields_kept_by_an_import_are_exported_in_their_format() -> None:
    item = make_item(make_row(extra={"numpages": "22", "pdf": "https://x.org/a_b", "M2": "5 & 6", "scale": "1:100"}))
    for written in (format_bibtex([item]), format_biblatex([item])):
        assert "  numpages = {22},\n  pdf = {https://x.org/a_b},\n" in written
        assert "M2" not in written
    assert "M2  - 5 & 6\r\n" in format_ris([item])
    assert "numpages" not in format_ris([item])
    (csl,) = json.loads(format_csl([item]))
    assert (csl["scale"], csl["custom"]["extra"]["numpages"]) == ("1:100", "22")


def test_fields_kept_by_an_import_replace_no_other_field() -> None:
    item = make_item(make_row(volume="3", extra={"volume": "4"}))
    assert "  volume = {3},\n" in format_bibtex([item])
    assert "{4}" not in format_bibtex([item])
