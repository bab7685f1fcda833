"""The docs as a site: complete, in order, and without dead links."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from tests.building import run_octavo
from tests.docs.blocks import MANUALS, PAGES
from tests.sites import DOCS, ROOT, TOOLKIT

REPOSITORY = "https://github.com/VimaGupta345/vimagupta345.github.io/blob/main/"
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+)")


def test_the_check_of_the_built_docs_finds_nothing(build: Callable[[str], Path]) -> None:
    done = run_octavo(build("docs").parent, "check", "--site")
    assert "nothing wrong" in done.stdout, done.stdout


def test_every_column_of_a_table_has_a_heading(build: Callable[[str], Path]) -> None:
    pages = [*build("docs").rglob("*.html")]
    assert any("<th" in page.read_text(encoding="utf-8") for page in pages)
    assert [page.name for page in pages if re.search(r"<th[^>]*>\s*</th>", page.read_text(encoding="utf-8"))] == []


def test_the_workflow_publishes_the_docs_at_their_address() -> None:
    settings = yaml.safe_load((DOCS / "_quarto.yml").read_text(encoding="utf-8"))
    workflow = (ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8")
    assert f"cp -R toolkit/docs/_site _site{urlsplit(settings['site-url']).path}\n" in workflow


def test_each_page_is_in_one_sidebar() -> None:
    def list_pages(entry: object) -> list[str]:
        if isinstance(entry, list):
            return [page for each in entry for page in list_pages(each)]
        return list_pages(entry.get("contents", entry.get("href"))) if isinstance(entry, dict) else [str(entry)]

    settings = yaml.safe_load((DOCS / "_quarto.yml").read_text(encoding="utf-8"))
    assert sorted(list_pages(settings["sidebar"])) == sorted(
        page.relative_to(DOCS).as_posix() for page in PAGES if page.parent != DOCS
    )


@pytest.mark.parametrize("section", ["start", "tasks", "reference", "understand"])
def test_the_first_page_of_a_section_leads_to_all_others(section: str) -> None:
    text = (DOCS / section / "index.qmd").read_text(encoding="utf-8")
    others = {page.name for page in (DOCS / section).glob("*.qmd")} - {"index.qmd"}
    assert others - set(LINK.findall(text)) == set()


@pytest.mark.parametrize(
    "page", [*PAGES, *MANUALS, TOOLKIT / "README.md", TOOLKIT / "CHANGELOG.md"], ids=lambda p: p.name
)
def test_each_link_of_a_page_also_works_in_its_source(page: Path) -> None:
    """That is, when it is read on GitHub; the site check covers links between built pages."""
    text = re.sub(r"^(`{3,}).*?^\1$|`[^`\n]+`", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    targets = [DOCS / link[1:] if link.startswith("/") else page.parent / link for link in LINK.findall(text)]
    targets += [ROOT / path for path in re.findall(rf"{re.escape(REPOSITORY)}([^)#\s]+)", text)]
    made = {DOCS / "search.html", DOCS / "index.html"}
    assert [str(target) for target in targets if target not in made and not target.exists()] == []


# Addresses like these redirect: to https, to the host's other name, or to the folder.
REDIRECTED = re.compile(r"http:|https://(dx\.doi|www\.doi|www\.github|www\.orcid|twitter)\.|.*/index\.html?$|.*\.git$")


def find_outside_links(text: str) -> list[str]:
    """The addresses of other sites that a page links to outside of code, in Markdown or in angle brackets."""
    text = re.sub(r"^( *)(`{3,}).*?^\1\2$|`[^`\n]+`", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"(?:\]\(|<)(https?:[^)>]*)", text)


@pytest.mark.parametrize("page", [*PAGES, *MANUALS, *TOOLKIT.glob("*.md")], ids=lambda p: p.name)
def test_each_link_to_another_site_is_an_address_that_needs_no_redirect(page: Path) -> None:
    """Without network: the workflow `links.yml` requests the addresses."""
    links = [link for link in find_outside_links(page.read_text(encoding="utf-8")) if "//localhost" not in link]
    wrong = [link for link in links if REDIRECTED.match(link) or not check_outside_link(link)]
    assert wrong == []


def check_outside_link(link: str) -> bool:
    """Whether it is an https address of a host that can exist."""
    parts = urlsplit(link)
    return parts.scheme == "https" and "." in parts.netloc.strip(".") and not re.search(r"[\s\\^{}|…]", link)


@pytest.mark.parametrize("link", ["http://a.org/b", "https://dx.doi.org/10.1/a", "https://a", "https://a.org/b c"])
def test_a_redirected_or_invalid_link_would_be_found(link: str) -> None:
    (found,) = find_outside_links(f"See [this]({link}).")
    assert REDIRECTED.match(found) or not check_outside_link(found)
