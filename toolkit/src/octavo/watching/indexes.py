"""Indexes: citation counts and free copies of publications.

The table of citation counts is updated with their answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml

from octavo.errors import Problem
from octavo.importing.answers import NotThereError, SourceError
from octavo.importing.client import Client
from octavo.importing.problems import report_source
from octavo.importing.sources.doi import ask_agency
from octavo.importing.sources.json_answers import get_mapping, get_text
from octavo.importing.sources.service import Say, Service, open_service
from octavo.model.addresses import keep_web_address
from octavo.model.citations import check_count
from octavo.model.publications import Publication

# After this many failures, a source isn't asked again.
_MOST_FAILURES = 3
_HEAD = """\
# How often each publication is cited, by source. `octavo watch --citations` writes this file: it updates the
# numbers that it gets and keeps the others with their dates. To drop a source, remove its rows.
"""
Rows = Sequence[Mapping[str, Any]]
"""A table's checked rows, as plain data."""


@dataclass(frozen=True, slots=True)
class Finding:
    """An index's answer about a publication."""

    publication: str
    """The row's id."""
    source: str
    """The index, as the table of citation counts names it."""
    count: int
    url: str = ""
    """The publication's page there."""
    copy: str = ""
    """The address of a free copy."""


@dataclass(frozen=True, slots=True)
class _Index:
    source: str
    """Its name in the catalogue of sources."""
    ask: Callable[[Service, Publication], Any]
    """The answer about a row; None for a row without an identifier that it knows."""
    count: str
    """The key of the number of citations in the answer."""
    page: str = ""
    copy: tuple[str, str] = ("", "")
    """The path in the answer of the address of a free copy."""


def ask_indexes(
    rows: Sequence[Publication], names: Sequence[str], client: Client, say: Say
) -> Iterator[Finding | Problem]:
    """The answer of each of these indexes about each row that it knows.

    An index that fails several times isn't asked again; a problem says how many works were skipped, and why.
    """
    for name in names:
        service = open_service(INDEXES[name].source, client, say)
        failures: list[SourceError] = []
        for number, row in enumerate(rows):
            say(f"{name}: {row.id} ({number + 1} of {len(rows)})")
            try:
                yield from _ask(name, service, row)
            except SourceError as error:
                failures.append(error)
            if len(failures) == _MOST_FAILURES:
                break
        if failures:
            left = len(failures) + len(rows) - number - 1
            message = f"{name} wasn't asked about {left} of {len(rows)} works, which keep their numbers: {failures[-1]}"
            yield report_source(INDEXES[name].source, message, "warning")


def _ask(name: str, service: Service, row: Publication) -> Iterator[Finding]:
    index = INDEXES[name]
    try:
        answer = index.ask(service, row)
    except NotThereError:
        return
    url, copy = get_text(answer, index.page), get_text(answer, *index.copy)
    with suppress(ValueError):  # no answer, no number, or one larger than the number of works in the world
        count = int(check_count(get_text(answer, index.count)))
        yield Finding(row.id, name, count, keep_web_address(url), keep_web_address(copy))


def _ask_openalex(service: Service, row: Publication) -> Any:
    """A single work, which costs nothing (https://developers.openalex.org/api-reference/works)."""
    fields = {"select": "id,cited_by_count,open_access"}
    return service.ask_json(f"/works/doi:{row.any_doi}", get_mapping, fields) if row.any_doi else None


def _ask_semantic_scholar(service: Service, row: Publication) -> Any:
    """A single paper (https://api.semanticscholar.org/api-docs/graph)."""
    name = f"DOI:{row.doi}" if row.doi else f"ARXIV:{row.arxiv}" if row.arxiv else ""
    fields = {"fields": "url,citationCount,openAccessPdf"}
    return service.ask_json(f"/paper/{name}", get_mapping, fields) if name else None


def _ask_crossref(service: Service, row: Publication) -> Any:
    """The record of a DOI; agencies other than Crossref don't count citations."""
    return ask_agency(service, row.doi)[0] if row.doi else None


INDEXES: Mapping[str, _Index] = {
    "OpenAlex": _Index("openalex", _ask_openalex, "cited_by_count", "id", ("open_access", "oa_url")),
    "Semantic Scholar": _Index(
        "semanticscholar", _ask_semantic_scholar, "citationCount", "url", ("openAccessPdf", "url")
    ),
    "Crossref": _Index("doi", _ask_crossref, "is-referenced-by-count"),
}
"""The indexes that count citations, by their names in `data/citations.yml`."""


class NewCount(NamedTuple):
    """A number that differs from the table's."""

    finding: Finding
    before: int | None


def compare_counts(known: Rows, found: Iterable[Finding]) -> list[NewCount]:
    """The findings that the table doesn't have."""
    numbers = {_get_key(row): int(row["count"]) for row in known}
    news = [NewCount(one, numbers.get((one.publication, one.source))) for one in found]
    return [each for each in news if each.before != each.finding.count]


def format_counts(known: Rows, found: Iterable[Finding], order: Sequence[str], today: str) -> str:
    """The table's text: new counts, dated today, and old ones if a source wasn't asked or didn't answer.

    Args:
        known: Its rows so far.
        found: The answers of the indexes.
        order: The publications' ids, in the order in which the table has them; counts of others are dropped.
        today: When the indexes were asked, in ISO 8601.
    """
    rows = {_get_key(row): dict(row) for row in known}
    for one in found:
        key = one.publication, one.source
        url = {"url": one.url} if one.url else {}
        named = {"publication": one.publication, "source": one.source}
        rows[key] = {**rows.get(key, {}), **named, "count": one.count, "date": today, **url}
    places = {name: number for number, name in enumerate(order)}
    kept = sorted((row for key, row in rows.items() if key[0] in places), key=lambda row: places[row["publication"]])
    # Numbers in rows that were read are text, which would be quoted.
    plain = [{**row, "count": int(row["count"])} for row in kept]
    text = yaml.safe_dump(plain, default_flow_style=None, sort_keys=False, allow_unicode=True, width=1000)
    return _HEAD + text


def _get_key(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["publication"], row["source"]
