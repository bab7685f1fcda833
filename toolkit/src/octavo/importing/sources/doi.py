"""DOIs: the registry's own description of the work, by content negotiation, so for Crossref and DataCite alike.

https://citation.doi.org/docs.html: whoever registered the DOI answers, on its own host, to which doi.org redirects.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

from octavo.importing.answers import Answer
from octavo.importing.client import Client, Question, SourceError
from octavo.importing.problems import report_source
from octavo.importing.readers.csl_record import UnusableItem, make_record
from octavo.importing.record import REGISTRY, Record
from octavo.importing.sources.catalogue import Found, Say
from octavo.importing.sources.json_answers import ask_json, get_text

_ACCEPT = "application/vnd.citationstyles.csl+json"
# The registration agencies that describe their works in this format.
_AGENCIES = frozenset(
    {
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
    }
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
    item, answer = ask_json(client, Question(f"{base}/{quote(doi, safe='/:;().,_-+~!*$=@')}", _ACCEPT, _AGENCIES))
    record = make_record(item, _name_registry(item, answer), f"doi:{doi}", REGISTRY)
    if record.doi and record.doi.lower() != doi.lower():
        raise SourceError(f"the answer is about another DOI, {record.doi}")
    return record


def _name_registry(item: object, answer: Answer) -> str:
    """Crossref and its like say who they are; DataCite shows by its host or by the address of the item."""
    told = get_text(item, "source")
    if told:
        return told[:40]
    identifier = json.dumps(get_text(item, "id")).lower()
    if any(name in answer.address or name in identifier for name in ("datacite", "crosscite")):
        return "DataCite"
    return "Crossref" if "crossref" in answer.address else "doi.org"
