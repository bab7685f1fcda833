"""Missing characters: those that no font has, and what to do about them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple

from octavo.cache import Cache
from octavo.documents.typesetting import Template, find_missing, is_plain

_MOST_SHOWN = 24
_REMEDY = (
    "so there are boxes in their place (put a font that has them into documents/fonts/, or list it in _brand.yml "
    "under typography: fonts:; those of https://fonts.google.com/noto cover all scripts)"
)


class Made(NamedTuple):
    """A document, and its characters that no font has."""

    content: bytes
    missing: str


def find_kept_missing(template: Template, data: Mapping[str, Any], cache: Cache, key: str) -> str:
    """The characters of a document that no font has; the cache keeps them under the document's key."""
    if is_plain(data):
        return ""
    return cache.find_or_make(f"{key}.missing", lambda: find_missing(template, data).encode()).decode()


def describe_missing(documents: str, characters: str) -> str:
    """The note that no font has these characters of the documents."""
    scripts = {unicodedata.name(character, "unnamed").split()[0].split("-")[0] for character in characters}
    shown = " ".join(characters[:_MOST_SHOWN]) + (" …" if len(characters) > _MOST_SHOWN else "")
    return f"{documents}: no font has {shown} ({', '.join(sorted(scripts)).lower()}), {_REMEDY}"
