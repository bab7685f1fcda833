"""All documents of a site, written into its folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path

from octavo.cache import Cache
from octavo.documents.cards import draw_cards, write_cards
from octavo.documents.cv_files import typeset_files, write_cv_files
from octavo.documents.json_resume import format_json_resume
from octavo.documents.pictures import draw_pictures, write_pictures
from octavo.documents.record import load_record
from octavo.files import write_file
from octavo.pictures.sizes import Variant
from octavo.site import list_versions


def draw_ahead(root: Path, pages: Iterable[str]) -> None:
    """Fill the cache with slow results that don't depend on built pages: PDFs, cards, and pictures.

    `pages` are the sources of the site's pages, as paths in the project `root`. Mistakes here only cost time:
    `write_documents` makes missing ones and deletes unused ones.

    Raises:
        OctavoError: the tables or the configuration have an error.
    """
    documents, cards, pictures = _open_caches(root)
    for site in list_versions(root):
        record = load_record(root)
        # Typst works outside of Python's lock: the CV is set beside the cards.
        with ThreadPoolExecutor(1) as executor:
            made = executor.submit(copy_context().run, typeset_files, root, record, documents)
            draw_cards(root, filter(site.has, pages), record, cards)
            if not site.prefix:
                draw_pictures(root, record, pictures)
        made.result()


def write_documents(site: Path, root: Path, more: Sequence[Variant] = ()) -> list[str]:
    """Write every document of the project in `root` into the built `site`, in each of its languages.

    `more` are picture files that the site has although no table names them.

    Documents already made from the same rows come from the caches in `.cache/octavo`.

    Raises:
        OctavoError: The tables or the configuration have an error, or a document can't be drawn.
    """
    documents, cards, pictures = _open_caches(root)
    notes: list[str] = []
    for version in list_versions(root):
        record = load_record(root)
        notes += write_cv_files(site, root, record, documents)
        write_file(site / version.place("resume.json"), format_json_resume(record))
        notes += write_cards(site, root, record, cards)
        if not version.prefix:
            write_pictures(site, root, record, pictures, more)
    for cache in (documents, cards, pictures):
        cache.forget_unused()
    return list(dict.fromkeys(notes))


def open_cache(root: Path) -> Cache:
    """The project's cache of documents."""
    return _open_caches(root)[0]


def _open_caches(root: Path) -> tuple[Cache, Cache, Cache]:
    """The caches of PDFs, of cards, and of pictures."""
    folder = root / ".cache" / "octavo"
    return Cache(folder / "documents"), Cache(folder / "cards"), Cache(folder / "pictures")
