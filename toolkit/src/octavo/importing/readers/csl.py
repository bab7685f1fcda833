"""The CSL-JSON reader: a file's items as records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from octavo.errors import Problem
from octavo.importing.problems import Positions
from octavo.importing.readers.csl_record import make_record
from octavo.importing.record import Record, UnusableError

_SPACE = re.compile(r"[ \t\r\n\ufeff]*+")
_ITEM_LIST = re.compile(r'"items"\s*:\s*\[')
_LONGEST_NUMBER = 1000  # Python reads no number of more than 4,300 digits
_TOO_DEEP = "nested too deeply for an item of CSL-JSON"


def read_csl(text: str, path: str) -> Iterator[Record | Problem]:
    """Records and problems; a file holds one item or a list of them (also under `items`).

    Items are read up to the first error in the JSON: whatever follows it may be part of the broken item.
    """
    positions = Positions(path, text)
    try:
        for offset, item in _split_items(text):
            yield _convert(item, offset, positions)
    except _BrokenFile as error:
        yield positions.report(error.offset, f"{error}; nothing after this point was read")


class _BrokenFile(Exception):  # noqa: N818 - it never leaves this module
    def __init__(self, offset: int, message: str) -> None:
        self.offset = offset
        super().__init__(message)


def _convert(item: Any, offset: int, positions: Positions) -> Record | Problem:
    line, column = positions.locate(offset)
    try:
        return make_record(item, positions.path, f"{positions.path}:{line}:{column}")
    except UnusableError as error:
        return positions.report(offset, str(error))
    except RecursionError:  # the parser goes a little deeper than `str`
        return positions.report(offset, _TOO_DEEP)


def _split_items(text: str) -> Iterator[tuple[int, Any]]:
    """Each item with its offset.

    Raises:
        _BrokenFile: at the first error.
    """
    start = _skip_space(text, 0)
    if text.startswith("{", start):
        item, end = _decode(text, start)
        if not isinstance(item.get("items"), list):
            yield start, item
            _expect_end(text, end)
            return
        _expect_end(text, end)
        found = _ITEM_LIST.search(text, start)
        start = found.end() - 1 if found else start
    elif not text.startswith("[", start):
        raise _BrokenFile(start, "this isn't CSL-JSON (expected a list of items: [ … ])")
    position = _skip_space(text, start + 1)
    while not text.startswith("]", position):
        item, end = _decode(text, position)
        yield position, item
        position = _skip_space(text, end)
        if text.startswith(",", position):
            position = _skip_space(text, position + 1)
        elif not text.startswith("]", position):
            raise _BrokenFile(position, "expected ',' or ']' after an item")
    if text.startswith("[", _skip_space(text, 0)):
        _expect_end(text, position + 1)


def _decode(text: str, position: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, position)
    except json.JSONDecodeError as error:
        raise _BrokenFile(min(error.pos, len(text)), f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}") from None
    except RecursionError:
        raise _BrokenFile(position, _TOO_DEEP) from None


def _expect_end(text: str, position: int) -> None:
    position = _skip_space(text, position)
    if position < len(text):
        raise _BrokenFile(position, "expected the end of the file (several items are a list: [ … ])")


def _skip_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


_DECODER = json.JSONDecoder(parse_int=lambda digits: int(digits) if len(digits) <= _LONGEST_NUMBER else digits)
