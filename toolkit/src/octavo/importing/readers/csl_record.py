"""An item of CSL-JSON, from a file or from a registry, as a record."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args

from octavo.citations.csl import EXTRA_TEXTS, TEXTS, get_extra, get_marked
from octavo.importing.issued import find_year, make_date, parse_issued
from octavo.importing.markup import read_styled, strip_line, strip_paragraphs
from octavo.importing.readers.bibtex_names import parse_names
from octavo.importing.readers.reading import Reading, join_pages, read_state
from octavo.importing.record import FILE, Record, UnusableError, clean_line, drop_empty
from octavo.markdown import plain_title
from octavo.model.authors import Author
from octavo.model.identifiers import find_arxiv, find_doi, normalize_arxiv, normalize_doi, normalize_orcid
from octavo.model.vocabulary import ANONYMOUS, PublicationType

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


# Variables by the names of the table's fields; the first that exists is used.
_OTHER_NAMES = {"number": ("collection-number", "article-number"), "event-title": ("event",)}
_PLACED = frozenset({
    "title", "container-title", "container-title-short", "volume", "issue", "page", "publisher", "status", "note",
    "abstract", "DOI", "archive_location",
})  # fmt: skip
_PLAIN = {field.name: (name, *_OTHER_NAMES.get(name, ())) for name, field in TEXTS.items() if name not in _PLACED}
_DATA = re.compile(r"[A-Za-z][\w. -]{0,30}(?::|=)\s?\S")
_BOOKKEEPING = frozenset(
    {"annote", "categories", "citation-key", "citation-label", "page-first", "system_id", "_graph"}
)


class _Item(dict[str, Any]):
    """An item that remembers which variables were read."""

    def __init__(self, item: Mapping[str, Any]) -> None:
        super().__init__(item)
        self.taken: set[str] = set()
        self.doubts: list[str] = []

    def give_back(self, name: str, message: str) -> None:
        """Keep a variable that can't be parsed, with a warning."""
        self.taken.discard(name)
        self.doubts.append(f"{name!r}: {message}")

    def get(self, name: str, default: Any = None, /) -> Any:
        self.taken.add(name)
        return super().get(name, default)


def make_record(item: Any, source: str, place: str, rank: int = FILE) -> Record:
    """The item as a record.

    Raises:
        UnusableError: if it isn't an item, or lacks a title, or the authors or editors that its type needs.
    """
    if not isinstance(item, Mapping):
        raise UnusableError("expected a CSL-JSON item: { … }")
    if "itemType" in item:
        raise UnusableError("this is Zotero's own JSON; export the library as CSL JSON, BibTeX, or RIS")
    item = _Item(item)
    doi, arxiv = _read_identifiers(item)
    container = strip_line(_get_text(item, "container-title"))
    container = "" if container.lower().startswith("arxiv") else container
    kind = _read_type(item)
    is_preprint = kind == "article" and not container
    title = _read_title(item)
    authors, editors, translators = (_read_names(item, name) for name in ("author", "editor", "translator"))
    if not (authors or editors or ("type" in item and kind in ANONYMOUS)):
        raise UnusableError("the item has neither author nor editor")
    record = Record(
        type=kind, title=title, author=authors, editor=editors, translator=translators,
        issued=_read_issued(item), container_title=container,
        container_title_short=strip_line(_get_text(item, "container-title-short", "short-container-title")),
        volume=clean_line(_get_text(item, "volume")), issue=clean_line(_get_text(item, "issue")),
        page=join_pages(clean_line(_get_text(item, "page"))), publisher=_read_publisher(item, is_preprint),
        abstract=strip_paragraphs(_get_text(item, "abstract")), doi=doi, arxiv=arxiv,
        url=clean_line(_get_text(item, "URL")), status=_read_status(item, is_preprint=is_preprint),
        topics=_read_topics(item),
        source=source, rank=rank, place=place, key=clean_line(_get_text(item, "id", "citation-key")),
    )  # fmt: skip
    texts = {field: strip_line(_get_text(item, *names)) for field, names in _PLAIN.items()}
    texts |= {"note": _read_note(item), "event_date": _write(item.get("event-date"))}
    extra, left = _sort_rest(item, is_registry=rank != FILE)
    return replace(record, texts=drop_empty(texts), extra=extra, left=left, doubts=tuple(item.doubts))


