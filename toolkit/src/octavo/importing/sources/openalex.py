"""OpenAlex: all works of an author, a hundred at a time (https://docs.openalex.org/api-entities/works)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from octavo.errors import Problem
from octavo.importing.client import Client, Question, SourceError
from octavo.importing.issued import parse_issued
from octavo.importing.limits import MOST_WORKS, check_authors, check_count
from octavo.importing.markup import strip_line
from octavo.importing.problems import report_source
from octavo.importing.readers.bibtex_names import decode_name
from octavo.importing.record import INDEX, Record, clean_line
from octavo.importing.sources.catalogue import Found, Say
from octavo.importing.sources.json_answers import ask_json, get_list, get_mapping, get_text
from octavo.model.authors import Author
from octavo.model.identifiers import find_arxiv, normalize_arxiv, normalize_doi, normalize_orcid

# OpenAlex's types that differ from CSL's (https://docs.openalex.org/api-entities/works/work-object#type).
_TYPES = {
    "book-chapter": "chapter", "dissertation": "thesis", "preprint": "article", "reference-entry": "entry",
    "book": "book", "dataset": "dataset", "report": "report", "review": "article-journal", "standard": "standard",
    "software": "software", "letter": "article-journal", "editorial": "article-journal",
}  # fmt: skip
_PAGE = 100


def fetch(client: Client, base: str, identifiers: Sequence[str], say: Say) -> Found:
    """The records of each author."""
    for author in identifiers:
        try:
            yield from _fetch_works(client, base, author, say)
        except SourceError as error:
            yield report_source(f"openalex:{author}", str(error))


def _fetch_works(client: Client, base: str, author: str, say: Say) -> list[Record | Problem]:
    """All works or none: half of a list would look like a whole one."""
    found: list[Record | Problem] = []
    for works in _list_pages(client, base, author):
        check_count(len(found) + len(works), MOST_WORKS, "works")
        found += map(_convert, works)
        say(f"openalex.org: {author}, {len(found)} works")
    return found


def _list_pages(client: Client, base: str, author: str) -> Iterator[list[Any]]:
    cursor = "*"
    for _ in range(MOST_WORKS // _PAGE + 1):
        filters = {"filter": f"author.id:{author}", "per-page": _PAGE, "cursor": cursor}
        query = urlencode(filters, errors="replace")
        page, _ = ask_json(client, Question(f"{base}/works?{query}", "application/json"), _check_page)
        yield page["results"]
        cursor = get_text(page, "meta", "next_cursor")
        if not cursor or not page["results"]:
            return
    raise SourceError(f"the list of works has more than {MOST_WORKS // _PAGE + 1} pages")


def _check_page(page: Any) -> None:
    if not isinstance(page, dict) or not isinstance(page.get("results"), list):
        raise SourceError("the answer has no list of results")
    check_authors(len(get_list(work, "authorships")) for work in page["results"])


def _convert(work: Any) -> Record | Problem:
    number = get_text(work, "id").rsplit("/", 1)[-1]
    place = f"openalex:{number or '?'}"
    title = strip_line(get_text(work, "title") or get_text(work, "display_name"))
    try:
        authors = tuple(_read_author(entry) for entry in get_list(work, "authorships"))
        written = get_text(work, "publication_date") or get_text(work, "publication_year")
        issued = parse_issued(written) if written else ""
    except ValueError as error:
        return report_source(place, str(error))
    if not title or not authors:
        return report_source(place, f"the work has no {'author' if title else 'title'}")
    return _make_record(work, place, title, authors, issued)


def _make_record(work: Any, place: str, title: str, authors: tuple[Author, ...], issued: str) -> Record:
    venue = get_mapping(work, "primary_location", "source")
    kind, container = _classify(get_text(work, "type"), venue)
    doi = normalize_doi(get_text(work, "doi"))
    pages = [get_text(work, "biblio", name) for name in ("first_page", "last_page")]
    return Record(
        type=kind, title=title, author=authors, issued=issued, container_title=container,
        volume=clean_line(get_text(work, "biblio", "volume")), issue=clean_line(get_text(work, "biblio", "issue")),
        page="–".join(dict.fromkeys(clean_line(page) for page in pages if page)),
        doi="" if normalize_arxiv(doi) else doi, arxiv=normalize_arxiv(doi) or _find_arxiv(work),
        abstract=_read_abstract(work), status="preprint" if kind == "article" else "",
        source="OpenAlex", rank=INDEX, place=place, key=place.partition(":")[2],
    )  # fmt: skip


def _classify(kind: str, venue: dict[str, Any]) -> tuple[str, str]:
    """CSL's type and the container's title; OpenAlex's `article` covers papers of all kinds."""
    name, sort = strip_line(get_text(venue, "display_name")), get_text(venue, "type")
    if kind == "preprint" or sort == "repository":
        return ("article" if kind in ("article", "preprint") else _TYPES.get(kind, "document")), ""
    if kind == "article":
        return ("paper-conference" if sort == "conference" else "article-journal" if name else "document"), name
    return _TYPES.get(kind, "document"), name


def _read_author(entry: Any) -> Author:
    name = clean_line(get_text(entry, "author", "display_name") or get_text(entry, "raw_author_name"))
    author = decode_name(name)
    orcid = normalize_orcid(get_text(entry, "author", "orcid"))
    return Author(author.given, author.family, author.particle, author.suffix, author.literal, orcid=orcid)


def _find_arxiv(work: Any) -> str:
    return find_arxiv(*(get_text(place, "landing_page_url") for place in get_list(work, "locations")))


def _read_abstract(work: Any) -> str:
    """OpenAlex stores abstracts as an index of words by position."""
    index = get_mapping(work, "abstract_inverted_index")
    places = [(place, word) for word, found in index.items() if isinstance(found, list) for place in found]
    if not all(isinstance(place, int) for place, _ in places):
        return ""
    return clean_line(" ".join(word for _, word in sorted(places)))
