r"""Where a BibTeX entry begins, and what between two entries can only be one, or a field, that went astray.

Everything here takes time proportional to the text: quantifiers over white space and words are possessive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# White space may be long. Old Macs end lines by \r; where two files were joined, a mark (BOM) is left at the seam.
_HEAD = r"@\s*+[A-Za-z]\w*+\s*+[{(]"
_LINE_BEGIN = r"(?:^|(?<=\r))[ \t\ufeff]*+"
_FIRST_FIELD = r"""\s*+[^\s,={}"#%()]*+\s*+,\s*+[\w-]++\s*+="""
_TYPES = (
    "article|book|booklet|conference|inbook|incollection|inproceedings|manual|mastersthesis|misc|phdthesis|proceedings"
    "|techreport|unpublished|online|thesis|report|string"
)

ENTRY = re.compile(r"@\s*+(?P<type>[A-Za-z]\w*+)\s*+(?P<open>[{(])")
LINE_START = re.compile(rf"{_LINE_BEGIN}(?={_HEAD})", re.MULTILINE)
NEXT_ENTRY = re.compile(rf"(?<=[)}}])[\s\ufeff]*+(?={_HEAD})|(?={_HEAD}{_FIRST_FIELD})")
"""Behind something broken, an entry on the same line: behind a closing brace, or anywhere by its whole head."""

# Text between entries is a comment by BibTeX's rules; this much of one can only be an entry or field gone astray.
_LOST = re.compile(
    rf"(?:{_LINE_BEGIN}|(?<=[)}}])\s*+)(?P<headless>@[ \t]*+(?:(?P<known>{_TYPES})\b|[{{(])|\{{{_FIRST_FIELD})"
    rf"|(?<![^\s)}}@])(?P<bare>[^\s@,={{}}()]++[ \t]*+(?:\{{{_FIRST_FIELD}|\({_FIRST_FIELD}\s*+[{{\"]))"
    rf"|(?:{_LINE_BEGIN},?[ \t]*+|(?<=[)}}])\s*+,?\s*+)(?P<field>[\w-]++\s*+=\s*+(?:[{{\"]|\w++\s*+[,)}}]))"
    rf"|(?P<rest>[{{(]{_FIRST_FIELD}\s*+[{{\"\w])",
    re.MULTILINE | re.IGNORECASE,
)


def list_lost(text: str, start: int, end: int, with_fields: bool) -> Iterator[tuple[int, str]]:
    """The offset of each lost entry between two others, or of the first lost field, and what to tell."""
    is_first = True
    for match in _LOST.finditer(text, start, end):
        if match["field"]:
            if is_first and with_fields:
                yield match.start("field"), "this field stands outside of any entry (is a brace before it too many?)"
        elif match["rest"]:
            if with_fields:
                yield match.start(), "this looks like an entry whose beginning is damaged (expected @article{key, …)"
        elif match["headless"]:
            missing = "{" if match["known"] else "@article" if match["headless"].startswith("{") else "article"
            yield match.start("headless"), f"this looks like an entry that lost its {missing!r}"
        elif text[match.start() - 1 : match.start()] == "@":
            yield match.start() - 1, "this looks like an entry whose type isn't a word"
        else:
            yield match.start("bare"), "this looks like an entry that lost its '@'"
        is_first = False
