"""News: dated lines, newest first."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from octavo.html import element
from octavo.language.current import in_one_language
from octavo.language.words import write_word
from octavo.listings.explorer import FEW, Explorer, Facet, Grouping
from octavo.listings.foreign import mark
from octavo.listings.parts import time_element
from octavo.markdown import render_inline
from octavo.model.catalog import NewsItem
from octavo.model.words import capitalize
from octavo.tables.frames import DataFrame, iterate_rows


@in_one_language
def news_list(news: DataFrame) -> Markup | None:
    """The rows of `news`, in their order."""
    return None if news.empty else news_rows(iterate_rows(news, NewsItem))


def news_rows(rows: Iterable[NewsItem]) -> Markup:
    """The list of these rows."""
    return element("ul", [news_item(row) for row in rows], class_="listing compact dated news h-feed")


@in_one_language
def news_explorer(news: DataFrame, *, least: int = FEW) -> Markup | None:
    """The rows of `news` by year; from `least` rows on, with scripts, they can be searched, filtered, and sorted."""
    kinds = {kind: capitalize(kind) for kind in news["kind"].dropna().unique()}
    explorer = Explorer(
        rows="news-items",
        everything="all-news",
        search="search-news",
        nothing="no-news-match",
        row_type=NewsItem,
        item=news_item,
        list_class="compact dated news",
        groupings=[Grouping("year", write_word("year"), lambda row: str(row.year), str, lambda year: f"year-{year}")],
        facets=[
            Facet("year", write_word("year"), lambda row: [str(row.year)], newest_first=True),
            Facet("kind", write_word("kind"), lambda row: [row.kind] if row.kind else [], kinds),
        ],
        sorts={"newest": write_word("newest-first"), "oldest": write_word("oldest-first")},
    )
    return explorer.show_rows(news, least=least)


def news_item(row: NewsItem) -> Markup:
    """One line of news with its date, an h-entry (https://microformats.org/wiki/h-entry)."""
    text = element("p", mark(row.text, render_inline), class_="p-name e-content")
    return element("li", text, time_element(row.date, "dt-published"), id=row.anchor or None, class_="h-entry")
