"""The BibTeX reader: a file's entries as records."""

from __future__ import annotations

from collections.abc import Iterator

from octavo.errors import Problem
from octavo.importing.problems import Positions
from octavo.importing.readers.bibtex_record import UnusableEntry, list_doubts, make_record
from octavo.importing.readers.bibtex_syntax import Entry, parse_bibtex
from octavo.importing.record import Record

# What a paper doesn't inherit from the volume that its `crossref` names.
_OWN_FIELDS = frozenset({"author", "title", "subtitle", "doi", "url", "eprint", "abstract", "crossref", "pages"})


def read_bibtex(text: str, path: str) -> Iterator[Record | Problem]:
    """Records and problems; each error is something that was skipped, usually an entry."""
    positions = Positions(path, text)
    entries: list[Entry] = []
    for found in parse_bibtex(text, positions):
        if isinstance(found, Problem):
            yield found
        else:
            entries.append(found)
    yield from _convert_entries(entries, positions)


def _convert_entries(entries: list[Entry], positions: Positions) -> Iterator[Record | Problem]:
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.key, entry)
    lenders = _find_lenders(entries, first)
    for entry in entries:
        if entry.key and first[entry.key] is not entry:
            line, _ = positions.locate(first[entry.key].offset)
            yield positions.report(entry.offset, f"duplicate key {entry.key!r} (first used on line {line})")
        elif entry.key not in lenders or "author" in entry.fields:  # else it only lends its fields
            yield from _convert_entry(_inherit(entry, first), positions)


def _find_lenders(entries: list[Entry], by_key: dict[str, Entry]) -> set[str]:
    """The keys that papers name by `crossref`, directly or through others."""
    lenders: set[str] = set()
    waiting = [entry for entry in entries if "author" in entry.fields]
    while waiting:
        named = waiting.pop().fields.get("crossref")
        if named and named.value in by_key and named.value not in lenders:
            lenders.add(named.value)
            waiting.append(by_key[named.value])
    return lenders


def _inherit(entry: Entry, by_key: dict[str, Entry]) -> Entry:
    """The entry, with the fields it lacks taken from the one that its `crossref` names (BibTeXing, section 2.2)."""
    parent = by_key.get(entry.fields["crossref"].value) if "crossref" in entry.fields else None
    if parent is None:
        return entry
    lent = {name: found for name, found in parent.fields.items() if name not in _OWN_FIELDS}
    if "title" in parent.fields:
        lent.setdefault("booktitle", parent.fields["title"])
    return Entry(entry.type, entry.key, lent | entry.fields, entry.offset)


def _convert_entry(entry: Entry, positions: Positions) -> Iterator[Record | Problem]:
    line, column = positions.locate(entry.offset)
    try:
        record = make_record(entry, positions.path, f"{positions.path}:{line}:{column}")
    except UnusableEntry as error:
        yield positions.report(_locate_field(entry, error.field), str(error))
        return
    for field, message in list_doubts(entry, record):
        yield positions.report(_locate_field(entry, field), message, "warning")
    yield record


def _locate_field(entry: Entry, name: str) -> int:
    return entry.fields[name].offset if name in entry.fields else entry.offset
