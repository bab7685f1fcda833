"""The composition of a YAML text: plain data and the place of each part, from the parser's events.

Without recursion, so that depth can be limited before anything overflows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from octavo.errors import quote_value

Data = str | list["Data"] | dict[str, "Data"] | None

# A table is a list of mappings of lists: five levels. Aliases save people a few lines, not thousands.
MAX_DEPTH = 20
MAX_ALIASES = 100
MAX_ALIASED_VALUES = 10_000

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
# A list's item that is indented more than the one above, which YAML reads as the rest of that one's text.
_SWALLOWED_ITEM = re.compile(r"\n[ \t]*(?=- )")


@dataclass(slots=True)
class Place:
    """Where a value is, in characters from the beginning of the file, and where its parts and their keys are.

    For block collections and block texts, `end` may include blank lines and comments that follow.
    """

    start: int
    end: int
    parts: dict[str, Place] | list[Place] | None = None
    """By key for a mapping, in order for a list."""
    keys: dict[str, Place] | None = None

    def get_part(self, part: str | int) -> Place | None:
        """The place of a mapping's value or a list's item, if there is one."""
        if isinstance(self.parts, dict):
            return self.parts.get(str(part))
        if isinstance(self.parts, list) and isinstance(part, int) and part < len(self.parts):
            return self.parts[part]
        return None

    def get_key(self, part: str | int) -> Place | None:
        """The place of a mapping's key, if it has it."""
        return (self.keys or {}).get(str(part))


class Lines:
    """The lines of text, as editors count them."""

    def __init__(self, text: str) -> None:
        self._text = text

    def locate(self, index: int) -> tuple[int, int]:
        """Line and column, from 1, of a character."""
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", self._text))]


class RefusedError(Exception):
    """An error that makes the rest unreadable."""

    def __init__(self, index: int, message: str) -> None:
        super().__init__(message)
        self.index = index


@dataclass(slots=True)
class _Open:
    """A list or mapping that isn't closed yet."""

    data: Any
    place: Place
    parts: Any
    keys: dict[str, Place]
    anchor: str | None
    count: int
    key: str | None = None
    awaits_value: bool = False


@dataclass(slots=True)
class _Anchored:
    data: Any
    place: Place
    count: int
    height: int


