"""OpenAlex: an author's works, or one (https://developers.openalex.org/api-reference/works).

A list costs a little of the daily budget that a free key brings; single works are free.
"""

from __future__ import annotations

from typing import Any

from octavo.importing.sources.json_answers import get_list, get_mapping, get_text
from octavo.importing.sources.service import Found, Item, Query, Service, describe_name, drop_assumed_day
from octavo.model.identifiers import find_arxiv, make_orcid_address

# OpenAlex's types that differ from CSL's (https://developers.openalex.org/api-reference/work-types).
_TYPES = {
    "book-chapter": "chapter", "dissertation": "thesis", "preprint": "article", "reference-entry": "entry",
    "book": "book", "dataset": "dataset", "report": "report", "review": "article-journal", "standard": "standard",
    "software": "software", "letter": "article-journal", "editorial": "article-journal",
    "conference-paper": "paper-conference", "conference-abstract": "paper-conference", "book-review": "review-book",
    "peer-review": "review", "erratum": "article-journal", "retraction": "article-journal",
    "data-paper": "article-journal", "software-paper": "article-journal",
}  # fmt: skip
_PAGE = 100
_CUT = "OpenAlex's lists name only the first hundred authors; openalex:{} has them all"


def fetch(service: Service, identifier: str) -> Found:
    """The works of an author, by OpenAlex's number or ORCID iD, or the work with this number."""
    if identifier.startswith("W"):
        works = [service.ask_json(f"/works/{identifier}", get_mapping)]
    else:
        author = f"id:{identifier}" if identifier.startswith("A") else f"orcid:{make_orcid_address(identifier)}"
        query = {"filter": f"author.{author}", "per_page": _PAGE, "cursor": "*"}
        works = service.list_items("/works", query, _turn, ("results",))
    yield from service.convert(works, _describe)


def _turn(page: Any, _: int) -> Query | None:
    cursor = get_text(page, "meta", "next_cursor")
    return {"cursor": cursor} if cursor else None


def _describe(work: Any) -> Item:
    place = get_mapping(work, "primary_location")
    number = get_text(work, "id").rsplit("/", 1)[-1]
    pages = [get_text(work, "biblio", name) for name in ("first_page", "last_page")]
    return {
        "id": number,
        "title": get_text(work, "title") or get_text(work, "display_name"),
        "author": [_describe_author(entry) for entry in get_list(work, "authorships")],
        "issued": drop_assumed_day(get_text(work, "publication_date")) or get_text(work, "publication_year"),
        **_classify(get_text(work, "type"), place),
        "volume": get_text(work, "biblio", "volume"),
        "issue": get_text(work, "biblio", "issue"),
        "page": "-".join(dict.fromkeys(filter(None, pages))),
        "ISSN": get_text(place, "source", "issn_l"),
        "DOI": get_text(work, "doi"),
        "arxiv": find_arxiv(*(get_text(place, "landing_page_url") for place in get_list(work, "locations"))),
        "abstract": _read_abstract(work),
        "cut": _CUT.format(number) if get_mapping(work).get("is_authors_truncated") is True else "",
        "retracted": "OpenAlex lists this work as retracted" if get_mapping(work).get("is_retracted") is True else "",
    }


def _classify(kind: str, place: dict[str, Any]) -> Item:
    """CSL's type and the container's title; OpenAlex's `article` covers papers of all kinds."""
    name = get_text(place, "source", "display_name") or get_text(place, "raw_source_name")
    sort = get_text(place, "source", "type")
    if kind == "preprint" or sort == "repository":
        return {"type": "article" if kind in ("article", "preprint") else _TYPES.get(kind, "document")}
    if kind == "article" or (kind == "book-chapter" and sort == "journal"):  # some articles are called chapters
        is_talk = sort == "conference" or (not sort and get_text(place, "raw_type") == "proceedings-article")
        found = "paper-conference" if is_talk else "article-journal" if name else "document"
        return {"type": found, "container-title": name}
    return {"type": _TYPES.get(kind, "document"), "container-title": name}


def _describe_author(entry: Any) -> Item:
    name = get_text(entry, "author", "display_name") or get_text(entry, "raw_author_name")
    return describe_name(name, get_text(entry, "author", "orcid"))


def _read_abstract(work: Any) -> str:
    """OpenAlex stores abstracts as an index of words by position."""
    index = get_mapping(work, "abstract_inverted_index")
    places = [(place, word) for word, found in index.items() if isinstance(found, list) for place in found]
    if not all(isinstance(place, int) for place, _ in places):
        return ""
    return " ".join(word for _, word in sorted(places))
