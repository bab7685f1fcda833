"""A file of references, whatever its format and encoding, as records and problems."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from pathlib import PurePath

from octavo.errors import Problem
from octavo.importing.problems import Positions
from octavo.importing.readers.bibtex import read_bibtex
from octavo.importing.readers.csl import read_csl
from octavo.importing.readers.front_matter import read_front_matter
from octavo.importing.readers.ris import read_ris
from octavo.importing.record import Record

Reader = Callable[[str, str], Iterator[Record | Problem]]
"""Reads text; the path is for messages."""

READERS: dict[str, Reader] = {"bibtex": read_bibtex, "ris": read_ris, "csl": read_csl, "hugo": read_front_matter}
_EXTENSIONS = {".bib": "bibtex", ".bibtex": "bibtex", ".ris": "ris", ".json": "csl", ".csl": "csl",
               ".md": "hugo", ".qmd": "hugo"}  # fmt: skip
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def read_references(content: bytes, path: str, format_: str | None = None) -> Iterator[Record | Problem]:
    """The references in a file; unless given, the format is guessed from the extension or the first characters."""
    text, problems = _decode(content, path)
    yield from problems
    format_ = format_ or _EXTENSIONS.get(PurePath(path).suffix.lower()) or _guess_format(text)
    nothing = True
    for found in READERS[format_](text, path):
        nothing = False
        yield found
    if nothing:
        kind = "XML or HTML, such as Zotero RDF" if text.lstrip().startswith("<") else "a file without references"
        yield Problem(path, 1, 1, f"this is {kind}; export the references as BibTeX, RIS, or CSL JSON")


def _guess_format(text: str) -> str:
    start = text[:4096].lstrip()
    if re.match(r"[\[{]\s*[\[{\"\]}]", start):
        return "csl"
    if re.match(r"---\s*\n|\+\+\+\s*\n", start):
        return "hugo"
    return "ris" if re.search(r"^TY  ?-", start, re.MULTILINE) else "bibtex"


def _decode(content: bytes, path: str) -> tuple[str, list[Problem]]:
    """The text without its byte order mark, and a warning if some bytes aren't in its encoding.

    Each such byte is read as Latin-1: one old name mustn't spoil thousands of entries in UTF-8.
    """
    mark, encoding = next((pair for pair in _MARKS if content.startswith(pair[0])), (b"", "utf-8"))
    content = content.removeprefix(mark)
    try:
        return content.decode(encoding), []
    except UnicodeDecodeError as error:
        before = len(content[: error.start].decode(encoding, "ignore"))
        text = content.decode(encoding, _LATIN_1)
        message = f"the byte 0x{content[error.start]:02x} isn't {encoding.upper()}; such bytes were read as Latin-1"
        return text, [Positions(path, text).report(before, message, "warning")]


def _decode_as_latin_1(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    # Windows' extension of Latin-1, whose quotation marks and dashes such files have; five bytes are undefined in it.
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_LATIN_1 = "octavo-latin-1"
codecs.register_error(_LATIN_1, _decode_as_latin_1)
