"""Answers in JSON, checked to be what was asked for."""

from __future__ import annotations

import json
from typing import Any

from octavo.importing.answers import Answer
from octavo.importing.client import Client, Question, SourceError


def ask_json(client: Client, question: Question) -> tuple[Any, Answer]:
    """The parsed answer, and the answer as it came.

    Raises:
        SourceError: also if it is of another type, or is not JSON.
    """
    answer = client.ask(question)
    if "json" not in answer.content_type:
        raise SourceError(f"the answer is {answer.content_type or 'of no stated type'}, not JSON")
    try:
        return json.loads(answer.body), answer
    except (ValueError, RecursionError) as error:
        raise SourceError(f"the answer says that it is JSON and isn't ({error})") from error


def get_mapping(value: Any, *path: str) -> dict[str, Any]:
    """The mapping at a path of keys; an empty one where the path breaks off."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def get_text(value: Any, *path: str) -> str:
    """The text at a path of keys; empty where the path breaks off, digits where it is a number."""
    found = get_mapping(value, *path[:-1]).get(path[-1])
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""


def get_list(value: Any, *path: str) -> list[Any]:
    """The list at a path of keys; an empty one where the path breaks off."""
    found = get_mapping(value, *path[:-1]).get(path[-1])
    return found if isinstance(found, list) else []
