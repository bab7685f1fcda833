"""DataCite: the data, software, and texts of a person, or one of them (https://support.datacite.org/docs/api).

Zenodo, figshare, Dryad, OSF, and many universities register their DOIs there.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from octavo.importing.problems import report_source
from octavo.importing.sources.json_answers import get_list, get_mapping, get_text
from octavo.importing.sources.service import Found, Item, Query, Service, describe_name
from octavo.model.identifiers import make_orcid_address, normalize_arxiv, normalize_orcid

# CSL types for DataCite's types, which are more specific than the CSL types that it gives.
_TYPES = {
    "Book": "book", "BookChapter": "chapter", "ComputationalNotebook": "software",
    "ConferencePaper": "paper-conference", "ConferenceProceeding": "book", "DataPaper": "article-journal",
    "Dataset": "dataset", "Dissertation": "thesis", "JournalArticle": "article-journal", "PeerReview": "review",
    "Preprint": "article", "Report": "report", "Software": "software", "Standard": "standard",
}  # fmt: skip
_DATES = ("Issued", "Available", "Created")


def fetch(service: Service, identifier: str) -> Found:
    """The works of the person with this ORCID iD, or the one with this DOI."""
    if not normalize_orcid(identifier):
        answer = service.ask_json(f"/dois/{quote(identifier, safe='/')}", get_mapping)
        yield from service.convert([get_mapping(answer, "data")], _describe)
        return
    search = f'creators.nameIdentifiers.nameIdentifier:"{make_orcid_address(identifier)}"'
    query = {"query": search, "page[size]": 200, "page[number]": 1}
    found = service.list_items("/dois", query, _turn, ("data",))
    dois = {get_text(work, "attributes", "doi").lower() for work in found}
    works = [work for work in found if not _find_whole(work, dois)]
    yield from service.convert(works, _describe)
    if len(works) < len(found):
        count = len(found) - len(works)
        message = f"DOIs of single versions left out, because another covers all versions: {count}"
        yield report_source(f"datacite:{identifier}", message, "warning")


def _turn(page: Any, number: int) -> Query | None:
    return {"page[number]": number + 1} if get_text(page, "links", "next") else None


def _find_whole(work: Any, dois: set[str]) -> bool:
    """Whether this is a version of a work whose own DOI is among these."""
    return any(
        get_text(related, "relationType") == "IsVersionOf"
        and get_text(related, "relatedIdentifier").lower() in dois - {get_text(work, "attributes", "doi").lower()}
        for related in get_list(work, "attributes", "relatedIdentifiers")
    )


def _describe(found: Any) -> Item:
    work = get_mapping(found, "attributes")
    publisher = get_text(work, "publisher") or get_text(work, "publisher", "name")
    return {
        "id": get_text(work, "doi"),
        "type": _classify(work),
        "title": get_text(next(iter(get_list(work, "titles")), None), "title"),
        "author": [_describe_author(creator) for creator in get_list(work, "creators")],
        "issued": _find_date(work),
        "container-title": get_text(work, "container", "title"),
        "volume": get_text(work, "container", "volume"),
        "issue": get_text(work, "container", "issue"),
        "page": "-".join(filter(None, (get_text(work, "container", name) for name in ("firstPage", "lastPage")))),
        "publisher": publisher,
        "version": get_text(work, "version"),
        "DOI": get_text(work, "doi"),
        "URL": get_text(work, "url"),
        "abstract": _find_abstract(work),
    }


def _classify(work: dict[str, Any]) -> str:
    """CSL's type. Without a specific type, DataCite's own conversion to CSL calls any text an `article`."""
    if normalize_arxiv(get_text(work, "doi")):
        return "article"
    kind = get_text(work, "types", "citeproc")
    is_vague = kind == "article" or (kind == "article-journal" and not get_text(work, "container", "title"))
    return _TYPES.get(get_text(work, "types", "resourceTypeGeneral"), "document" if is_vague else kind)


def _describe_author(creator: Any) -> Item:
    identifiers = (get_text(one, "nameIdentifier") for one in get_list(creator, "nameIdentifiers"))
    orcid = next(filter(None, map(normalize_orcid, identifiers)), "")
    if get_text(creator, "nameType") == "Organizational":
        return {"literal": get_text(creator, "name")}
    family, given = get_text(creator, "familyName"), get_text(creator, "givenName")
    return (
        {"family": family, "given": given, "ORCID": orcid}
        if family
        else describe_name(get_text(creator, "name"), orcid)
    )


def _find_date(work: dict[str, Any]) -> str:
    dates = {get_text(one, "dateType"): get_text(one, "date") for one in get_list(work, "dates")}
    return next(filter(None, (dates.get(kind, "") for kind in _DATES)), "") or get_text(work, "publicationYear")


def _find_abstract(work: dict[str, Any]) -> str:
    texts = get_list(work, "descriptions")
    return next((get_text(one, "description") for one in texts if get_text(one, "descriptionType") == "Abstract"), "")
