"""Citation counts of publications, by source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, NamedTuple

from octavo.model.dates import PartialDate
from octavo.model.fields import Kind, Role
from octavo.model.kinds import Address, Date, FixedLine, PublicationId
from octavo.model.row import Row, Table, declare
from octavo.model.words import describe


def check_count(value: object) -> str:
    """The number as text, without spaces.

    Raises:
        ValueError: if it isn't a number of citations.
    """
    if isinstance(value, str) and value.strip().isdecimal() and value.isascii() and len(value) < 10:
        return value.strip()
    raise ValueError(f"{describe(value)} is not a number of citations (expected one such as 97)")


_CITATIONS = Kind(check_count, {"type": "integer", "minimum": 0}, load=int, name="whole number")


@declare(Table("citations", in_cv=False))
class CitationCount(Row):
    """How often a publication is cited, according to one source. `octavo watch --citations` writes these rows."""

    publication: PublicationId
    """The id of the publication."""
    source: Annotated[FixedLine, "Semantic Scholar"]
    """The source of the count."""
    count: Annotated[int, _CITATIONS, Role.BOOKKEEPING, "97"]
    """The number of works that cite it."""
    date: Annotated[Date, "2026-11-12"]
    """When the source was asked."""
    url: Annotated[Address | None, "https://www.semanticscholar.org/paper/0123456789abcdef"] = None
    """The address of the publication at the source."""


class CitationSummary(NamedTuple):
    """A summary of one source's counts."""

    source: str
    total: int
    h_index: int
    papers: int
    """The number of publications with a count."""
    date: PartialDate
    """The oldest of its counts' dates."""


def summarize_citations(works: Iterable[Sequence[CitationCount]]) -> list[CitationSummary]:
    """Total and h-index by source, in order of the sources' first occurrence."""
    by_source: dict[str, list[CitationCount]] = {}
    for counts in works:
        for count in counts:
            by_source.setdefault(count.source, []).append(count)
    return [_summarize(source, counts) for source, counts in by_source.items()]


def _summarize(source: str, counts: Sequence[CitationCount]) -> CitationSummary:
    numbers = sorted((count.count for count in counts), reverse=True)
    h_index = sum(number >= rank for rank, number in enumerate(numbers, 1))
    oldest = min((count.date for count in counts), key=lambda date: date.last)
    return CitationSummary(source, sum(numbers), h_index, len(numbers), oldest)
