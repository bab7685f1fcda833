"""Generated pages: they look like pages of the project, whatever their text contains."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from octavo.errors import OctavoError, PageError
from octavo.made_page import MadePage
from octavo.renderer import render_site
from octavo.renderer.made_pages import lay_out_pages
from octavo.renderer.pandoc import Converter
from tests.reading import read_html
from tests.renderer.small import FILES, write_files, write_project
from tests.rows import hostile_words
from tests.sites import lay_out

HEAD = Markup('<meta name="citation_title" content="Ideals">')
BODY = Markup('<p>Of <a href="../index.html">ideals</a>.</p>')
MADE = MadePage("publications/made.html", "Ideals", Markup("Ideals"), "On ideals.", "cards/made.png", HEAD, BODY)
MATTER = {"og-type": "article", "body-class": "paper", "copy": True}
TEMPLATE = FILES["_extensions/small/template.html"].replace(
    "</head>", "$for(header-includes)$\n$header-includes$\n$endfor$\n</head>"
)


def read_made(root: Path, pages: Sequence[MadePage] = (MADE,)) -> list[str]:
    lay_out_pages(root, root / "_site", MATTER, pages)
    return [(root / "_site" / page.path).read_text(encoding="utf-8") for page in pages]


def list_lines(html: str) -> list[str]:
    """The lines, sorted: the tags of a generated page come before Quarto's, those of other pages after."""
    return sorted(line for line in html.splitlines() if line.strip() and "canonical" not in line)


def test_a_generated_page_equals_a_page_of_the_project_with_the_same_text(tmp_path: Path) -> None:
    root = lay_out("noether", tmp_path / "noether")
    words = "---\ntitle: Ideals\ndescription: On ideals.\ncard: cards/made.png\nog-type: article\nbody-class: paper\n"
    includes = f"copy: true\nheader-includes: |\n  ```{{=html}}\n  {HEAD}\n  ```\n---\n\n"
    page = root / "publications/page.qmd"
    page.parent.mkdir()
    page.write_text(f"{words}{includes}```{{=html}}\n{BODY}\n```\n")
    settings = root / "_quarto.yml"
    settings.write_text(
        re.sub(r"(?m)^  (pre|post)-render: .*\n", "", settings.read_text()).replace("/*.qmd", "/**/*.qmd")
    )
    render_site(root)
    (made,) = read_made(root)
    assert list_lines(made) == list_lines((root / "_site/publications/page.html").read_text())
    assert "../feed.xml" in made
    assert "<strong" not in made


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(hostile_words, hostile_words), min_size=20, max_size=20))
def test_no_text_breaks_out_of_its_element(tmp_path: Path, texts: list[tuple[str, str]]) -> None:
    root = lay_out("noether", tmp_path / "noether") if not (tmp_path / "noether").exists() else tmp_path / "noether"
    pages = [
        MADE._replace(path=f"publications/{number}.html", title=title, description=description)
        for number, (title, description) in enumerate([("x", "y"), *texts])
    ]
    plain, *others = (
        [element.tag for element in read_html(html.partition("\n")[2]).walk()] for html in read_made(root, pages)
    )
    assert all(tags == plain for tags in others)


def test_each_page_has_its_own_metadata_and_the_headers_of_the_project(tmp_path: Path) -> None:
    root = write_project(tmp_path, {"_extensions/small/template.html": TEMPLATE})
    with (root / "_quarto.yml").open("a") as settings:
        settings.write("header-includes: '<meta name=\"all\">'\n")
    other = MADE._replace(
        path="publications/other.html", title="Rings", heading=Markup("<em>Rings</em>"), head=Markup("<meta>")
    )
    first, second = read_made(root, [MADE, other])
    assert ("<h1>Ideals</h1>" in first, "<h1><em>Rings</em></h1>" in second) == (True, True)
    assert "<title>Rings" in second
    assert (HEAD in first, HEAD in second) == (True, False)
    assert '<meta name="all">' in first
    assert '<meta name="all">' in second


