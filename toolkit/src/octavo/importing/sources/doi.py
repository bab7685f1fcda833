"""DOIs: the description by the agency that registered them (Crossref, DataCite), by content negotiation.

https://citation.doi.org/docs.html: doi.org redirects each request to the agency's own host.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from octavo.importing.answers import Answer, SourceError
from octavo.importing.problems import report_source
from octavo.importing.readers.csl_record import make_record
from octavo.importing.record import REGISTRY, Record, UnusableError, clean_line
from octavo.importing.sources.json_answers import get_list, get_mapping, get_text, parse_json
from octavo.importing.sources.service import Found, Service
from octavo.model.identifiers import fold_doi, make_doi_address, normalize_arxiv, normalize_doi
from octavo.model.vocabulary import RETRACTED, LinkRole

_ACCEPT = "application/vnd.citationstyles.csl+json"
# The registration agencies that offer this format; a redirect may lead only to these.
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
# Kinds of Crossref's notices, among them those of Retraction Watch
# (https://crossref.gitlab.io/tutorials/get-rw-metadata/).
_NOTICES: dict[str, LinkRole] = {
    "retraction": "retraction", "withdrawal": "retraction", "removal": "retraction", "correction": "correction",
    "corrigendum": "correction", "erratum": "correction", "expression_of_concern": "correction",
    "partial_retraction": "correction",
}  # fmt: skip


def fetch(service: Service, doi: str) -> Found:
    """The record of a DOI, and a warning for each notice about it."""
    item, address = ask_agency(service, doi)
    try:
        record = make_record(_spell_event(item), _name_registry(item, address), f"doi:{doi}", REGISTRY)
    except UnusableError as error:
        raise SourceError(str(error)) from error
    related = _mark_notices(_relate(record, item), item)
    yield related
    notices = list(_list_notices(item))
    if record.is_preprint and related.doi != record.doi:
        notices.append(f"says that this preprint is published as {related.doi}, which is imported in its place")
    yield from (report_source(f"doi:{doi}", f"{record.source} {notice}", "warning") for notice in notices)


def ask_agency(service: Service, doi: str) -> tuple[Any, str]:
    """The item of a DOI, and the address of the agency that describes it.

    Raises:
        SourceError: If there is no usable answer, or it describes another DOI.
    """
    path = quote(doi, safe="/:;().,_-+~!*$=@", errors="replace")
    item, address = service.ask(f"/{path}", _parse, _ACCEPT, origins=_AGENCIES)
    described = normalize_doi(get_text(item, "DOI"))
    if described and fold_doi(described) != fold_doi(doi):
        raise SourceError(f"the answer describes another DOI, {described}")
    return item, address


def _parse(answer: Answer) -> tuple[Any, str]:
    """The item, and the address of the agency that describes it."""
    return parse_json(answer), answer.address


def _spell_event(item: Any) -> Any:
    """The item with Crossref's mapping of an event in CSL's variables."""
    event = get_mapping(item, "event")
    if not event:
        return item
    named = {"event-title": get_text(event, "name"), "event-place": get_text(event, "location")}
    return {**item, **named, "event-date": event.get("start"), "event": ""}


def _relate(record: Record, item: Any) -> Record:
    """The record with the identifiers of its other version: the published paper's DOI, or the arXiv identifier."""
    if record.is_preprint:
        published = next(filter(None, map(normalize_doi, _list_related(item, "is-preprint-of"))), "")
        return replace(record, doi=published, url=make_doi_address(record.doi)) if published else record
    arxiv = next(filter(None, map(normalize_arxiv, _list_related(item, "has-preprint"))), "")
    return replace(record, arxiv=record.arxiv or arxiv)


def _mark_notices(record: Record, item: Any) -> Record:
    """The record with links to its retraction and to the last correction, and with the status if it is retracted."""
    links = dict(list_notices(item))
    status = RETRACTED if "retraction" in links and not record.is_preprint else record.status
    return replace(record, status=status, links={**record.links, **links})


def list_notices(item: Any) -> Iterator[tuple[LinkRole, str]]:
    """Role and address of each notice of this work's correction or retraction."""
    for notice in get_list(item, "updated-by"):
        role, doi = _NOTICES.get(get_text(notice, "type")), normalize_doi(get_text(notice, "DOI"))
        if role and doi:
            yield role, make_doi_address(doi)


def _list_related(item: Any, relation: str) -> list[str]:
    """The identifiers that Crossref gives under a kind of relation."""
    return [get_text(one, "id") for one in get_list(item, "relation", relation)]


def _list_notices(item: Any) -> Iterator[str]:
    """Retractions, corrections, and the like, of this work or by it."""
    for notice in get_list(item, "updated-by"):
        yield f"lists a notice about this work, {_name_notice(notice)}"
    for work in get_list(item, "update-to"):
        yield f"lists this as a notice about another work, {_name_notice(work)}"


def _name_notice(notice: Any) -> str:
    kind = get_text(notice, "label") or get_text(notice, "type") or "of no stated kind"
    return f"{clean_line(kind)[:40].lower()}: {clean_line(get_text(notice, 'DOI'))[:80]}"


def _name_registry(item: Any, address: str) -> str:
    """Crossref and others name themselves; DataCite is recognized by its host or by the item's address."""
    told = clean_line(get_text(item, "source"))
    if told:
        return told[:40]
    identifier = json.dumps(get_text(item, "id")).lower()
    if any(name in address or name in identifier for name in ("datacite", "crosscite")):
        return "DataCite"
    return "Crossref" if "crossref" in address else "doi.org"
