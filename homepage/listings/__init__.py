"""Listings: the visible components, one function each, from a table's rows to HTML.

A page's cell loads a table, filters it and shows it:

    news = tables.load_table("news")
    listings.show(listings.news_list(news.head(5)))

Every component takes a DataFrame with the columns that `homepage.tables` documents and returns `Markup`.
"""

from homepage.listings.chart import publication_chart
from homepage.listings.citation import bibtex_block
from homepage.listings.cv import (
    award_list,
    education_list,
    experience_list,
    service_list,
    software_list,
    talk_list,
    teaching_list,
)
from homepage.listings.links import link_row, more_link
from homepage.listings.news import news_explorer, news_list
from homepage.listings.profile import portrait, profile_links, prose
from homepage.listings.publication_explorer import publication_explorer
from homepage.listings.publications import publication_list
from homepage.listings.raw import raw_block, show, show_section
from homepage.listings.research import research_list

__all__ = [
    "award_list",
    "bibtex_block",
    "education_list",
    "experience_list",
    "link_row",
    "more_link",
    "news_explorer",
    "news_list",
    "portrait",
    "profile_links",
    "prose",
    "publication_chart",
    "publication_explorer",
    "publication_list",
    "raw_block",
    "research_list",
    "service_list",
    "show",
    "show_section",
    "software_list",
    "talk_list",
    "teaching_list",
]
