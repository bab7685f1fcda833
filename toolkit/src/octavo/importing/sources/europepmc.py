"""Europe PMC, which includes PubMed: a person's papers, or one (https://europepmc.org/RestfulWebService)."""

from __future__ import annotations

from typing import Any

from octavo.importing.answers import SMALL_PAGE
from octavo.importing.sources.json_answers import get_list, get_mapping, get_text
from octavo.importing.sources.service import Found, Item, Query, Service, describe_name
from octavo.model.identifiers import normalize_orcid

_TYPES = {
    "preprint": "article", "book": "book", "book chapter": "chapter", "letter": "article-journal",
    "dissertation": "thesis", "thesis": "thesis", "dataset": "dataset",
}  # fmt: skip
_NOT_YET_IN_AN_ISSUE = "Forthcoming"
_RETRACTED = "retracted publication"


def fetch(service: Service, identifier: str) -> Found:
    """The papers of the person with this ORCID iD, or the one with this number in PubMed or PubMed Central."""
    if normalize_orcid(identifier):
        search = f'AUTHORID:"{identifier}"'
    else:
        search = f"PMCID:{identifier}" if identifier.startswith("PMC") else f"EXT_ID:{identifier} AND SRC:MED"
    query = {"query": search, "format": "json", "resultType": "core", "pageSize": SMALL_PAGE, "cursorMark": "*"}
    papers = service.list_items("/search", query, _turn, ("resultList", "result"))
    yield from service.convert(papers, _describe)


def _turn(page: Any, _: int) -> Query | None:
    mark = get_text(page, "nextCursorMark")
    return {"cursorMark": mark} if mark and mark != get_text(page, "request", "cursorMark") else None


def _describe(paper: Any) -> Item:
    issue, book = get_mapping(paper, "journalInfo"), get_mapping(paper, "bookOrReportDetails")
    kinds = [kind.lower() for kind in get_list(paper, "pubTypeList", "pubType") if isinstance(kind, str)]
    container = get_text(issue, "journal", "title")
    kind = next((_TYPES[kind] for kind in kinds if kind in _TYPES), "article-journal" if container else "document")
    number = get_text(paper, "pmid") or get_text(paper, "pmcid")
    return {
        "id": number or get_text(paper, "id"),
        "type": kind,
        "title": get_text(paper, "title").removesuffix("."),
        "author": [_describe_author(author) for author in get_list(paper, "authorList", "author")],
        "issued": _find_date(paper) or get_text(paper, "pubYear"),
        "container-title": container or get_text(book, "title"),
        "container-title-short": get_text(issue, "journal", "isoabbreviation"),
        "volume": get_text(issue, "volume"),
        "issue": get_text(issue, "issue").removeprefix(_NOT_YET_IN_AN_ISSUE),
        "page": get_text(paper, "pageInfo"),
        "publisher": get_text(book, "publisher"),
        "DOI": get_text(paper, "doi"),
        "ISSN": get_text(issue, "journal", "issn") or get_text(issue, "journal", "essn"),
        "PMID": get_text(paper, "pmid"),
        "abstract": get_text(paper, "abstractText"),
        "retracted": "PubMed lists this work as retracted" if _RETRACTED in kinds else "",
    }


def _find_date(paper: Any) -> str:
    """The date of first publication. For a printed issue, Europe PMC fills in a first day that nobody gave."""
    date = get_text(paper, "firstPublicationDate")
    issue = get_mapping(paper, "journalInfo")
    if get_text(paper, "electronicPublicationDate") or date != get_text(issue, "printPublicationDate"):
        return date
    written = get_text(issue, "dateOfPublication")
    return written if written.isdigit() else date.removesuffix("-01")


def _describe_author(author: Any) -> Item:
    orcid = get_text(author, "authorId", "value")
    family, given = get_text(author, "lastName"), get_text(author, "firstName") or get_text(author, "initials")
    if family:
        return {"family": family, "given": given, "ORCID": orcid}
    group = get_text(author, "collectiveName")
    return {"literal": group} if group else describe_name(get_text(author, "fullName"), orcid)
