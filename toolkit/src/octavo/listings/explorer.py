"""The explorer: a list that can be searched, filtered, sorted, and grouped, using data embedded in the page.

The list itself is complete, plain HTML. `explorer.js` reads the data, shows the controls, and hides rows; without it,
the controls stay hidden. Neither knows about publications or news, only about facets and groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from markupsafe import Markup

from octavo.html import data_block, element
from octavo.language.keys import Counted, Word
from octavo.language.words import find_forms, write_word
from octavo.listings.parts import group_section
from octavo.model.row import Row
from octavo.tables.frames import DataFrame, iterate_rows

FEW = 10
"""Readers see fewer rows at a glance, so these need no controls."""
LONG = 100
"""With more rows, the stylesheet lets browsers skip chunks that aren't visible."""

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Facet(Generic[R]):
    """A property that rows can be filtered by; a row may have any number of its values.

    `key` and the values appear in the page's address; `names` has the labels of values that aren't shown literally.
    """

    key: str
    label: str
    values: Callable[[R], Sequence[str]]
    names: Mapping[str, str] = field(default_factory=dict)
    newest_first: bool = False
    """Whether values are in descending order; otherwise, the most frequent come first."""


@dataclass(frozen=True)
class Grouping(Generic[R]):
    """A way to put rows under headings, in the order in which the headings first occur."""

    key: str
    label: str
    value: Callable[[R], str]
    """The value that rows under the same heading share."""
    name: Callable[[str], str]
    """The heading for a value."""
    identifier: Callable[[str], str] = str
    """A heading's anchor, by the value."""


@dataclass(frozen=True)
class Explorer(Generic[R]):
    """The controls for one kind of row; the page itself uses the first grouping.

    `sorts` maps keys to labels: `newest` is the rows' own order, `oldest` its reverse, a facet's key
    sorts by its values, a key of `numbers` by these, the largest first, anything else by the rows' titles.
    """

    rows: Counted
    everything: Word
    search: Word
    nothing: Word
    """Keys of words: for a number of rows, for all rows, for the search field, and for no match."""
    row_type: type[R]
    item: Callable[[R], Markup]
    list_class: str
    groupings: Sequence[Grouping[R]]
    facets: Sequence[Facet[R]]
    sorts: Mapping[str, str]
    numbers: Mapping[str, Callable[[R], int | None]] = field(default_factory=dict)
    unseen_text: Callable[[R], str] = lambda row: ""
    """Text that can be searched although the list doesn't show it."""
    saves: bool = False
    """Whether rows have BibTeX on the page."""

    def show_rows(self, frame: DataFrame, *after_controls: Markup | None, least: int = FEW) -> Markup | None:
        """The list under its headings; from `least` rows on, with controls and data for the script."""
        if frame.empty:
            return None
        groups = _group_rows(iterate_rows(frame, self.row_type), self.groupings[0].value)
        if len(frame) < least:
            return element("div", self._show_groups(groups), after_controls, class_="explorer")
        data = self._collect_data([row for rows in groups.values() for row in rows])
        return element(
            "div",
            element("div", self._show_controls(data), after_controls, class_="explorer-tools"),
            nothing_found(self.nothing),
            self._show_groups(groups),
            data_block(data, "application/json", class_="explorer-data"),
            class_="explorer long" if len(frame) > LONG else "explorer",
        )

    def _show_groups(self, groups: Mapping[str, Sequence[R]]) -> Iterator[Markup]:
        position = 0
        grouping = self.groupings[0]
        for value, rows in groups.items():
            chunks = [
                element("ol", map(self.item, chunk), class_=f"listing {self.list_class}")
                for chunk in split_rows(rows, position)
            ]
            yield group_section(grouping.name(value), grouping.identifier(value), Markup("").join(chunks))
            position += len(rows)

    def _show_controls(self, data: Mapping[str, Any]) -> Markup:
        groups = {group["key"] for group in data["groups"]}
        return explorer_controls(
            self.search,
            {facet["key"]: facet["label"] for facet in data["facets"]},
            {key: label for key, label in self.sorts.items() if key in data["sorts"]},
            {grouping.key: grouping.label for grouping in self.groupings if grouping.key in groups},
            saves=self.saves,
        )

    def _collect_data(self, rows: Sequence[R]) -> dict[str, Any]:
        """The data for `explorer.js`, without anything that makes no difference, such as a facet with one value."""
        facets = [data for facet in self.facets if len((data := _facet_data(facet, rows))["values"]) > 1]
        groups = [_grouping_data(grouping, rows) for grouping in self.groupings]
        needless = {facet.key for facet in self.facets} - {facet["key"] for facet in facets}
        numbers = {key: [number(row) for row in rows] for key, number in self.numbers.items()}
        needless |= {key for key, values in numbers.items() if not any(values)}
        texts = [self.unseen_text(row) for row in rows]
        return {
            "words": self._collect_words(),
            "facets": facets,
            "groups": [groups[0], *(group for group in groups[1:] if len(group["headings"]) > 1)],
            "sorts": [key for key in self.sorts if key not in needless],
            "numbers": {key: values for key, values in numbers.items() if key not in needless},
            "texts": texts if any(texts) else [],
        }

    def _collect_words(self) -> dict[str, str | Mapping[str, str]]:
        return {
            "rows": find_forms(self.rows),
            "everything": write_word(self.everything),
            "some": write_word("some-of", some="{some}", all="{all}"),
            "more": write_word("all-values", count="{count}"),
            **({"save": find_forms("save-these")} if self.saves else {}),
        }


