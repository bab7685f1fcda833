"""The Quarto constructs that the sites `subset*` and `site_*` use, read from their sources for a list in the docs.

Both renderers render every page of these sites, and tests compare them, so every construct in one is covered.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pypandoc
import yaml

from octavo.renderer.cells import Cell
from octavo.renderer.configuration import load_site
from octavo.renderer.includes import number_lines
from octavo.renderer.notebooks import read_notebook
from octavo.renderer.pagelist import find_pages
from octavo.renderer.pages import read_page
from octavo.renderer.sources import read_source
from tests.sites import lay_out_format, list_subsets

# Pandoc's names of elements (pandoc-types, Text.Pandoc.Definition), and ours.
ELEMENTS = {
    "BlockQuote": "block quotes",
    "BulletList": "bullet lists",
    "Cite": "citations",
    "Code": "code in running text",
    "CodeBlock": "code blocks",
    "DefinitionList": "definition lists",
    "Div": "divs",
    "Emph": "emphasis",
    "Figure": "pictures with captions",
    "Header": "headings",
    "HorizontalRule": "rules",
    "Image": "pictures",
    "LineBlock": "line blocks",
    "LineBreak": "line breaks",
    "Link": "links",
    "Math": "formulas",
    "Note": "footnotes",
    "OrderedList": "ordered lists",
    "Quoted": "quotation marks",
    "RawBlock": "raw blocks",
    "RawInline": "raw text",
    "SmallCaps": "small capitals",
    "Span": "spans",
    "Strikeout": "struck text",
    "Strong": "strong text",
    "Subscript": "subscripts",
    "Superscript": "superscripts",
    "Table": "tables",
    "Underline": "underlined text",
}
# What the format's filters handle, by a class, an attribute, or the beginning of an id.
SHAPED = re.compile(
    r"callout-\w+|panel-tabset|columns|aside|column-(?:margin|page)|content-(?:visible|hidden)|layout(?:-ncol|-nrow)?"
    r"|proof|remark|solution|lightbox|nolightbox|filename|code-line-numbers|tbl-colwidths"
)
NUMBERED = re.compile(r"(?:fig|tbl|lst|eq|sec|thm|rem|sol|nte)-")
TASK = re.compile(r"^\s*[-*+] \[[ xX]\] ", re.MULTILINE)
SHORTCODE = re.compile(r"(?<!\{)\{\{<\s*(\w+)")
DISPLAYS = re.compile(r"\b(HTML|Image|Javascript|JSON|Latex|Markdown|Math|SVG|Code)\(")
PAGE_KEYS = frozenset(
    """
    abstract affiliations aliases author bibliography body-classes categories code-copy code-line-numbers crossref
    css csl date date-modified description execute format header-includes image image-alt include-after-body
    fig-dpi fig-format fig-height fig-width
    include-before-body include-in-header jupyter keywords lang lightbox link-citations nocite number-depth
    number-sections open-graph pagetitle params sidebar subtitle tbl-colwidths title toc toc-depth twitter-card
    """.split()  # noqa: SIM905 - as words it can be read
)
PROJECT_KEYS = ("project", "website", "execute")
SITE_KEYS = frozenset(["nav", "page-footer", "sidebar"])


class Constructs:
    """The names of the constructs in use, one set per kind."""

    def __init__(self) -> None:
        self.project: set[str] = set()
        self.page: set[str] = set()
        self.cell: set[str] = set()
        self.shortcodes: set[str] = set()
        self.elements: set[str] = set()
        self.shaped: set[str] = set()
        self.numbered: set[str] = set()
        self.displays: set[str] = set()
        self.stored: set[str] = set()

    def describe(self) -> str:
        """A Markdown list of them."""
        kinds = {
            "in `_quarto.yml`": _as_code(self.project),
            "in a page's front matter": _as_code(self.page),
            "in a cell": _as_code({f"#| {name}" for name in self.cell}),
            "IPython's displays": _as_code(self.displays),
            "outputs that a notebook keeps": _as_code(self.stored),
            "shortcodes": _as_code(self.shortcodes),
            "Markdown": ", ".join(sorted(self.elements)),
            "blocks and spans with": _as_code(self.shaped),
            "cross-references to ids that begin with": _as_code(self.numbered),
        }
        return "\n".join(f"- {kind}: {names}" for kind, names in kinds.items())


def _as_code(names: set[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def find_constructs() -> Constructs:
    """The constructs that these sites use."""
    found = Constructs()
    for name in list_subsets():
        with tempfile.TemporaryDirectory() as folder:
            _read_site(lay_out_format(name, Path(folder, name)), found)
    return found


def _read_site(root: Path, found: Constructs) -> None:
    configuration = yaml.safe_load((root / "_quarto.yml").read_text(encoding="utf-8"))
    found.project.update(f"{part}: {key}" for part in PROJECT_KEYS for key in configuration.get(part, {}))
    found.project.update(SITE_KEYS & configuration.keys())
    found.page.update(PAGE_KEYS & configuration.keys() - SITE_KEYS)
    site = load_site(root)
    for path in find_pages(site):
        for part in read_source(site, path).parts:
            if isinstance(part, Cell):
                found.cell.update(part.options)
                found.displays.update(match[1] for match in DISPLAYS.finditer(part.source))
            else:
                _read_markdown("\n".join(line.text for line in part.lines), found)
        if path.endswith(".ipynb"):
            found.stored.update(_stored_types(json.loads((root / path).read_text(encoding="utf-8"))))
            page, *_ = read_notebook(root, path)
        else:
            page = read_page(root, path)
            text = "\n".join(line.text for line in number_lines(page.body, path, page.first_line))
            found.shortcodes.update(SHORTCODE.findall(text))
        found.page.update(PAGE_KEYS & page.metadata.keys())


def _read_markdown(text: str, found: Constructs) -> None:
    found.shortcodes.update(SHORTCODE.findall(text))
    tree = json.loads(pypandoc.convert_text(text, "json", format="markdown"))
    found.elements.update(ELEMENTS[name] for name in _walk(tree["blocks"]) if name in ELEMENTS)
    words = re.findall(r"[\w-]+", " ".join(re.findall(r"\{[^{}]*\}", text)))
    found.shaped.update(word for word in words if SHAPED.fullmatch(word))
    found.numbered.update(NUMBERED.findall(" ".join(re.findall(r"@[\w-]+", text))))
    if TASK.search(text):
        found.elements.add("task lists")
    if "`{python} " in text:
        found.elements.add("values of Python expressions")


def _walk(tree: Any) -> Iterator[str]:
    if isinstance(tree, list):
        for item in tree:
            yield from _walk(item)
    elif isinstance(tree, dict):
        yield tree.get("t", "")
        yield from _walk(tree.get("c", []))


def _stored_types(notebook: Mapping[str, Any]) -> Iterator[str]:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            yield from output.get("data", [output["output_type"]])
