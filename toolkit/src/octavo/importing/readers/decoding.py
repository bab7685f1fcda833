"""The bytes of a bibliography as text, whatever program wrote them."""

from __future__ import annotations

import codecs

from octavo.errors import Problem
from octavo.importing.problems import Positions

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode_bytes(content: bytes, path: str) -> tuple[str, list[Problem]]:
    """The text without byte order mark, and a warning where bytes had to be taken for Latin-1.

    Byte by byte and not for the whole file: one old name among thousands of entries in UTF-8 must not spoil them all.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode(content[len(mark) :], encoding, path)
    return _decode(content, "utf-8", path)


def _decode(content: bytes, encoding: str, path: str) -> tuple[str, list[Problem]]:
    try:
        return content.decode(encoding), []
    except UnicodeDecodeError as error:
        before = len(content[: error.start].decode(encoding, "ignore"))
        text = content.decode(encoding, _register_fallback())
        message = f"the byte 0x{content[error.start]:02x} isn't {encoding.upper()}; such bytes were read as Latin-1"
        return text, [Positions(path, text).report(before, message, "warning")]


def _register_fallback() -> str:
    codecs.register_error("octavo-latin-1", _decode_as_latin)
    return "octavo-latin-1"


def _decode_as_latin(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    # Windows' extension of Latin-1, whose quotation marks and dashes are what such files have; five bytes mean nothing
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end