def _sort_rest(item: _Item, *, is_registry: bool) -> tuple[dict[str, str], tuple[str, ...]]:
    """The variables of an item that are kept unchanged, and the names of those that aren't.

    A registry's other data is mostly bookkeeping.
    """
    item.taken |= {"custom"}
    own = get_extra(item)
    rest = {name: text for name, value in item.items() if name not in item.taken and (text := _write(value))}
    if is_registry:
        return {name: text for name, text in rest.items() if name in EXTRA_TEXTS - {"license", "source"}}, ()
    extra, left = Reading({**rest, **own}).sort_rest(_BOOKKEEPING, lambda _, text: text)
    kind = _get_text(item, "type")
    is_typed = not kind or kind in _TYPES or kind in _REGISTRY_TYPES
    unread = {name for name, value in item.items() if value and name not in item.taken | rest.keys()}
    return extra, tuple(sorted({*left, *unread, *([] if is_typed else ["type"])}))


def _write(value: Any) -> str:
    """A variable's value as text: names, a date, or several texts joined; empty for anything else."""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_write, value)))
    if isinstance(value, Mapping):
        if "date-parts" not in value:
            name = ", ".join(str(value[part]) for part in ("family", "given") if value.get(part))
            return name or str(value.get("literal") or value.get("raw") or "")
        try:
            return _read_date(value)
        except ValueError:
            return ""
    return strip_line(str(value)) if _is_text(value) else ""


def _read_status(item: _Item, *, is_preprint: bool) -> str:
    state = read_state(strip_line(str(item.get("status", ""))))
    if not state:
        item.taken.discard("status")
    return state or ("preprint" if is_preprint else "")


def _read_topics(item: _Item) -> tuple[str, ...]:
    words = item.get("keyword")
    parts = words if isinstance(words, list) else str(words or "").split(",")
    return tuple(dict.fromkeys(filter(None, (strip_line(str(part)) for part in parts))))


def _read_note(item: _Item) -> str:
    """The note, unless it is lines of `name: value`, which is how Zotero keeps what it has no field for."""
    note = strip_line(_get_text(item, "note"))
    if all(map(_DATA.match, filter(None, _get_text(item, "note").splitlines()))):
        item.taken.discard("note")
        return ""
    return note


def _get_text(item: Mapping[str, Any], *names: str) -> str:
    """The first of the variables that isn't empty; from a list, as Crossref's own API has it, the first entry.

    A value that isn't text counts as absent. It isn't marked as read, so it will be reported.
    """
    for name in names:
        value = item.get(name) if name in item else None
        if isinstance(value, list) and value:
            value = value[0]
        if _is_text(value):
            return str(value)
        if not value or isinstance(value, str):
            continue
        if isinstance(item, _Item):
            item.taken.discard(name)
    return ""


def _is_text(value: Any) -> bool:
    """Whether it is text that isn't empty, or a number."""
    if isinstance(value, float):
        return math.isfinite(value)  # JSON has no such numbers, but Python writes them
    return bool(value.strip()) if isinstance(value, str) else isinstance(value, int) and not isinstance(value, bool)


def _read_type(item: Mapping[str, Any]) -> str:
    kind = _get_text(item, "type")
    return kind if kind in _TYPES else _REGISTRY_TYPES.get(kind, "document")


def _read_title(item: Mapping[str, Any]) -> str:
    title = strip_line(_get_text(item, "title"), keeps_emphasis=True)
    if (own := get_marked(item, "title")) and plain_title(own) == title:
        return read_styled(own)
    if not title:
        raise UnusableError("the item has no title")
    has_subtitle = isinstance(item.get("subtitle"), list)
    subtitle = strip_line(_get_text(item, "subtitle"), keeps_emphasis=True) if has_subtitle else ""
    return f"{title}: {subtitle}" if subtitle and subtitle.lower() not in title.lower() else title


