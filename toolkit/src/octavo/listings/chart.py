"""The chart: publications by year and type, as a picture whose bars link to the publications that they count.

It is inline SVG without scripts or styles of its own, so it takes the page's colors, in dark mode too. It is never
wider than the smallest screen, which would cut off the newest years. A table has the same numbers. The explorer
reads the `?year=…&type=…` of its links.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from octavo.html import element
from octavo.language.current import in_one_language
from octavo.language.words import name_value, write_count, write_word
from octavo.listings.explorer import FEW
from octavo.tables.frames import DataFrame

MOST_BYTES = 4000
MOST_COLUMNS = 12
MOST_TYPES = 4

# In pixels. Bars are far enough apart to tap (WCAG 2.2, 2.5.8), and a single publication's bar is as high if there is
# room. A 320-pixel screen has 288 between its margins.
_WIDTH, _STEP, _HEIGHT, _LABEL, _UNIT = 288, 44, 96, 18, 24
# The width of a year's four digits.
_YEAR = 36
_PERIODS = (1, 2, 5, 10, 20, 50, 100)

Counts = Mapping[tuple[int, str], int]


class Scale(NamedTuple):
    """The columns, each some years that begin with its start, and the series, each the CSL types of one name."""

    starts: Sequence[int]
    period: int
    series: Mapping[str, Sequence[str]]

    @property
    def is_whole(self) -> bool:
        """Whether one series has all types."""
        return len(self.series) == 1


@in_one_language
def publication_chart(publications: DataFrame, *, least: int = FEW) -> Markup | None:
    """The dated rows by year and type; None for fewer than `least` rows or two years, where a list says it all.

    The picture takes at most `MOST_BYTES`: if there are too many bars, rarer types are merged, then neighboring years.
    """
    if len(publications) < least:
        return None
    dated = publications[publications["year"].notna()]
    if dated["year"].nunique() < 2:
        return None
    counts = Counter(zip(dated["year"].astype(int), dated["type"].astype(str), strict=True))
    pictures = ((scale, _draw(scale, counts)) for scale in _iterate_scales(counts))
    fitting = next((pair for pair in pictures if len(pair[1].encode()) <= MOST_BYTES), None)
    if fitting is None:  # hundreds of years, which links would have to list
        return None
    scale, picture = fitting
    undated = len(publications) - len(dated)
    note = element("figcaption", write_count("chart-undated", undated)) if undated else None
    return element("figure", picture, _legend(scale), note, _table(scale, counts), class_="chart")


def _iterate_scales(counts: Counts) -> Iterator[Scale]:
    """From the finest scale to the coarsest."""
    years = [year for year, _ in counts]
    first, last = min(years), max(years)
    totals: Counter[str] = Counter()
    for (_, type_), number in counts.items():
        totals[type_] += number
    types = sorted(totals, key=lambda type_: (-totals[type_], type_))
    for period in _PERIODS:
        starts = range(first - first % period, last + 1, period)
        if len(starts) <= MOST_COLUMNS:
            for most in range(MOST_TYPES, 0, -1):
                yield Scale(starts, period, _fold_types(types, most))


def _fold_types(types: Sequence[str], most: int) -> dict[str, Sequence[str]]:
    if len(types) <= most:
        return {name_value("type", type_): [type_] for type_ in types}
    named = {name_value("type", type_): [type_] for type_ in types[: most - 1]}
    return {**named, write_word("chart-other" if named else "chart-all"): types[most - 1 :]}


def _draw(scale: Scale, counts: Counts) -> Markup:
    table = [_count_column(scale, counts, start) for start in scale.starts]
    highest = max(map(sum, table))
    unit = min(_UNIT, _HEIGHT / highest)
    step = min(_STEP, _WIDTH // len(table))
    width, base = len(table) * step, round(highest * unit) + _LABEL
    return element(
        "svg",
        element("title", write_word("chart-title")),
        element("desc", write_word("chart-description", first=scale.starts[0], last=scale.starts[-1])),
        [_bars(scale, counts, series, table, unit, base, step) for series in range(len(scale.series))],
        [_sum(index, sum(column), unit, base, step) for index, column in enumerate(table) if any(column)],
        list(_years(scale.starts, base, step)),
        role="group",
        viewBox=f"0 0 {width} {base + _LABEL}",
        width=width,
        height=base + _LABEL,
    )


def _bars(
    scale: Scale, counts: Counts, series: int, table: Sequence[Sequence[int]], unit: float, base: int, step: int
) -> Markup:
    """The bars of one series, each on top of the series before it."""
    name = [*scale.series][series]
    bar_width = step * 2 // 3
    links = []
    for index, column in enumerate(table):
        if column[series]:
            left, start = index * step + (step - bar_width) // 2, scale.starts[index]
            top, height = base - sum(column[: series + 1]) * unit, column[series] * unit
            title = element("title", f"{name}, {_name_column(scale, start)}: {column[series]}")
            bar = element("path", d=f"M{left} {top:.4g}h{bar_width}v{height:.4g}H{left}z")
            links.append(element("a", title, bar, href=_address(scale, counts, start, name)))
    return element("g", links, class_=f"series-{series}")


def _sum(index: int, total: int, unit: float, base: int, step: int) -> Markup:
    """The column's sum above it."""
    return element("text", str(total), x=index * step + step // 2, y=f"{base - total * unit - 4:.4g}")


def _years(starts: Sequence[int], base: int, step: int) -> Iterator[Markup]:
    """The columns' first years below them: the newest, and as many earlier ones as there is room for."""
    every = 1 if step >= _YEAR else 2
    for index, start in enumerate(starts):
        if (len(starts) - 1 - index) % every == 0:
            yield element("text", str(start), x=index * step + step // 2, y=base + _LABEL - 3)


def _count_column(scale: Scale, counts: Counts, start: int) -> list[int]:
    """The number of rows of each series in the column."""
    years = range(start, start + scale.period)
    return [sum(counts.get((year, type_), 0) for year in years for type_ in types) for types in scale.series.values()]


def _address(scale: Scale, counts: Counts, start: int, name: str) -> str:
    types = scale.series[name]
    years = [year for year in range(start, start + scale.period) if any((year, type_) in counts for type_ in types)]
    parts = [f"year={year}" for year in years]
    # All types at once is no filter.
    parts += [] if scale.is_whole else [f"type={type_}" for type_ in types]
    return f"?{'&'.join(parts)}"


def _name_column(scale: Scale, start: int) -> str:
    return str(start) if scale.period == 1 else f"{start}–{start + scale.period - 1}"


def _legend(scale: Scale) -> Markup | None:
    if scale.is_whole:
        return None
    items = [element("li", name, class_=f"series-{number}") for number, name in enumerate(scale.series)]
    return element("ul", items, class_="legend", aria_hidden="true")


def _table(scale: Scale, counts: Counts) -> Markup:
    names = [write_word("year" if scale.period == 1 else "years"), *scale.series]
    head = element("tr", [element("th", name, scope="col") for name in names])
    rows = []
    for start in reversed(scale.starts):
        numbers = _count_column(scale, counts, start)
        if any(numbers):
            cells = [element("td", str(number)) for number in numbers]
            rows.append(element("tr", element("th", _name_column(scale, start), scope="row"), cells))
    table = element("table", element("thead", head), element("tbody", rows))
    return element("details", element("summary", write_word("chart-numbers")), table)