class Composer:
    """Turns the parser's events into data and places, and reports YAML that tables don't allow."""

    def __init__(self, text: str, lines: Lines) -> None:
        self.text = text
        self.lines = lines
        self.data: Data = None
        self.place = Place(0, 0)
        self.faults: list[tuple[int, str]] = []
        self.open: list[_Open] = []
        self.anchors: dict[str, _Anchored | None] = {}
        self.count = 0
        self.aliases = 0
        self.aliased = 0
        self.documents = 0

    def compose(self, loader: Any) -> None:
        """Read all events.

        Raises:
            RefusedError: where reading on is pointless.
            yaml.MarkedYAMLError: where the text isn't YAML.
        """
        parser = loader(self.text)
        take = {
            yaml.ScalarEvent: self.add_scalar,
            yaml.MappingStartEvent: self.open_mapping,
            yaml.SequenceStartEvent: self.open_list,
            yaml.MappingEndEvent: self.close,
            yaml.SequenceEndEvent: self.close,
            yaml.AliasEvent: self.add_alias,
            yaml.DocumentStartEvent: self.start_document,
        }
        try:
            while type(event := parser.get_event()) is not yaml.StreamEndEvent:
                if step := take.get(type(event)):
                    step(event)
        finally:
            parser.dispose()

    def start_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise RefusedError(
                event.start_mark.index, "a second document begins (a table is one document, without ---)"
            )

    def add_scalar(self, event: Any) -> None:
        plain = not event.style
        value = None if plain and event.value in _NULLS else event.value
        if event.tag is not None:
            self.refuse_tag(event)
        place = Place(event.start_mark.index, event.end_mark.index)
        if plain and self.open and self.text.startswith("- ", self.open[-1].place.start):
            self.check_item(place)
        self.count += 1
        self.add(value, place, plain)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(value, place, 1, 0)

    def check_item(self, place: Place) -> None:
        if match := _SWALLOWED_ITEM.search(self.text, place.start, place.end):
            self.faults.append((match.end(), "indented more than the items above, so it is part of their text"))

    def open_mapping(self, event: Any) -> None:
        self.open_collection(event, {}, {}, {})

    def open_list(self, event: Any) -> None:
        self.open_collection(event, [], [], None)

    def open_collection(self, event: Any, data: Any, parts: Any, keys: Any) -> None:
        start = event.start_mark.index
        if len(self.open) >= MAX_DEPTH:
            raise RefusedError(start, f"nested too deeply (at most {MAX_DEPTH} levels)")
        if event.tag is not None:
            self.refuse_tag(event)
        self.count += 1
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        self.open.append(_Open(data, Place(start, start, parts, keys), parts, keys, event.anchor, self.count - 1))

    def close(self, event: Any) -> None:
        done = self.open.pop()
        done.place.end = event.end_mark.index
        self.add(done.data, done.place)
        if done.anchor is not None:
            count = self.count - done.count
            self.anchors[done.anchor] = _Anchored(done.data, done.place, count, _measure_height(done.data))

    def add_alias(self, event: Any) -> None:
        start = event.start_mark.index
        target = self.anchors.get(event.anchor)
        if target is None:
            within = event.anchor in self.anchors
            what = "refers to a value that contains it" if within else "refers to nothing"
            raise RefusedError(start, f"*{event.anchor[:80]} {what} (text that begins with * needs quotes)")
        self.aliases += 1
        self.aliased += target.count
        self.count += target.count
        if self.aliases > MAX_ALIASES or self.aliased > MAX_ALIASED_VALUES:
            raise RefusedError(
                start, f"too many aliases (at most {MAX_ALIASES}, for {MAX_ALIASED_VALUES} values in all)"
            )
        if len(self.open) + target.height > MAX_DEPTH:
            raise RefusedError(start, f"nested too deeply (at most {MAX_DEPTH} levels)")
        place = Place(start, event.end_mark.index, target.place.parts, target.place.keys)
        self.add(target.data, place, plain=True)

    def add(self, value: Any, place: Place, plain: bool = False) -> None:
        """Put a finished value where it belongs: it is the whole, a list's next item, or a mapping's key or value."""
        if not self.open:
            self.data, self.place = value, place
            return
        parent = self.open[-1]
        if type(parent.data) is list:
            parent.data.append(value)
            parent.parts.append(place)
        elif parent.awaits_value:
            parent.awaits_value = False
            if parent.key is not None:
                parent.data[parent.key] = value
                parent.parts[parent.key] = place
        else:
            parent.awaits_value = True
            parent.key = self.check_key(parent, value, place, plain)

    def check_key(self, parent: _Open, key: Any, place: Place, plain: bool) -> str | None:
        """The key if it is allowed; otherwise None, with a fault noted, and its value is left out."""
        if not isinstance(key, str):
            fault = "a key is empty" if key is None else "a key must be text"
        elif key == "<<" and plain:
            fault = "merge keys (<<) aren't used in tables; write the values out"
        elif key in parent.data:
            line, _ = self.lines.locate(parent.keys[key].start)
            fault = f"duplicate key {quote_value(key)} (first on line {line})"
        else:
            parent.keys[key] = place
            return key
        self.faults.append((place.start, fault))
        return None

    def refuse_tag(self, event: Any) -> None:
        fault = f"the tag {quote_value(event.tag)} isn't used in tables (text that begins with ! needs quotes)"
        self.faults.append((event.start_mark.index, fault))


def _measure_height(data: Any) -> int:
    """How many levels of lists and mappings a value has, at most MAX_DEPTH."""
    if not isinstance(data, list | dict):
        return 0
    parts = data.values() if isinstance(data, dict) else data
    return 1 + max((_measure_height(part) for part in parts), default=0)
