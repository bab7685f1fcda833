"""JSON answers, checked for the structure that was expected."""

from __future__ import annotations

import json
from typing import Any

from octavo.errors import quote_value
from octavo.importing.answers import Answer, SourceError


def parse_json(answer: Answer) -> Any:
    """The parsed answer.

    Raises:
        SourceError: If it isn't JSON.
    """
    if "json" not in answer.content_type:
        raise make_type_error(answer, "JSON")
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"the answer is not valid JSON: {error}") from error


def make_type_error(answer: Answer, expected: str) -> SourceError:
    """The error for an answer that isn't in the expected format."""
    kind = quote_value(answer.content_type) if answer.content_type else "of no stated type"
    return SourceError(f"the answer is {kind}; expected {expected}")


def get_mapping(value: Any, *path: str) -> dict[str, Any]:
    """The mapping at a path of keys, or an empty one if the path leads nowhere."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def get_text(value: Any, *path: str) -> str:
    """The text at a path of keys, or the digits of a number; empty if the path leads nowhere."""
    found = get_mapping(value, *path[:-1]).get(path[-1])
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""


def get_list(value: Any, *path: str) -> list[Any]:
    """The list at a path of keys, or an empty one if the path leads nowhere."""
    found = get_mapping(value, *path[:-1]).get(path[-1])
    return found if isinstance(found, list) else []
