"""Fits what a source says into the table's fields: a value that its field refuses is mended or kept, never a reason to
refuse the entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from octavo.importing.editing.values import set_paths
from octavo.inline_parser import escape_inline
from octavo.markdown import plain_title
from octavo.model.checking import find_faults
from octavo.model.fields import list_fields
from octavo.model.publications import Publication

Fields = dict[str, Any]
"""By name, or as `links.paper`: texts, and for people and topics lists of texts and mappings."""

_FIELDS = list_fields(Publication)


def fit_fields(fields: Fields) -> tuple[Fields, list[str]]:
    """The fields with values that the table accepts, and a message for each field that had to change."""
    if not _find_fault(fields):
        return fields, []
    fitted, doubts = dict(fields), []
    for path, value in fields.items():
        if path == "type" or not (fault := _find_fault({path: value})):
            continue
        if path != "title":
            doubts.append(f"{path}: {fault}; {_mend(fitted, path)}")
        elif not _find_fault({path: escape_inline(value)}):  # an entry without a title isn't a work
            fitted[path] = escape_inline(value)
            doubts.append(f"{path}: {fault}; imported as plain text")
    return fitted, doubts


def _mend(fields: Fields, path: str) -> str:
    """Give a field a valid value, or move its text to `extra`; return what was done."""
    plain = _strip(fields.pop(path))
    if not _find_fault({path: plain}):
        fields[path] = plain
        return "imported without the Markdown"
    name = _name_extra(path, fields)
    if not isinstance(plain, str) or path.startswith("extra.") or _find_fault({f"extra.{name}": plain}):
        return "left out"
    fields[f"extra.{name}"] = plain
    return f"kept as extra.{name}"


def _strip(value: Any) -> Any:
    if isinstance(value, str):
        return plain_title(value)
    if isinstance(value, Mapping):
        return {name: _strip(part) for name, part in value.items()}
    return [_strip(item) for item in value]


def _find_fault(fields: Fields) -> str:
    """Why the table rejects one of these values; empty if it accepts them all."""
    row = set_paths({}, fields)
    return next((fault.message for fault in find_faults(Publication, row) if fault.path[0] in row), "")


def _name_extra(path: str, fields: Fields) -> str:
    """What BibTeX calls the field, or the link's role."""
    name, _, role = path.partition(".")
    known = role or _FIELDS[name].export.bibtex or name
    return known if f"extra.{known}" not in fields else f"{known}-{name}"
