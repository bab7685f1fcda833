"""What the format's filters make of blocks that Quarto would lay out with Bootstrap."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.errors import PageError
from octavo.renderer import render_site
from tests.renderer.small import write_files
from tests.sites import lay_out_format


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of blocks."""
    root = lay_out_format("subset_blocks", tmp_path_factory.mktemp("blocks") / "site")
    render_site(root)
    return root / "_site"


def render_text(folder: Path, body: str) -> str:
    """The text of a page of this body."""
    root = lay_out_format("subset_blocks", folder / "site")
    for page in root.glob("*.qmd"):
        page.unlink()
    write_files(root, {"index.qmd": f"---\ntitle: Page\n---\n\n{body}\n"})
    render_site(root)
    return (root / "_site/index.html").read_text(encoding="utf-8")


def test_no_page_has_an_inline_style_or_a_script_in_its_text(site: Path) -> None:
    for file in site.glob("*.html"):
        text = file.read_text(encoding="utf-8").partition("<main")[2]
        assert not [word for word in ("<style", "<script", " style=") if word in text], file.name


def test_only_a_page_with_blocks_loads_their_style_sheet(site: Path) -> None:
    with_blocks = {file.stem for file in site.glob("*.html") if "blocks.css" in file.read_text(encoding="utf-8")}
    assert with_blocks == {"callouts", "layouts", "numbered", "references", "sections", "tables", "title"}


def test_a_menu_opens_without_a_script_and_marks_the_page(site: Path) -> None:
    text = (site / "callouts.html").read_text(encoding="utf-8").partition("<main")[0]
    assert '<details class="menu"><summary>More</summary>' in text
    assert '<a href="./callouts.html" aria-current="page">Callouts</a>' in text
    assert text.count("aria-current") == 1


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("@eq-b\n\n$$a$$ {#eq-a}\n\n$$b$$ {#eq-b}", '<a href="#eq-b" class="reference">Equation\u00a02</a>'),
        ("[-@sec-a]\n\n## A {#sec-a}", '<a href="#sec-a" class="reference">1</a>'),
        ("[Chap. @sec-a]\n\n## A {#sec-a}", '<a href="#sec-a" class="reference">Chap.\u00a01</a>'),
        ("::: {.callout-tip}\nx\n:::", '<div class="notice-title">\nTip\n</div>'),
        ('::: {.callout-tip title="A <b> & c"}\nx\n:::', "A &lt;b&gt; &amp; c"),
        ('::: {.content-hidden unless-format="html"}\nshown\n:::', "<p>shown</p>"),
    ],
)
def test_a_block_says_what_it_is(tmp_path: Path, body: str, expected: str) -> None:
    assert expected in render_text(tmp_path, body)


def test_content_for_another_format_is_left_out(tmp_path: Path) -> None:
    text = render_text(tmp_path, '::: {.content-visible when-format="pdf"}\nsecret\n:::\n\nseen')
    assert "seen" in text
    assert "secret" not in text


@pytest.mark.parametrize("layout", ["[1,", "[]", "[a]", "2"])
def test_a_layout_that_cannot_be_read_is_an_error_with_its_line(tmp_path: Path, layout: str) -> None:
    with pytest.raises(PageError, match=r"^index\.qmd:5: the attribute `layout`"):
        render_text(tmp_path, f'::: {{layout="{layout}"}}\nx\n:::')


def test_a_table_keeps_its_number_where_its_caption_has_other_attributes(tmp_path: Path) -> None:
    with pytest.raises(PageError, match="attributes in a table's caption"):
        render_text(tmp_path, "a | b\n--|--\n1 | 2\n\n: Caption {#tbl-x .striped}")


def test_a_reference_to_nothing_is_an_error_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(PageError, match=r"^index\.qmd:7: the cross-reference `@fig-none` leads nowhere"):
        render_text(tmp_path, "text\n\n@fig-none")
