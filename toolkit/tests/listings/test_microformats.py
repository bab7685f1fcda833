"""Microformats: a parser finds the owner and the news in the pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mf2py
import pytest

from octavo import listings, tables
from tests.tables import write_tables

SITE = "https://noether.example/~emmy/"
PROFILE = """\
name: Emmy Noether
position: Visiting Professor
affiliations: [{name: Bryn Mawr College, url: "https://www.brynmawr.edu/", department: Mathematics}]
email: emmy@noether.example
location: Bryn Mawr
orcid: 0000-0002-1825-0097
"""
NEWS = "- {date: 2025-11-03, text: Passed the *qualifying* examination.}\n- {date: Summer 2025, text: A summer}\n"


def parse(shown: object) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = mf2py.parse(doc=f"<main><h1>Emmy Noether</h1>{shown}</main>", url=SITE)["items"]
    return items


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_tables(tmp_path, profile=PROFILE, news=NEWS)


def test_the_home_page_has_the_owners_card(data: Path) -> None:
    [card] = parse(listings.profile_header(tables.load_profile(data)))
    assert card["type"] == ["h-card"]
    assert card["properties"] == {
        "name": ["Emmy Noether"],
        "url": [SITE],
        "uid": [SITE],
        "job-title": ["Visiting Professor"],
        "org": ["Bryn Mawr College"],
        "locality": ["Bryn Mawr"],
        "email": ["mailto:emmy@noether.example"],
    }


def test_a_guarded_address_is_not_on_the_card(tmp_path: Path) -> None:
    data = write_tables(tmp_path, profile=PROFILE + "email_guard: true\n")
    [card] = parse(listings.profile_header(tables.load_profile(data)))
    assert "email" not in card["properties"]


def test_the_news_are_a_feed_of_dated_entries(data: Path) -> None:
    [feed] = parse(listings.news_list(tables.load_table("news", data)))
    assert feed["type"] == ["h-feed"]
    first, second = (entry["properties"] for entry in feed["children"])
    assert (first["name"], first["published"]) == (["Passed the qualifying examination."], ["2025-11-03"])
    assert first["content"][0]["html"] == "Passed the <em>qualifying</em> examination."
    assert "2025-SU" not in str(second)
