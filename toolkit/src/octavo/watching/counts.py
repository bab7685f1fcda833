"""Citation counts: their table, brought up to date with what the indexes said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from octavo.watching.indexes import Finding

_HEAD = """\
# How often each publication is cited, by who counted it. `octavo watch --citations` writes this file: it renews the
# numbers that it gets and keeps the others with their dates. To drop a source, remove its rows.
"""
Rows = Sequence[Mapping[str, Any]]
"""A table's checked rows, as plain data."""


@dataclass(frozen=True, slots=True)
class NewCount:
    """A number that differs from the table's."""

    finding: Finding
    before: int | None


def compare_counts(known: Rows, found: Iterable[Finding]) -> list[NewCount]:
    """The findings that the table doesn't have."""
    numbers = {_get_key(row): int(row["count"]) for row in known}
    news = [NewCount(one, numbers.get((one.publication, one.source))) for one in found]
    return [each for each in news if each.before != each.finding.count]


def format_counts(known: Rows, found: Iterable[Finding], order: Sequence[str], today: str) -> str:
    """The table's text: what was found, dated today, and the old counts where a source wasn't asked or didn't answer.

    Args:
        known: Its rows so far.
        found: What the indexes said.
        order: The publications' ids, in the order in which the table has them; counts of others are dropped.
        today: When the indexes were asked, in ISO 8601.
    """
    rows = {_get_key(row): dict(row) for row in known}
    for one in found:
        key = one.publication, one.source
        url = {"url": one.url} if one.url else {}
        named = {"publication": one.publication, "source": one.source}
        rows[key] = {**rows.get(key, {}), **named, "count": one.count, "date": today, **url}
    places = {name: number for number, name in enumerate(order)}
    kept = sorted((row for key, row in rows.items() if key[0] in places), key=lambda row: places[row["publication"]])
    # The numbers of rows that were read are texts, and would be quoted.
    plain = [{**row, "count": int(row["count"])} for row in kept]
    text = yaml.safe_dump(plain, default_flow_style=None, sort_keys=False, allow_unicode=True, width=1000)
    return _HEAD + text


def _get_key(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["publication"], row["source"]
