"""The tasks of the docs, followed word for word in one new site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from octavo.starter.identity import Identity
from tests.building import build_site, run_octavo
from tests.docs.blocks import TASKS, Block, follow, list_blocks
from tests.reading import read_page
from tests.starter.sites import make_site

STEPS = [block for block in list_blocks(TASKS) if block.file]
ROWS = [block for block in STEPS if block.file.startswith("data/") and block.text.startswith("-")]
TEXTS = [block for block in STEPS if block.file.endswith(".qmd") and block.language == "text"]
SENTENCE = re.compile(r"^[A-Z].*\.$", re.MULTILINE)
# What a row is shown by, the first that it has.
SHOWN_BY = ("title", "name", "text", "organization", "degree", "count")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, built after the last step."""
    project = make_site(tmp_path_factory.mktemp("tasks") / "site", Identity(name="Emmy Noether"))
    for block in STEPS:
        follow(block, project)
    build_site(project)
    return project


def read_words(page: Path) -> str:
    return " ".join(read_page(page).text.split())


def test_the_tables_have_no_problem(site: Path) -> None:
    done = run_octavo(site, "check")
    assert "0 errors, 0 warnings" in done.stderr, done.stderr


def test_the_built_site_has_no_problem(site: Path) -> None:
    done = run_octavo(site, "check", "--site")
    assert "nothing wrong" in done.stdout, done.stdout


@pytest.mark.parametrize("block", ROWS, ids=str)
def test_a_row_that_a_page_shows_is_in_the_site(site: Path, block: Block) -> None:
    words = " ".join(read_words(page) for page in site.rglob("_site/**/*.html"))
    for row in yaml.safe_load(block.text):
        shown = str(next(row[field] for field in SHOWN_BY if field in row))
        # An author who is linked but not listed stands in lists by the names that the papers have.
        assert any(re.sub(r"[*`]", "", text) in words for text in (shown, *row.get("names", []))), shown


@pytest.mark.parametrize("block", TEXTS, ids=str)
def test_a_text_that_a_page_shows_is_on_its_page(site: Path, block: Block) -> None:
    page = site / "_site" / Path(block.file).with_suffix(".html")
    if "draft: true" in block.text:
        assert not page.exists() or "Not finished" not in read_words(page)
        return
    words = read_words(page)
    said = [str(yaml.safe_load(matter)["title"]) for matter in re.findall(r"^---\n(.*?)^---$", block.text, re.M | re.S)]
    said += [*SENTENCE.findall(block.text), *re.findall(r"!\[(.*?)\]", block.text)]
    assert said or "video" in block.text
    assert [text for text in said if text not in words] == []
    assert ("<iframe" in page.read_text(encoding="utf-8")) == ("video" in block.text or page.name == "talks.html")


def test_the_menu_leads_where_the_pages_say(site: Path) -> None:
    menu = read_page(site / "_site" / "contact.html").find("nav")[0]
    assert [link.text for link in menu.find("a")][1:] == ["Publications", "CV", "Search"]


def test_comments_load_from_the_host_that_is_allowed_alone(site: Path) -> None:
    page = read_page(site / "_site" / "posts" / "first.html")
    assert [script.attributes["data-mapping"] for script in page.find("script", src="https://giscus.app/client.js")]
    policy = page.find("meta", **{"http-equiv": "Content-Security-Policy"})[0].attributes["content"]
    assert "https://giscus.app" in policy
    assert "unsafe-inline" not in policy
