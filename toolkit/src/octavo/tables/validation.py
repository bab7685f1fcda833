"""The validation of one table: finds every problem, with its place and the allowed values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

from octavo.errors import Problem, quote_value
from octavo.model.catalog import TABLES
from octavo.model.checking import Fault, check_mapping, check_rows
from octavo.model.profile import Profile
from octavo.tables.source import KeyPath, Source

_PLAIN_KEY = re.compile(r"[\w-]{1,40}")


def validate_table(table: str, source: Source) -> list[dict[str, Any]]:
    """Validate a table's data, and add mistakes to the source's problems.

    Returns:
        The rows as plain data (texts, flags, lists, and mappings; fields that aren't given are left out); the
        profile's one mapping is the only row. Empty if anything is wrong.
    """
    if source.problems and source.data is None:
        return []
    faults: list[Fault] = []
    if table == "profile":
        rows = [check_mapping(Profile, source.data, (), faults)]
    else:
        rows = check_rows(TABLES[table], source.data, faults)
    source.problems += [make_problem(source, table, fault.path, fault.message, key=fault.at_key) for fault in faults]
    source.problems += _find_repetitions(table, source)
    return [] if source.problems else rows


def name_path(table: str, path: KeyPath) -> str:
    """A path as messages show it: `publications[3].authors[0].family`."""
    return table + "".join(_name_part(part) for part in path)


def _name_part(part: str | int) -> str:
    if isinstance(part, int):
        return f"[{part}]"
    return f".{part}" if _PLAIN_KEY.fullmatch(part) else f"[{quote_value(part)}]"


def make_problem(source: Source, table: str, path: KeyPath, message: str, *, key: bool = False) -> Problem:
    """A problem with the value at a path, or with its key."""
    line, column = source.find_position(path, key=key)
    return Problem(source.path, line, column, f"{name_path(table, path)}: {message}")


def _find_repetitions(table: str, source: Source) -> Iterator[Problem]:
    """Report duplicate ORCID iDs and ids; ids become file names, which some systems compare without case."""
    first: dict[tuple[str, str], int] = {}
    rows = enumerate(source.data if isinstance(source.data, list) else [])
    for key, (index, row) in product(("id", "orcid"), rows):
        written = row.get(key) if isinstance(row, dict) else None
        if not isinstance(written, str) or not written.strip():
            continue
        if (seen := first.setdefault((key, written.strip().casefold()), index)) != index:
            line, _ = source.find_position((seen, key))
            message = f"{quote_value(written)} is also the {key} of another row (line {line}; case doesn't matter)"
            yield make_problem(source, table, (index, key), message)
