"""`robots.txt` names the crawlers that the owner allows, as read by Python's own parser."""

from __future__ import annotations

from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest

from octavo.errors import OctavoError
from octavo.outputs.sitemap import TRAINERS, format_robots
from octavo.site import Crawlers, load_site
from tests.outputs.site import SITE


@pytest.mark.parametrize(
    ("robots", "trainers", "others"), [("all", True, True), ("no-training", False, True), ("none", False, False)]
)
def test_each_choice_allows_or_excludes_the_right_crawlers(robots: Crawlers, trainers: bool, others: bool) -> None:
    parser = RobotFileParser()
    parser.parse(format_robots(robots, SITE).splitlines())
    page = f"{SITE.url}/publications.html"
    assert {parser.can_fetch(agent, page) for agent in TRAINERS} == {trainers}
    assert {parser.can_fetch(agent, page) for agent in ("Googlebot", "OAI-SearchBot", "Zotero")} == {others}
    assert parser.site_maps() == [f"{SITE.url}/sitemap.xml"]


def test_an_unknown_choice_is_an_error_that_names_the_others(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text("website: {title: T, site-url: https://t.example}\nrobots: closed\n")
    with pytest.raises(OctavoError, match=r"robots: 'closed' is not known .*all, no-training, none"):
        load_site(tmp_path)
