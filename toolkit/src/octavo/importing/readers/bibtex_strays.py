r"""Text between BibTeX entries that looks like a damaged entry or a stray field.

By BibTeX's rules, such text is a comment. The patterns take time proportional to the text: quantifiers over white
space and words are possessive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEAD = r"@\s*+\w*+\s*+[{(]"
_LINE_BEGIN = r"^[ \t\ufeff]*+"
_FIRST_FIELD = r"""\s*+[^\s,={}"#%()]*+\s*+,\s*+[\w-]++\s*+="""
_TYPES = (
    "article|book|booklet|conference|inbook|incollection|inproceedings|manual|mastersthesis|misc|phdthesis|proceedings"
    "|techreport|report|unpublished|online|thesis|report|string"
)
# Inside a broken entry: after a closing brace, or anywhere if its whole head is there.
_NEXT_ENTRY = re.compile(rf"(?<=[)}}])[\s\ufeff]*+(?={_HEAD})|(?={_HEAD}{_FIRST_FIELD})")
_STRAY = re.compile(
    rf"(?:{_LINE_BEGIN}|(?<=[)}}])\s*+)(?P<head>@[ \t]*+(?:(?:{_TYPES})\b|[{{(])|\{{{_FIRST_FIELD})"
    rf"|(?<![^\s)}}@])(?P<bare>[^\s@,={{}}()]++[ \t]*+(?:\{{{_FIRST_FIELD}|\({_FIRST_FIELD}\s*+[{{\"]))"
    rf"|(?:{_LINE_BEGIN},?[ \t]*+|(?<=[)}}])\s*+,?\s*+)(?P<field>[\w-]++\s*+=\s*+(?:[{{\"]|\w++\s*+[,)}}]))"
    rf"|(?P<rest>[{{(]{_FIRST_FIELD}\s*+[{{\"\w])",
    re.MULTILINE | re.IGNORECASE,
)
_QUOTE = re.compile(r'(?<!\\)"')
_FIELD = re.compile(r'(?:^|[,{(])\s*+(?P<name>[\w-]++)\s*+=\s*+(?P<quote>"?)', re.MULTILINE)


def list_strays(text: str, start: int, end: int, with_fields: bool) -> Iterator[tuple[int, str]]:
    """The offset of each stray entry in a stretch, or of the first stray field, and what to say about it."""
    is_first = True
    for match in _STRAY.finditer(text, start, end):
        kind = match.lastgroup or ""
        if kind == "bare" and text[match.start() - 1 : match.start()] != "@":
            yield match.start(), "this looks like an entry that lost its '@'"
        elif kind in ("head", "bare") or (kind == "rest" and with_fields):
            yield match.start(kind), "this looks like an entry whose beginning is damaged (expected @article{key, …)"
        elif with_fields and is_first:
            yield match.start(kind), "this field is outside any entry (is there an extra brace before it?)"
        is_first = False


def find_next_entry(text: str, start: int, end: int) -> int | None:
    """The position in a broken entry where another one on the same line begins; None if there is none."""
    match = _NEXT_ENTRY.search(text, start, end)
    return match.end() if match else None


def find_unclosed_field(text: str, start: int, end: int) -> tuple[int, str, str] | None:
    """The first field of an entry that isn't closed before the next: its offset, its name, and what is missing."""
    depth, before = 0, None
    for match in [*_FIELD.finditer(text, start, end), None]:
        stop = match.start() if match else end
        if before:
            depth += text.count("{", before.start(), stop) - text.count("}", before.start(), stop)
            if depth > 0:
                return before.start("name"), before["name"], "}"
            if before["quote"] and len(_QUOTE.findall(text, before.end(), stop)) % 2 == 0:
                return before.start("name"), before["name"], '"'
        before = match
    return None
