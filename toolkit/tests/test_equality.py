"""Both renderers agree: Quarto renders every page of every site too, and the trees are compared.

Releases of Pandoc write formulas, references, and definition lists differently. If Quarto comes with a different one
than Octavo, its Pandoc converts the pages of both.
"""

from __future__ import annotations

import difflib
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from octavo.renderer.pandoc import find_pandoc
from tests.building import build_site
from tests.needs import need_module, need_quarto
from tests.page_trees import PageTree, parse_tree, read_tree
from tests.sites import lay_out, lay_out_format, list_subsets

# Sites with the constructs that both renderers support, and whole homepages with all of the code.
SUBSETS = list_subsets()
HOMEPAGES = ("homepage", "noether", "example", "hostile", "lab", "blog", "docs", "bilingual")
# Written by only one renderer: the index of a search that the format doesn't have.
NOT_COMPARED = {"search.json"}


def lay_out_site(name: str, target: Path) -> Path:
    """The site in the new folder `target`."""
    root = lay_out(name, target) if name in HOMEPAGES else lay_out_format(name, target)
    if name == "example":
        keep_first_language(root)
    return root


def keep_first_language(root: Path) -> None:
    """Keep only the first language: Quarto takes a minute for three, and `bilingual` covers them with few pages."""
    for page in root.rglob("*.??.qmd"):
        page.unlink()
    settings = yaml.safe_load((root / "_quarto.yml").read_text(encoding="utf-8"))
    first = settings.pop("languages")[0]
    for mapping, key in [
        (settings, "site-title"),
        (settings, "site-description"),
        *((e, "text") for e in settings["nav"]),
    ]:
        mapping[key] = mapping[key][first]
    (root / "_quarto.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")


def use_quartos_pandoc(quarto: str, folder: Path) -> dict[str, str]:
    """The environment in which Octavo finds Quarto's Pandoc, in case that is a different release."""
    tools = Path(read_lines(quarto, "--paths")[0]) / "tools"
    pandoc = next(file for file in sorted(tools.rglob("pandoc")) if file.is_file())
    if read_release(pandoc) == read_release(find_pandoc()):
        return {}
    (folder / "pypandoc/files").mkdir(parents=True)
    (folder / "pypandoc/__init__.py").touch()
    (folder / "pypandoc/files/pandoc").symlink_to(pandoc)
    return {"PYTHONPATH": str(folder)}


def read_release(pandoc: str | Path) -> str:
    """Such as `pandoc 3.6`."""
    return ".".join(read_lines(str(pandoc), "--version")[0].split(".")[:2])


def read_lines(*command: str) -> list[str]:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def render(name: str, renderer: str, folder: Path, environment: Mapping[str, str]) -> Path:
    """Build the site with this renderer."""
    # The same folder name for both, since a cell may print it.
    return build_site(lay_out_site(name, folder / renderer / name), renderer, environment)


@pytest.fixture(scope="module", params=[*SUBSETS, *HOMEPAGES])
def sites(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A site built by Quarto, and by the embedded renderer."""
    quarto = need_quarto()
    if request.param == "subset_figures":
        need_module("matplotlib")
    folder = tmp_path_factory.mktemp(request.param)
    environment = use_quartos_pandoc(quarto, tmp_path_factory.mktemp("pandoc"))
    return render(request.param, "quarto", folder, environment), render(request.param, "embedded", folder, environment)


def list_files(site: Path) -> set[str]:
    return {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()} - NOT_COMPARED


def compare(quarto: PageTree, embedded: PageTree) -> str:
    """The differences as a diff; empty if there are none."""
    one, other = ([tree.title, *tree.metadata, *tree.body] for tree in (quarto, embedded))
    return "\n".join(difflib.unified_diff(one, other, "quarto", "embedded", lineterm="", n=1))


@pytest.mark.quarto
def test_both_renderers_make_the_same_files(sites: tuple[Path, Path]) -> None:
    quarto, embedded = map(list_files, sites)
    assert any(name.endswith(".html") for name in quarto)
    assert embedded == quarto


@pytest.mark.quarto
def test_every_page_has_the_same_title_metadata_and_tree_with_both_renderers(sites: tuple[Path, Path]) -> None:
    quarto, embedded = sites
    pages = sorted(name for name in list_files(quarto) if name.endswith(".html"))
    differences = {page: compare(read_tree(quarto / page), read_tree(embedded / page)) for page in pages}
    report = "\n\n".join(f"{page}\n{difference[:3000]}" for page, difference in differences.items() if difference)
    assert not report, report


@pytest.mark.quarto
def test_both_renderers_write_the_same_styles_icons_and_markdown_copies(sites: tuple[Path, Path]) -> None:
    quarto, embedded = sites
    names = sorted(name for name in list_files(quarto) if name.endswith((".css", ".svg", ".llms.md", "llms.txt")))
    assert names
    assert [name for name in names if (quarto / name).read_bytes() != (embedded / name).read_bytes()] == []


@pytest.mark.quarto
def test_the_sitemap_lists_the_same_pages_with_both_renderers(sites: tuple[Path, Path]) -> None:
    def read_pages(site: Path) -> list[str]:
        file = site / "sitemap.xml"
        return sorted(re.findall("<loc>(.*?)</loc>", file.read_text(encoding="utf-8"))) if file.exists() else []

    quarto, embedded = map(read_pages, sites)
    assert embedded == quarto


PAGE = """\
<!DOCTYPE html>
<html lang="en"><head><title>The title</title><meta name="description" content="Some words">
<link rel="canonical" href="https://example.org/"></head>
<body><header><a href="/x.html">Home page</a></header>
<main><h1>Head line</h1><p>A <em>fine</em> text &amp; more.</p><pre><code>a  b</code></pre>
<div id="0a1b2c3d" class="cell"><table><tr><td>cell text</td></tr></table></div></main>
<footer>Last words</footer></body></html>
"""


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("The title", "A title"),
        ("Some words", "Any words"),
        ("example.org/", "example.org/y"),
        ('lang="en"', 'lang="de"'),
        ("Home page", "Homepage"),
        ("/x.html", "/y.html"),
        ("Head line", "Headline"),
        ("<em>fine</em>", "<strong>fine</strong>"),
        ("A <em>", "A<em>"),
        ("&amp; more", "and more"),
        ("a  b", "a b"),
        ("cell text", "cell  txt"),
        ('class="cell"', 'class="box"'),
        ("<td>cell text</td>", "<td>cell text</td><td></td>"),
        ("Last words", "First words"),
    ],
)
def test_one_changed_word_is_a_difference(word: str, other: str) -> None:
    assert word in PAGE
    assert compare(parse_tree(PAGE), parse_tree(PAGE.replace(word, other, 1))) != ""


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("<p>A <em>", "\n\n<p>A\n<em>"),
        ('class="cell"', "class=cell"),
        ('id="0a1b2c3d" class="cell"', 'class="cell" id="ffffffff"'),
        ("<tr><td>cell text</td></tr>", "<tbody><tr><td>cell text</tbody>"),
        ("&amp;", "&#38;"),
    ],
)
def test_equivalent_html_is_not_a_difference(written: str, other: str) -> None:
    assert written in PAGE
    assert compare(parse_tree(PAGE), parse_tree(PAGE.replace(written, other, 1))) == ""
