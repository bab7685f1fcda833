"""ADS: the papers of a person, a library, or one paper (https://ui.adsabs.harvard.edu/help/api/api-docs.html)."""

from __future__ import annotations

from typing import Any

from octavo.importing.answers import SMALL_PAGE
from octavo.importing.markup import strip_line
from octavo.importing.sources.json_answers import get_list, get_mapping, get_text
from octavo.importing.sources.service import Found, Item, Query, Service, describe_name
from octavo.model.identifiers import find_arxiv, normalize_orcid

_FIELDS = (
    "bibcode,title,author,editor,aff,pubdate,pub,series,volume,issue,page,page_range,doi,identifier,doctype,abstract,"
    "publisher,isbn"
)
_TYPES = {
    "article": "article-journal", "eprint": "article", "inproceedings": "paper-conference",
    "abstract": "paper-conference", "proceedings": "book", "book": "book", "inbook": "chapter",
    "phdthesis": "thesis", "mastersthesis": "thesis", "techreport": "report", "software": "software",
    "catalog": "dataset", "dataset": "dataset", "talk": "speech", "bookreview": "review-book",
    "editorial": "article-journal", "erratum": "article-journal", "obituary": "article-journal",
    "circular": "article-journal", "newsletter": "article-magazine", "pressrelease": "article-newspaper",
}  # fmt: skip
_GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}
# ADS's `pub` is the publisher of software and data, the series of a book, and "Ph.D. Thesis" for a thesis.
_WITHOUT_CONTAINER = ("thesis", "book", "article", "software", "dataset")
_NOT_GIVEN = ("-", "Not Available")
_BIBCODE = 19


def fetch(service: Service, identifier: str) -> Found:
    """The papers of the person with this ORCID iD, in the library of this name, or with this bibcode."""
    if normalize_orcid(identifier):
        search = f"orcid:{identifier}"
    else:
        search = f'bibcode:"{identifier}"' if len(identifier) == _BIBCODE else f"docs(library/{identifier})"
    query = {"q": search, "fl": _FIELDS, "rows": SMALL_PAGE, "start": 0, "sort": "date desc,bibcode desc"}
    papers = service.list_items("/search/query", query, _turn, ("response", "docs"))
    yield from service.convert(papers, _describe)


def _turn(page: Any, number: int) -> Query | None:
    total = get_mapping(page, "response").get("numFound")
    return {"start": number * SMALL_PAGE} if isinstance(total, int) and number * SMALL_PAGE < total else None


def _describe(paper: Any) -> Item:
    kind = _TYPES.get(get_text(paper, "doctype"), "document")
    return {
        "id": get_text(paper, "bibcode"),
        "type": kind,
        "title": get_list(paper, "title"),
        "author": [describe_name(name) for name in _list_texts(paper, "author")],
        "editor": [describe_name(name) for name in _list_texts(paper, "editor")],
        "issued": get_text(paper, "pubdate").replace("-00", ""),
        "container-title": "" if kind in _WITHOUT_CONTAINER else get_text(paper, "pub"),
        "collection-title": get_text(paper, "series"),
        "volume": get_text(paper, "volume"),
        "issue": get_text(paper, "issue"),
        "page": "" if kind == "article" else get_text(paper, "page_range") or get_list(paper, "page"),
        "genre": _GENRES.get(get_text(paper, "doctype"), ""),
        "publisher": _find_publisher(paper, kind),
        "ISBN": get_list(paper, "isbn"),
        "DOI": _get_doi(paper),
        "arxiv": find_arxiv(*_list_texts(paper, "identifier")),
        "abstract": _drop_placeholder(get_text(paper, "abstract")),
    }


def _find_publisher(paper: Any, kind: str) -> str:
    """The publisher; of a thesis, the university, which ADS gives as the author's affiliation."""
    if kind == "thesis":
        return _drop_placeholder(next(iter(_list_texts(paper, "aff")), ""))
    return get_text(paper, "publisher") or (get_text(paper, "pub") if kind in ("software", "dataset") else "")


def _drop_placeholder(text: str) -> str:
    return "" if strip_line(text) in _NOT_GIVEN else text


def _get_doi(paper: Any) -> str:
    """The first DOI that isn't arXiv's, or else arXiv's."""
    return next(iter(sorted(_list_texts(paper, "doi"), key=lambda doi: "arxiv" in doi.lower())), "")


def _list_texts(paper: Any, field: str) -> list[str]:
    return [text for text in get_list(paper, field) if isinstance(text, str)]
