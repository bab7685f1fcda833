"""Listings: the visible components, one function each, from a table's rows to HTML.

A page's cell loads a table, filters it and shows it:

    news = tables.load_table("news")
    listings.show(listings.news_list(news.head(5)))

Every component takes a DataFrame with the columns that `octavo.tables` documents and returns `Markup`.
"""

from octavo.listings.chart import publication_chart
from octavo.listings.entries import (
    award_list,
    cv_sections,
    education_list,
    entry_list,
    experience_list,
    media_list,
    people_list,
    research_list,
    service_list,
    software_list,
    talk_list,
    teaching_list,
)
from octavo.listings.links import link_row, more_link
from octavo.listings.news import news_explorer, news_list
from octavo.listings.parts import bibtex_block
from octavo.listings.pictures import picture
from octavo.listings.posts import post_list
from octavo.listings.profile import portrait, profile_header, profile_links, prose
from octavo.listings.projects import project_figure, project_publications
from octavo.listings.publication_explorer import publication_explorer
from octavo.listings.publications import citation_summary, publication_list
from octavo.listings.raw import raw_block, show, show_section

__all__ = [
    "award_list",
    "bibtex_block",
    "citation_summary",
    "cv_sections",
    "education_list",
    "entry_list",
    "experience_list",
    "link_row",
    "media_list",
    "more_link",
    "news_explorer",
    "news_list",
    "people_list",
    "picture",
    "portrait",
    "post_list",
    "profile_header",
    "profile_links",
    "project_figure",
    "project_publications",
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
