"""Files of a site: each must be there on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.cli.check import main
from octavo.sitecheck.check import check_site
from tests.sitecheck.example import URL, write_site


def find_problems(folder: Path, *known: str) -> list[str]:
    _, problems = check_site(folder, url=URL, is_known=lambda path: path in known, skip=["media"])
    return [problem.path for problem in problems]


PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>x</title>'
    '<meta name="description" content="x"></head><body><h1>x</h1></body></html>'
)
HIDDEN = [".env", ".git/config", "docs/.DS_Store", "a/.b/c.txt", ".well-known/.x", "sub/.nojekyll", ".well-knownx"]


@pytest.mark.parametrize("path", HIDDEN)
def test_a_hidden_file_is_an_error_even_if_a_page_links_to_it(tmp_path: Path, path: str) -> None:
    site = write_site(tmp_path, {path: "x"})
    assert find_problems(site, path) == [path]
    _, [problem] = check_site(site, url=URL)
    assert problem.message == "a hidden file is in the site (only .nojekyll and .well-known/ may be)"


@pytest.mark.parametrize("path", ["data/publications.yml", "private.txt", "a/b.pdf", "old.html", "x.json", "y.xml"])
def test_an_unreferenced_file_is_an_error(tmp_path: Path, path: str) -> None:
    text = {"old.html": PAGE, "y.xml": "<a/>"}.get(path, "{}")
    site = write_site(tmp_path, {path: text})
    assert find_problems(site) == [path]
    assert find_problems(site, path) == []


@pytest.mark.parametrize("path", ["_headers", "_redirects", "CNAME", ".nojekyll", "favicon.ico"])
def test_well_known_files_need_no_reference(tmp_path: Path, path: str) -> None:
    assert find_problems(write_site(tmp_path, {path: "x"})) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"index.html": ("papers/ideals.html#proof", "x%20y.pdf"), "x y.pdf": ""},
        {"index.html": ('~noether/picture.png"', '~noether/c.png"'), "c.png": ""},
        {"style.css": "main { background: url(fonts/a.woff2?v=1) }", "fonts/a.woff2": ""},
        {"script.js": 'import "./deep/a.mjs";', "deep/a.mjs": "", "sort.js": None},
    ],
)  # fmt: skip
def test_pages_styles_scripts_and_cards_may_reference_files(tmp_path: Path, changes: dict[str, str]) -> None:
    assert find_problems(write_site(tmp_path, changes)) == []


def test_only_files_of_libraries_that_a_page_reaches_count_as_referenced(tmp_path: Path) -> None:
    loop = {"site_libs/b/b.css": "@import 'c.css'", "site_libs/b/c.css": "@import 'b.css'", "site_libs/x.txt": ""}
    used = {"site_libs/a/a.css": "@import 'deep/d.css'", "site_libs/a/deep/d.css": "x { background: url(e.woff) }"}
    page = {"style.css": "@import 'site_libs/a/a.css'", "site_libs/a/deep/e.woff": ""}
    assert find_problems(write_site(tmp_path, loop | used | page)) == sorted(loop)


def test_the_whole_library_of_slides_is_allowed_if_there_are_slides(tmp_path: Path) -> None:
    library = dict.fromkeys(("dist/x.js.map", "plugin/a/plugin.yml", "dist/a/LICENSE", "notes.txt"), "")
    site = write_site(tmp_path, {f"site_libs/revealjs/{path}": text for path, text in library.items()})
    assert len(find_problems(site)) == len(library)
    write_site(tmp_path, {"index.html": ("style.css", "site_libs/revealjs/x.css"), "site_libs/revealjs/x.css": ""})
    assert "site_libs/revealjs/notes.txt" in find_problems(site)
    assert len(find_problems(site)) < len(library)


def test_a_file_that_only_references_itself_is_an_error(tmp_path: Path) -> None:
    assert find_problems(write_site(tmp_path, {"own.css": "@import 'own.css';"})) == ["own.css"]


def test_without_a_sitemap_pages_need_no_link(tmp_path: Path) -> None:
    site = write_site(tmp_path, {"sitemap.xml": None, "robots.txt": None, "papers/old.html": PAGE})
    assert find_problems(site) == []


def test_a_page_at_an_old_address_needs_no_link(tmp_path: Path) -> None:
    redirect = PAGE.replace("<title>", '<meta http-equiv="refresh" content="0; url=index.html"><title>')
    assert find_problems(write_site(tmp_path, {"old.html": redirect})) == []


def test_a_symbolic_link_out_of_the_site_is_an_error(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site")
    (tmp_path / "secret").touch()
    (site / "robots.txt").unlink()
    (site / "robots.txt").symlink_to(tmp_path / "secret")
    assert find_problems(site) == ["robots.txt"]


def test_without_a_project_only_hidden_files_are_errors(tmp_path: Path) -> None:
    _, problems = check_site(write_site(tmp_path, {"private.txt": "x"}), url=URL)
    assert problems == []


def test_the_command_uses_the_project_above_the_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files under `resources:`, pages, their figures, and copies of pictures that no page shows are allowed."""
    text = f"project:\n  resources: [/files]\nwebsite:\n  site-url: {URL}\n"
    (tmp_path / "_quarto.yml").write_text(text, encoding="utf-8")
    (tmp_path / "files").mkdir()
    (tmp_path / "index.qmd").touch()
    (tmp_path / "docs").mkdir()
    for source in ("docs/a.pdf", "files/b.pdf"):
        (tmp_path / source).touch()
    made = ("index_files/figure-html/a.png", "resume.json", "pictures/a-0123456789-680.jpg")
    known = ("docs/a.pdf", "files/b.pdf", *made)
    write_site(tmp_path / "_site", dict.fromkeys(known, "{}"))
    assert main(["--site", str(tmp_path / "_site"), "--skip", "media"]) == 0
    write_site(tmp_path / "_site", {"data/a.yml": ""})
    assert main(["--site", str(tmp_path / "_site"), "--skip", "media"]) == 1
    assert main(["--site", str(tmp_path / "_site"), "--skip", "files", "--skip", "media"]) == 0
    assert "data/a.yml:1:1: nothing refers to this file" in capsys.readouterr().out


@pytest.mark.parametrize("stray", ["docs/old_notes.pdf", "assets/stray.js", "docs/papers/x.txt", "files/x.csv"])
def test_a_file_in_a_published_folder_that_the_project_lacks_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], stray: str
) -> None:
    """An earlier build left it, or somebody put it there."""
    text = f"project:\n  resources: [/files]\nwebsite:\n  site-url: {URL}\n"
    (tmp_path / "_quarto.yml").write_text(text, encoding="utf-8")
    (tmp_path / "index.qmd").touch()
    write_site(tmp_path / "_site", {stray: "{}"})
    assert main(["--site", str(tmp_path / "_site"), "--skip", "media"]) == 1
    assert f"{stray}:1:1: nothing refers to this file" in capsys.readouterr().out


def test_cvs_made_by_the_build_are_allowed(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text(f"website:\n  site-url: {URL}\n", encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/profile.yml").write_text("name: N. Body\ncv: {file: docs/My_CV.pdf}\n", encoding="utf-8")
    (tmp_path / "index.qmd").touch()
    write_site(tmp_path / "_site", dict.fromkeys(("docs/My_CV.pdf", "docs/My_Publications.pdf"), "{}"))
    assert main(["--site", str(tmp_path / "_site"), "--skip", "media", "--skip", "rows"]) == 0
