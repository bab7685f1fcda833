"""Semantic Scholar: an author's papers (https://api.semanticscholar.org/api-docs/graph)."""

from __future__ import annotations

from typing import Any

from octavo.importing.sources.json_answers import get_list, get_mapping, get_text
from octavo.importing.sources.service import Found, Item, Query, Service, describe_name, drop_assumed_day

_FIELDS = (
    "externalIds,title,abstract,venue,publicationVenue,year,publicationDate,publicationTypes,journal,url,authors.name"
)
_TYPES = {
    "Conference": "paper-conference", "BookSection": "chapter", "Book": "book", "Dataset": "dataset",
    "JournalArticle": "article-journal", "Review": "article-journal", "Editorial": "article-journal",
    "LettersAndComments": "article-journal", "News": "article-newspaper",
}  # fmt: skip
_VENUES = {"conference": "paper-conference", "journal": "article-journal"}


def fetch(service: Service, author: str) -> Found:
    """The papers of the author with this number."""
    query = {"fields": _FIELDS, "limit": 500, "offset": 0}
    papers = service.list_items(f"/author/{author}/papers", query, _turn, ("data",))
    yield from service.convert(papers, _describe)


def _turn(page: Any, _: int) -> Query | None:
    following = get_text(page, "next")
    return {"offset": following} if following else None


def _describe(paper: Any) -> Item:
    container = _find_container(paper)
    arxiv = get_text(paper, "externalIds", "ArXiv")
    return {
        "id": get_text(paper, "paperId"),
        "type": _classify(paper, container),
        "title": get_text(paper, "title"),
        "author": [describe_name(get_text(author, "name")) for author in get_list(paper, "authors")],
        "issued": drop_assumed_day(get_text(paper, "publicationDate")) or get_text(paper, "year"),
        "container-title": container,
        "volume": get_text(paper, "journal", "volume").removeprefix(f"abs/{arxiv}"),
        "page": "".join(get_text(paper, "journal", "pages").split()),
        "DOI": get_text(paper, "externalIds", "DOI"),
        "arxiv": arxiv,
        "PMID": get_text(paper, "externalIds", "PubMed"),
        "abstract": get_text(paper, "abstract"),
    }


def _find_container(paper: Any) -> str:
    """The journal's name, or else the venue's, which may be abbreviated or that of an earlier version."""
    journal, venue = get_text(paper, "journal", "name"), get_text(paper, "venue")
    return venue if not journal or (venue and _is_arxiv(journal)) else journal


def _is_arxiv(container: str) -> bool:
    return container.lower().startswith("arxiv")


def _classify(paper: Any, container: str) -> str:
    """CSL's type; Semantic Scholar has preprints as articles of a journal called ArXiv."""
    if _is_arxiv(container):
        return "article"
    named = [_TYPES[kind] for kind in get_list(paper, "publicationTypes") if isinstance(kind, str) and kind in _TYPES]
    kind = _VENUES.get(get_text(get_mapping(paper, "publicationVenue"), "type"), "")
    if kind and (not named or "article-journal" in named):  # most conference papers are labeled as articles, too
        return kind
    if not named:
        return "article-journal" if get_text(paper, "journal", "volume") else "document"
    return next((one for one in named if one != "article-journal"), "article-journal")
