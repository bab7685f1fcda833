"""INSPIRE: an author's papers in high-energy physics (https://github.com/inspirehep/rest-api-doc).

Read as JSON: its BibTeX has "and others" in place of all but the first author of a collaboration's paper.
"""

from __future__ import annotations

from typing import Any

from octavo.importing.answers import SMALL_PAGE, SourceError
from octavo.importing.comparing import fold_text
from octavo.importing.problems import report_source
from octavo.importing.sources.json_answers import get_list, get_mapping, get_text
from octavo.importing.sources.service import Found, Item, Query, Service, describe_name
from octavo.model.identifiers import normalize_orcid

_FIELDS = (
    "titles,authors.full_name,authors.inspire_roles,thesis_info,corporate_author,collaborations,dois,"
    "arxiv_eprints.value,publication_info,document_type,abstracts.value,imprints,isbns.value,earliest_date,"
    "texkeys,control_number"
)
_TYPES = {
    "article": "article-journal", "conference paper": "paper-conference", "thesis": "thesis", "book": "book",
    "book chapter": "chapter", "proceedings": "book", "report": "report", "activity report": "report", "note": "report",
}  # fmt: skip
_GENRES = {"phd": "PhD thesis", "master": "Master's thesis", "bachelor": "Bachelor's thesis"}


def fetch(service: Service, author: str) -> Found:
    """The papers of an author, by their INSPIRE name, record number, or ORCID iD."""
    name = author if "." in author else _find_name(service, author)
    query = {"q": f"a {name}", "fields": _FIELDS, "size": SMALL_PAGE, "page": 1, "sort": "mostrecent"}
    papers = service.list_items("/literature", query, _turn, ("hits", "hits"))
    own = [paper for paper in papers if not _is_supervised(paper, name)]
    yield from service.convert(own, _describe)
    if len(own) < len(papers):
        message = f"theses by others, which this author supervised, left out: {len(papers) - len(own)}"
        yield report_source(f"inspire:{author}", message, "warning")


def _is_supervised(hit: Any, name: str) -> bool:
    """Whether someone with another family name wrote this thesis; a search by author also returns supervised ones."""
    paper = get_mapping(hit, "metadata")
    names = " ".join(str(person.get("literal") or person.get("family")) for person in _list_people(paper, "author"))
    family = fold_text(name.rpartition(".")[0].rpartition(".")[2])
    return "thesis" in get_list(paper, "document_type") and family not in fold_text(names).split()


def _find_name(service: Service, author: str) -> str:
    """The name such as E.Noether.1, which papers are searched by."""
    record = service.ask_json(f"/{'orcid' if normalize_orcid(author) else 'authors'}/{author}", get_mapping)
    for identifier in get_list(record, "metadata", "ids"):
        if get_text(identifier, "schema") == "INSPIRE BAI":
            return get_text(identifier, "value")
    raise SourceError("INSPIRE's record of this author has no name to search by")


def _turn(page: Any, number: int) -> Query | None:
    return {"page": number + 1} if get_text(page, "links", "next") else None


def _describe(hit: Any) -> Item:
    paper = get_mapping(hit, "metadata")
    journal, imprint = _get_main(paper, "publication_info"), _get_first(paper, "imprints")
    thesis = get_mapping(paper, "thesis_info")
    title, subtitle = (get_text(_get_first(paper, "titles"), name) for name in ("title", "subtitle"))
    kinds = [_TYPES[kind] for kind in get_list(paper, "document_type") if isinstance(kind, str) and kind in _TYPES]
    pages = [get_text(journal, "page_start"), get_text(journal, "page_end")]
    dates = [get_text(journal, "year"), get_text(imprint, "date"), get_text(thesis, "date")]
    dates.append(get_text(paper, "earliest_date"))
    container = get_text(journal, "journal_title")
    arxiv = get_text(_get_first(paper, "arxiv_eprints"), "value")
    is_preprint = bool(arxiv) and not container and kinds[:1] == ["article-journal"]
    return {
        "id": get_text(paper, "control_number"),
        "type": "article" if is_preprint else (kinds or ["document"])[0],
        "title": f"{title}: {subtitle}" if title and subtitle else title,
        "author": _list_people(paper, "author") or _list_groups(paper),
        "editor": _list_people(paper, "editor"),
        "issued": next(filter(None, dates), ""),
        "container-title": container,
        "volume": get_text(journal, "journal_volume"),
        "issue": get_text(journal, "journal_issue"),
        "page": "-".join(filter(None, pages)),
        "number": "" if any(pages) else get_text(journal, "artid"),
        "genre": _GENRES.get(get_text(thesis, "degree_type"), ""),
        "publisher": get_text(imprint, "publisher") or get_text(_get_first(thesis, "institutions"), "name"),
        "ISBN": get_text(_get_first(paper, "isbns"), "value"),
        "DOI": get_text(_get_main(paper, "dois"), "value"),
        "arxiv": arxiv,
        "abstract": get_text(_get_first(paper, "abstracts"), "value"),
    }


def _list_people(paper: dict[str, Any], role: str) -> list[Item]:
    """The people who have a role; INSPIRE also lists a thesis's supervisors as authors."""
    people = get_list(paper, "authors")
    return [
        describe_name(get_text(one, "full_name"))
        for one in people
        if role in (get_list(one, "inspire_roles") or ["author"])
    ]


def _list_groups(paper: dict[str, Any]) -> list[Item]:
    """A collaboration or an institution in place of people."""
    groups = [*get_list(paper, "collaborations"), *get_list(paper, "corporate_author")]
    return [{"literal": one if isinstance(one, str) else get_text(one, "value")} for one in groups]


def _get_main(paper: dict[str, Any], name: str) -> Any:
    """The first that isn't about an erratum, a translation, or the like."""
    found = (one for one in get_list(paper, name) if get_text(one, "material") in ("", "publication"))
    return next(found, None)


def _get_first(value: Any, name: str) -> Any:
    return next(iter(get_list(value, name)), None)