def _read_names(item: _Item, name: str) -> tuple[Author, ...]:
    names = item.get(name)
    if isinstance(names, str):
        names = [names]
    read = (_read_author(one, item, name) for one in names) if isinstance(names, list) else ()
    return tuple(author for authors in read for author in authors)


def _read_author(name: Any, item: _Item, role: str) -> tuple[Author, ...]:
    """The author; or several, if they are named in text instead of a mapping."""
    if isinstance(name, str):
        people = parse_names(clean_line(name))
        item.doubts += [f"{role!r}: {doubt}" for doubt in people.doubts]
        return people.authors
    if not isinstance(name, Mapping):
        item.doubts.append(f"{role!r}: {str(name)[:60]!r} is not a name; left out")
        return ()
    literal, family, given, suffix = (
        strip_line(_get_text(name, key)) for key in ("literal", "family", "given", "suffix")
    )
    literal = literal or strip_line(_get_text(name, "name"))
    particle = " ".join(
        filter(None, (strip_line(_get_text(name, f"{kind}-particle")) for kind in ("dropping", "non-dropping")))
    )
    orcid = normalize_orcid(_get_text(name, "ORCID"))
    if family:
        return (Author(given=given, family=family, particle=particle, suffix=suffix, orcid=orcid),)
    if not (literal or given):
        item.doubts.append(f"{role!r}: a person without a name was left out")
        return ()
    return (Author(literal=literal or given, orcid=orcid),)


def _read_issued(item: _Item) -> str:
    """The date of issue; Crossref's `created` and `deposited` tell when it was registered, and aren't used."""
    for name in ("issued", "published", "published-print", "published-online"):
        value = item.get(name)
        value = {"raw": value} if isinstance(value, str) else value
        try:
            if isinstance(value, Mapping) and (date := _read_date(value)):
                return date
        except ValueError as error:
            found = find_year(json.dumps(value, default=str))
            item.give_back(name, f"{error}; {f'read as {found}' if found else 'kept as text'}")
            if found:
                return found
    return ""


def _read_date(value: Mapping[str, Any]) -> str:
    """The date, or none.

    Raises:
        ValueError: if it can't be read.
    """
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and any(p not in (None, "") for p in parts[0]):
        return _join_parts(parts, value.get("season"))
    written = _get_text(value, "raw", "literal", "edtf")
    return parse_issued(written) if written else ""


def _join_parts(parts: list[Any], season: Any) -> str:
    try:
        dates = [[int(part) for part in date if part not in (None, "")] for date in parts if date]
        if len(dates[0]) == 1 and str(season) in "1234" and season:
            dates[0].append(20 + int(season))
        return parse_issued("–".join(make_date(date[:3]) for date in dates[:2]))
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"{parts!r:.80} is not a date ({error})") from error


def _read_identifiers(item: _Item) -> tuple[str, str]:
    written, url = clean_line(_get_text(item, "DOI", "doi")), _get_text(item, "URL")
    doi = normalize_doi(written) or (normalize_doi(clean_line(url)) if "doi.org/" in url else "")
    if written and not doi:
        doi = find_doi(written)
        item.give_back("DOI", f"{written!r:.80} {f'was read as {doi}' if doi else 'is not a DOI; kept as text'}")
    in_arxiv = "arxiv" in _get_text(item, "archive", "publisher").lower()
    numbers = {name: _get_text(item, name) for name in ("number", "archive_location", "note", "arxiv")}
    bare = [normalize_arxiv(numbers[name]) for name in ("number", "archive_location") if in_arxiv]
    found = [normalize_arxiv(doi), *bare, find_arxiv(url, *numbers.values()), normalize_arxiv(numbers["arxiv"])]
    arxiv = next(filter(None, found), "")
    item.taken -= {name for name, text in numbers.items() if not arxiv or normalize_arxiv(text) != arxiv}
    item.taken -= {"publisher"} if arxiv and in_arxiv else {"archive", "publisher"}
    return ("" if normalize_arxiv(doi) else doi), arxiv


def _read_publisher(item: Mapping[str, Any], is_preprint: bool) -> str:
    publisher = strip_line(_get_text(item, "publisher"))
    return "" if is_preprint and publisher.lower() == "arxiv" else publisher
