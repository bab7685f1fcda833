"""An item of CSL-JSON, from a file or from a registry, as a record."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, get_args

from octavo.importing.issued import make_date, parse_issued
from octavo.importing.markup import strip_line, strip_paragraphs
from octavo.importing.record import FILE, Record, clean_line
from octavo.model.authors import Author
from octavo.model.identifiers import find_arxiv, normalize_arxiv, normalize_doi, normalize_orcid
from octavo.model.vocabulary import PublicationType

_TYPES = frozenset(get_args(PublicationType))
# Registries translate only some of their own types.
_REGISTRY_TYPES = {
    "journal-article": "article-journal", "proceedings-article": "paper-conference", "posted-content": "article",
    "preprint": "article", "book-chapter": "chapter", "book-section": "chapter", "book-part": "chapter",
    "monograph": "book", "edited-book": "book", "reference-book": "book", "proceedings": "book",
    "dissertation": "thesis",
    "report-component": "report", "peer-review": "review", "journal-issue": "periodical", "journal": "periodical",
    "reference-entry": "entry", "component": "document", "other": "document", "paper-conference": "paper-conference",
}  # fmt: skip
_STATES = {
    "in press": "in press", "forthcoming": "to appear", "to appear": "to appear", "accepted": "accepted",
    "submitted": "under review", "under review": "under review", "in preparation": "in preparation",
    "preprint": "preprint", "published": "published",
}  # fmt: skip


class UnusableItem(Exception):  # noqa: N818 - named for what it is about
    """Why an item can't be a record."""


def make_record(item: Any, source: str, place: str, rank: int = FILE) -> Record:
    """The item as a record.

    Raises:
        UnusableItem: if it isn't an item, lacks a title or authors, or a date or identifier is invalid.
    """
    if not isinstance(item, Mapping):
        raise UnusableItem("expected a CSL-JSON item: { … }")
    if "itemType" in item:
        raise UnusableItem("this is Zotero's own JSON; export the library as CSL JSON, BibTeX, or RIS")
    doi, arxiv = _read_identifiers(item)
    container = strip_line(_get_text(item, "container-title"))
    container = "" if container.lower().startswith("arxiv") else container
    kind = _read_type(item)
    is_preprint = kind == "article" and not container
    return Record(
        type=kind, title=_read_title(item), author=_read_authors(item), issued=_read_issued(item),
        container_title=container,
        container_title_short=strip_line(_get_text(item, "container-title-short", "short-container-title")),
        volume=clean_line(_get_text(item, "volume")), issue=clean_line(_get_text(item, "issue")),
        page=clean_line(_get_text(item, "page")).replace("-", "–"), publisher=_read_publisher(item, is_preprint),
        abstract=strip_paragraphs(_get_text(item, "abstract")), doi=doi, arxiv=arxiv,
        url=clean_line(_get_text(item, "URL")),
        status="preprint" if is_preprint else _STATES.get(_get_text(item, "status").lower(), ""),
        source=source, rank=rank, place=place, key=clean_line(_get_text(item, "id", "citation-key")),
    )  # fmt: skip


def _get_text(item: Mapping[str, Any], *names: str) -> str:
    """The first of the variables that isn't empty; from a list, as Crossref's own API has it, the first entry."""
    for name in names:
        value = item.get(name)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, float) and not math.isfinite(value):  # JSON has no such number, but Python writes it
            raise UnusableItem(f"{name!r} must be a text, not {value}")
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, Mapping | list) and value:
            raise UnusableItem(f"{name!r} must be a text")
    return ""


def _read_type(item: Mapping[str, Any]) -> str:
    kind = _get_text(item, "type")
    return kind if kind in _TYPES else _REGISTRY_TYPES.get(kind, "document")


def _read_title(item: Mapping[str, Any]) -> str:
    title = strip_line(_get_text(item, "title"))
    if not title:
        raise UnusableItem("the item has no title")
    subtitle = strip_line(_get_text(item, "subtitle")) if isinstance(item.get("subtitle"), list) else ""
    return f"{title}: {subtitle}" if subtitle and subtitle.lower() not in title.lower() else title


def _read_authors(item: Mapping[str, Any]) -> tuple[Author, ...]:
    names = item.get("author")
    if not isinstance(names, list) or not names:
        raise UnusableItem("the item has no author")
    return tuple(_read_author(name) for name in names)


def _read_author(name: Any) -> Author:
    if not isinstance(name, Mapping):
        raise UnusableItem(f'an author must be a mapping such as {{"family": …, "given": …}}, not {str(name)[:60]!r}')
    literal, family, given, suffix = (
        strip_line(_get_text(name, key)) for key in ("literal", "family", "given", "suffix")
    )
    literal = literal or strip_line(_get_text(name, "name"))
    particle = " ".join(
        filter(None, (strip_line(_get_text(name, f"{kind}-particle")) for kind in ("dropping", "non-dropping")))
    )
    orcid = normalize_orcid(_get_text(name, "ORCID"))
    if family:
        return Author(given=given, family=family, particle=particle, suffix=suffix, orcid=orcid)
    if not (literal or given):
        raise UnusableItem("an author has no name")
    return Author(literal=literal or given, orcid=orcid)


def _read_issued(item: Mapping[str, Any]) -> str:
    """The date of issue; Crossref's `created` and `deposited` tell when it was registered, and aren't used."""
    for name in ("issued", "published", "published-print", "published-online"):
        value = item.get(name)
        if isinstance(value, Mapping) and (date := _read_date(value, name)):
            return date
        if isinstance(value, str) and value.strip():
            return _parse(value, name)
    return ""


def _read_date(value: Mapping[str, Any], name: str) -> str:
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and any(p not in (None, "") for p in parts[0]):
        return _join_parts(parts, value.get("season"), name)
    written = _get_text(value, "raw", "literal")
    return _parse(written, name) if written else ""


def _join_parts(parts: list[Any], season: Any, name: str) -> str:
    try:
        dates = [[int(part) for part in date if part not in (None, "")] for date in parts if date]
        if len(dates[0]) == 1 and str(season) in "1234" and season:
            dates[0].append(20 + int(season))
        texts = [make_date(date[:3]) for date in dates[:2]]
    except (TypeError, ValueError, OverflowError) as error:
        raise UnusableItem(f"{name!r}: {parts!r:.80} is not a date ({error})") from error
    return texts[0]


def _parse(text: str, name: str) -> str:
    try:
        return parse_issued(text)
    except ValueError as error:
        raise UnusableItem(f"{name!r}: {error}") from error


def _read_identifiers(item: Mapping[str, Any]) -> tuple[str, str]:
    written, url = clean_line(_get_text(item, "DOI", "doi")), _get_text(item, "URL")
    doi = normalize_doi(written) or (normalize_doi(clean_line(url)) if "doi.org/" in url else "")
    if written and not doi:
        raise UnusableItem(f"'DOI': {written!r:.80} is not a DOI (expected the form 10.1145/3576915.3616582)")
    number = _get_text(item, "number") if "arxiv" in _get_text(item, "archive", "publisher").lower() else ""
    arxiv = (
        normalize_arxiv(doi) or normalize_arxiv(number) or find_arxiv(url, _get_text(item, "number", "note", "arxiv"))
    )
    return ("" if normalize_arxiv(doi) else doi), arxiv or normalize_arxiv(_get_text(item, "arxiv"))


def _read_publisher(item: Mapping[str, Any], is_preprint: bool) -> str:
    publisher = strip_line(_get_text(item, "publisher"))
    return "" if is_preprint and publisher.lower() == "arxiv" else publisher
