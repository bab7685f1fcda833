"""The sitemap with the papers' pages."""

import datetime
import re
import xml.etree.ElementTree as ET

from octavo.outputs.sitemap import update_sitemap
from tests.outputs.site import SITE, SITEMAP

RENDERED = SITEMAP.format(url=SITE.url)
EARLY = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
LATE = datetime.datetime(2026, 5, 6, 7, 8, 9, 12345, tzinfo=datetime.UTC)


def read(sitemap: str) -> dict[str, str]:
    ET.fromstring(sitemap.encode())  # noqa: S314 - our own
    return dict(re.findall(r"<loc>(.*?)</loc>\s*<lastmod>(.*?)</lastmod>", sitemap))


def test_papers_are_listed_with_the_time_of_the_tables() -> None:
    entries = read(update_sitemap(RENDERED, [f"{SITE.url}/publications/a.html"], changed=EARLY))
    assert entries == {
        f"{SITE.url}/": "2025-01-02T03:04:05.678Z",
        f"{SITE.url}/publications/a.html": "2024-01-01T00:00:00.000Z",
    }


def test_a_home_page_that_a_renderer_adds_again_is_listed_once() -> None:
    once = update_sitemap(RENDERED, [], changed=EARLY)
    again = once.replace("</urlset>", f"<url><loc>{SITE.url}/index.html</loc><lastmod>2026</lastmod></url></urlset>")
    assert read(update_sitemap(again, [], changed=EARLY)) == {f"{SITE.url}/": "2026"}


def test_a_later_change_of_the_tables_counts() -> None:
    papers = [f"{SITE.url}/publications/a.html"]
    entries = read(update_sitemap(update_sitemap(RENDERED, papers, changed=EARLY), papers, changed=LATE))
    assert entries[papers[0]] == "2026-05-06T07:08:09.012Z"


def test_a_second_run_changes_nothing() -> None:
    papers = [f"{SITE.url}/publications/a.html", f"{SITE.url}/publications/b.html"]
    once = update_sitemap(RENDERED, papers, changed=EARLY)
    assert update_sitemap(once, papers, changed=EARLY) == once


def test_a_deleted_paper_is_removed() -> None:
    papers = [f"{SITE.url}/publications/{name}.html" for name in "ab"]
    once = update_sitemap(RENDERED, papers, changed=EARLY)
    assert set(read(update_sitemap(once, papers[1:], changed=EARLY, gone=papers[:1]))) == {
        f"{SITE.url}/",
        papers[1],
    }
