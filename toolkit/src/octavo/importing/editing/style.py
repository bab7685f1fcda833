"""The style of a table's file, learned from its rows, so that additions look as if the owner wrote them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from octavo.importing.editing.layout import TableText
from octavo.tables.composition import Place

# Enough rows to learn the style from.
_SAMPLE = 1000
_HEADER = re.compile(r"[|>][+-]?")
FLOW = -1


@dataclass
class Style:
    """How the file is written; columns count from 0."""

    newline: str = "\n"
    indent: int = 0
    """The column of the rows' dashes."""
    dash: str = "- "
    """From a row's dash to its first key."""
    gap: int = 1
    """Blank lines between two rows."""
    is_flow: bool = False
    """Whether rows are written in braces."""
    separator: str = ", "
    """What separates two rows in brackets."""
    order: tuple[str, ...] = ()
    """The fields, in the order in which rows have them."""
    quote: str = '"'
    width: int = 100
    scalars: dict[str, str] = field(default_factory=dict)
    """For each field the start of its texts: a quote, a block's header, or nothing where they are plain."""
    collections: dict[str, int] = field(default_factory=dict)
    """For each field how far its list or mapping is indented, or FLOW if it is in brackets."""


def learn_style(table: TableText, fields: Sequence[str]) -> Style:
    """The style of a table whose rows may have these fields, in this order where the file doesn't show another."""
    style = Style(newline=table.newline, order=tuple(fields))
    if not table.rows:
        return style
    _learn_rows(table, style)
    style.order = merge_orders([row.keys() for row in table.rows[:_SAMPLE]], fields)
    _Sample(table, style).learn()
    return style


def merge_orders(rows: Iterable[Iterable[str]], fields: Sequence[str]) -> tuple[str, ...]:
    """One order of all keys, as most rows have them; keys that no row has follow their neighbors in `fields`."""
    order: list[str] = []
    for keys, _ in Counter(tuple(row) for row in rows).most_common():
        _weave(order, keys)
    _weave(order, fields)
    return tuple(order)


def _weave(order: list[str], keys: Sequence[str]) -> None:
    for index, key in enumerate(keys):
        if key not in order:
            before = next((known for known in reversed(keys[:index]) if known in order), None)
            order.insert(order.index(before) + 1 if before else 0, key)


def _learn_rows(table: TableText, style: Style) -> None:
    """Indentation, dashes and blank lines, or brackets and commas."""
    text, places = table.text, table.places
    style.is_flow = _most_common(text[place.start] == "{" for place in places[:_SAMPLE])
    if table.is_flow:
        between = text[places[0].end : places[1].start] if len(places) > 1 else ""
        style.separator = between if re.fullmatch(r"\s*,\s*", between) else ", "
        return
    dash = table.find_dash(0)
    style.indent = table.find_column(dash)
    lead = text[dash : places[0].start]
    style.dash = lead if re.fullmatch(r"-\s+", lead) else "- "
    gaps = [_count_gap(table, index) for index in range(1, min(len(places), _SAMPLE))]
    style.gap = _most_common(gaps) if gaps else 1


def _count_gap(table: TableText, index: int) -> int:
    """Blank lines between a row and the one before, as comments there would have them too."""
    between = table.text[table.find_end(table.places[index - 1]) : table.find_dash(index)]
    lines = re.split(r"\r\n|\n|\r", between)[1:-1]
    return min(sum(not line.strip() for line in lines), 3)


@dataclass
class _Sample:
    """Counts how values are written, field by field."""

    table: TableText
    style: Style
    starts: dict[str, Counter[str]] = field(default_factory=dict)
    offsets: dict[str, Counter[int]] = field(default_factory=dict)
    widest: int = 0

    def learn(self) -> None:
        for place in self.table.places[:_SAMPLE]:
            self.add_mapping(place, "", self.table.text[place.start] == "{")
        quotes = Counter({mark: sum(count[mark] for count in self.starts.values()) for mark in ("'", '"')})
        self.style.quote = "'" if quotes["'"] > quotes['"'] else '"'
        texts = Counter(start[:1] for count in self.starts.values() for start in count.elements())
        self.style.scalars[""] = self.style.quote if texts["'"] + texts['"'] > 2 * texts[""] else ""
        self.style.scalars |= {key: count.most_common(1)[0][0] for key, count in self.starts.items()}
        self.style.collections |= {key: count.most_common(1)[0][0] for key, count in self.offsets.items()}
        if self.widest:
            self.style.width = min(max(self.widest, 60), 120)

    def add_mapping(self, place: Place, prefix: str, is_flow: bool) -> None:
        for key, value in (place.parts or {}).items() if isinstance(place.parts, dict) else ():
            self.add_value(f"{prefix}{key}", value, (place.keys or {})[key], is_flow)

    def add_value(self, key: str, place: Place, name: Place, is_flow: bool) -> None:
        start = self.table.text[place.start : place.start + 1]
        if place.start == place.end or start in "*&!":
            return
        if not place.parts and start not in "[{":
            self.add_scalar(key, place)
            return
        column = self.table.find_column
        offset = FLOW if start in "[{" else column(place.start) - column(name.start)
        if not is_flow:
            self.offsets.setdefault(key, Counter())[offset] += 1
        if isinstance(place.parts, dict):
            self.add_mapping(place, f"{key}.", offset == FLOW)
        elif place.parts:
            self.add_item(f"{key}[]", place.parts[0])

    def add_item(self, key: str, place: Place) -> None:
        if not place.parts:
            self.add_scalar(key, place)

    def add_scalar(self, key: str, place: Place) -> None:
        text = self.table.text
        start = text[place.start]
        if start in "|>":
            start = _HEADER.match(text, place.start)[0]  # type: ignore[index] # it begins with one of them
            lines = text[place.start : self.table.find_end(place)].splitlines()
            self.widest = max(self.widest, *(len(line) for line in lines))
        elif start not in "'\"":
            start = ""
        self.starts.setdefault(key, Counter())[start] += 1


def _most_common(values: Iterable[Any]) -> Any:
    return Counter(values).most_common(1)[0][0]