def test_text_of_the_project_is_the_same_as_on_its_own_pages(tmp_path: Path) -> None:
    words = ["Rings and fields", 'Rings & "fields"', "a \\< b & c", "*Rings*", "Rings\u00a0– Körper", "a  b -- c"]
    root = write_project(
        tmp_path,
        {
            "_extensions/small/template.html": TEMPLATE.replace(
                "$body$", "$if(body)$$for(words)$<p>$words$</p>$endfor$$endif$"
            )
        },
    )
    with (root / "_quarto.yml").open("a") as settings:
        settings.write(json.dumps({"words": words})[1:-1])
    render_site(root)
    shown, made = (
        re.findall("<p>.*</p>", html) for html in ((root / "_site/index.html").read_text(), *read_made(root))
    )
    assert shown[0].startswith("<p>Rings and fields</p><p>Rings &amp;")
    assert made == shown


def test_line_endings_of_the_template_do_not_matter(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    before = read_made(root)
    template = root / "_extensions/small/template.html"
    template.write_bytes(template.read_bytes().replace(b"\n", b"\r\n"))
    lay_out_pages(root, root / "_site", MATTER, [MADE])
    assert (root / "_site" / MADE.path).read_bytes().decode() == before[0]


def test_settings_that_only_quarto_understands_are_allowed(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    write_files(
        root,
        {
            "_quarto.yml": "project: {type: website, preview: {port: 1}}\nwebsite: {title: Small, navbar: {left: []}}\n"
            "format: {small-html: default, pdf: default}\nexecute: {cache: true}\nlightbox: true\n"
        },
    )
    assert "<h1>Ideals</h1>" in read_made(root)[0]


def test_a_mistake_in_the_template_is_reported(tmp_path: Path) -> None:
    root = write_project(tmp_path, {"_extensions/small/template.html": "$body$ $if(title)$ $title$"})
    with pytest.raises(OctavoError, match=r"publications/made\.html: Pandoc can't fill in the format's template"):
        lay_out_pages(root, root / "_site", MATTER, [MADE])


def test_without_pages_nothing_is_needed(tmp_path: Path) -> None:
    lay_out_pages(tmp_path, tmp_path / "_site", MATTER, [])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("letters", "linked"), [(2900, False), (3100, True)])
def test_a_long_page_links_back_to_its_top(tmp_path: Path, letters: int, linked: bool) -> None:
    root = lay_out("noether", tmp_path / "noether")
    body = Markup("<p title='%s'>%s</p>") % ("b" * 3000, "a" * letters)
    [made] = read_made(root, [MADE._replace(body=body)])
    assert ('<a href="#top">Back to top</a>' in made) == linked


def test_a_page_of_the_project_is_not_replaced_by_a_generated_one(tmp_path: Path) -> None:
    root = write_project(tmp_path, {"publications/made.qmd": "---\ntitle: Mine\n---\n\nMy words.\n"})
    render_site(root)
    with pytest.raises(
        PageError, match=r"^publications/made\.qmd:1: the build itself makes publications/made\.html; rename"
    ):
        read_made(root)
    assert "My words." in (root / "_site/publications/made.html").read_text()


def test_a_build_starts_one_pandoc_for_its_pages_and_the_generated_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = lay_out("noether", tmp_path / "noether")
    started: list[Converter] = []
    start = Converter.__init__

    def note(converter: Converter, folder: Path) -> None:
        started.append(converter)
        start(converter, folder)

    monkeypatch.setattr(Converter, "__init__", note)
    render_site(root)
    assert list((root / "_site/publications").glob("*.html"))
    assert len(started) == 1


def test_a_generated_page_brings_format_files_that_no_other_page_loads(tmp_path: Path) -> None:
    head = Markup('<script type="module" src="/_extensions/small/own.js"></script>')
    root = write_project(tmp_path, {"_extensions/small/template.html": TEMPLATE, "_extensions/small/own.js": "1;"})
    (made,) = read_made(root, [MADE._replace(head=head)])
    assert 'src="../site_libs/quarto-contrib/quarto-project/small/own.js"' in made
    assert (root / "_site/site_libs/quarto-contrib/quarto-project/small/own.js").read_text() == "1;"


def test_a_template_that_changes_the_letters_of_a_value_is_an_error(tmp_path: Path) -> None:
    template = TEMPLATE.replace("$title$", "$title/uppercase$")
    root = write_project(tmp_path, {"_extensions/small/template.html": template})
    with pytest.raises(OctavoError, match=r"publications/made.html: the format's template can't change the letters"):
        read_made(root)
