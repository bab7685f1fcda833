"""CVs as data: al-folio's own form, RenderCV's, HugoBlox's, and JSON Resume, as rows of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from octavo.moving.old_site import OldSite, Row

Names = Mapping[str, tuple[str, ...]]

# The tables of sections, by the first of these words in their headings.
_SECTIONS = (
    (r"educat|degree|ausbildung", "education"),
    (r"teach|course", "teaching"),
    (r"award|hono|prize|scholarship|fellowship|grant", "awards"),
    (r"service|volunteer|review|activit|membership|committee", "service"),
    (r"experience|employ|work|position|appointment|career", "experience"),
    (r"talk|present", "talks"),
    (r"software|open.?source", "software"),
    (r"project", "research"),
)
# Publications are imported from elsewhere; the others say who the owner is.
_PASSED = re.compile(r"publication|basics|general information", re.IGNORECASE)
_TEXT = ("summary", "description", "highlights", "details")
# The names of each field in the four forms; the first one present counts.
_FIELDS: Mapping[str, Names] = {
    "education": {
        "degree": ("degree", "studyType", "title", "area"), "area": ("area",), "institution": ("institution", "school"),
        "text": _TEXT,
    },
    "experience": {
        "position": ("position", "role", "title", "jobtitle", "name"),
        "organization": ("company", "institution", "organization", "org", "employer", "name"),
        "unit": ("department",), "location": ("location",), "text": _TEXT,
    },
    "teaching": {
        "title": ("course", "title", "name", "position"), "role": ("role", "position"),
        "institution": ("institution", "organization", "company"), "text": _TEXT,
    },
    "awards": {"title": ("title", "name", "award", "label"), "awarder": ("awarder", "institution"), "text": _TEXT},
    "service": {
        "role": ("position", "role", "title", "name", "label"),
        "organization": ("organization", "company", "institution"), "text": _TEXT,
    },
    "talks": {
        "title": ("title", "name"), "event": ("event", "publisher", "institution"), "location": ("location",),
        "text": _TEXT,
    },
    "software": {"title": ("title", "name"), "text": _TEXT},
    "research": {"title": ("title", "name"), "url": ("url",), "text": _TEXT},
}  # fmt: skip
# Punctuation that needs no semicolon after it.
_ENDED = re.compile(r"([.!?:;,]);(?= )")
_DATED = frozenset(_FIELDS) - {"research"}
_DATES = ("year", "date", "releaseDate")
_ENDINGS = ("Date", "_date", "")


def read_cv(site: OldSite, path: str, owner: str) -> Iterator[tuple[str, Row]]:
    """The rows in a CV, each with the name of its table; none if it is someone else's CV, as in the template."""
    data = site.read_yaml(path)
    if isinstance(data, dict) and isinstance(data.get("cv"), dict):
        data = {"basics": data["cv"], **(data["cv"].get("sections") or {})}
    name, sections = _find_sections(data)
    if name and not _is_owner(name, owner):
        site.leave(f"{path}: the CV of {name}", "the template's examples")
        return
    yield from read_sections(site, path, sections)


def read_sections(site: OldSite, path: str, sections: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Row]]:
    """The rows in the sections of a CV, by their headings, each with the name of its table."""
    for heading, entries in sections:
        table = next((table for words, table in _SECTIONS if re.search(words, heading, re.IGNORECASE)), "")
        if table:
            for entry in _list_entries(entries):
                date = _read_date(entry) if table in _DATED else {}
                yield table, {**_read_entry(site, path, entry, _FIELDS[table]), **date}
        elif entries and not _PASSED.search(heading):
            site.leave(f"{path}: {heading}", "no table holds this")


def _find_sections(data: Any) -> tuple[str, list[tuple[str, Any]]]:
    """The name of the person, if given, and the sections by their headings."""
    if isinstance(data, dict):
        basics = data.get("basics")
        name = basics.get("name") if isinstance(basics, dict) else ""
        return str(name or ""), [(str(heading), entries) for heading, entries in data.items()]
    sections = [part for part in data or () if isinstance(part, dict)]
    facts = [fact for part in sections if part.get("type") == "map" for fact in part.get("contents") or ()]
    name = next((str(fact["value"]) for fact in facts if fact.get("name") == "Full Name" and "value" in fact), "")
    return name, [(str(part.get("title")), part.get("contents")) for part in sections]


def _is_owner(name: str, owner: str) -> bool:
    """Whether two names share a word, as two names of one person do."""
    return not {*name.casefold().split()}.isdisjoint(owner.casefold().split())


def _list_entries(entries: Any) -> Iterator[Row]:
    """The entries of a section; items of a year, as al-folio lists awards, are one each."""
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, dict):
            yield {"title": entry}
        elif isinstance(entry.get("items"), list):
            yield from ({**entry, "title": item, "items": None} for item in entry["items"])
        else:
            yield entry


def _read_entry(site: OldSite, path: str, entry: Mapping[str, Any], fields: Names) -> Row:
    row: Row = {}
    used: set[str] = set()
    for field, names in fields.items():
        name = next((name for name in names if name not in used and _flatten(entry.get(name))), "")
        if name:
            used.add(name)
            row[field] = site.convert(_flatten(entry[name]), "inline" if field == "text" else "plain", path)
    if links := _read_links(site, path, entry, with_address="url" not in fields):
        row["links"] = links
    return row


def _read_links(site: OldSite, path: str, entry: Mapping[str, Any], *, with_address: bool) -> Any:
    """The links of an entry: its address, or what a button of HugoBlox's leads to."""
    address = entry.get("url")
    if with_address and isinstance(address, str) and address.startswith("http"):
        return {"website": address}
    button = entry.get("button")
    if not isinstance(button, dict) or not button.get("url"):
        return None
    target = str(button["url"])
    target = target if target.startswith("http") else site.take_file(target, "static/", place=path)
    return [{"label": str(button.get("text") or "Link"), "url": target}] if target else None


def _flatten(value: Any) -> str:
    """A text, the texts of a list, or those of lists in it, on one line."""
    if isinstance(value, list):
        return _ENDED.sub(r"\1", "; ".join(filter(None, map(_flatten, value))))
    if isinstance(value, dict):
        return " ".join(filter(None, (_flatten(part) for part in value.values())))
    return "" if value is None else str(value).strip()


def _read_date(entry: Mapping[str, Any]) -> Row:
    start, end = (
        next(filter(None, (_flatten(entry.get(f"{name}{ending}")) for ending in _ENDINGS)), "")
        for name in ("start", "end")
    )
    written = next((_flatten(entry[name]) for name in _DATES if _flatten(entry.get(name))), "")
    if not written and (start or end):
        written = f"{start}/{end or 'present'}" if start else end
    return {"date": written.replace(" - ", "–")} if written else {}
