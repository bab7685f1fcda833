"""The file of a table: its validated rows as plain data, and its claims about other files and tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from octavo.cache import load_entry, store_entry
from octavo.errors import Problem
from octavo.model.addresses import check_address, is_local
from octavo.model.catalog import TABLES
from octavo.model.fields import Kind, Nested, Reference, list_fields
from octavo.model.inline_links import find_links
from octavo.model.profile import Profile
from octavo.tables.source import KeyPath, Source, parse_source
from octavo.tables.table_cache import make_key
from octavo.tables.validation import name_path, validate_table

FILES: tuple[Reference, ...] = ("link", "file", "picture", "text")
"""The references to files of the site."""


class Claim(NamedTuple):
    """A claim that a file or publication exists, or that a name is unique; checked once all tables are known."""

    kind: Reference
    field: str
    """Its path in messages: `news[2].publication`."""
    value: str
    line: int
    column: int


class TableFile(NamedTuple):
    """A table's file after reading; it has rows only if it has no problems."""

    path: str
    key: str
    rows: tuple[dict[str, Any], ...] = ()
    claims: tuple[Claim, ...] = ()
    ids: frozenset[str] | None = frozenset()
    """The ids of its rows; None if the file can't be parsed."""
    problems: tuple[Problem, ...] = ()


def read_table_file(table: str, file: Path, path: str, cache: Path) -> TableFile:
    """Read and validate a table's file, or reuse the result for the same bytes."""
    try:
        content = file.read_bytes()
    except OSError as error:
        problem = Problem(path, 1, 1, f"the file can't be read: {error.strerror}")
        return TableFile(path, "", ids=None, problems=(problem,))
    key = make_key(table, content)
    known = _LAST_READ.get(path)
    if known is None or known.key != key:
        known = _LAST_READ[path] = _read_content(table, content, path, key, cache / f"{table}.json")
    return known


# By path, in this process; a file's earlier contents aren't kept.
_LAST_READ: dict[str, TableFile] = {}


def _read_content(table: str, content: bytes, path: str, key: str, cache_file: Path) -> TableFile:
    entry = load_entry(cache_file, key)
    if entry is not None:
        rows, claims = entry["rows"], tuple(Claim(*claim) for claim in entry["claims"])
        return TableFile(path, key, tuple(rows), claims, _collect_ids(rows))
    read = _validate_content(table, content, path, key)
    if not read.problems:
        store_entry(cache_file, key, {"rows": read.rows, "claims": [tuple(claim) for claim in read.claims]})
    return read


def _validate_content(table: str, content: bytes, path: str, key: str) -> TableFile:
    source = parse_source(content, path)
    readable = source.data is not None
    rows = validate_table(table, source)
    claims = tuple(_find_claims(table, source))
    ids = _collect_ids(source.data) if readable else None
    return TableFile(path, key, tuple(rows), claims, ids, tuple(source.problems))


def _collect_ids(rows: Any) -> frozenset[str]:
    found = (row.get("id") for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()
    return frozenset(value.strip() for value in found if isinstance(value, str))


def _find_claims(table: str, source: Source) -> Iterator[Claim]:
    """The claims in the unvalidated data, so that those of tables with errors are known, too."""
    shape = Profile if table == "profile" else TABLES[table]
    rows = [((), source.data)] if table == "profile" else _number(source.data)
    for path, row in rows:
        for reference, rest, value in _find_references(Nested(shape), row):
            place = (*path, *rest)
            yield Claim(reference, name_path(table, place), value, *source.find_position(place))


def _number(data: Any) -> list[tuple[tuple[int], Any]]:
    return [((index,), item) for index, item in enumerate(data)] if isinstance(data, list) else []


def _find_references(holds: Kind | Nested, data: Any) -> Iterator[tuple[Reference, KeyPath, str]]:
    """The references of a value and of the values inside it, with their paths, if they are well-formed."""
    if isinstance(holds, Kind):
        if holds.translated and isinstance(data, dict):
            for tag, text in data.items():
                yield "language", (tag,), tag
                yield from ((refers, (tag,), named) for refers, _, named in _find_references(holds, text))
        elif holds.refers and isinstance(data, str):
            values = find_links(data) if holds.refers == "text" else [data.strip()]
            yield from ((holds.refers, (), each) for each in values if holds.refers not in FILES or _is_file(each))
        return
    if holds.items and isinstance(data, list):
        for place, item in _number(data):
            for reference, rest, named in _find_references(holds.items, item):
                yield reference, (*place, *rest), named
        return
    fields = list_fields(holds.shape)
    for name, value in data.items() if isinstance(data, dict) else ():
        if field := fields.get(name):
            for path, item in _number(value) if field.many else [((), value)]:
                for reference, rest, named in _find_references(field.holds, item):
                    yield reference, (name, *path, *rest), named


def _is_file(address: str) -> bool:
    try:
        return is_local(address) and bool(check_address(address))
    except ValueError:
        return False
