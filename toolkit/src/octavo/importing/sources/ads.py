"""ADS: the papers of a person, a library, or one paper (https://ui.adsabs.harvard.edu/help/api/api-docs.html)."""

from __future__ import annotations

from typing import Any

from octavo.importing.sources.json_answers import get_list, get_mapping, get_text
from octavo.importing.sources.service import Found, Item, Query, Service, describe_name
from octavo.model.identifiers import find_arxiv, normalize_orcid

_FIELDS = "bibcode,title,author,pubdate,pub,volume,issue,page,page_range,doi,identifier,doctype,abstract,publisher"
_TYPES = {
    "article": "article-journal", "eprint": "article", "inproceedings": "paper-conference",
    "abstract": "paper-conference", "proceedings": "book", "book": "book", "inbook": "chapter",
    "phdthesis": "thesis", "mastersthesis": "thesis", "techreport": "report", "software": "software",
    "catalog": "dataset", "talk": "speech", "bookreview": "review-book", "editorial": "article-journal",
    "erratum": "article-journal", "newsletter": "article-magazine", "pressrelease": "article-newspaper",
}  # fmt: skip
_GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}
_ROWS = 500
_BIBCODE = 19


def fetch(service: Service, identifier: str) -> Found:
    """The papers of the person with this ORCID iD, in the library of this name, or with this bibcode."""
    if normalize_orcid(identifier):
        search = f"orcid:{identifier}"
    else:
        search = f'bibcode:"{identifier}"' if len(identifier) == _BIBCODE else f"docs(library/{identifier})"
    query = {"q": search, "fl": _FIELDS, "rows": _ROWS, "start": 0, "sort": "date desc,bibcode desc"}
    papers = service.list_items("/search/query", query, _turn, ("response", "docs"), ("author",))
    yield from service.convert(papers, _describe)


def _turn(page: Any, number: int) -> Query | None:
    total = get_mapping(page, "response").get("numFound")
    return {"start": number * _ROWS} if isinstance(total, int) and number * _ROWS < total else None


def _describe(paper: Any) -> Item:
    kind = _TYPES.get(get_text(paper, "doctype"), "document")
    return {
        "id": get_text(paper, "bibcode"),
        "type": kind,
        "title": get_list(paper, "title"),
        "author": [describe_name(name) for name in get_list(paper, "author") if isinstance(name, str)],
        "issued": get_text(paper, "pubdate").replace("-00", ""),
        "container-title": "" if kind in ("thesis", "book", "article") else get_text(paper, "pub"),
        "volume": get_text(paper, "volume"),
        "issue": get_text(paper, "issue"),
        "page": get_text(paper, "page_range") or get_list(paper, "page"),
        "genre": _GENRES.get(get_text(paper, "doctype"), ""),
        "publisher": get_text(paper, "publisher") or (get_text(paper, "pub") if kind == "thesis" else ""),
        "DOI": _get_doi(paper),
        "arxiv": find_arxiv(*(one for one in get_list(paper, "identifier") if isinstance(one, str))),
        "abstract": get_text(paper, "abstract"),
    }


def _get_doi(paper: Any) -> str:
    """The first DOI that isn't arXiv's, or else arXiv's."""
    dois = sorted(
        (one for one in get_list(paper, "doi") if isinstance(one, str)), key=lambda doi: "arxiv" in doi.lower()
    )
    return dois[0] if dois else ""
