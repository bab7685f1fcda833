"""Leaks: private files that Quarto copied into a site are removed, and fail the build."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from octavo.errors import OctavoError
from octavo.renderer.leaks import clean_pages, remove_leaks
from tests.building import run_octavo
from tests.needs import need_quarto
from tests.renderer.projects import hash_tree
from tests.sites import lay_out

PAGES = {"index.qmd": "A\n\n[x](.env)\n", "sub/p.qmd": "B"}
FILES = {
    ".env": "", ".git/config": "", "docs/a.pdf": "", "docs/.gitkeep": "", "docs/.d/x": "", "data/a.yml": "",
    "_extensions/x/x.css": "", "index.html": "stale", "index_files/figure-html/a.png": "stale", "README.md": "",
}  # fmt: skip
BUILT = {
    "index.html": "", "sub/p.html": "", "docs/a.pdf": "", "site_libs/x.js": "", "robots.txt": "", "sitemap.xml": "",
    "index_files/figure-html/a.png": "", "site_libs/quarto-contrib/quarto-project/x/x.css": "", ".nojekyll": "",
}  # fmt: skip


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


@pytest.fixture
def build(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Make a project with the site that Quarto would have rendered, plus more files in it."""

    def make(more: dict[str, str]) -> Path:
        write(tmp_path, PAGES | FILES)
        write(tmp_path / "_site", BUILT | more)
        return tmp_path

    return make


def test_a_site_without_leaks_is_unchanged(build: Callable[[dict[str, str]], Path]) -> None:
    root = build({})
    remove_leaks(root, root / "_site")
    assert sorted(hash_tree(root / "_site")) == sorted(BUILT)


def test_hidden_files_copied_with_their_folder_are_silently_removed(build: Callable[[dict[str, str]], Path]) -> None:
    root = build({"docs/.gitkeep": "", "docs/.d/x": ""})
    remove_leaks(root, root / "_site")
    assert sorted(hash_tree(root / "_site")) == sorted(BUILT)
    assert not (root / "_site/docs/.d").exists()


def test_page_sources_copied_with_their_folder_are_removed_too(build: Callable[[dict[str, str]], Path]) -> None:
    root = build({"sub/p.qmd": "B", "docs/draft.qmd": ""})
    write(root, {"docs/draft.qmd": "---\ndraft: true\n---\n"})
    remove_leaks(root, root / "_site")
    assert sorted(hash_tree(root / "_site")) == sorted(BUILT)


@pytest.mark.parametrize("path", [".env", ".git/config", "data/a.yml", "README.md", "sub/../.env"])
def test_any_other_file_of_the_project_is_removed_and_an_error(
    build: Callable[[dict[str, str]], Path], path: str
) -> None:
    root = build({path: ""})
    with pytest.raises(OctavoError, match="Quarto put it into the site"):
        remove_leaks(root, root / "_site")
    assert sorted(hash_tree(root / "_site")) == sorted(BUILT)


def test_the_error_names_the_page_that_links_to_it(build: Callable[[dict[str, str]], Path]) -> None:
    root = build({".env": "", "index.html": '<a href=".env">x</a>', "sub/p.html": '<img src="../docs/.gitkeep">'})
    with pytest.raises(OctavoError) as caught:
        remove_leaks(root, root / "_site")
    first, second = str(caught.value).splitlines()
    assert first.startswith("index.qmd:3: `.env` is a hidden file")
    assert second.startswith("sub/p.qmd:1: `../docs/.gitkeep` is a hidden file")


def test_a_link_to_a_page_source_with_a_query_is_not_a_leak(build: Callable[[dict[str, str]], Path]) -> None:
    root = build({"index.html": '<a href="sub/p.qmd?x=1">x</a>'})
    remove_leaks(root, root / "_site")


@pytest.mark.parametrize("link", ["docs/a.pdf", "docs/folder"])
def test_a_copied_symbolic_link_is_judged_by_its_target(build: Callable[[dict[str, str]], Path], link: str) -> None:
    root = build({})
    for path in (root / link, root / "_site" / link):
        path.unlink(missing_ok=True)
        path.symlink_to("/etc")
    with pytest.raises(OctavoError, match=f"^{link}:1: leads through a symbolic link to '/etc'"):
        remove_leaks(root, root / "_site")
    assert not (root / "_site" / link).is_symlink()


def test_a_site_built_into_docs_keeps_its_own_files(tmp_path: Path) -> None:
    """`output-dir: docs`, for GitHub Pages."""
    write(tmp_path, PAGES | {"assets/a.png": ""})
    built = {"index.html": '<img src="assets/a.png">', "sub/p.html": "", "assets/a.png": ""}
    write(tmp_path / "docs", built)
    remove_leaks(tmp_path, tmp_path / "docs")
    assert sorted(hash_tree(tmp_path / "docs")) == sorted(built)


def test_a_leak_fails_quartos_build_and_the_old_site_stays(tmp_path: Path) -> None:
    need_quarto()
    root = lay_out("noether", tmp_path / "noether")
    write(root, {".env": "SECRET", "docs/.gitkeep": "", "_site/index.html": ""})
    with (root / "index.qmd").open("a", encoding="utf-8") as page:
        page.write("\n[x](.env)\n")
    done = run_octavo(root, "build", "--renderer", "quarto")
    assert done.returncode == 1
    assert re.search(r"^index\.qmd:\d+: `\.env` is a hidden file", done.stdout + done.stderr, re.MULTILINE)
    assert list(hash_tree(root / "_site")) == ["index.html"]


def test_no_page_reveals_the_path_of_a_notebook_on_the_disk(tmp_path: Path) -> None:
    write(
        tmp_path, {"sub/page.html": '<div class="x" data-notebook="/home/me/nb.ipynb" data-notebook-title="T">1</div>'}
    )
    clean_pages(tmp_path)
    text = (tmp_path / "sub/page.html").read_text(encoding="utf-8")
    assert text == '<div class="x">1</div>'


@pytest.mark.parametrize("style", ["text-align: right", "text-align: right; padding-right: 0"])
def test_a_multiline_formula_has_no_inline_style(style: str, tmp_path: Path) -> None:
    """Pandoc 3.6 writes the one, and 3.9 the other."""
    cell = '<mtd columnalign="right"{}><mi>a</mi></mtd>'
    write(tmp_path, {"page.html": cell.format(f' style="{style}"') + '<p style="text-align: right">b</p>'})
    clean_pages(tmp_path)
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert text == cell.format("") + '<p style="text-align: right">b</p>'


def test_only_spaces_in_addresses_are_encoded(tmp_path: Path) -> None:
    page = '<p>a src="x y"</p><img alt=\'b c\' src=\'{}\'><a title="x y" href="{}#z">x y</a>'
    write(tmp_path, {"page.html": page.format("a b.png", "c d.pdf")})
    clean_pages(tmp_path)
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page.format("a%20b.png", "c%20d.pdf")
