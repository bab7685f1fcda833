"""What sources said about each row, and when: `data/provenance/publications.json`.

    {
     "lynx": [
      {"source": "refs.bib", "key": "gupta2026lynx", "rank": 2, "date": "2026-07-07", "said": {
       "title": "…",
       "date": "2026-07"
      }}
     ]
    }

By row, one statement for each entry that describes it, as its source made it last; a line for each field, so that a
diff shows what changed. Where the table differs from all of them, the owner wrote it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from octavo.errors import OctavoError
from octavo.importing.comparing import is_same
from octavo.importing.statement import Statement

Provenance = dict[str, list[Statement]]
"""By id of the row."""

# A row whose id was changed is found again by one of these.
_MARKS = ("doi", "arxiv", "title", "abstract", "authors")


def parse_provenance(content: bytes, path: str) -> Provenance:
    """Read the file's bytes; it may be empty, or as Octavo 1.0 wrote it.

    Raises:
        OctavoError: if it isn't what a script wrote.
    """
    try:
        rows = json.loads(content or b"{}")
        return {row: _read_old(said) if isinstance(said, dict) else _read_row(said) for row, said in rows.items()}
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise OctavoError(
            f"{path}: this file isn't as a script wrote it ({error}). Restore it from version control. To go on "
            "without it, remove it: every field then counts as written by hand, and none is ever updated."
        ) from error


def format_provenance(provenance: Mapping[str, Sequence[Statement]]) -> str:
    """The file's text, sorted."""
    rows = []
    for row in sorted(provenance):
        if statements := provenance[row]:
            ordered = sorted(statements, key=lambda said: (said.source, said.key, said.print))
            rows.append(f" {_dump(row)}: [\n" + ",\n".join(map(_format_statement, ordered)) + "\n ]")
    return "{\n" + ",\n".join(rows) + "\n}\n" if rows else "{}\n"


def find_rows(provenance: Provenance, rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The current id of each remembered row; removed rows are absent.

    A row that was given another id is recognized by what was said of it.
    """
    by_name = {str(row.get("id", "")).strip(): row for row in rows}
    kept = {name for name in provenance if name in by_name and _share_mark(provenance[name], by_name[name])}
    lost = [name for name in provenance if name not in kept]
    marked: dict[str, set[str]] = {}
    for name in by_name.keys() - kept if lost else ():
        for mark in _list_marks(by_name[name]):
            marked.setdefault(mark, set()).add(name)
    found = {name: name for name in kept}
    for name in lost:
        scores = _score_rows(provenance[name], by_name, marked)
        best = max(scores.values(), default=0)
        likeliest = [row for row, score in scores.items() if score == best]
        row = likeliest[0] if len(likeliest) == 1 else name
        if row in by_name and row not in found.values():
            found[name] = row
    return found


def _share_mark(statements: Sequence[Statement], row: Mapping[str, Any]) -> bool:
    return any(row.get(name) and row[name] == said.fields.get(name) for said in statements for name in _MARKS)


def _score_rows(
    statements: Sequence[Statement], rows: Mapping[str, Mapping[str, Any]], marked: Mapping[str, set[str]]
) -> dict[str, int]:
    """How many fields each row has as they were said, if they are at least half of those said."""
    names = {name for said in statements for mark in _list_marks(said.fields) for name in marked.get(mark, ())}
    paths = {path for said in statements for path in said.fields}
    scores = {
        name: sum(any(is_same(rows[name].get(path), said.fields.get(path)) for said in statements) for path in paths)
        for name in names
    }
    return {name: score for name, score in scores.items() if 2 * score >= len(paths)}


def _list_marks(fields: Mapping[str, Any]) -> list[str]:
    return [_dump([name, fields[name]]) for name in _MARKS if fields.get(name)]


def _read_row(statements: Any) -> list[Statement]:
    return [
        Statement(dict(said["said"]), said["source"], said["key"], int(said["rank"]), said["date"])
        for said in statements
    ]


def _read_old(fields: Mapping[str, Mapping[str, Any]]) -> list[Statement]:
    """One statement for each source, of which 1.0 remembered neither entries nor what others outranked."""
    made: dict[str, Statement] = {}
    for path, origin in fields.items():
        source = origin["source"]
        said = made.setdefault(source, Statement({}, source, "", int(origin["rank"]), origin["date"]))
        said.fields[path] = origin["value"]
    return list(made.values())


def _format_statement(said: Statement) -> str:
    head = ", ".join(
        f"{_dump(name)}: {_dump(value)}"
        for name, value in {"source": said.source, "key": said.key, "rank": said.rank, "date": said.date}.items()
    )
    fields = ",\n".join(f"   {_dump(name)}: {_dump(value)}" for name, value in sorted(said.fields.items()))
    return f'  {{{head}, "said": {{\n{fields}\n  }}}}'


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
