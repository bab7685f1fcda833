"""Parts: mappings for other systems' formats, without empty values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from octavo.documents.runs import make_absolute
from octavo.model.vocabulary import LinkName

Part: TypeAlias = dict[str, Any]


def keep_known(part: Part) -> Part:
    """The part without keys that have no value."""
    return {key: value for key, value in part.items() if value not in (None, "", [], {})}


def join_texts(*texts: str | None) -> str:
    """The texts that are not empty, separated by commas."""
    return ", ".join(text for text in texts if text)


def find_address(links: Mapping[LinkName, str], site_url: str) -> str | None:
    """The first of a row's links, as an absolute address."""
    addresses = (make_absolute(address, site_url) for address in links.values())
    return next((address for address in addresses if address), None)
