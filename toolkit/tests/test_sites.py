"""Whole sites, from the command to the pages: everything in the tables is shown, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from octavo.markdown import render_title
from octavo.tables import load_profile, load_table
from tests.building import copy_project, run_octavo
from tests.reading import Element, read_html, read_page
from tests.sites import lay_out

SITES = ("homepage", "noether", "example", "hostile")
# Types of scripts that no browser runs.
DATA = {"application/ld+json", "application/json"}
PAGES = ("index", "publications", "news", "cv", "404")


def render(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    return run_octavo(folder, "build", "--renderer", "embedded")


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest, build: Callable[[str], Path]) -> Path:
    """The project of each site, rendered."""
    return build(request.param).parent


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, site: Path) -> Element:
    return read_page(site / "_site" / f"{request.param}.html")


def test_a_page_has_one_title_and_landmarks(page: Element) -> None:
    assert len(page.find("h1")) == 1
    assert page.find("title")[0].text.strip()
    assert [len(page.find(tag)) for tag in ("main", "footer")] == [1, 1]
    assert page.find("a", class_="skip-link")[0].attributes["href"] == "#main"
    assert page.find("meta", name="description")[0].attributes["content"]


def test_no_id_occurs_twice_on_a_page(page: Element) -> None:
    ids = [element.attributes["id"] for element in page.walk() if "id" in element.attributes]
    assert len(ids) >= 2
    assert sorted(ids) == sorted(set(ids))


def test_no_page_has_inline_styles_or_scripts(page: Element) -> None:
    elements = page.walk()
    assert not [element for element in elements if element.tag == "style" or "style" in element.attributes]
    assert not [element for element in elements if any(name.startswith("on") for name in element.attributes)]
    scripts = page.find("script")
    assert scripts
    assert {script.attributes.get("type") for script in scripts if "src" not in script.attributes} <= DATA


def test_nothing_is_loaded_from_other_hosts(page: Element) -> None:
    loaded = [element.attributes["src"] for element in page.walk() if "src" in element.attributes]
    loaded += [link.attributes["href"] for link in page.find("link", rel="stylesheet")]
    assert loaded
    assert not [address for address in loaded if "//" in address and not address.startswith("data:")]


def test_every_publication_is_listed_as_written(site: Path) -> None:
    papers = load_table("publications", site / "data")
    page = read_page(site / "_site" / "publications.html")
    shown = [" ".join(item.find("h3")[0].text.split()) for item in page.find("li", class_="publication")]
    assert shown == [read_html(render_title(title)).text for title in papers["title"]]
    for item, authors in zip(page.find("li", class_="publication"), papers["authors"], strict=True):
        assert item.find("p", class_="authors")[0].text == ", ".join(map(str, authors))


def test_hidden_rows_appear_nowhere(build: Callable[[str], Path]) -> None:
    site = build("noether")
    hidden = load_table("publications", site.parent / "data", hidden=True).query("hidden")
    assert list(hidden["title"]) == ["Ein verborgener Entwurf"]
    files = [file for file in site.rglob("*") if file.is_file()]
    assert len(files) > 20
    assert not [file for file in files if b"verborgen" in file.read_bytes()]


def test_only_the_owner_is_bold(site: Path) -> None:
    names = load_profile(site / "data").names
    page = read_page(site / "_site" / "publications.html")
    bold = [name.text for line in page.find("p", class_="authors") for name in line.find("strong")]
    assert bold
    assert set(bold) <= set(names)


PAPER = """
- id: with-file
  title: A paper with a file
  authors: [E. Noether]
  type: article
  links: {paper: docs/paper.pdf}
"""


def replace_papers(folder: Path, text: str) -> None:
    """Give the site these publications, and remove references to others."""
    (folder / "data" / "publications.yml").write_text(text, encoding="utf-8")
    for name in ("news", "research"):
        (folder / "data" / f"{name}.yml").unlink()
    shutil.rmtree(folder / "projects")


def test_a_missing_local_file_is_reported_and_not_linked(tmp_path: Path) -> None:
    folder = lay_out("noether", tmp_path / "site")
    replace_papers(folder, PAPER)
    missing = render(folder)
    assert missing.returncode == 0, missing.stderr
    warning = "publications.yml:6:18: warning: publications[0].links.paper: there is no file 'docs/paper.pdf'"
    assert warning in missing.stderr
    pages = [file.read_text(encoding="utf-8") for file in (folder / "_site").rglob("*.html")]
    assert pages
    assert not [page for page in pages if "docs/paper.pdf" in page]
    (folder / "docs" / "paper.pdf").write_bytes(b"%PDF-1.7\n")
    found = render(folder)
    assert "there is no file" not in found.stderr
    page = read_page(folder / "_site" / "publications.html")
    assert [link.text for link in page.find("a", href="./docs/paper.pdf")] == ["Paper"]
    assert (folder / "_site" / "docs" / "paper.pdf").exists()


def test_a_paper_has_the_same_bibtex_in_the_list_on_its_page_and_in_its_file(tmp_path: Path) -> None:
    folder = lay_out("noether", tmp_path / "site")
    replace_papers(folder, f"{PAPER}  abstract: About it.\n")
    (folder / "docs" / "paper.pdf").write_bytes(b"%PDF-1.7\n")
    assert render(folder).returncode == 0
    site = folder / "_site"
    pages = (site / "publications.html", site / "publications" / "with-file.html")
    shown = [read_page(page).find("code")[0].text.strip() for page in pages]
    lines = (site / "publications" / "with-file.bib").read_text(encoding="utf-8").strip().splitlines()
    # Both pages also show the abstract.
    assert shown == ["\n".join(line for line in lines if not line.startswith("  abstract = "))] * 2
    assert "  url = {https://noether.example/~emmy/docs/paper.pdf}," in lines


def test_the_pages_have_the_reviewed_text(
    build: Callable[[str], Path], check_expected: Callable[[str, str], None]
) -> None:
    for page in (*PAGES, "people", "projects/ideals"):
        main = read_page(build("noether") / f"{page}.html").find("main")[0]
        check_expected(f"noether/{page}.txt", "\n".join(main.lines) + "\n")


def test_all_bad_rows_are_reported_and_the_old_site_stays(build: Callable[[str], Path], tmp_path: Path) -> None:
    folder = copy_project(build("noether").parent, tmp_path / "site")
    before = (folder / "_site" / "index.html").read_bytes()
    (folder / "data" / "news.yml").write_text("- date: twenty\n  text: A\n- dat: 2024\n  text: B\n", encoding="utf-8")
    done = render(folder)
    assert done.returncode == 1
    assert "data/news.yml:1:9: news[0].date: 'twenty' is not a date" in done.stderr
    assert "data/news.yml:3:3: news[1].dat: " in done.stderr
    assert (folder / "_site" / "index.html").read_bytes() == before


def test_a_failing_cell_is_reported_with_its_line_and_the_old_site_stays(
    build: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = copy_project(build("noether").parent, tmp_path / "site")
    before = (folder / "_site" / "index.html").read_bytes()
    page = folder / "news.qmd"
    text = page.read_text(encoding="utf-8")
    lines = len(text.splitlines())
    page.write_text(f"{text}\n```{{python}}\nvalue = 1\nvalue / 0\n```\n", encoding="utf-8")
    done = render(folder)
    assert done.returncode == 1
    assert f"news.qmd:{lines + 4}" in done.stderr
    assert "value / 0" in done.stderr
    assert "ZeroDivisionError: division by zero" in done.stderr
    assert (folder / "_site" / "index.html").read_bytes() == before
