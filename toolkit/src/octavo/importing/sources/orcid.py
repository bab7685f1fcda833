"""ORCID: all works of a person (https://info.orcid.org/documentation/api-tutorials/api-tutorial-read-data-on-a-record/).

ORCID lists all works but often describes them poorly, so a work with a DOI or an arXiv identifier is looked up there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from octavo.errors import Problem
from octavo.importing.client import Client, Question, SourceError
from octavo.importing.issued import make_date
from octavo.importing.limits import MOST_WORKS, check_authors, check_count
from octavo.importing.markup import strip_line, strip_paragraphs
from octavo.importing.problems import report_source
from octavo.importing.readers.bibtex_names import decode_name
from octavo.importing.record import INDEX, Record, clean_line
from octavo.importing.sources.catalogue import SOURCES, Found, Say
from octavo.importing.sources.json_answers import ask_json, get_list, get_mapping, get_text
from octavo.model.authors import Author
from octavo.model.identifiers import normalize_arxiv, normalize_doi, normalize_orcid

_ACCEPT = "application/json"
_BATCH = 50
_TYPES = {
    "journal-article": "article-journal", "conference-paper": "paper-conference", "book": "book",
    "book-chapter": "chapter", "dissertation-thesis": "thesis", "dissertation": "thesis", "report": "report",
    "preprint": "article", "working-paper": "manuscript", "data-set": "dataset", "software": "software",
    "magazine-article": "article-magazine", "newspaper-article": "article-newspaper", "patent": "patent",
    "lecture-speech": "speech", "edited-book": "book", "book-review": "review-book",
    "encyclopedia-entry": "entry-encyclopedia",
}  # fmt: skip


def fetch(client: Client, base: str, identifiers: Sequence[str], say: Say) -> Found:
    """The records of each person's works."""
    for orcid in identifiers:
        say(f"orcid.org: {orcid}")
        try:
            works = list(_list_works(client, base, orcid))
        except SourceError as error:
            yield report_source(f"orcid:{orcid}", str(error))
            continue
        yield from _look_up(client, base, orcid, works, say)


def _list_works(client: Client, base: str, orcid: str) -> Iterator[tuple[str, str, str]]:
    """DOI, arXiv identifier, and ORCID's number of each work, in the version that the person prefers."""
    answer, _ = ask_json(client, Question(f"{base}/{orcid}/works", _ACCEPT), _check_list)
    for group in answer["group"]:
        summaries = get_list(group, "work-summary")
        found = [_find_identifiers(entry) for entry in (group, *summaries)]
        doi = next((doi for doi, _ in found if doi), "")
        arxiv = next((arxiv for _, arxiv in found if arxiv), "")
        yield doi, arxiv, get_text(summaries[0] if summaries else None, "put-code")


def _check_list(answer: Any) -> None:
    if not isinstance(answer, dict) or not isinstance(answer.get("group"), list):
        raise SourceError("the answer has no list of works")
    check_count(len(answer["group"]), MOST_WORKS, "works")


def _find_identifiers(entry: Any) -> tuple[str, str]:
    doi = arxiv = ""
    for identifier in get_list(entry, "external-ids", "external-id"):
        kind, value = get_text(identifier, "external-id-type"), get_text(identifier, "external-id-value")
        if kind == "doi":
            arxiv, doi = (
                arxiv or normalize_arxiv(value),
                doi or ("" if normalize_arxiv(value) else normalize_doi(value)),
            )
        elif kind == "arxiv":
            arxiv = arxiv or normalize_arxiv(value)
    return doi, arxiv


def _look_up(client: Client, base: str, orcid: str, works: list[tuple[str, str, str]], say: Say) -> Found:
    dois = [doi for doi, _, _ in works if doi]
    preprints = [arxiv for _, arxiv, _ in works if arxiv]
    yield from SOURCES["doi"].fetch(client, dois, say)
    yield from SOURCES["arxiv"].fetch(client, preprints, say)
    codes = [code for doi, arxiv, code in works if code and not doi and not arxiv]
    for start in range(0, len(codes), _BATCH):
        say(f"orcid.org: {start + 1} to {min(start + _BATCH, len(codes))} of {len(codes)} works without a DOI")
        yield from _fetch_works(client, base, orcid, codes[start : start + _BATCH])


def _fetch_works(client: Client, base: str, orcid: str, codes: list[str]) -> Found:
    place = f"orcid:{orcid}"
    try:
        path = ",".join(quote(code, errors="replace") for code in codes)
        answer, _ = ask_json(client, Question(f"{base}/{orcid}/works/{path}", _ACCEPT), _check_authors)
    except SourceError as error:
        yield report_source(place, f"{error} (works {', '.join(codes)})")
        return
    found = _list_bulk(answer)
    missing = set(codes) - {get_text(work, "put-code") for work in found}
    if missing:
        yield report_source(place, f"the answer is missing works {', '.join(sorted(missing))}")
    for work in found:
        if work:
            yield _convert(work, f"{place}/{get_text(work, 'put-code')}")


def _check_authors(answer: Any) -> None:
    check_authors(len(get_list(work, "contributors", "contributor")) for work in _list_bulk(answer))


def _list_bulk(answer: Any) -> list[dict[str, Any]]:
    return [get_mapping(entry, "work") for entry in get_list(answer, "bulk")]


def _convert(work: dict[str, Any], place: str) -> Record | Problem:
    title = strip_line(get_text(work, "title", "title", "value"))
    subtitle = strip_line(get_text(work, "title", "subtitle", "value"))
    try:
        authors = tuple(_read_author(entry) for entry in get_list(work, "contributors", "contributor"))
        issued = _read_date(work)
    except ValueError as error:
        return report_source(place, str(error))
    if not title or not authors:
        return report_source(place, f"the work {title!r} has no {'author' if title else 'title'} in ORCID")
    kind = _TYPES.get(get_text(work, "type"), "document")
    container = "" if kind == "article" else strip_line(get_text(work, "journal-title", "value"))
    return Record(
        type=kind, title=f"{title}: {subtitle}" if subtitle else title, author=authors, issued=issued,
        container_title=container, abstract=strip_paragraphs(get_text(work, "short-description")),
        url=clean_line(get_text(work, "url", "value")), status="preprint" if kind == "article" else "",
        source="ORCID", rank=INDEX, place=place, key=place.rsplit("/", 1)[-1],
    )  # fmt: skip


def _read_author(entry: Any) -> Author:
    author = decode_name(clean_line(get_text(entry, "credit-name", "value")))
    orcid = normalize_orcid(get_text(entry, "contributor-orcid", "path"))
    return Author(author.given, author.family, author.particle, author.suffix, author.literal, orcid=orcid)


def _read_date(work: dict[str, Any]) -> str:
    parts = [get_text(work, "publication-date", unit, "value") for unit in ("year", "month", "day")]
    known = [int(part) for part in parts[: parts.index("") if "" in parts else 3]]
    return make_date(known) if known else ""
