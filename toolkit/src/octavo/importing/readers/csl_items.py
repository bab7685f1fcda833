"""The items of a CSL-JSON file, with their places; a broken one doesn't hide those after it.

Behind something broken, an item is a mapping that can be read whole, begins behind a comma or bracket, and has an `id`,
`type` or `title`. The search begins within the broken item: if its end is lost, JSON takes the others for its parts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from octavo.errors import Problem, quote_value
from octavo.importing.problems import Positions

TOO_DEEP = "nested too deeply for an item of CSL-JSON"

_SPACE = re.compile(r"[ \t\r\n\ufeff]*+")
_CANDIDATE = re.compile(r"(?<=[\[\]{},])[ \t\r\n\ufeff]*+(?=\{\s*+\")")
_ITEM_NAMES = frozenset({"id", "type", "title"})
# Behind something broken, each `{` may begin an item, and reading from each takes time in the square of the length: so
# many letters of a file may be read in vain.
_SEARCH_BUDGET = 20_000_000
_COST_OF_DEPTH = 2000
_COUNTED_PER_READ = 50  # an error of JSON's counts the lines before it, which is that much faster than reading them
_LONGEST_NUMBER = 1000  # Python makes no number of more than 4,300 digits


def split_items(text: str, positions: Positions) -> Iterator[tuple[int, Any]]:
    """Each item with its offset, or a problem in its place."""
    return _Splitter(text, positions).split()


class _Splitter:
    def __init__(self, text: str, positions: Positions) -> None:
        self.text = text
        self.positions = positions
        self.budget = _SEARCH_BUDGET
        self.doubled: list[str] = []
        self.decoder = json.JSONDecoder(object_pairs_hook=self._make_mapping, parse_int=_parse_number)

    def split(self) -> Iterator[tuple[int, Any]]:
        start = self._skip_space(0)
        opening = self._find_list(start)
        position: int | None = start if opening is None else self._skip_space(opening + 1)
        is_told = False
        while position is not None:
            if opening is not None and self.text.startswith("]", position):
                if is_told or self._ends_well(start, opening, position):
                    return
                is_told = True
                yield position, self._report(position, "after the list of items, something stands or is missing")
                position = self._find_item(position + 1)
                continue
            item, end, is_whole = self._decode(position)
            following = self._skip_space(end)
            if not is_whole:
                candidate = self._find_item(position + 1)
                if candidate is not None and candidate < end:
                    item = self._report(position, "the item that begins here is never closed")
                yield position, item
                position = candidate
                continue
            yield position, item
            if opening is None:
                if following < len(self.text) and not is_told:
                    is_told = True
                    message = "something stands after the item (several items are a list: [ … ])"
                    yield following, self._report(following, message)
                position = self._find_item(end)
            elif self.text.startswith(",", following):
                position = self._skip_space(following + 1)
            elif self.text.startswith("]", following):
                position = following
            else:
                yield following, self._report(following, "expected ',' or ']' after an item")
                position = following if self.text.startswith("{", following) else self._find_item(position + 1)
        if self.budget <= 0:
            yield len(self.text), self._report(len(self.text), "too much is broken here: the rest is set aside")

    def _skip_space(self, position: int) -> int:
        match = _SPACE.match(self.text, position)
        return match.end() if match else position

    def _find_list(self, start: int) -> int | None:
        """Where the list of items opens: at once, or as `items` of a mapping."""
        if self.text.startswith("[", start):
            return start
        position = self._skip_space(start + 1) if self.text.startswith("{", start) else len(self.text)
        while self.text.startswith('"', position):
            try:
                name, end = self.decoder.raw_decode(self.text, position)
                value = self._skip_space(self._skip_space(end) + 1)
                if name == "items" and self.text.startswith("[", value):
                    return value
                _, end = self.decoder.raw_decode(self.text, value)
            except (ValueError, RecursionError):
                return None
            position = self._skip_space(self._skip_space(end) + 1)
        return None

    def _ends_well(self, start: int, opening: int, closing: int) -> bool:
        """Whether what is around the list is whole."""
        around = f"{self.text[start:opening]}[]{self.text[closing + 1 :]}"
        try:
            _, end = self.decoder.raw_decode(around)
        except (ValueError, RecursionError):
            return False
        return not around[end:].strip(" \t\r\n\ufeff")

    def _decode(self, position: int) -> tuple[Any, int, bool]:
        """The item or a problem, its end or where the problem was noticed, and whether it could be read to its end."""
        self.doubled.clear()
        try:
            item, end = self.decoder.raw_decode(self.text, position)
        except json.JSONDecodeError as error:
            offset = min(error.pos, len(self.text))
            return self._report(offset, f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}"), offset, False
        except RecursionError:
            return self._report(position, TOO_DEEP), position, False
        if self.doubled:
            message = f"the name {quote_value(self.doubled[0])} stands twice, with two values"
            return self._report(position, message), end, True
        return item, end, True

    def _find_item(self, start: int) -> int | None:
        """Where, behind something broken, an item begins that can be read whole."""
        read = start
        for match in _CANDIDATE.finditer(self.text, start):
            position = match.end()
            if position < read:  # a part of what is no item
                continue
            if self.budget <= 0:
                return None
            try:
                item, read = self.decoder.raw_decode(self.text, position)
            except json.JSONDecodeError as error:
                self.budget -= error.pos - position + error.pos // _COUNTED_PER_READ
            except RecursionError:
                self.budget -= _COST_OF_DEPTH
            else:
                if not _ITEM_NAMES.isdisjoint(item):
                    return position
                self.budget -= read - position
        return None

    def _make_mapping(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        mapping = dict(pairs)
        if len(mapping) < len(pairs):
            self.doubled += [name for name, value in pairs if value is not mapping[name] and value != mapping[name]]
        return mapping

    def _report(self, offset: int, message: str) -> Problem:
        return self.positions.report(offset, message)


def _parse_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits
