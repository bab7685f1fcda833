"""Paper pages: one for each publication, made from one template, with its BibTeX and RIS files beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from octavo.citations import bibtex
from octavo.citations.csl import Item
from octavo.errors import OctavoError
from octavo.files import keep, read_kept, write_file
from octavo.html import element, join
from octavo.listings.paper import paper_body
from octavo.model.byline import Owner
from octavo.model.news import NewsItem
from octavo.model.publications import Publication
from octavo.outputs.addresses import place_addresses
from octavo.outputs.head import describe_paper, make_head
from octavo.outputs.paper_template import PaperTemplate, is_template
from octavo.site import Site, card_path

FOLDER = "publications"
TEMPLATE_PATH = f"{FOLDER}/paper.html"
# The last template: a preview renders only the page that is being edited.
_KEPT = Path(".quarto/octavo/paper.html")
_KEY = "paper"


class Citation(NamedTuple):
    """A publication as BibTeX and as RIS."""

    bibtex: bibtex.Entry
    ris: str


def find_template(site: Path, root: Path) -> PaperTemplate | None:
    """The template as it was rendered this time, or the one kept from an earlier render; None if there is neither.

    Raises:
        OctavoError: if the rendered page lacks a placeholder.
    """
    rendered, kept = site / TEMPLATE_PATH, root / _KEPT
    html = rendered.read_text(encoding="utf-8") if rendered.is_file() else ""
    if not is_template(html):
        earlier = read_kept(kept, _KEY)
        return None if earlier is None else PaperTemplate.parse(earlier.decode())
    try:
        template = PaperTemplate.parse(html)
    except ValueError as error:
        raise OctavoError(f"publications/paper.qmd: {error}") from None
    keep(kept, _KEY, html.encode())
    return template


def close_template(site: Path, template: PaperTemplate, settings: Site) -> None:
    """Replace the template with a page that leads to the list.

    The file has to stay: Quarto's preview reads each page that it has rendered again after this hook.
    """
    address = "../publications.html"
    head = [
        element("meta", name="robots", content="noindex"),
        element("meta", http_equiv="refresh", content=f"0; url={address}"),
        element("link", rel="canonical", href=settings.make_address("publications.html")),
    ]
    page = {
        "title": "Publications",
        "description": "The list of publications.",
        "card": card_path("index"),
        "body": element("p", element("a", "All publications", href=address)),
        "head": join("\n", head) + Markup("\n"),
    }
    write_file(site / TEMPLATE_PATH, template.fill(page))


def write_papers(
    site: Path,
    template: PaperTemplate,
    rows: Sequence[Publication],
    items: Sequence[Item],
    citations: Sequence[Citation],
    *,
    settings: Site,
    owner: Owner = (),
    news: Sequence[NewsItem] = (),
) -> None:
    """Write the page, `.bib`, and `.ris` of each row; `items` and `citations` belong to the rows."""
    related: dict[str, list[NewsItem]] = {}
    for line in news:
        related.setdefault(line.publication or "", []).append(line)
    folder = site / FOLDER
    for index in range(len(rows)):
        row, item, citation = rows[index], items[index], citations[index]
        body = paper_body(
            row,
            citation.bibtex.shown,
            owner=owner,
            news=related.get(row.id, ()),
            previous=rows[index - 1] if index else None,
            following=rows[index + 1] if index + 1 < len(rows) else None,
        )
        path = f"{FOLDER}/{row.id}.html"
        page = template.fill(
            {
                "title": item["title"],
                "description": describe_paper(row, item),
                "body": place_addresses(body, "../"),
                "head": make_head(row, item, settings.make_address(path), settings),
                "card": settings.choose_card(f"{FOLDER}/{row.id}", selected=row.selected),
            }
        )
        write_file(folder / f"{row.id}.html", page)
        write_file(folder / f"{row.id}.bib", citation.bibtex.whole)
        write_file(folder / f"{row.id}.ris", citation.ris)


def remove_papers(site: Path, kept: Iterable[str]) -> list[str]:
    """Remove the pages of papers that are no longer in the table, and return their paths in the site.

    A page with a `.bib` and a `.ris` of the same name is a paper's; other pages of the folder stay.
    """
    identifiers = set(kept)
    gone = [
        page
        for page in sorted((site / FOLDER).glob("*.html"))
        if page.stem not in identifiers and all(_name_sibling(page, kind).is_file() for kind in ("bib", "ris"))
    ]
    for page in gone:
        for path in (page, _name_sibling(page, "bib"), _name_sibling(page, "ris")):
            path.unlink()
    return [page.relative_to(site).as_posix() for page in gone]


def _name_sibling(page: Path, suffix: str) -> Path:
    return page.with_name(f"{page.name.removesuffix('.html')}.{suffix}")
