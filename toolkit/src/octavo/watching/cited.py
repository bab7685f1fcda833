"""Retracted works among those that the owner's papers cite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from octavo.errors import Problem
from octavo.importing.answers import NotThereError, SourceError
from octavo.importing.client import Client
from octavo.importing.problems import report_source
from octavo.importing.sources.doi import ask_agency
from octavo.importing.sources.json_answers import get_list, get_mapping, get_text
from octavo.importing.sources.service import Say, Service, open_service
from octavo.model.identifiers import fold_doi, normalize_doi
from octavo.model.publications import Publication

# OpenAlex takes as many values in one filter (https://developers.openalex.org/guides/filtering).
_AT_ONCE = 50
# The separators of values and filters; a DOI with one of these can't be requested along with others.
_SEPARATORS = frozenset("|,")


class RetractedWork(NamedTuple):
    """A retracted work, and the papers that cite it."""

    doi: str
    title: str
    cited_by: tuple[str, ...]
    """Ids of rows."""


def find_retracted(rows: Sequence[Publication], client: Client, say: Say) -> Iterator[RetractedWork | Problem]:
    """The works in the references of these papers, as Crossref has them, that OpenAlex lists as retracted."""
    cited: dict[str, list[str]] = {}
    agency, index = open_service("doi", client, say), open_service("openalex", client, say)
    for row in rows:
        if not row.doi:
            continue
        say(f"references of {row.id}")
        try:
            item, _ = ask_agency(agency, row.doi)
        except NotThereError:
            continue
        except SourceError as error:
            yield report_source(f"doi:{row.doi}", f"its references aren't known: {error}", "warning")
            continue
        for reference in get_list(item, "reference"):
            if doi := normalize_doi(get_text(reference, "DOI")):
                cited.setdefault(fold_doi(doi), []).append(row.id)
    try:
        for doi, title in _list_retracted(index, [doi for doi in cited if not _SEPARATORS & set(doi)]):
            if doi in cited:
                yield RetractedWork(doi, title, tuple(dict.fromkeys(cited[doi])))
    except SourceError as error:
        yield report_source("openalex", f"it isn't known whether cited works were retracted: {error}", "warning")


def _list_retracted(index: Service, dois: Sequence[str]) -> Iterator[tuple[str, str]]:
    for start in range(0, len(dois), _AT_ONCE):
        filters = f"is_retracted:true,doi:{'|'.join(dois[start : start + _AT_ONCE])}"
        query = {"filter": filters, "select": "doi,display_name", "per_page": _AT_ONCE}
        for work in get_list(index.ask_json("/works", get_mapping, query), "results"):
            yield fold_doi(normalize_doi(get_text(work, "doi"))), get_text(work, "display_name")
