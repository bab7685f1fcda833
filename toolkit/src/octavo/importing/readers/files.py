"""A file of references, whatever its format, as records and problems."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePath

from octavo.errors import Problem
from octavo.importing.readers.decoding import decode_bytes
from octavo.importing.record import Record

_EXTENSIONS = {".bib": "bibtex", ".bibtex": "bibtex", ".ris": "ris", ".json": "csl", ".csl": "csl"}
FORMATS = ("bibtex", "ris", "csl")


def read_references(content: bytes, path: str, format_: str | None = None) -> Iterator[Record | Problem]:
    """What a file's bytes hold; without a format, that of its extension, or else of its first letters."""
    text, problems = decode_bytes(content, path)
    yield from problems
    nothing = True
    for found in _find_reader(format_ or _EXTENSIONS.get(PurePath(path).suffix.lower()) or _guess_format(text))(
        text, path
    ):
        nothing = False
        yield found
    if nothing:
        yield Problem(path, 1, 1, "no reference is in it (expected BibTeX, RIS or CSL-JSON)")


def _find_reader(format_: str) -> Callable[[str, str], Iterator[Record | Problem]]:
    """The reader of a format; only its module is imported."""
    if format_ == "bibtex":
        from octavo.importing.readers.bibtex import read_bibtex

        return read_bibtex
    if format_ == "ris":
        from octavo.importing.readers.ris import read_ris

        return read_ris
    from octavo.importing.readers.csl import read_csl

    return read_csl


def _guess_format(text: str) -> str:
    start = text[:4096].lstrip()
    if re.match(r"[\[{]\s*[\[{\"\]}]", start):
        return "csl"
    return "ris" if re.search(r"^TY  ?-", start, re.MULTILINE) else "bibtex"
