"""Writing: the search page and the files that its script loads."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from markupsafe import Markup

from octavo.files import write_file
from octavo.html import data_block, element, join
from octavo.language.keys import Word
from octavo.language.words import find_forms, write_count, write_word
from octavo.listings.parts import group_section
from octavo.made_page import LayOut, MadePage
from octavo.model.publications import Publication
from octavo.search.entries import Entry, collect_entries, entry_item, paper_entry
from octavo.search.index import PLAIN, SPELT, UNSPACED, Index, make_index
from octavo.site import SEARCH_PAGE, Site, load_site
from octavo.tables.rows import CheckedTables

# The script reads this many entries from the page, and the others from files of fifty.
MOST_LISTED = 500
_CHUNK = 50
_FOLDER = "search"
_SCRIPT = f"{_FOLDER}/search.js"
_FILE = re.compile(rf"{_FOLDER}/(?:terms-\d+|entries-\d+|words)\.txt|{_SCRIPT}")
_SKIPPED = ("404.html", SEARCH_PAGE)


def write_search(site: Path, root: Path, lay_out: LayOut) -> None:
    """Add the search page and its files to the built `site`, if the menu of the project in `root` asks for it."""
    settings = load_site(root)
    files: dict[str, str] = {}
    if settings.search:
        papers = _read_papers(root / "data")
        pages = collect_entries(_read_pages(site, settings, {entry.address for entry in papers}))
        files = _make_files([*pages, *papers], index := make_index([*pages, *papers]))
        lay_out({"body-class": "search"}, [_make_page(pages, papers, index, settings)])
    tree = site / settings.prefix
    for path, text in files.items():
        write_file(tree / path, text)
    for old in (tree / _FOLDER).glob("*"):
        if is_search_file(path := old.relative_to(tree).as_posix()) and path not in files:
            old.unlink()


def _read_papers(data: Path) -> list[Entry]:
    if not data.is_dir():  # a website with the format alone
        return []
    tables = CheckedTables(data)
    owner = tables.profile
    return [paper_entry(row, owner) for row in tables.list_rows(Publication)]


def is_search_file(path: str) -> bool:
    """Whether a site's file is one that the search page's script loads."""
    return _FILE.fullmatch(path) is not None


def _read_pages(site: Path, settings: Site, papers: Collection[str]) -> Iterator[tuple[str, str]]:
    """The pages of a language's tree, by their paths in it."""
    tree = site / settings.prefix
    paths = (file.relative_to(tree).as_posix() for file in tree.rglob("*.html"))
    # The home page first, since it stands for the whole site.
    for path in sorted(paths, key=lambda path: (path != "index.html", path)):
        if path not in papers and path not in _SKIPPED and settings.has(settings.place(path)):
            yield path, (tree / path).read_text(encoding="utf-8")


def _make_files(entries: Sequence[Entry], index: Index) -> dict[str, str]:
    files = {_SCRIPT: Path(__file__).with_name("search.js").read_text(encoding="utf-8")}
    if len(index.pieces) > 1:  # a single one is in the page
        files |= {f"{_FOLDER}/terms-{number}.txt": piece for number, piece in enumerate(index.pieces)}
        files[f"{_FOLDER}/words.txt"] = "\n".join(index.terms)
    for start in range(MOST_LISTED, len(entries), _CHUNK):
        items = "\n".join(map(entry_item, entries[start : start + _CHUNK]))
        files[f"{_FOLDER}/entries-{start}.txt"] = items
    return files


def _make_page(pages: Sequence[Entry], papers: Sequence[Entry], index: Index, settings: Site) -> MadePage:
    title = settings.search
    listed = papers[: max(0, MOST_LISTED - len(pages))]
    more = element("p", element("a", write_count("search-all-publications", len(papers)), href="publications.html"))
    data = {
        "first": index.first,
        "chunk": _CHUNK,
        "version": hashlib.sha256("\n".join(index.pieces).encode()).hexdigest()[:8],
        "plain": PLAIN,
        "spelt": SPELT,
        "unspaced": UNSPACED,
        "words": {
            "results": find_forms("search-results"),
            "nothing": write_word("search-no-results-text"),
            "failed": write_word("search-failed"),
        },
        "terms": index.pieces[0] if len(index.pieces) == 1 else None,
    }
    body = [
        _search_form(f"{title} {settings.title}"),
        element("ol", class_="listing results", hidden=True),
        element("button", write_word("search-more-results"), type="button", hidden=True),
        _list_entries("search-pages", "pages", pages[:MOST_LISTED]),
        _list_entries("cv-publications", "publications", listed, more if len(listed) < len(papers) else None),
        data_block(data, "application/json", class_="search-data"),
    ]
    head = [
        element("link", rel="canonical", href=settings.make_address(settings.place(SEARCH_PAGE))),
        element("script", type="module", src=f"/{settings.place(_SCRIPT)}"),
    ]
    return MadePage(
        settings.place(SEARCH_PAGE),
        title=title,
        heading=Markup.escape(title),
        description=write_word("search-description", site=settings.title),
        card=settings.choose_card("index", selected=False),
        head=join("\n", head),
        body=join("\n", body),
    )


def _search_form(label: str) -> Markup:
    return element(
        "form",
        element(
            "div", element("input", type="search", name="q", aria_label=label, autocomplete="off"), class_="search-line"
        ),
        element("p", element("span", role="status"), class_="found"),
        role="search",
        hidden=True,
    )


def _list_entries(heading: Word, anchor: str, entries: Sequence[Entry], after: Markup | None = None) -> Markup | None:
    if not entries:
        return None
    items = element("ol", map(entry_item, entries), class_="listing compact")
    return group_section(write_word(heading), anchor, Markup("").join(filter(None, [items, after])))
