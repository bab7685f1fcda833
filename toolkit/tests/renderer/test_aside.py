"""Raw blocks that stand aside: the page is the same as if Pandoc had been given them."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.renderer import pandoc, render_site
from octavo.renderer.aside import Block, put_back, set_aside
from tests.renderer.projects import TEMPLATE, make_project

RAW = "```{=html}\n<p>one</p>\n\n  <p>two &amp; *three*</p>\n```\n"

PAGES = {
    "one block": RAW,
    "blocks that are alike": f"Before.\n\n{RAW}\nBetween.\n\n{RAW}",
    "a block behind another": RAW + RAW,
    "a block without an end": "```{=html}\n<p>one</p>\n",
    "a block without lines": "```{=html}\n```\n\nAfter.\n",
    "a block of an empty line": "```{=html}\n\n```\n",
    "a block in a longer fence": f"````\n{RAW}````\n\n`````{{=html}}\n{RAW}`````\n",
    "a block in tildes": f"~~~\n{RAW}~~~\n",
    "a block in a comment": f"<!--\n{RAW}-->\n",
    "a block in a raw block of TeX": f"````{{=latex}}\n{RAW}````\n",
    "a block behind a paragraph": f"Text\n{RAW}text\n",
    "a block in a list": "- item\n\n" + "".join(f"  {line}\n" for line in RAW.splitlines()),
    "a block in a quotation": "".join(f"> {line}\n" for line in RAW.splitlines()),
    "a block behind a quotation": f"> quoted\n{RAW}",
    "a block in a division": f"::: {{.box}}\n{RAW}:::\n",
    "a block in a footnote": "Text[^1]\n\n[^1]: Note\n\n" + "".join(f"    {line}\n" for line in RAW.splitlines()),
    "a fence that ends with more": "```{=html}\n<p>one</p>\n````\n\nAfter.\n",
    "a fence that ends with a space": "```{=html}\n<p>one</p>\n``` \n\nAfter.\n",
    "a fence that is no end": "```{=html}\n<p>one</p>\n```more\n```\n\nAfter.\n",
    "an indented fence that is no end": "```{=html}\n<p>one</p>\n  ```\n```\n\nAfter.\n",
    "tabs and spaces at ends": "```{=html}\n\t<p>one</p>  \n<pre>a\tb\n\n\n  c</pre>\n```\n",
    "returns": RAW.replace("\n", "\r\n"),
    "a shortcode in a block": '```{=html}\n<p title="{{< meta title >}}">{{< meta title >}}</p>\n```\n',
    "an address in a block": '```{=html}\n<p><a href="/index.qmd">home</a> <img src="a.png" alt=""></p>\n```\n',
    "code in a block": f"```{{python}}\n#| output: asis\nprint({RAW!r})\n```\n",
}

FILTERS = {
    "none": "",
    "one that changes a block": "function RawBlock(raw) raw.text = raw.text:upper() return raw end",
    "one that reads a block": "function RawBlock(raw) return { raw, pandoc.Para(tostring(#raw.text)) } end",
    "one that doubles a block": "function RawBlock(raw) return { raw, raw } end",
    "one that drops a block": "function RawBlock(raw) return {} end",
    "one that moves a block": "function RawBlock(raw) return pandoc.BulletList({ { raw }, { raw, raw } }) end",
    "one that changes the format": "function RawBlock(raw) return pandoc.RawBlock('html5', raw.text) end",
    "one that makes a line of it": "function RawBlock(raw) return pandoc.Para(pandoc.RawInline('html', raw.text)) end",
}


def render_twice(root: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The page with its blocks aside, and the page that Pandoc was given whole."""
    page = root / "_site/page.html"
    render_site(root)
    aside = page.read_text(encoding="utf-8")
    page.unlink()
    monkeypatch.setattr(pandoc, "set_aside", lambda markdown: (markdown, []))
    render_site(root)
    return aside, page.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES)
def test_the_page_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    make_project(tmp_path)
    (tmp_path / "page.qmd").write_bytes(f"---\ntitle: Page\n---\n\n# Heading\n\n{text}\nLast.\n".encode())
    aside, whole = render_twice(tmp_path, monkeypatch)
    assert aside == whole
    assert "Last." in whole


@pytest.mark.parametrize("script", FILTERS.values(), ids=FILTERS)
def test_filters_see_the_block_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    make_project(tmp_path, {"page.qmd": f"Text\n\n{RAW}\nMore\n\n{RAW}", "_extensions/plain/filter.lua": script})
    extension = tmp_path / "_extensions/plain/_extension.yml"
    extension.write_text(extension.read_text().rstrip("\n") + "\n      filters: [filter.lua]\n")
    aside, whole = render_twice(tmp_path, monkeypatch)
    assert aside == whole


def test_a_template_that_indents_the_body_indents_the_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template = TEMPLATE.replace("$body$", "<main>\n    $body$\n</main>")
    make_project(tmp_path, {"page.qmd": RAW, "_extensions/plain/template.html": template})
    aside, whole = render_twice(tmp_path, monkeypatch)
    assert "\n      <p>two" in whole
    assert aside == whole


def test_a_block_is_a_comment_while_it_stands_aside() -> None:
    text, blocks = set_aside(f"Before\n\n{RAW}\nAfter\n")
    assert [block.text for block in blocks] == ["<p>one</p>\n\n  <p>two &amp; *three*</p>"]
    assert text == f"Before\n\n```{{=html}}\n{blocks[0].comment}\n```\n\nAfter\n"
    assert put_back(f"<p>\n{blocks[0].comment}\n</p>", blocks) == f"<p>\n{blocks[0].text}\n</p>"


def test_a_comment_amid_a_line_is_not_replaced() -> None:
    blocks = [Block("<!--1-->", "one\ntwo")]
    assert put_back("<li><!--1--></li>", blocks) is None
    assert put_back("<ul>\n  <!--1-->", blocks) is None
    assert put_back("<p></p>", blocks) == "<p></p>"
