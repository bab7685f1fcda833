"""The rules of CSL-JSON 1.0 for the fields that the site writes, after the published schema (csl-data.json).

Unknown fields are refused, so that none of our own names can slip in.
"""

from typing import get_args

from octavo.model.vocabulary import PublicationType

_TEXT = {"type": "string", "minLength": 1}
_TEXT_OR_NUMBER = {"type": ["string", "number"]}
_NAME = {
    "type": "object",
    "properties": dict.fromkeys(
        ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal"), _TEXT
    ),
    "minProperties": 1,
    "additionalProperties": False,
}
_DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "number"}},
        },
        "season": {"type": ["string", "number"]},
        "literal": _TEXT,
    },
    "additionalProperties": False,
}
_TEXTS = (
    *("title", "container-title", "container-title-short", "publisher", "abstract", "keyword", "status", "note"),
    *("DOI", "URL", "archive", "archive_location", "language"),
)
SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "properties": {
            "id": _TEXT_OR_NUMBER,
            "type": {"enum": list(get_args(PublicationType))},
            "author": {"type": "array", "items": _NAME},
            "issued": _DATE,
            "custom": {
                "type": "object",
                "properties": {"translations": {"additionalProperties": {"additionalProperties": _TEXT}}},
                "additionalProperties": _TEXT,
            },
            **dict.fromkeys(_TEXTS, _TEXT),
            **dict.fromkeys(("volume", "issue", "page"), _TEXT_OR_NUMBER),
        },
        "additionalProperties": False,
    },
}
