"""RIS: CSL items as records that reference managers import.

Tags and types as in the RIS format specification of Reference Manager and EndNote: two characters, two spaces,
a hyphen, a space; lines end in CR LF; TY begins a record and ER ends it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from octavo.citations.csl import Item

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
    "software": "COMP",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
_TEXTS = {
    "T2": "container-title",
    "J2": "container-title-short",
    "VL": "volume",
    "IS": "issue",
    "PB": "publisher",
    "DO": "DOI",
    "UR": "URL",
    "AB": "abstract",
    "N1": "status",
}


def format_ris(items: Iterable[Item]) -> str:
    """The items' records, in their order."""
    return "".join(format_record(item) for item in items)


def format_record(item: Item) -> str:
    """One item's record, ending in an empty line."""
    lines = "".join(f"{tag}  - {value}\r\n" for tag, value in _iterate_lines(item) if value)
    return f"{lines}ER  - \r\n\r\n"


def _iterate_lines(item: Item) -> Iterator[tuple[str, str]]:
    yield "TY", TYPES.get(item["type"], "GEN")
    yield "ID", item["id"]
    yield "TI", item.get("title", "")
    for name in item.get("author", []):
        yield "AU", format_name(name)
    for end in item.get("issued", {}).get("date-parts", [])[-1:]:
        yield "PY", str(end[0])
        yield "DA", "/".join([*(f"{part:02}" for part in end), *[""] * (4 - len(end))])
    for tag, key in _TEXTS.items():
        yield tag, item.get(key, "")
    yield "N1", item.get("note", "")
    first, _, last = item.get("page", "").replace("–", "-").partition("-")
    yield from (("SP", first.strip()), ("EP", last.strip("- ")))
    yield "AN", f"arXiv:{item['archive_location']}" if "archive_location" in item else ""
    for keyword in item.get("keyword", "").split(", "):
        yield "KW", keyword


def format_name(name: Item) -> str:
    """One name as `particle Family, Given, Suffix`, RIS's order."""
    if "literal" in name:
        return str(name["literal"])
    family = " ".join(name[part] for part in ("non-dropping-particle", "family") if part in name)
    return ", ".join([family, *(name[part] for part in ("given", "suffix") if part in name)])
