"""ORCID: all works of a person (https://info.orcid.org/documentation/api-tutorials/api-tutorial-read-data-on-a-record/).

ORCID lists all works but often describes them poorly, so a work with a DOI or an arXiv identifier is looked up there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from octavo.importing.answers import SourceError, check_works
from octavo.importing.problems import report_source
from octavo.importing.readers.bibtex import read_bibtex
from octavo.importing.record import Record
from octavo.importing.sources.json_answers import get_list, get_mapping, get_text
from octavo.importing.sources.service import Found, Item, Service, describe_author, describe_name, fetch_records
from octavo.model.identifiers import normalize_arxiv, normalize_doi

_BATCH = 50
_LONGEST_CITATION = 10_000
_CUT = "the citation in ORCID names only some of the authors; add the others by hand"
# Identifiers of something else: a chapter's book, or a grant.
_RELATED = ("part-of", "funded-by")
_TYPES = {
    "journal-article": "article-journal", "conference-paper": "paper-conference", "book": "book",
    "book-chapter": "chapter", "dissertation-thesis": "thesis", "dissertation": "thesis", "report": "report",
    "preprint": "article", "working-paper": "manuscript", "data-set": "dataset", "software": "software",
    "magazine-article": "article-magazine", "newspaper-article": "article-newspaper", "patent": "patent",
    "lecture-speech": "speech", "edited-book": "book", "book-review": "review-book",
    "encyclopedia-entry": "entry-encyclopedia",
}  # fmt: skip


def fetch(service: Service, person: str) -> Found:
    """The records of a person's works."""
    works = list(_list_works(service, person))
    yield from fetch_records("doi", service.client, [doi for doi, _, _ in works if doi], service.say)
    yield from fetch_records("arxiv", service.client, [arxiv for _, arxiv, _ in works if arxiv], service.say)
    codes = [code for doi, arxiv, code in works if code and not doi and not arxiv]
    for start in range(0, len(codes), _BATCH):
        service.say(f"ORCID: {min(start + _BATCH, len(codes))} of {len(codes)} works without a DOI")
        yield from _fetch_works(service, person, codes[start : start + _BATCH])


def _list_works(service: Service, person: str) -> Iterator[tuple[str, str, str]]:
    """DOI, arXiv identifier, and ORCID's number of each work, in the version that the person prefers."""
    answer = service.ask_json(f"/{person}/works", _check_list)
    for group in answer["group"]:
        summaries = get_list(group, "work-summary")
        found = [_find_identifiers(entry) for entry in (group, *summaries)]
        doi = next((doi for doi, _ in found if doi), "")
        arxiv = next((arxiv for _, arxiv in found if arxiv), "")
        yield doi, arxiv, get_text(summaries[0] if summaries else None, "put-code")


def _check_list(answer: Any) -> None:
    if not isinstance(answer, dict) or not isinstance(answer.get("group"), list):
        raise SourceError("the answer has no list of works")
    check_works(len(answer["group"]))


def _find_identifiers(entry: Any) -> tuple[str, str]:
    """The work's own DOI and arXiv identifier, or else those of another version."""
    doi = arxiv = ""
    identifiers = [one for one in get_list(entry, "external-ids", "external-id") if _get_relation(one) not in _RELATED]
    for identifier in sorted(identifiers, key=lambda one: _get_relation(one) == "version-of"):
        kind, value = get_text(identifier, "external-id-type"), get_text(identifier, "external-id-value")
        if kind in ("doi", "arxiv"):
            arxiv = arxiv or normalize_arxiv(value)
        if kind == "doi" and not normalize_arxiv(value):
            doi = doi or normalize_doi(value)
    return doi, arxiv


def _get_relation(identifier: Any) -> str:
    return get_text(identifier, "external-id-relationship")


def _fetch_works(service: Service, person: str, codes: list[str]) -> Found:
    """ORCID's own descriptions. If one has no authors, only the person is known."""
    place = f"orcid:{person}"
    try:
        path = ",".join(quote(code, errors="replace") for code in codes)
        found = list(filter(None, _list_bulk(service.ask_json(f"/{person}/works/{path}", get_mapping))))
        is_short = not all(_list_authors(work)[0] or _list_contributors(work, is_editor=True) for work in found)
        owner = describe_name(_read_owner(service, person), person) if is_short else {}
    except SourceError as error:
        yield report_source(place, f"{error} (works {', '.join(codes)})")
        return
    missing = set(codes) - {get_text(work, "put-code") for work in found}
    if missing:
        yield report_source(place, f"the answer is missing works {', '.join(sorted(missing))}")
    yield from service.convert(found, lambda work: _describe(work, owner), f"{person}/")


def _read_owner(service: Service, person: str) -> str:
    name = get_mapping(service.ask_json(f"/{person}/person", get_mapping), "name")
    parts = (get_text(name, part, "value") for part in ("given-names", "family-name"))
    return get_text(name, "credit-name", "value") or " ".join(filter(None, parts))


def _list_bulk(answer: Any) -> list[dict[str, Any]]:
    return [get_mapping(entry, "work") for entry in get_list(answer, "bulk")]


def _describe(work: dict[str, Any], owner: Item) -> Item:
    authors, cut = _list_authors(work)
    editors = _list_contributors(work, is_editor=True)
    title, subtitle = (get_text(work, "title", name, "value") for name in ("title", "subtitle"))
    kind = _TYPES.get(get_text(work, "type"), "document")
    date = [get_text(work, "publication-date", unit, "value") for unit in ("year", "month", "day")]
    return {
        "id": get_text(work, "put-code"),
        "type": kind,
        "title": f"{title}: {subtitle}" if title and subtitle else title,
        "author": authors if authors or editors else [owner],
        "editor": editors,
        "cut": cut
        if authors or editors
        else "ORCID names no authors of this work but its owner; add the others by hand",
        "issued": {"date-parts": [date[: date.index("") if "" in date else 3]]},
        "container-title": "" if kind == "article" else get_text(work, "journal-title", "value"),
        "abstract": get_text(work, "short-description"),
        "URL": get_text(work, "url", "value"),
    }


def _list_authors(work: dict[str, Any]) -> tuple[list[Item], str]:
    """The authors, or else those of the BibTeX entry that the person gave; and why there may be more."""
    if get_list(work, "contributors", "contributor") or get_text(work, "citation", "citation-type") != "bibtex":
        return _list_contributors(work, is_editor=False), ""
    for one in read_bibtex(get_text(work, "citation", "citation-value")[:_LONGEST_CITATION], "citation"):
        if isinstance(one, Record):
            return [describe_author(author) for author in one.author], _CUT if one.is_cut else ""
    return [], ""


def _list_contributors(work: dict[str, Any], *, is_editor: bool) -> list[Item]:
    return [
        describe_name(get_text(one, "credit-name", "value"), get_text(one, "contributor-orcid", "path"))
        for one in get_list(work, "contributors", "contributor")
        if (get_text(one, "contributor-attributes", "contributor-role") == "editor") is is_editor
    ]
