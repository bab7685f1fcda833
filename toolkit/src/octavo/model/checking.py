"""Checking: finds everything in a mapping that doesn't match its class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from octavo.language.tags import check_tag
from octavo.model.fields import Field, Kind, Nested, list_fields
from octavo.model.row import Row
from octavo.model.vocabulary import LINK_ROLES
from octavo.model.words import describe, suggest

Path = tuple[str | int, ...]
# What people call a field, unless another format does: see `Export`.
_MEANT = {"year": "date", "booktitle": "container_title", "pdf": "paper", "place": "location", "venue": "event"}


class Fault(NamedTuple):
    """Something wrong at a path such as `(3, "authors", 0)`, or with the key there."""

    path: Path
    message: str
    at_key: bool = False


def check_rows(row_type: type, data: Any, faults: list[Fault]) -> list[dict[str, Any]]:
    """The rows of a table as plain data; adds problems to the list."""
    if not isinstance(data, list):
        faults.append(Fault((), f"{describe(data)} is not a list (expected lines that begin with '- ')"))
        return []
    return [check_mapping(row_type, row, (index,), faults) for index, row in enumerate(data)]


def check_mapping(shape: type, data: Any, path: Path, faults: list[Fault]) -> dict[str, Any]:
    """A mapping's checked values; those that are not given, or are the default anyway, are left out."""
    if not isinstance(data, dict):
        faults.append(Fault(path, f"{describe(data)} is not a mapping (expected lines of 'key: value')"))
        return {}
    fields, checked = list_fields(shape), {}
    for name, value in data.items():
        field = fields.get(name)
        if field is None:
            faults.append(Fault((*path, name), f"unknown key ({_suggest_key(name, fields)})", at_key=True))
        elif value is not None and (plain := _check_field(field, value, path, faults)) not in (field.default, []):
            checked[name] = plain
    missing = [name for name, field in fields.items() if field.required and data.get(name) is None]
    faults.extend(Fault((*path, name), "is missing", at_key=True) for name in missing)
    gap = shape.find_gap(checked) if issubclass(shape, Row) else None
    if gap and not any(fault.path == (*path, gap[0]) for fault in faults):
        faults.append(Fault((*path, gap[0]), gap[1], at_key=True))
    return checked


def _suggest_key(name: str, fields: Mapping[str, Field]) -> str:
    """The field that was probably meant: a link's role, another format's name for it, or one that is spelled alike."""
    meant = _MEANT.get(name, name)
    if meant in LINK_ROLES and "links" in fields:
        return f"did you mean 'links: {{{meant}: …}}'?"
    exported = (key for key, field in fields.items() if name in (field.export.bibtex, field.export.csl))
    found = meant if meant in fields else next(exported, "")
    hint = f"did you mean {found!r}?" if found else suggest(name, list(fields))
    is_unlike = "extra" in fields and "did you mean" not in hint
    return f"{hint}; a field of your own goes under extra:" if is_unlike else hint


def _check_field(field: Field, value: Any, path: Path, faults: list[Fault]) -> Any:
    path = (*path, field.name)
    if not field.many:
        return _check_value(field.holds, value, path, faults)
    if not isinstance(value, list):
        faults.append(Fault(path, f"{describe(value)} is not a list (expected lines that begin with '- ')"))
        return []
    if field.required and not value:
        faults.append(Fault(path, "is an empty list (expected at least one item)"))
    return [_check_value(field.holds, item, (*path, index), faults) for index, item in enumerate(value)]


def _check_value(holds: Kind | Nested, value: Any, path: Path, faults: list[Fault]) -> Any:
    if isinstance(holds, Kind) and holds.translated and isinstance(value, dict):
        return _check_texts(holds, value, path, faults)
    try:
        return holds.check(value) if isinstance(holds, Kind) else _check_nested(holds, value, path, faults)
    except ValueError as error:
        faults.append(Fault(path, str(error)))
        return None


def _check_texts(kind: Kind, texts: dict[str, Any], path: Path, faults: list[Fault]) -> dict[str, str]:
    """A text for each of several languages, by their tags."""
    if not texts:
        faults.append(Fault(path, "is an empty mapping (expected text, or text by language: {en: …, de: …})"))
    checked: dict[str, str] = {}
    for tag, text in texts.items():
        try:
            check_tag(tag)
        except ValueError as error:
            faults.append(Fault((*path, tag), str(error), at_key=True))
            continue
        if tag.lower() in map(str.lower, checked):
            faults.append(Fault((*path, tag), "is there twice; case doesn't matter in a language tag", at_key=True))
        try:
            checked[tag] = kind.check(text or " ")
        except ValueError as error:
            faults.append(Fault((*path, tag), str(error)))
    return checked


def _check_nested(nested: Nested, value: Any, path: Path, faults: list[Fault]) -> Any:
    if nested.items and isinstance(value, list):
        return [_check_value(nested.items, item, (*path, index), faults) for index, item in enumerate(value)]
    if nested.read_text and isinstance(value, str):
        return nested.read_text(value)
    before = len(faults)
    plain = check_mapping(nested.shape, value, path, faults)
    if len(faults) == before:
        nested.check(plain)
    return plain


def find_faults(shape: type, data: Any) -> Sequence[Fault]:
    """What is wrong with one row."""
    faults: list[Fault] = []
    check_mapping(shape, data, (), faults)
    return faults
