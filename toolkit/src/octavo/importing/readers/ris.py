"""The RIS reader: a file's references as records.

The tags are those of the "RIS Format Specifications" (Thomson Reuters, 2011) as publishers write them, and with the odd
spaces of people and other programs. This isn't rispy, which gives no line numbers and silently drops a last reference
that lacks its `ER`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from octavo.errors import Problem
from octavo.importing.readers.ris_record import TYPES, Reference, make_record
from octavo.importing.record import Record, UnusableError

_KNOWN_TAGS = (
    "A[1-4]|A[BDNUV]|BT|C[1-8]|C[ANPTY]|D[ABOP]|E[DPT]|I[DS]|J[1-2]|J[AFO]|KW|L[1-4]|L[AKB]|M[1-3]|N[12V]|OP|P[BPY]|R[INP]"
    "|S[1-2]|S[ENPRT]|T[1-3]|T[AIT]|TY|ER|U[1-5]|UR|V[LO]|Y[12]"
)
_TAG = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*)|)$")
# With odd spaces, only a known tag counts, since a line of text may begin with "AI - as". Without a space before the
# hyphen, only a beginning or an end counts: "T1-weighted" begins with no tag.
_ODD_TAG = re.compile(rf"[\s\ufeff]*({_KNOWN_TAGS})\s+-(.*)$|[\s\ufeff]*(?:(TY)\s*-\s*(\w+)|(ER)\s*-)$")


def read_ris(text: str, path: str) -> Iterator[Record | Problem]:
    """Records and problems; each error is something that was skipped, usually a reference."""
    first: dict[object, int] = {}
    for found in _split_references(text, path):
        if isinstance(found, Problem):
            yield found
            continue
        if (line := first.setdefault(found.content, found.line)) != found.line:
            yield Problem(path, found.line, 1, f"repeats the reference of line {line}; skipped", "warning")
            continue
        if found.kind not in TYPES:
            message = f"{found.kind!r} is not a known reference type; imported as CSL's 'document'"
            yield Problem(path, found.line, 1, message, "warning")
        try:
            yield make_record(found, path)
        except UnusableError as error:
            yield Problem(path, error.line, 1, str(error))
        else:
            yield from (Problem(path, line, 1, message, "warning") for line, message in found.doubts)


def _split_references(text: str, path: str) -> Iterator[Reference | Problem]:
    current: Reference | None = None
    is_told = False
    for number, tag, value in _list_lines(text):
        if tag == "TY":
            if current is not None:
                yield _report_unclosed(current, path)
            current = Reference(number, value.upper())
        elif current is None:
            if value and not is_told:
                is_told = True
                yield Problem(path, number, 1, "this is outside any reference, which goes from 'TY  - ' to 'ER  - '")
            is_told = is_told and tag != "ER"
        elif tag == "ER":
            yield current
            current, is_told = None, False
        elif tag:
            current.add(tag, value, number)
        elif value and current.last:
            current.extend(value)
        elif value:
            yield Problem(path, number, 1, "text before the first tag was ignored", "warning")
    if current is not None:
        yield _report_unclosed(current, path)


def _list_lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Each line's number, tag and value; a line without a tag continues the value before it, or belongs to none."""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        tag, value = _split_line(line)
        if tag == "ER" and value:  # text after the end is the next line, joined to this one
            yield number, tag, ""
            tag, value = _split_line(value)
        yield number, tag, value


def _split_line(line: str) -> tuple[str, str]:
    line = line.rstrip()
    if match := _TAG.match(line):
        return match[1], (match[2] or "").strip()
    if match := _ODD_TAG.match(line):
        return match[1] or match[3] or match[5], (match[2] or match[4] or "").strip()
    return "", line.replace("\ufeff", " ").strip()


def _report_unclosed(reference: Reference, path: str) -> Problem:
    return Problem(path, reference.line, 1, "the reference that begins here is never closed (missing 'ER  - ')")
