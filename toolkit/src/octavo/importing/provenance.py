"""What a script wrote into which field, from which source and when: `data/provenance/publications.json`.

    {
     "lynx": {
      "title": {"value": "…", "source": "Crossref", "rank": 3, "date": "2026-07-07"},
      "date": {"value": "2026-07", "source": "Crossref", "rank": 3, "date": "2026-07-07", "kept": true}
     }
    }

By row and field. `value` is what the source said last; the script wrote it, unless `kept` says that the owner chose to
keep a value of their own. There is one field per line, so that a diff shows what changed. A field that isn't in here,
or differs from what is, was written by the owner.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from octavo.errors import OctavoError


@dataclass(frozen=True, slots=True)
class Origin:
    """What a source said of a field."""

    value: Any
    source: str
    rank: int
    date: str
    kept: bool = False
    """Whether the table has the owner's value instead."""


Provenance = dict[str, dict[str, Origin]]
"""By id of the row and path of the field."""


def parse_provenance(text: str, path: str) -> Provenance:
    """Read the file's text; it may be empty.

    Raises:
        OctavoError: if it isn't what a script wrote.
    """
    try:
        rows = json.loads(text or "{}")
        return {row: {field: Origin(**origin) for field, origin in fields.items()} for row, fields in rows.items()}
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise OctavoError(
            f"{path}: this file isn't as a script wrote it ({error}). Restore it from version control. To go on "
            "without it, remove it: every field then counts as written by hand, and none is ever updated."
        ) from error


def format_provenance(provenance: Mapping[str, Mapping[str, Origin]]) -> str:
    """The file's text, sorted."""
    rows = []
    for row in sorted(provenance):
        if fields := provenance[row]:
            lines = ",\n".join(f"  {_dump(name)}: {_dump_origin(fields[name])}" for name in sorted(fields))
            rows.append(f" {_dump(row)}: {{\n{lines}\n }}")
    return "{\n" + ",\n".join(rows) + "\n}\n" if rows else "{}\n"


def _dump_origin(origin: Origin) -> str:
    return _dump(dict(_list_items(origin)))


def _list_items(origin: Origin) -> Iterator[tuple[str, Any]]:
    yield from (("value", origin.value), ("source", origin.source), ("rank", origin.rank), ("date", origin.date))
    if origin.kept:
        yield "kept", True


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
