"""The types of fields: what a text in a table may be, and the message for what it may not.

Each takes and gives plain strings, without the blanks around them; `octavo.rows` makes their typed forms.
The JSON Schema of each allows what an editor sees, which types scalars by itself: there, `date: 2026` is a
number.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema

from octavo import addresses
from octavo.dates import FIRST_YEAR, LAST_YEAR, PartialDate
from octavo.errors import quote_value
from octavo.identifiers import ORCID_PATTERN, check_arxiv, check_doi, check_orcid
from octavo.inline_links import check_inline_markdown

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
# Windows keeps these names for devices, with any extension; `index` is the folder's own page.
_RESERVED_ID = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?|index", re.IGNORECASE)
_LINE_BREAK = re.compile("[\n\r\x85\u2028\u2029]")
# Characters that XML 1.0 (section 2.2) can't hold, so that no feed could, and the other control characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def describe(value: Any) -> str:
    """What a message calls a value that is not of the kind expected."""
    if isinstance(value, str):
        return f"the text {quote_value(value)}"
    return {dict: "a mapping", list: "a list", type(None): "nothing"}.get(type(value), repr(value))


def _check_text(value: str) -> str:
    if not value:
        raise ValueError("is empty (leave the key out instead)")
    if match := _UNPRINTABLE.search(value):
        raise ValueError(f"{quote_value(value)} has the control character U+{ord(match[0]):04X} in it (remove it)")
    return value


def _check_line(value: str) -> str:
    if _LINE_BREAK.search(value):
        raise ValueError(f"{quote_value(value)} has a line break in it (expected one line; '>-' folds a long one)")
    return value


def _check_id(value: str) -> str:
    if not _ID.fullmatch(value) or value.endswith("."):
        raise ValueError(f"{quote_value(value)} is not an id (expected letters, digits, . _ -, at most 100: vtc-2026)")
    if _RESERVED_ID.fullmatch(value):
        raise ValueError(f"{quote_value(value)} can't be an id, since its page can't have that name (expected another)")
    return value


def _check_date(value: str) -> str:
    PartialDate.parse(value)
    return value


def _check_file(value: str) -> str:
    if not addresses.is_local(addresses.check_address(value)) or re.search(r"[?#]", value):
        raise ValueError(f"{quote_value(value)} is not a file of the site (expected a path such as docs/cv.pdf)")
    return value


def _check_pdf(value: str) -> str:
    if not value.lower().endswith(".pdf"):
        raise ValueError(f"{quote_value(value)} is not the path of a PDF (expected one such as docs/cv.pdf)")
    return value


def _read_flag(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    raise ValueError(f"{describe(value)} is neither true nor false")


# An editor sees numbers where a text has digits only.
_SCALAR = ["string", "number"]
_DATE_HELP = (
    "2026, 2025-11, 2025-11-03, Nov 2025, Summer 2025, 2018–2020 or 2024–present; "
    f"years from {FIRST_YEAR} to {LAST_YEAR}"
)

Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True),
    AfterValidator(_check_text),
    WithJsonSchema({"type": _SCALAR}),
]
"""One or more lines of plain text."""
Line = Annotated[Text, AfterValidator(_check_line)]
"""One line of plain text."""
InlineMarkdown = Annotated[
    Text, AfterValidator(check_inline_markdown), WithJsonSchema({"type": _SCALAR, "title": "Inline Markdown"})
]
"""A text with emphasis, code and links; what these lead to is checked as any address is."""
Id = Annotated[Line, AfterValidator(_check_id), WithJsonSchema({"type": _SCALAR, "pattern": f"^{_ID.pattern}$"})]
Date = Annotated[
    Line,
    AfterValidator(_check_date),
    WithJsonSchema({"type": ["string", "integer"], "examples": [_DATE_HELP]}),
]
Doi = Annotated[Line, AfterValidator(check_doi), WithJsonSchema({"type": "string", "pattern": r"^10\.[0-9.]+/"})]
ArxivId = Annotated[Line, AfterValidator(check_arxiv)]
Orcid = Annotated[
    Line, AfterValidator(check_orcid), WithJsonSchema({"type": "string", "pattern": f"^{ORCID_PATTERN}$"})
]
Email = Annotated[Line, AfterValidator(addresses.check_email), WithJsonSchema({"type": "string", "format": "email"})]
Address = Annotated[Line, AfterValidator(addresses.check_address), WithJsonSchema({"type": "string"})]
File = Annotated[Line, AfterValidator(_check_file), WithJsonSchema({"type": "string"})]
PdfFile = Annotated[File, AfterValidator(_check_pdf), WithJsonSchema({"type": "string", "pattern": r"\.[Pp][Dd][Ff]$"})]
Flag = Annotated[bool, BeforeValidator(_read_flag), WithJsonSchema({"type": "boolean"})]
