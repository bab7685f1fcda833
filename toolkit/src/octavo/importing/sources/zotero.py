"""Zotero: a person's publications, a library, a group, or a collection, as CSL-JSON.

https://www.zotero.org/support/dev/web_api/v3/basics
"""

from __future__ import annotations

from typing import Any

from octavo.importing.record import FILE
from octavo.importing.sources.json_answers import get_mapping
from octavo.importing.sources.service import Found, Query, Service

_PAGE = 100


def fetch(service: Service, path: str) -> Found:
    """The items at a path such as `users/475425/publications` or `groups/2205533`."""
    query = {"v": 3, "format": "csljson", "itemType": "-attachment", "limit": _PAGE, "start": 0}
    kind = "items" if path.endswith("/publications") else "items/top"
    items = service.list_items(f"/{path}/{kind}", query, _turn, ("items",))
    yield from service.convert(items, get_mapping, rank=FILE)


def _turn(_: Any, number: int) -> Query:
    """The next page, until one is empty: attachments are left out, so a page that isn't full needn't be the last."""
    return {"start": number * _PAGE}
