"""DOIs: the description by the agency that registered them (Crossref, DataCite), by content negotiation.

https://citation.doi.org/docs.html: doi.org redirects each request to the agency's own host.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

from octavo.importing.answers import Answer
from octavo.importing.client import Client, Question, SourceError
from octavo.importing.limits import check_authors
from octavo.importing.problems import report_source
from octavo.importing.readers.csl_record import UnusableItem, make_record
from octavo.importing.record import REGISTRY, Record
from octavo.importing.sources.catalogue import Found, Say
from octavo.importing.sources.json_answers import ask_json, get_list, get_text

_ACCEPT = "application/vnd.citationstyles.csl+json"
# The registration agencies that offer this format; a redirect may lead to these only.
_AGENCIES = frozenset(
    f"https://{host}"
    for host in (
        "api.crossref.org",
        "data.crossref.org",
        "data.crosscite.org",
        "data.datacite.org",
        "api.datacite.org",
        "data.medra.org",
        "www.medra.org",
        "data.istic.ac.cn",
        "api.japanlinkcenter.org",
        "data.op.europa.eu",
        "www.doi.org",
        "dx.doi.org",
        "doi.org",
    )
)


def fetch(client: Client, base: str, identifiers: Sequence[str], say: Say) -> Found:
    """One record for each DOI, or a problem."""
    for number, doi in enumerate(identifiers, 1):
        say(f"doi.org: {number} of {len(identifiers)}, {doi}")
        try:
            yield _fetch_one(client, base, doi)
        except (SourceError, UnusableItem) as error:
            yield report_source(f"doi:{doi}", str(error))


def _fetch_one(client: Client, base: str, doi: str) -> Record:
    path = quote(doi, safe="/:;().,_-+~!*$=@", errors="replace")
    item, answer = ask_json(client, Question(f"{base}/{path}", _ACCEPT, _AGENCIES), _check_authors)
    record = make_record(item, _name_registry(item, answer), f"doi:{doi}", REGISTRY)
    if record.doi and record.doi.lower() != doi.lower():
        raise SourceError(f"the answer describes another DOI, {record.doi}")
    return record


def _check_authors(item: object) -> None:
    check_authors([len(get_list(item, "author"))])


def _name_registry(item: object, answer: Answer) -> str:
    """Crossref and others name themselves; DataCite is recognized by its host or by the item's address."""
    told = get_text(item, "source")
    if told:
        return told[:40]
    identifier = json.dumps(get_text(item, "id")).lower()
    if any(name in answer.address or name in identifier for name in ("datacite", "crosscite")):
        return "DataCite"
    return "Crossref" if "crossref" in answer.address else "doi.org"
