"""Losses: exactly what a format can't hold is reported."""

from __future__ import annotations

import pytest

from octavo.citations import format_biblatex, format_bibtex, format_csl, format_csv, format_ris, list_losses, make_item
from octavo.citations.losses import Write
from octavo.model.authors import Author
from octavo.model.dates import PartialDate
from octavo.model.links import complete_links
from octavo.model.publications import Publication
from tests.rows import make_row

FORMATS: dict[str, Write] = {
    "bibtex": lambda row: format_bibtex([make_item(row)]),
    "biblatex": lambda row: format_biblatex([make_item(row)]),
    "csl": lambda row: format_csl([make_item(row)]),
    "ris": lambda row: format_ris([make_item(row)]),
    "csv": lambda row: format_csv([row]),
}


def list_lost(format_: str, *rows: Publication) -> list[str]:
    return list(list_losses(rows, FORMATS[format_]))


@pytest.mark.parametrize("format_", FORMATS)
def test_a_plain_article_loses_nothing(format_: str) -> None:
    row = make_row(container_title="Mathematische Annalen", volume="83", page="24–66", doi="10.1007/BF01464225")
    assert list_lost(format_, row) == []


@pytest.mark.parametrize(
    ("format_", "lost"),
    [
        ("bibtex", ["date: day (1 publication)"]),
        ("biblatex", []),
        ("csl", []),
        ("ris", []),
        ("csv", []),
    ],
)
def test_a_day_is_lost_in_a_format_without_days(format_: str, lost: list[str]) -> None:
    assert list_lost(format_, make_row(date=PartialDate.parse("1921-11-03"))) == lost


@pytest.mark.parametrize("format_", ["bibtex", "ris"])
def test_the_start_of_a_span_is_lost_in_a_format_with_one_date(format_: str) -> None:
    assert list_lost(format_, make_row(date=PartialDate.parse("1918–1920"))) == ["date: start (1 publication)"]


def test_a_field_is_counted_over_all_rows() -> None:
    rows = [make_row(tldr="Short."), make_row(tldr="Shorter.", volume="2"), make_row()]
    assert list_lost("bibtex", *rows) == ["tldr (2 publications)"]


@pytest.mark.parametrize("format_", FORMATS)
def test_addresses_of_identifiers_are_not_lost(format_: str) -> None:
    identifiers = {"doi": "10.1007/BF01464225", "arxiv": "2411.08982"}
    row = make_row(**identifiers, links=complete_links({}, (), **identifiers))
    assert not any("links" in lost for lost in list_lost(format_, row))


def test_lost_links_are_named_one_by_one() -> None:
    links = {"paper": "https://example.org/paper", "code": "https://example.org/code"}
    assert list_lost("bibtex", make_row(links=links)) == ["links: code (1 publication)"]


def test_lost_marks_of_authors_are_named() -> None:
    row = make_row(authors=(Author("E.", "Noether", corresponding=True),))
    assert list_lost("csl", row) == ["authors: corresponding (1 publication)"]


def test_a_type_is_lost_if_the_format_gives_it_a_generic_name() -> None:
    assert list_lost("bibtex", make_row(type="map")) == ["type (1 publication)"]
    assert list_lost("bibtex", make_row(type="document")) == []


def test_emphasis_is_lost_in_plain_text() -> None:
    assert list_lost("ris", make_row(title="On *Rings*")) == ["title: Markdown (1 publication)"]
    assert list_lost("bibtex", make_row(title="On *Rings*")) == []
