"""The CSL-JSON reader: a file's items as records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from homepage.bibliography.positions import Positions
from homepage.bibliography.readers.csl_record import UnusableItem, make_record
from homepage.bibliography.record import Record
from homepage.errors import Problem

_SPACE = re.compile(r"[ \t\r\n]*")
_NEXT_ITEM = re.compile(r"\}[ \t\r\n]*,?[ \t\r\n]*(?=\{)")
# Behind a broken item, each `{` may begin the next one, or be a part of the broken one: so many are tried.
_TRIES = 1000
_DECODER = json.JSONDecoder()


def read_csl(text: str, path: str) -> Iterator[Record | Problem]:
    """Records and problems; a file holds one item or a list of them (also under `items`)."""
    positions = Positions(path, text)
    for offset, item in _split_items(text, positions):
        if isinstance(item, Problem):
            yield item
            continue
        line, column = positions.locate(offset)
        try:
            yield make_record(item, path, f"{path}:{line}:{column}")
        except UnusableItem as error:
            yield positions.report(offset, str(error))


def _split_items(text: str, positions: Positions) -> Iterator[tuple[int, Any]]:
    """Each item with its offset, or a problem in its place; a broken one doesn't hide those after it."""
    start = _skip_space(text, 0)
    if wrapper := re.compile(r'\{\s*"items"\s*:\s*(?=\[)').match(text, start):
        start = wrapper.end()
    if not text.startswith("[", start):
        yield from _read_single(text, start, positions)
        return
    position: int | None = _skip_space(text, start + 1)
    while position is not None and not text.startswith("]", position):
        item, end = _decode(text, position, positions)
        yield position, item
        following = _skip_space(text, end)
        if isinstance(item, Problem):
            position = _find_next_item(text, end)
        elif text.startswith(",", following):
            position = _skip_space(text, following + 1)
        elif text.startswith("]", following):
            position = following
        else:
            yield following, positions.report(following, "expected ',' or ']' after an item")
            position = _find_next_item(text, end - 1)
        if position is None:
            yield end, positions.report(min(end, len(text)), "no item can be read from here on: the rest is set aside")


def _read_single(text: str, start: int, positions: Positions) -> Iterator[tuple[int, Any]]:
    item, end = _decode(text, start, positions)
    yield start, item
    rest = _skip_space(text, end)
    if not isinstance(item, Problem) and rest < len(text):
        yield rest, positions.report(rest, "something stands after the item (several items are a list: [ … ])")


def _decode(text: str, position: int, positions: Positions) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, position)
    except json.JSONDecodeError as error:
        offset = min(error.pos, len(text))
        return positions.report(offset, f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}"), max(offset, position + 1)
    except RecursionError:
        return positions.report(position, "nested too deeply for an item of CSL-JSON"), position + 1
    except ValueError as error:  # a number of thousands of digits
        return positions.report(position, f"not usable as JSON: {error}"), position + 1


def _find_next_item(text: str, position: int) -> int | None:
    """Where, behind something broken, an item begins that can be read whole."""
    for _ in range(_TRIES):
        match = _NEXT_ITEM.search(text, max(position, 0))
        if match is None:
            return None
        position = match.end()
        try:
            item, _ = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError):
            continue
        # a name within the broken item can be read too, but is none
        if isinstance(item, dict) and ("title" in item or "type" in item):
            return position
    return None


def _skip_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position