def split_rows(rows: Sequence[R], position: int) -> Iterator[Sequence[R]]:
    """The rows of one group in chunks, one list element each; `position` counts the rows before them.

    Chunks are small at the beginning, where the reader sees changes, and larger further down, where each chunk costs
    time and none is visible. `splitRows` in `explorer.js` does the same.
    """
    start = 0
    while start < len(rows):
        size = 20 if position + start < LONG else 100
        yield rows[start : start + size]
        start += size


def _group_rows(rows: Iterable[R], value: Callable[[R], str]) -> dict[str, list[R]]:
    groups: dict[str, list[R]] = {}
    for row in rows:
        groups.setdefault(value(row), []).append(row)
    return groups


def _facet_data(facet: Facet[R], rows: Sequence[R]) -> dict[str, Any]:
    """`values`: keys with labels, or texts that are both; `rows`: for each, an index of a value, several, or null."""
    values = [list(dict.fromkeys(facet.values(row))) for row in rows]
    counts = Counter(value for several in values for value in several)
    order = sorted(counts, key=lambda value: (-counts[value], facet.names.get(value, value).casefold()))
    if facet.newest_first:
        order = sorted(counts, reverse=True)
    index = {value: number for number, value in enumerate(order)}
    return {
        "key": facet.key,
        "label": facet.label,
        "values": [[value, facet.names[value]] if value in facet.names else value for value in order],
        "rows": [_shorten([index[value] for value in several]) for several in values],
    }


def _shorten(numbers: list[int]) -> int | list[int] | None:
    if len(numbers) > 1:
        return numbers
    return numbers[0] if numbers else None


def _grouping_data(grouping: Grouping[R], rows: Sequence[R]) -> dict[str, Any]:
    values = [grouping.value(row) for row in rows]
    order = list(dict.fromkeys(values))
    index = {value: number for number, value in enumerate(order)}
    return {
        "key": grouping.key,
        "headings": [grouping.name(value) for value in order],
        "rows": [index[value] for value in values],
    }


def explorer_controls(
    search: Word, facets: Mapping[str, str], sorts: Mapping[str, str], groups: Mapping[str, str], *, saves: bool
) -> Markup:
    """Search, facets, sorting, and grouping; `facets`, `sorts` and `groups` map keys to labels.

    `saves` says whether the page has BibTeX, so that readers can save what they find.
    """
    label = write_word(search)
    return element(
        "form",
        element(
            "div",
            element("input", type="search", name="q", placeholder=label, aria_label=label, autocomplete="off"),
            _menu("sort", write_word("sort"), sorts),
            _menu("group", write_word("group"), {**groups, "none": write_word("group-none")})
            if len(groups) > 1
            else None,
            class_="search-line",
        ),
        element("div", [_facet(key, label) for key, label in facets.items()], class_="facets") if facets else None,
        element(
            "p",
            element("span", role="status"),
            element("button", write_word("clear"), type="button", class_="clear", hidden=True),
            element("button", type="button", class_="save", hidden=True) if saves else None,
            class_="found",
        ),
        role="search",
        hidden=True,
    )


def nothing_found(message: Word) -> Markup:
    """The text in place of the list when no row matches."""
    return element(
        "p",
        f"{write_word(message)} ",
        element("button", write_word("clear-all"), type="button", class_="clear"),
        class_="nothing",
        hidden=True,
    )


def _menu(name: str, label: str, options: Mapping[str, str]) -> Markup:
    choices = [element("option", text, value=key) for key, text in options.items()]
    return element("label", f"{label} ", element("select", choices, name=name, autocomplete="off"))


def _facet(key: str, label: str) -> list[Markup]:
    """The button that opens a facet, and the place for its values."""
    return [
        element("button", label, type="button", aria_expanded="false", aria_controls=f"facet-{key}"),
        element("fieldset", element("legend", label, class_="visually-hidden"), id=f"facet-{key}", hidden=True),
    ]
