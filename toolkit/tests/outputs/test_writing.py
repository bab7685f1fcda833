"""All files that are published beside the pages, for two researchers: a row is everywhere, or the build fails."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from octavo.errors import DataError
from octavo.outputs import write_exports
from octavo.site import load_site
from octavo.tables import load_table
from tests.outputs.site import lay_out_in, write_site
from tests.reading import read_page
from tests.sites import lay_out
from tests.tables import write_paper, write_tables

COUNTS = {"homepage": 5, "noether": 8}


@pytest.fixture(params=COUNTS)
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A researcher's project whose pages were rendered and whose hook has run."""
    root = lay_out(request.param, tmp_path / request.param)
    site = write_site(root / "_site", load_site(root).url)
    (site / "news.html").touch()
    write_exports(site, root, lay_out_in(site))
    return root


def list_publications(root: Path) -> list[str]:
    identifiers = list(load_table("publications", root / "data")["id"])
    assert len(identifiers) == COUNTS[root.name]
    return identifiers


def test_every_row_is_in_every_output(project: Path) -> None:
    identifiers, site = list_publications(project), project / "_site"
    url = load_site(project).url
    bibtex, ris = ((site / f"publications.{kind}").read_text() for kind in ("bib", "ris"))
    feed = json.loads((site / "feed.json").read_text())
    found = {
        "bib": re.findall(r"^@\w+\{(.+),$", bibtex, re.MULTILINE),
        "ris": re.findall(r"^ID  - (.+)$", ris, re.MULTILINE),
        "csl": [item["id"] for item in json.loads((site / "publications.json").read_text())],
    }
    assert found == dict.fromkeys(found, identifiers)
    pages = {f"{url}/publications/{identifier}.html" for identifier in identifiers}
    assert {item["id"] for item in feed["items"] if "/publications/" in item["id"]} == pages
    assert pages == {loc for loc in re.findall("<loc>(.*?)</loc>", (site / "sitemap.xml").read_text()) if "/pub" in loc}
    for page in pages:
        assert f"<id>{page}</id>" in (site / "feed.xml").read_text()
    files = {path.name for path in (site / "publications").iterdir()}
    assert files == {f"{name}.{kind}" for name in identifiers for kind in ("html", "bib", "ris")}


def test_every_news_line_is_in_both_feeds(project: Path) -> None:
    url, site = load_site(project).url, project / "_site"
    anchors = [f"{url}/news.html#{anchor}" for anchor in load_table("news", project / "data")["anchor"]]
    assert len(anchors) >= 3
    ids = [item["id"] for item in json.loads((site / "feed.json").read_text())["items"]]
    assert sorted(identifier for identifier in ids if "/news.html#" in identifier) == sorted(anchors)
    assert all(f"<id>{anchor}</id>" in (site / "feed.xml").read_text() for anchor in anchors)


def test_a_hidden_row_appears_nowhere(project: Path) -> None:
    table = project / "data" / "publications.yml"
    first = list_publications(project)[0]
    table.write_text(re.sub(rf"(- id: {first}\n)", r"\1  hidden: true\n", table.read_text()))
    for name in ("news", "research", "awards"):
        (project / "data" / f"{name}.yml").unlink(missing_ok=True)
    write_exports(project / "_site", project, lay_out_in(project / "_site"))
    files = [path for path in (project / "_site").rglob("*") if path.is_file()]
    assert len(files) > 10
    # Its title isn't on any page either; its neighbors no longer link to it.
    title = load_table("publications", project / "data", hidden=True).set_index("id").loc[first, "title"]
    assert not [path for path in files if first in path.name or title in path.read_text()]


def test_a_second_run_writes_nothing(project: Path) -> None:
    site = project / "_site"
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in site.rglob("*") if path.is_file()}
    write_exports(site, project, lay_out_in(site))
    after = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in site.rglob("*") if path.is_file()}
    assert after == before
    assert len(after) > 20


def test_the_owner_is_described_once_on_the_home_page(project: Path) -> None:
    site = project / "_site"
    profile = project / "data" / "profile.yml"
    profile.write_text(profile.read_text() + "pronouns: she/her\nlocation: Earth\n")
    write_exports(site, project, lay_out_in(site))
    scripts = read_page(site / "index.html").find("script", type="application/ld+json")
    assert [json.loads(script.text)["@type"] for script in scripts] == ["ProfilePage"]


def test_the_search_index_is_removed(project: Path) -> None:
    assert not (project / "_site" / "search.json").exists()


def test_a_paper_names_the_news_about_it(project: Path) -> None:
    news = load_table("news", project / "data").dropna(subset="publication")
    assert len(news) >= 1
    for publication, anchor in zip(news["publication"], news["anchor"], strict=True):
        page = read_page(project / "_site" / "publications" / f"{publication}.html")
        assert page.find("li", id=anchor)


def test_faulty_tables_write_nothing(tmp_path: Path) -> None:
    root = lay_out("noether", tmp_path / "noether")
    write_tables(root, publications=write_paper("a", "date: twenty"))
    site = write_site(root / "_site")
    with pytest.raises(DataError, match="twenty"):
        write_exports(site, root, lay_out_in(site))
    assert not (site / "feed.xml").exists()
