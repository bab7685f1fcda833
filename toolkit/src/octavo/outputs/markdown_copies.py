"""Markdown copies: each page as Markdown next to it, and `llms.txt`, which lists them (https://llmstxt.org).

They are made from the finished pages, because only these have what cells, Markdown, and either renderer wrote. The
files are named as Quarto names its own (1.9 or newer, `website: llms-txt`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import turbohtml
from markupsafe import Markup
from turbohtml import Document, Element, Markdown

from octavo.files import write_file
from octavo.html import element
from octavo.site import SEARCH_PAGE, Site

INDEX = "llms.txt"
SUFFIX = ".llms.md"
_DATA = {
    "publications.bib": "All publications as BibTeX",
    "publications.json": "All publications as CSL-JSON",
    "resume.json": "The CV as JSON Resume",
    "feed.json": "What is new, as a JSON Feed",
}
_SPECIAL = re.compile(r"[\\\[\]<`*_]")
_SKIPPED = ("404.html", SEARCH_PAGE)
# Elements that only browsers can use, and the BibTeX in lists, which is on the papers' own pages, too.
_LEFT_OUT = (
    "script, style, template, nav, form, button, data, svg, [hidden], .chart, .listing img, .publication details, "
    'img[src^="data:"]'
)


def _write_formula(formula: Element, text: str) -> str:
    """The formula in TeX, as Pandoc notes it in MathML."""
    source = formula.select_one("annotation")
    mark = "$$" if formula.attr("display") == "block" else "$"
    return f"{mark}{source.text}{mark}" if source else text


_MARKDOWN = Markdown(
    converters={
        "math": _write_formula,
        # By itself, turbohtml 1.15 writes some pages' emphasis as HTML.
        "em": lambda _, text: f"*{text}*",
        "strong": lambda _, text: f"**{text}**",
        # As Pandoc writes them.
        "sup": lambda _, text: f"^{text}^",
        "sub": lambda _, text: f"~{text}~",
    }
)


class _Copy(NamedTuple):
    path: str
    title: str
    """In Markdown, like all text here."""
    description: str
    text: str
    paper_date: str | None
    """When it was published, if it is a paper's page; empty if it wasn't."""


def write_markdown_copies(site: Path, root: Path, settings: Site) -> None:
    """Write the copies and their list, and link to each from its page; remove them unless every crawler is allowed."""
    copies = list(_make_copies(site, settings)) if settings.robots == "all" else []
    for copy in copies:
        write_file(site / _name_copy(copy.path), copy.text)
        _link_copy(site / copy.path, settings)
    kept = {site / _name_copy(copy.path) for copy in copies}
    for file in site.rglob(f"*{SUFFIX}"):
        if file not in kept:
            file.unlink()
    if (root / INDEX).exists():
        return  # the owner's own file
    if copies:
        write_file(site / INDEX, _format_index(copies, site, settings))
    else:
        (site / INDEX).unlink(missing_ok=True)


def _make_copies(site: Path, settings: Site) -> Iterator[_Copy]:
    """The copies of all pages that a search finds."""
    paths = (file.relative_to(site).as_posix() for file in site.rglob("*.html"))
    # The home page first, since it stands for the whole site.
    for path in sorted(paths, key=lambda path: (path != "index.html", path)):
        document = turbohtml.parse((site / path).read_text(encoding="utf-8"))
        main = document.select_one("main#main:not([data-search])")
        if main is None or settings.split_path(path)[1] in _SKIPPED:
            continue
        heading = main.select_one("h1")
        is_paper = document.select_one('meta[name="citation_title"]') is not None
        yield _Copy(
            path,
            heading.to_markdown(_MARKDOWN).removeprefix("# ") if heading else Path(path).stem,
            _SPECIAL.sub(r"\\\g<0>", _read_meta(document, "description")),
            _write_markdown(main, settings.make_address(path)),
            _read_meta(document, "citation_publication_date") if is_paper else None,
        )


def _read_meta(document: Document, name: str) -> str:
    found = document.select_one(f'meta[name="{name}"]')
    return str(found.attr("content") or "") if found else ""


def _write_markdown(main: Element, address: str) -> str:
    for useless in main.select(_LEFT_OUT):
        useless.decompose()
    main.resolve_links(address)
    return main.to_markdown(_MARKDOWN).strip() + "\n"


def make_copy_link(page: str, settings: Site) -> Markup | None:
    """The tag for the head of a page of this name that leads to its copy, if it gets one."""
    address = _name_copy(page)
    is_made = settings.robots == "all"
    return element("link", rel="alternate", type="text/markdown", href=address) if is_made else None


def _link_copy(page: Path, settings: Site) -> None:
    """Name the copy in a page that a renderer made; those of papers do it themselves."""
    link = make_copy_link(page.name, settings)
    html = page.read_text(encoding="utf-8")
    if link and link not in html:
        # Not at the end, where the lists of posts are completed again in each build.
        write_file(page, html.replace("<title>", f"{link}\n<title>", 1))


def _name_copy(path: str) -> str:
    return path.removesuffix(".html") + SUFFIX


def _format_index(copies: Sequence[_Copy], site: Path, settings: Site) -> str:
    papers = [copy for copy in copies if copy.paper_date is not None]
    # Unpublished papers first, then the newest.
    papers.sort(key=lambda copy: (not copy.paper_date, copy.paper_date), reverse=True)
    sections = {
        "Pages": [_format_line(copy, settings) for copy in copies if copy.paper_date is None],
        "Publications": [_format_line(copy, settings) for copy in papers],
        "Data": [
            f"- [{what}]({settings.make_address(file)})" for file, what in _DATA.items() if (site / file).is_file()
        ],
    }
    parts = [f"# {settings.title}", f"> {settings.description}" if settings.description else ""]
    parts += [f"## {name}\n\n" + "\n".join(lines) for name, lines in sections.items() if lines]
    return "\n\n".join(filter(None, parts)) + "\n"


def _format_line(copy: _Copy, settings: Site) -> str:
    line = f"- [{copy.title}]({settings.make_address(_name_copy(copy.path))})"
    return f"{line}: {copy.description}" if copy.description else line
