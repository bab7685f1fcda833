"""The BibTeX reader: a file's entries as records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from octavo.errors import Problem
from octavo.importing.problems import Positions
from octavo.importing.readers.bibtex import Library
from octavo.importing.readers.bibtex_record import make_record
from octavo.importing.readers.bibtex_syntax import Entry, parse_bibtex
from octavo.importing.record import Record, UnusableError


def read_bibtex(text: str, path: str) -> Iterator[Record | Problem]:
    """Records and problems; each error is something that was skipped, usually an entry."""
    positions = Positions(path, text)
    entries: list[Entry] = []
    for found in parse_bibtex(text, positions):
        if isinstance(found, Problem):
            yield found
        else:
            entries.append(found)
    told: set[Problem] = set()
    for one in _convert_entries(entries, positions):
        if isinstance(one, Problem) and one in told:  # of a field that several entries inherit
            continue
        if isinstance(one, Problem):
            told.add(one)
        yield one


def _convert_entries(entries: list[Entry], positions: Positions) -> Iterator[Record | Problem]:
    library = Library(entries)
    for entry in _rename_repeated(entries, positions):
        if isinstance(entry, Problem):
            yield entry
        elif library.is_work(entry):
            complete, doubts = library.complete(entry)
            for field, message in doubts:
                yield positions.report(_locate_field(entry, field), message, "warning")
            yield from _convert_entry(complete, positions)
        elif entry.type == "set":
            message = "a set isn't a work; its entries are imported individually"
            yield positions.report(entry.offset, message, "warning")


def _rename_repeated(entries: list[Entry], positions: Positions) -> Iterator[Entry | Problem]:
    """The entries with unique keys, and a warning for each key that was taken."""
    first: dict[str, Entry] = {}
    for entry in entries:
        other = first.setdefault(entry.key, entry)
        if other is entry or not entry.key:
            yield entry
            continue
        line, _ = positions.locate(other.offset)
        if entry.is_like(other):
            yield positions.report(entry.offset, f"repeats the entry {entry.key!r} of line {line}; skipped", "warning")
            continue
        number = 2
        while (key := f"{entry.key}-{number}") in first:
            number += 1
        first[key] = entry
        message = f"the key {entry.key!r} is already used on line {line}; imported as {key!r}"
        yield positions.report(entry.offset, message, "warning")
        yield replace(entry, key=key)


def _convert_entry(entry: Entry, positions: Positions) -> Iterator[Record | Problem]:
    line, column = positions.locate(entry.offset)
    try:
        record, doubts = make_record(entry, positions.path, f"{positions.path}:{line}:{column}")
    except UnusableError as error:
        yield positions.report(_locate_field(entry, error.field), str(error))
        return
    for field, message in doubts:
        yield positions.report(_locate_field(entry, field), message, "warning")
    yield record


def _locate_field(entry: Entry, name: str) -> int:
    return entry.fields[name].offset if name in entry.fields else entry.offset
