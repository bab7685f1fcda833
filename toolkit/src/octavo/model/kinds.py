"""Kinds: which values a table may hold, and the messages for others.

A check takes text and returns it without surrounding spaces; `load` converts it to its typed form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from octavo.errors import quote_value
from octavo.model.addresses import check_address, check_email, is_local
from octavo.model.dates import FIRST_YEAR, LAST_YEAR, PartialDate
from octavo.model.fields import Kind, Reference, Role
from octavo.model.identifiers import ORCID_PATTERN, check_arxiv, check_doi, check_orcid
from octavo.model.inline_links import check_inline_markdown, check_title, find_markdown
from octavo.model.words import describe

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
# Windows reserves these names for devices, with any extension; `index` is the folder's own page.
_RESERVED_ID = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?|index", re.IGNORECASE)
# Ten pages. Parsing Markdown can take quadratic time.
_MOST_CHARACTERS = 20_000
_LINE_BREAK = re.compile("[\n\r\x85\u2028\u2029]")
# Characters that XML 1.0 (section 2.2), and so a feed, can't contain, and the other control characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def check_text(value: Any) -> str:
    """Text without surrounding spaces.

    Raises:
        ValueError: if it isn't text, is empty, is too long, or has control characters.
    """
    if not isinstance(value, str):
        raise ValueError(f"{describe(value)} is not text")
    text = value.strip()
    if not text:
        raise ValueError("is empty (leave the key out instead)")
    if len(text) > _MOST_CHARACTERS:
        raise ValueError(f"{quote_value(text)} has {len(text):,} characters (expected at most {_MOST_CHARACTERS:,})")
    if match := _UNPRINTABLE.search(text):
        raise ValueError(f"{quote_value(text)} has the control character U+{ord(match[0]):04X} in it (remove it)")
    return text


def _check_line(value: str) -> str:
    if _LINE_BREAK.search(value):
        raise ValueError(f"{quote_value(value)} has a line break in it (expected one line; '>-' folds a long one)")
    return value


def _check_plain(value: str) -> str:
    if fault := find_markdown(value):
        raise ValueError(f"{quote_value(value)} {fault}")
    return value


def _check_id(value: str) -> str:
    if not _ID.fullmatch(value) or value.endswith("."):
        raise ValueError(f"{quote_value(value)} is not an id (expected letters, digits, . _ -, at most 100: vtc-2026)")
    if _RESERVED_ID.fullmatch(value):
        raise ValueError(f"{quote_value(value)} can't be an id, because its page can't have that name (use another)")
    return value


def _check_date(value: str) -> str:
    PartialDate.parse(value)
    return value


def _check_file(value: str) -> str:
    if not is_local(check_address(value)) or re.search(r"[?#]", value):
        raise ValueError(f"{quote_value(value)} is not a file of the site (expected a path such as docs/cv.pdf)")
    return value


def _check_pdf(value: str) -> str:
    if not value.lower().endswith(".pdf"):
        raise ValueError(f"{quote_value(value)} is not the path of a PDF (expected one such as docs/cv.pdf)")
    return value


def _check_video(value: str) -> str:
    if not value.lower().endswith((".mp4", ".webm")):
        expected = "expected one such as assets/a.mp4; a film on another site goes under links, with the role video"
        raise ValueError(f"{quote_value(value)} is not the path of an MP4 or WebM ({expected})")
    return value


def _check_count(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch("[1-9][0-9]{0,4}", value.strip()):
        return value.strip()
    raise ValueError(f"{describe(value)} is not a whole number (expected one from 1 to 99999)")


def _check_flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    raise ValueError(f"{describe(value)} is neither true nor false")


def _make_kind(
    name: str,
    schema: Mapping[str, Any],
    *checks: Callable[[str], str],
    load: Callable[[str], Any] | None = None,
    refers: Reference | None = None,
    translated: Literal["", "text", "name"] = "",
) -> Kind:
    """A kind of text: the checks run in order, after the one for every text."""

    def check(value: Any) -> str:
        text = check_text(value)
        for check_more in checks:
            text = check_more(text)
        return text

    return Kind(check, schema, load, name, refers, translated)


# To an editor, a text of digits is a number.
_SCALAR: Mapping[str, Any] = {"type": ["string", "number"]}
_DATE_HELP = (
    "2026, 2025-11, 2025-11-03, Nov 2025, Summer 2025, 2018–2020 or 2024–present; "
    f"years from {FIRST_YEAR} to {LAST_YEAR}"
)
_ID_SCHEMA = {**_SCALAR, "pattern": f"^{_ID.pattern}$"}
_DATE_SCHEMA = {"type": ["string", "integer"], "examples": [_DATE_HELP]}
_ORCID_SCHEMA = {"type": "string", "pattern": f"^{ORCID_PATTERN}$"}
_VIDEO_SCHEMA = {"type": "string", "pattern": r"\.([Mm][Pp]4|[Ww][Ee][Bb][Mm])$"}
_PDF_SCHEMA = {"type": "string", "pattern": r"\.[Pp][Dd][Ff]$"}

_LINE = _make_kind("line", _SCALAR, _check_line, _check_plain)
FixedLine = Annotated[str, _LINE]
"""One line of plain text that is the same in every language: a number, a code."""
Language = Annotated[str, replace(_LINE, name="language", refers="original")]
"""The language of a work, by its tag or its name."""
Line = Annotated[str, replace(_LINE, translated="text")]
"""One line of plain text."""
ProperName = Annotated[str, replace(_LINE, translated="name")]
"""The name of an organization, a place, or a person, in one line."""
AltText = Annotated[
    str, Kind(lambda value: _LINE.check(value) if value != "" else "", _SCALAR, name="line", translated="text")
]
"""The alternative text of a picture; empty if it is decorative."""
_INLINE_SCHEMA: Mapping[str, Any] = {**_SCALAR, "title": "Inline Markdown"}
InlineText = Annotated[
    str, _make_kind("inline Markdown", _INLINE_SCHEMA, check_inline_markdown, refers="text", translated="text")
]
"""A text with emphasis, code, links, and formulas; the links' addresses are checked as any address is."""
InlineMarkdown = Annotated[InlineText, Role.TEXT, "Joint work with [E. Artin](https://example.org/artin) on *ideals*."]
"""A text in the owner's own words."""
Title = Annotated[
    str,
    _make_kind("inline Markdown, one line", _INLINE_SCHEMA, _check_line, check_title, refers="text", translated="text"),
    Role.TITLE,
]
"""A line with emphasis, code, and formulas."""
Id = Annotated[str, _make_kind("id", _ID_SCHEMA, _check_line, _check_id), Role.BOOKKEEPING, "vtc-2026"]
PublicationId = Annotated[
    str, _make_kind("id", _ID_SCHEMA, _check_line, _check_id, refers="publication"), Role.BOOKKEEPING, "vtc-2026"
]
"""The id of a row of `publications.yml`."""
Date = Annotated[
    PartialDate,
    _make_kind("date", _DATE_SCHEMA, _check_line, _check_date, load=PartialDate.parse),
    Role.DATE,
    "Nov 2025",
]
Doi = Annotated[
    str,
    _make_kind("DOI", {"type": "string", "pattern": r"^10\.[0-9.]+/"}, _check_line, check_doi),
    "10.1145/3576915.3616582",
]
ArxivId = Annotated[str, _make_kind("arXiv identifier", _SCALAR, _check_line, check_arxiv), "2411.08982"]
Orcid = Annotated[str, _make_kind("ORCID iD", _ORCID_SCHEMA, _check_line, check_orcid), "0000-0002-1825-0097"]
Email = Annotated[
    str,
    _make_kind("e-mail address", {"type": "string", "format": "email"}, _check_line, check_email),
    "name@example.org",
]
Address = Annotated[
    str,
    _make_kind("address", {"type": "string"}, _check_line, check_address, refers="link"),
    "https://example.org/",
]
PictureFile = Annotated[
    str,
    _make_kind("picture of the site", {"type": "string"}, _check_line, _check_file, refers="picture"),
    "assets/photo.jpg",
]
VideoFile = Annotated[
    str,
    _make_kind("MP4 or WebM of the site", _VIDEO_SCHEMA, _check_line, _check_video, _check_file, refers="file"),
    "assets/rings.mp4",
]
PdfFile = Annotated[
    str,
    _make_kind("PDF of the site", _PDF_SCHEMA, _check_line, _check_file, _check_pdf, refers="file"),
    "docs/cv.pdf",
]
Count = Annotated[
    int,
    Kind(_check_count, {"type": "integer", "minimum": 1}, load=int, name="whole number"),
    Role.BOOKKEEPING,
    "10",
]
Flag = Annotated[bool, Kind(_check_flag, {"type": "boolean"}, name="true or false"), Role.BOOKKEEPING, "true"]


# The names that BibTeX, CSL, and RIS give fields, without dots, so that paths such as `extra.numpages` are unambiguous.
_NAME = re.compile(r"[^\W\d_][\w+:-]{0,59}")
_RIS_TAG = re.compile("[A-Z][A-Z0-9]")


def is_extra_name(name: str) -> bool:
    """Whether a field of this name can be stored."""
    return _NAME.fullmatch(name) is not None


def is_ris_tag(name: str) -> bool:
    """Whether it is a RIS field: two characters, such as `M2`."""
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
"""Texts by their field names in the source's format."""
