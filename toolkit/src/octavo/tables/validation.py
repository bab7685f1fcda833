"""The validation of one table: every problem in it, each with its place and what is allowed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from octavo.errors import Problem, quote_value
from octavo.model.kinds import describe
from octavo.model.models import MODELS, make_adapter
from octavo.tables.source import KeyPath, Source

_PLAIN_KEY = re.compile(r"[\w-]{1,40}")
_QUOTED = re.compile(r"'([^']*)'")


def validate_table(table: str, source: Source) -> list[dict[str, Any]]:
    """Validate a table's data; what is wrong is added to the source's problems.

    Returns:
        The rows as plain data (texts, flags, lists and mappings; fields that aren't given are left out); the
        profile's one mapping is the only row. Empty if anything is wrong.
    """
    if source.problems and source.data is None:
        return []
    problems: list[Problem] = []
    checked: Any = None
    try:
        checked = make_adapter(table).validate_python(source.data)
    except ValidationError as error:
        found = error.errors(include_url=False)
        problems += [_describe_error(table, source, details) for details in found]
    problems += _find_repeated_ids(table, source)
    source.problems += problems
    if source.problems:
        return []
    dumped = make_adapter(table).dump_python(checked, exclude_defaults=True)
    return [dumped] if table == "profile" else list(dumped)


def name_path(table: str, path: KeyPath) -> str:
    """A path as problems name it: `publications[3].authors[0].family`."""
    return table + "".join(_name_part(part) for part in path)


def _name_part(part: str | int) -> str:
    if isinstance(part, int):
        return f"[{part}]"
    return f".{part}" if _PLAIN_KEY.fullmatch(part) else f"[{quote_value(part)}]"


def make_problem(source: Source, table: str, path: KeyPath, message: str, *, key: bool = False) -> Problem:
    """A problem with the value at a path, or with its key."""
    line, column = source.find_position(path, key=key)
    return Problem(source.path, line, column, f"{name_path(table, path)}: {message}")


def suggest(word: str, known: Sequence[str], *, most: int = 24) -> str:
    """What a misspelt word should have been: the nearest known one, and all of them if they are few."""
    near = difflib.get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    hints = [f"did you mean {near[0]!r}?"] if near else []
    if not near or len(known) <= most:
        hints.append("expected " + (" or ".join(", ".join(known).rsplit(", ", 1))))
    return " ".join(hints)


def _describe_error(table: str, source: Source, details: Any) -> Problem:
    kind, path, value = details["type"], details["loc"], details["input"]
    if kind == "extra_forbidden":
        known = list(_find_model(table, path[:-1]).model_fields)
        return make_problem(source, table, path, f"unknown key ({suggest(str(path[-1]), known)})", key=True)
    message = _explain(kind, value, details.get("ctx", {}))
    return make_problem(source, table, path, message, key=kind == "missing")


def _explain(kind: str, value: Any, context: dict[str, Any]) -> str:
    """The message for one of pydantic's types of errors."""
    match kind:
        case "value_error":
            return str(context["error"])
        case "missing":
            return "is missing"
        case "string_type":
            return f"{describe(value)} is not a text"
        case "list_type":
            return f"{describe(value)} is not a list (expected lines that begin with '- ')"
        case "model_type":
            return f"{describe(value)} is not a mapping (expected lines of 'key: value')"
        case "too_short":
            return "is an empty list (expected at least one item)"
        case "literal_error":
            word = value if isinstance(value, str) else ""
            return f"{describe(value)} is unknown ({suggest(word, _QUOTED.findall(context['expected']))})"
    raise AssertionError(f"no words for {kind}")


def _find_model(table: str, path: KeyPath) -> type[BaseModel]:
    """The model of the mapping at a path."""
    model: type[BaseModel] = MODELS[table]
    for part in path:
        if isinstance(part, str):
            model = next(_list_models(model.model_fields[part].annotation))
    return model


def _list_models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _list_models(argument)


def _find_repeated_ids(table: str, source: Source) -> Iterator[Problem]:
    """Ids become names of files, which some systems tell apart by more than their case."""
    first: dict[str, int] = {}
    for index, row in enumerate(source.data if isinstance(source.data, list) else []):
        written = row.get("id") if isinstance(row, dict) else None
        if not isinstance(written, str) or not written.strip():
            continue
        if (seen := first.setdefault(written.strip().casefold(), index)) != index:
            line, _ = source.find_position((seen, "id"))
            message = (
                f"{quote_value(written)} is the id of another row too (line {line}; upper and lower case are the same)"
            )
            yield make_problem(source, table, (index, "id"), message)
