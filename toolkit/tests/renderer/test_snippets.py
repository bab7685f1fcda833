"""A page's own HTML, added to its head, or before or after its text."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.errors import OctavoError
from octavo.renderer import render_site
from tests.renderer.small import render_page, write_files, write_page

TEMPLATE = """\
<html><head>$for(header-includes)$$header-includes$$endfor$</head>
<body>$for(include-before)$$include-before$$endfor$<main>$body$</main>$for(include-after)$$include-after$$endfor$</body></html>
"""


def write_site(root: Path, **matter: str) -> Path:
    write_page(root, "text", **matter)
    write_files(root, {"_extensions/small/template.html": TEMPLATE})
    return root


def test_each_snippet_is_in_its_place_verbatim(tmp_path: Path) -> None:
    root = write_site(
        tmp_path,
        include_in_header="_head.html",
        include_before_body="{text: '<p>*before*</p>'}",
        include_after_body="[{file: _after.html}, /_after.html]",
    )
    write_files(root, {"_head.html": '<meta name="own">\n', "_after.html": "<hr>\n"})
    head, _, rest = render_page(root).partition("</head>")
    before, _, after = rest.partition("<main>")
    assert '<meta name="own">' in head
    assert "<p>*before*</p>" in before
    assert after.partition("</main>")[2].count("<hr>") == 2


def test_snippets_of_the_site_are_on_every_page_and_relative_to_the_root(tmp_path: Path) -> None:
    root = write_site(tmp_path)
    write_files(root, {"_head.html": '<meta name="own">', "sub/page.qmd": "---\ntitle: A\n---\n"})
    with (root / "_quarto.yml").open("a") as file:
        file.write("include-in-header: _head.html\n")
    assert '<meta name="own">' in render_page(root, "sub/page.html")


def test_a_snippet_is_added_to_the_header_includes_of_the_page(tmp_path: Path) -> None:
    root = write_site(tmp_path, header_includes="<meta name=first>", include_in_header="{text: <meta name=second>}")
    text = render_page(root)
    assert "first" in text
    assert "second" in text


@pytest.mark.parametrize("name", ["none.html", "../outside.html", ".hidden.html"])
def test_an_unreadable_file_is_reported_with_its_line(tmp_path: Path, name: str) -> None:
    root = write_site(tmp_path, include_after_body=name)
    with pytest.raises(OctavoError, match=r"^index\.qmd:3:21: .*" + name.replace(".", r"\.")):
        render_site(root)


def test_a_missing_snippet_of_the_site_is_reported_in_its_settings(tmp_path: Path) -> None:
    root = write_site(tmp_path)
    with (root / "_quarto.yml").open("a") as file:
        file.write("include-in-header: none.html\n")
    with pytest.raises(OctavoError, match=r"^_quarto\.yml:\d:20: there is no file `none\.html` \(include-in-header\)"):
        render_site(root)
