"""Folder metadata, and the pages that are left out of a site."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.errors import PageError
from octavo.posts.listed_page import read_metadata
from octavo.renderer import Options, render_anew, render_site
from octavo.renderer.configuration import load_site
from tests.renderer.small import write_project

PAGE = "---\ntitle: Page\n---\n\nText by {{< meta author >}}.\n"


def read(root: Path, page: str) -> str:
    return (root / "_site" / page).read_text(encoding="utf-8")


def test_metadata_of_inner_folders_and_of_the_page_itself_takes_precedence(tmp_path: Path) -> None:
    root = write_project(
        tmp_path,
        {
            "a/_metadata.yml": "author: Outer\nlang: de\n",
            "a/page.qmd": PAGE,
            "a/b/_metadata.yml": "author: Inner\n",
            "a/b/page.qmd": PAGE,
            "a/b/own.qmd": PAGE.replace("title", "author: Own\ntitle"),
        },
    )
    render_site(root)
    names = {
        page: read(root, f"a/{page}.html").split("Text by ")[1].split(".")[0] for page in ("page", "b/page", "b/own")
    }
    assert names == {"page": "Outer", "b/page": "Inner", "b/own": "Own"}
    assert '<html lang="de">' in read(root, "a/b/page.html")


def test_a_file_named_in_folder_metadata_is_found_from_its_pages(tmp_path: Path) -> None:
    files = {
        "a/_metadata.yml": "css: own.css\n",
        "a/own.css": "p {}",
        "a/b/page.qmd": PAGE.replace("{{< meta author >}}", ""),
    }
    root = write_project(tmp_path, files)
    template = root / "_extensions/small/template.html"
    template.write_text(
        template.read_text().replace("</head>", '$for(css)$<link rel="stylesheet" href="$css$">$endfor$</head>')
    )
    (root / "_quarto.yml").write_text(
        (root / "_quarto.yml").read_text().replace("type: website", "type: website\n  resources: [a/own.css]")
    )
    render_site(root)
    assert 'href="../own.css"' in read(root, "a/b/page.html")


def test_folder_metadata_cant_choose_a_format(tmp_path: Path) -> None:
    root = write_project(tmp_path, {"a/_metadata.yml": "author: A\nformat: pdf\n", "a/page.qmd": PAGE})
    with pytest.raises(PageError, match=r"a/_metadata.yml:2: `format:` here needs Quarto"):
        render_site(root)
    # Octavo's post-render script still reads the metadata, to complete the other pages.
    assert read_metadata(load_site(root, strict=False), "a/page.qmd")["author"] == "A"


@pytest.mark.parametrize(
    ("options", "website", "is_there"),
    [(Options(), "", False), (Options(shows_drafts=True), "", True), (Options(), "draft-mode: visible", True)],
)
def test_a_draft_is_a_page_only_if_drafts_are_shown(
    tmp_path: Path, options: Options, website: str, is_there: bool
) -> None:
    root = write_project(tmp_path, {"draft.qmd": "---\ntitle: A\ndraft: true\n---\n\nText.\n"})
    settings = root / "_quarto.yml"
    settings.write_text(settings.read_text().replace("  title: Small", f"  title: Small\n  {website}"))
    render_anew(root, None, options)
    assert (root / "_site/draft.html").exists() == is_there
    assert ("draft.html" in read(root, "sitemap.xml")) == is_there
