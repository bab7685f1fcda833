"""RIS: CSL items as records that reference managers import.

Tags and types as in the RIS format specification of Reference Manager and EndNote: two characters, two spaces,
a hyphen, a space; lines end in CR LF; TY begins a record and ER ends it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from octavo.citations import csl
from octavo.citations.csl import Item
from octavo.model.kinds import is_ris_tag
from octavo.model.vocabulary import ISSUED_IN_NUMBERS, NUMBERED

TYPES = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "manuscript": "UNPB",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "review": "JOUR",
    "review-book": "JOUR",
    "software": "COMP",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
BOOKS = frozenset({"book", "collection", "report", "thesis"})
"""The types of references whose T2 is a series."""
# Texts whose tag depends on the reference.
_PLACED = frozenset({"title", "page", "archive_location", "PMID", "number"})
_TEXTS = {name: field.export.ris for name, field in csl.TEXTS.items() if field.export.ris and name not in _PLACED}
# A book's T2 is its series. In proceedings of another name, T2 is the conference and CY its place.
_BOOK_TAGS = {"container-title": "BT"}
_EVENT_TAGS = {"container-title": "C3", "publisher-place": "C1"}
_NO_EVENT_TAGS = {"event-title": "", "event-place": ""}
_NUMBER_TAGS = dict.fromkeys(NUMBERED, "SN") | dict.fromkeys(ISSUED_IN_NUMBERS, "C7")


def format_ris(items: Iterable[Item]) -> str:
    """The items' records in order."""
    return "".join(format_record(item) for item in items)


def format_record(item: Item) -> str:
    """One item's record, ending in an empty line."""
    lines = "".join(f"{tag}  - {value}\r\n" for tag, value in _iterate_lines(item) if value)
    return f"{lines}ER  - \r\n\r\n"


def _iterate_lines(item: Item) -> Iterator[tuple[str, str]]:
    yield "TY", TYPES.get(item["type"], "GEN")
    yield "ID", item["id"]
    yield "TI", item.get("title", "")
    yield from (("TT", title) for title in csl.get_translations(item, "title").values())
    for key, field in csl.PEOPLE.items():
        for name in item.get(key, []):
            yield field.export.ris, format_name(name)
    for end in item.get("issued", {}).get("date-parts", [])[-1:]:
        yield "PY", str(end[0])
        yield "DA", "/".join([*(f"{part:02}" for part in end), *[""] * (4 - len(end))])
    in_event = "container-title" in item and ("event-title" in item or "event-place" in item)
    tags = _TEXTS | (_BOOK_TAGS if item["type"] in BOOKS else {}) | (_EVENT_TAGS if in_event else _NO_EVENT_TAGS)
    yield from ((tag, item.get(key, "")) for key, tag in tags.items() if tag)
    yield _NUMBER_TAGS.get(item["type"], "M1"), csl.get_number(item)
    yield "UR", item.get("URL", "")
    first, _, last = item.get("page", "").replace("–", "-").partition("-")
    yield from (("SP", first.strip()), ("EP", last.strip("- ")))
    yield "AN", f"arXiv:{item['archive_location']}" if "archive_location" in item else ""
    yield "AN", f"PMID:{item['PMID']}" if "PMID" in item else ""
    for keyword in item.get("keyword", "").split(", "):
        yield "KW", keyword
    yield from ((tag, text) for tag, text in csl.get_extra(item).items() if is_ris_tag(tag))


def format_name(name: Item) -> str:
    """One name as `particle Family, Given, Suffix`, RIS's order."""
    if "literal" in name:
        return str(name["literal"])
    family = " ".join(name[part] for part in ("non-dropping-particle", "family") if part in name)
    return ", ".join([family, *(name[part] for part in ("given", "suffix") if part in name)])
