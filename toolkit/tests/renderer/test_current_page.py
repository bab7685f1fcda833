"""The navigation entry of the current page is found by its whole path, not just its file name."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from octavo.renderer import render_site
from tests.renderer.small import write_files
from tests.sites import ROOT

CONFIGURATION = """\
project:
  type: website
  render: ["/*.qmd", "talks/*.qmd"]
website:
  title: Small
site-title: Small
site-url: https://small.example/under
nav:
  - {text: News, href: /news.html}
  - {text: Plans without a slash, href: talks/plans.html}
  - {text: Elsewhere, href: "https://other.example/talks/news.html"}
  - text: More
    menu:
      - {text: Talks, href: /talks/}
      - {text: Plans, href: "talks/plans.qmd#next"}
sidebar:
  contents: [talks/news.qmd, talks/plans.qmd]
format: octavo-html
"""
PAGES = ("index", "news", "talks/index", "talks/news", "talks/plans")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("small")
    shutil.copytree(ROOT / "_extensions", root / "_extensions")
    write_files(root, {"_quarto.yml": CONFIGURATION, **{f"{page}.qmd": f"---\ntitle: {page}\n---\n" for page in PAGES}})
    render_site(root)
    return root / "_site"


@pytest.mark.parametrize(
    ("page", "current"),
    [
        ("index", ["Small"]),
        ("news", ["News"]),
        ("talks/index", ["Talks"]),
        ("talks/news", []),
        ("talks/plans", ["Plans without a slash", "Plans"]),
    ],
)
def test_only_the_entry_that_leads_to_the_page_is_marked(site: Path, page: str, current: list[str]) -> None:
    text = (site / f"{page}.html").read_text(encoding="utf-8").partition("<main")[0]
    assert re.findall(r'aria-current="page">(.*?)</a>', text) == current


@pytest.mark.parametrize(("page", "href"), [("index", "./talks/plans.html"), ("talks/news", "../talks/plans.html")])
def test_an_entry_without_a_slash_begins_at_the_site_s_root(site: Path, page: str, href: str) -> None:
    assert f'<a href="{href}">Plans without' in (site / f"{page}.html").read_text(encoding="utf-8")


def test_only_the_home_page_has_no_site_name_in_its_title(site: Path) -> None:
    titles = {page: re.search("<title>(.*?)</title>", (site / f"{page}.html").read_text()) for page in PAGES}
    assert {page: found and found[1] for page, found in titles.items()} == {
        "index": "index",
        **{page: f"{page} – Small" for page in PAGES[1:]},
    }


def test_the_sidebar_of_a_folder_has_page_titles_and_marks_the_current_page(site: Path) -> None:
    side = (site / "talks/news.html").read_text(encoding="utf-8").partition('class="side"')[2].partition("</nav>")[0]
    assert re.findall(r"<a (.*?)</a>", side) == [
        'href="../talks/news.html" aria-current="page">talks/news',
        'href="../talks/plans.html">talks/plans',
    ]
    assert 'class="side"' not in (site / "news.html").read_text(encoding="utf-8")
