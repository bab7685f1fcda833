"""Resources: the project files that a page, a style sheet, or `resources:` brings into the site."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.errors import OctavoError
from octavo.renderer import render_site
from tests.renderer.projects import hash_tree, make_project

SECRETS = {
    ".env": "SECRET", ".git/config": "SECRET", "private.txt": "SECRET", "data/table.yml": "SECRET",
    "docs/.env": "SECRET", "../elsewhere/secret.txt": "SECRET",
}  # fmt: skip
PLAIN = {"docs/a.txt": "a", "assets/a.css": "a {}"}


def render(root: Path, files: dict[str, str], project: str = "") -> dict[str, str]:
    """The files of the site, by path."""
    render_site(make_project(root, {**SECRETS, **PLAIN, **files}, project))
    return hash_tree(root / "_site")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "project"


NAMED = [
    "[x](.env)", "[x](%2egit/config)", "[x](%252egit/config)", "[x](docs/../.git/config)", "[x](/.env)", "[x](.env/)",
    "[x](private.txt)", "[x](private.txt?a#b)", "[x](data/table.yml)", "[x](../elsewhere/secret.txt)", "[x](docs/.env)",
    "![](private.txt)", "<img src='.env'>", '<script src="private.txt"></script>', "<link href=.env>", "[x](out.txt)",
    "[x](unrendered.md)", "{{< include data/_part.qmd >}}",
]  # fmt: skip


def test_naming_any_other_file_stops_the_build_and_the_old_site_stays(root: Path) -> None:
    render(root, {})
    before = hash_tree(root / "_site")
    (root / "out.txt").symlink_to("docs/a.txt")
    others = {"unrendered.md": "U", "data/_part.qmd": "[x](/.env)\n"}
    for text in NAMED:
        with pytest.raises(OctavoError, match=r"^index\.qmd:[13]: `.*`.* the site can only use a file in assets/"):
            render(root, {"index.qmd": f"A\n\n{text}\n", **others}, "render: ['*.qmd']")
        assert hash_tree(root / "_site") == before, text


def test_the_error_names_page_and_line(root: Path) -> None:
    with pytest.raises(OctavoError, match=r"^sub/page\.qmd:7: `\.\./\.env` is a hidden file"):
        render(root, {"sub/page.qmd": "---\ntitle: T\n---\n\nSee ../.environment\n\n[x](../.env)\n"})


def test_a_link_to_the_source_of_a_translation_is_reported_with_its_page(root: Path) -> None:
    files = {"index.qmd": "See [x](sub/page.de.qmd).\n", "sub/page.de.qmd": "Hier.\n"}
    make_project(root, files, "render: ['index.qmd']")
    with (root / "_quarto.yml").open("a", encoding="utf-8") as settings:
        settings.write("languages: [en, de]\n")
    with pytest.raises(OctavoError, match=r"^index\.qmd:1: .* write \[…\]\(/de/sub/page\.qmd\)\{hreflang=de\}$"):
        render_site(root)


def test_the_faults_of_all_pages_and_style_sheets_are_reported_at_once(root: Path) -> None:
    files = {
        "index.qmd": "[x](.env) [y](private.txt) [z](assets/a.css)\n",
        "other.qmd": "[x](.env)\n\n![](docs/.env)\n",
        "assets/a.css": "a { background: url(../.env) }\nb { background: url(../private.txt) }",
    }
    with pytest.raises(OctavoError) as caught:
        render(root, files)
    places = [line.partition(" ")[0] for line in str(caught.value).splitlines()]
    assert sorted(places) == [
        "assets/a.css:1:", "assets/a.css:2:", "index.qmd:1:", "index.qmd:1:", "other.qmd:1:", "other.qmd:3:"
    ]  # fmt: skip


FRONT_MATTER = ["css: private.css", "image: private.txt\nopen-graph: true", "header-includes: <link href='.env'>"]


@pytest.mark.parametrize("matter", FRONT_MATTER)
def test_front_matter_may_name_only_published_files(root: Path, matter: str) -> None:
    template = "<html><head>$for(css)$<link rel=stylesheet href=$css$>$endfor$$header-includes$</head>$body$</html>"
    page = f"---\ntitle: T\n{matter}\n---\n\nA\n"
    files = {"index.qmd": page, "private.css": "", "_extensions/plain/template.html": template}
    with pytest.raises(OctavoError, match=r"^index\.qmd:\d: `"):
        render(root, files)


@pytest.mark.parametrize("address", ["../.env", "../private.txt", "../../elsewhere/secret.txt"])
def test_a_style_sheet_may_name_only_published_files(root: Path, address: str) -> None:
    files = {"assets/a.css": f"a {{}}\nb {{ background: url({address}) }}", "index.qmd": "<link href=assets/a.css>\n"}
    with pytest.raises(OctavoError, match=r"^assets/a\.css:2: `"):
        render(root, files)


def test_resources_bring_no_hidden_files(root: Path) -> None:
    assert sorted(render(root, {"docs/.git/x": ""}, "resources: [/docs, '**/*.txt']")) == [
        "docs/a.txt", "index.html", "private.txt",
    ]  # fmt: skip


@pytest.mark.parametrize("pattern", [".env", "/.git/config", "/.git", "../elsewhere", "docs/.*"])
def test_resources_that_name_a_hidden_file_stop_the_build(root: Path, pattern: str) -> None:
    with pytest.raises(OctavoError, match=r"^_quarto\.yml:4:1: project\.resources: "):
        render(root, {}, f"resources: ['{pattern}']")


@pytest.mark.parametrize("link", ["docs/out.txt", "assets/folder", "robots.txt"])
def test_a_symbolic_link_out_of_the_published_folders_stops_the_build(root: Path, link: str) -> None:
    make_project(root, PLAIN | SECRETS)
    (root / link).symlink_to(root.parent / "elsewhere" / ("" if link == "assets/folder" else "secret.txt"))
    with pytest.raises(OctavoError, match=f"^{link}:1"):
        render(root, {})


def test_a_page_may_name_published_and_generated_files(root: Path) -> None:
    """Quarto leaves an `index.html` beside its source after previewing a single page."""
    files = {
        "index.qmd": "[a](docs/a.txt) [b](/files/b%20b.txt) [c](index.html) [d](sub/) [e](none.txt) [f](sub/p.qmd)\n",
        "files/b b.txt": "", "index.html": "old", "sub/p.qmd": "P\n",
    }  # fmt: skip
    assert sorted(render(root, files, "resources: ['/files/b*']")) == [
        "docs/a.txt", "files/b b.txt", "index.html", "sub/p.html",
    ]  # fmt: skip
    assert "old" not in (root / "_site/index.html").read_text()


@pytest.mark.parametrize("name", [".env", "/.env", "../elsewhere/secret.txt", "/../elsewhere/secret.txt", "linked.qmd"])
def test_a_page_includes_no_files_that_are_hidden_or_outside(root: Path, name: str) -> None:
    make_project(root)
    (root / "linked.qmd").symlink_to(".env")
    with pytest.raises(OctavoError, match=r"^index\.qmd:3: can't include"):
        render(root, {"index.qmd": f"A\n\n{{{{< include {name} >}}}}\n"})


def test_sources_to_download_are_in_the_site_unless_they_are_its_pages(root: Path) -> None:
    files = {
        "index.qmd": "A [notebook](docs/lab.ipynb), and a [draft](docs/draft.qmd).\n",
        "docs/lab.ipynb": "{}",
        "docs/more.md": "More.",
        "docs/draft.qmd": "---\ndraft: true\n---\n\nUnfinished.\n",
    }
    site = render(root, files, "render: ['*.qmd', 'docs/*.qmd']\nresources: [/docs]")
    assert {"docs/lab.ipynb", "docs/more.md"} <= set(site)
    assert "docs/draft.qmd" not in site


def test_a_file_that_every_page_loads_is_reported_once_where_the_site_names_it(root: Path) -> None:
    make_project(
        root, {"sub/page.qmd": "A", "logo.png": "", "fonts.css": "", "_head.html": "\n<link href='fonts.css'>"}
    )
    template = root / "_extensions/plain/template.html"
    template.write_text(
        template.read_text().replace("</head>", "$for(header-includes)$$header-includes$$endfor$</head>")
    )
    settings = root / "_quarto.yml"
    text = settings.read_text().replace("  title: Small", "  title: Small\n  favicon: /logo.png")
    settings.write_text(f"{text}include-in-header: _head.html\n")
    with pytest.raises(OctavoError) as caught:
        render_site(root)
    places = [line.split(" is not")[0] for line in str(caught.value).splitlines()]
    assert places == ["_head.html:2: `fonts.css`", "_quarto.yml:6: `logo.png`"]
