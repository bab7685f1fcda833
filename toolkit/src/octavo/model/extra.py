"""Extra: what an imported entry says that no field of the table holds, kept for exports in the same format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from octavo.errors import quote_value
from octavo.model.fields import Kind, Role
from octavo.model.kinds import check_text
from octavo.model.words import describe

# What BibTeX, CSL, and RIS may call a field; a path such as `extra.numpages` has no other dot.
_NAME = re.compile(r"[^\W\d_][\w+:-]{0,59}")
_RIS_TAG = re.compile("[A-Z][A-Z0-9]")


def is_extra_name(name: str) -> bool:
    """Whether a field of this name can be kept."""
    return _NAME.fullmatch(name) is not None


def is_ris_tag(name: str) -> bool:
    """Whether it is a field of RIS: two characters, as `M2`."""
    return _RIS_TAG.fullmatch(name) is not None


def _check_extra(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{describe(value)} is not a mapping (expected lines of 'name: text')")
    for name in value:
        if not is_extra_name(str(name)):
            raise ValueError(f"{quote_value(str(name))} is not the name of a field (expected one such as numpages)")
    return {str(name): check_text(text) for name, text in value.items() if text is not None}


_SCHEMA: Mapping[str, Any] = {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}}
Extra = Annotated[
    Mapping[str, str],
    Kind(_check_extra, _SCHEMA, name="texts by the fields' names there"),
    Role.BOOKKEEPING,
    "{numpages: 42}",
]
"""Texts by the names that the source's format gave them."""
