"""The columns of each table's DataFrame, in their order, and what each holds.

| kind    | dtype    | value                                                        | missing |
|---------|----------|--------------------------------------------------------------|---------|
| text    | string   | text                                                         | <NA>    |
| flag    | bool     | True or False                                                | False   |
| date    | object   | `PartialDate`                                                | None    |
| year    | Int64    | the date's year                                              | <NA>    |
| authors | object   | tuple of `Author`, in the paper's order                      | ()      |
| topics  | object   | tuple of texts                                               | ()      |
| links   | object   | dict of addresses by role, in the order of `LINK_ROLES`      | {}      |

Every column is always there, also where no row has it. Derived are `anchor`, the id of the row's element on a
page, `year`, and in publications `forthcoming`, true for what is not out yet. In publications, `links` has the
addresses of `doi` and `arxiv` unless the row has its own; nowhere does it have files of the site that aren't
there.
"""

from __future__ import annotations

from collections.abc import Mapping

_ID = {"id": "text", "anchor": "text"}
_DATE = {"date": "date", "year": "year"}

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "publications": {
        **_ID,
        "title": "text",
        "authors": "authors",
        **_DATE,
        "type": "text",
        "venue": "text",
        "container_title": "text",
        "volume": "text",
        "issue": "text",
        "page": "text",
        "publisher": "text",
        "status": "text",
        "forthcoming": "flag",
        "award": "text",
        "topics": "topics",
        "abstract": "text",
        "doi": "text",
        "arxiv": "text",
        "links": "links",
        "selected": "flag",
        "hidden": "flag",
    },
    "news": {**_ID, **_DATE, "text": "text", "kind": "text", "publication": "text", "hidden": "flag"},
    "research": {
        **_ID,
        "title": "text",
        "text": "text",
        "status": "text",
        "links": "links",
        "publication": "text",
        "hidden": "flag",
    },
    "experience": {
        **_ID,
        "organization": "text",
        "position": "text",
        "unit": "text",
        **_DATE,
        "location": "text",
        "text": "text",
        "links": "links",
        "hidden": "flag",
    },
    "education": {
        **_ID,
        "institution": "text",
        "degree": "text",
        "area": "text",
        **_DATE,
        "thesis": "text",
        "text": "text",
        "links": "links",
        "hidden": "flag",
    },
    "awards": {
        **_ID,
        "title": "text",
        "awarder": "text",
        **_DATE,
        "text": "text",
        "publication": "text",
        "hidden": "flag",
    },
    "talks": {
        **_ID,
        "title": "text",
        "event": "text",
        **_DATE,
        "location": "text",
        "text": "text",
        "links": "links",
        "publication": "text",
        "hidden": "flag",
    },
    "teaching": {
        **_ID,
        "title": "text",
        "role": "text",
        "institution": "text",
        **_DATE,
        "text": "text",
        "links": "links",
        "hidden": "flag",
    },
    "service": {
        **_ID,
        "role": "text",
        "organization": "text",
        **_DATE,
        "text": "text",
        "links": "links",
        "hidden": "flag",
    },
    "software": {
        **_ID,
        "title": "text",
        "text": "text",
        **_DATE,
        "links": "links",
        "language": "text",
        "hidden": "flag",
    },
}
TABLES = tuple(COLUMNS)
