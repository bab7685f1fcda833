"""Writing the search page: it exists if the menu names it, lists everything, and comes with its index."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from octavo.search import is_search_file, write_search
from octavo.site import load_site
from tests.outputs.site import lay_out_in
from tests.tables import write_tables

SETTINGS = "website: {title: E. Noether, site-url: https://noether.example}\n"
NAV = "nav: [{text: More, menu: [{text: Suche, href: /search.html}]}]\n"
PAGE = '<html><head><title>Vita</title></head><body><main id="main"><h1>Vita</h1><p>Bryn Mawr</p></main></body></html>'


def write_project(root: Path, papers: int = 2, nav: str = NAV) -> Path:
    rows = "".join(
        f"- {{id: p{n}, title: '<Rings> {n} $x^2$', authors: [E. Noether], type: book}}\n" for n in range(papers)
    )
    write_tables(root, profile="name: E. Noether\n", publications=rows)
    (root / "_quarto.yml").write_text(SETTINGS + nav)
    site = root / "_site"
    (site / "publications").mkdir(parents=True)
    (site / "publications/p0.html").write_text(PAGE)
    (site / "404.html").write_text(PAGE)
    (site / "vita.html").write_text(PAGE)
    return root


def search(root: Path) -> str:
    write_search(root / "_site", root, lay_out_in(root / "_site"))
    page = root / "_site/search.html"
    return page.read_text(encoding="utf-8") if page.exists() else ""


def read_data(html: str) -> dict[str, object]:
    match = re.search(r'<script type="application/json" class="search-data">(.*?)</script>', html)
    assert match
    return dict(json.loads(match[1]))


@pytest.mark.parametrize("nav", ["", "nav: [{text: Research, href: /research.html}]\n", "nav: []\n"])
def test_without_a_menu_entry_there_is_no_search_page(tmp_path: Path, nav: str) -> None:
    assert search(write_project(tmp_path, nav=nav)) == ""
    assert load_site(tmp_path).search == ""


def test_the_page_lists_each_page_and_each_paper_once_and_holds_a_small_index(tmp_path: Path) -> None:
    html = search(write_project(tmp_path))
    assert "<h1>Suche</h1>" in html
    assert re.findall(r'<li><a href="([^"]+)">', html) == ["vita.html", "publications/p0.html", "publications/p1.html"]
    assert "&lt;Rings&gt; 0 <math>" in html
    assert "brynX0\n" in str(read_data(html)["terms"])
    assert [file.name for file in (tmp_path / "_site/search").iterdir()] == ["search.js"]


def test_for_many_papers_the_list_and_the_index_are_split(tmp_path: Path) -> None:
    root = write_project(tmp_path, 3000)
    data = read_data(html := search(root))
    assert (html.count("<li>"), data["terms"]) == (500, None)
    assert "All 3,000 publications" in html
    files = {file.name: file.read_text() for file in (root / "_site/search").iterdir()}
    chunks = [text for name, text in files.items() if name.startswith("entries-")]
    assert sum(chunk.count("<li>") for chunk in chunks) == 2501
    assert files["entries-500.txt"].startswith('<li><a href="publications/p499.html">')
    assert {f"terms-{number}.txt" for number in range(len(data["first"]))} < set(files)  # type: ignore[arg-type]
    assert all(is_search_file(f"search/{name}") for name in files)
    assert files["words.txt"].splitlines()[0] == "0"


def test_leftover_files_of_a_larger_site_are_removed_and_others_stay(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    folder = root / "_site/search"
    folder.mkdir()
    for name in ("terms-4.txt", "entries-500.txt", "own.txt"):
        (folder / name).write_text("x")
    search(root)
    assert sorted(file.name for file in folder.iterdir()) == ["own.txt", "search.js"]


def test_hidden_papers_are_not_found(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    with (root / "data/publications.yml").open("a") as table:
        table.write("- {id: secret, title: Quaternions, authors: [E. Artin], type: book, hidden: true}\n")
    html = search(root)
    assert "quaternions" not in html.lower()
    assert "artin" not in html.lower()


def test_the_index_keeps_its_version_until_something_changes(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    first = read_data(search(root))["version"]
    assert read_data(search(root))["version"] == first
    (root / "_site/vita.html").write_text(PAGE.replace("Mawr", "Athyn"))
    assert read_data(search(root))["version"] != first
