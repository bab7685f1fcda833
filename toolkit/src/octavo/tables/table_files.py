"""The file of a table: its validated rows as plain data, and what it claims about other files and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from octavo.errors import Problem
from octavo.model.addresses import check_address, is_local
from octavo.model.inline_links import find_links
from octavo.tables.table_cache import load_entry, make_key, store_entry

if TYPE_CHECKING:
    from octavo.tables.source import Source

ClaimKind = Literal["link", "photo", "cv", "text", "publication"]


@dataclass(frozen=True, slots=True)
class Claim:
    """That a file of the site is there, or that a publication is: to be checked when all tables are known."""

    kind: ClaimKind
    field: str
    """As problems name it: `news[2].publication`."""
    value: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table's file that was read; rows are there only if it has no problems."""

    path: str
    key: str
    rows: tuple[dict[str, Any], ...] = ()
    claims: tuple[Claim, ...] = ()
    ids: frozenset[str] | None = frozenset()
    """The ids of its rows; None where the file can't be parsed, so that nobody can know."""
    problems: tuple[Problem, ...] = ()


def read_table_file(table: str, file: Path, path: str, cache: Path) -> TableFile:
    """Read and validate a table's file, or take what an earlier reading of the same bytes gave."""
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
        store_entry(cache_file, key, {"rows": read.rows, "claims": [astuple(claim) for claim in read.claims]})
    return read


def _validate_content(table: str, content: bytes, path: str, key: str) -> TableFile:
    # What only new content needs, and takes a quarter of a second to load.
    from octavo.tables.source import parse_source
    from octavo.tables.validation import validate_table

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
    """The claims in the data as it was written, so that those of faulty tables are known too."""
    rows = source.data if isinstance(source.data, list) else [source.data]
    for index, row in enumerate(rows):
        if isinstance(row, dict):
            path: tuple[str | int, ...] = () if table == "profile" else (index,)
            for kind, rest, value in _find_row_claims(row):
                yield _make_claim(table, source, kind, (*path, *rest), value)


def _find_row_claims(row: dict[str, Any]) -> Iterator[tuple[ClaimKind, tuple[str | int, ...], str]]:
    for name, value in row.items():
        if name in {"text", "earlier_work"} and isinstance(value, str):
            yield from (("text", (name,), address) for address in find_links(value) if _is_file(address))
        elif name == "publication" and isinstance(value, str):
            yield "publication", (name,), value.strip()
        elif name in {"photo", "affiliation_url"} and _is_file(value):
            yield ("photo" if name == "photo" else "link"), (name,), value.strip()
        elif name == "cv" and isinstance(value, dict) and _is_file(value.get("file")):
            yield "cv", (name, "file"), value["file"].strip()
        elif name == "links" and isinstance(value, dict):
            yield from (("link", (name, role), url.strip()) for role, url in value.items() if _is_file(url))
        elif name == "links" and isinstance(value, list):
            for index, link in enumerate(value):
                if isinstance(link, dict) and _is_file(link.get("url")):
                    yield "link", (name, index, "url"), str(link["url"]).strip()


def _make_claim(table: str, source: Source, kind: ClaimKind, path: tuple[str | int, ...], value: str) -> Claim:
    from octavo.tables.validation import name_path

    return Claim(kind, name_path(table, path), value, *source.find_position(path))


def _is_file(address: object) -> bool:
    if not isinstance(address, str):
        return False
    try:
        return is_local(address.strip()) and bool(check_address(address.strip()))
    except ValueError:
        return False
