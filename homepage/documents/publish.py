"""All documents of a site, written into its folder."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from homepage.documents.cache import Cache
from homepage.documents.cards import write_cards
from homepage.documents.cv_files import write_cv_files
from homepage.documents.json_resume import format_json_resume
from homepage.documents.record import load_record
from homepage.files import write_file


def write_documents(site: Path, root: Path) -> list[str]:
    """Write every document of the project in `root` into the built `site`; returns notes for the owner.

    What was made before from the same rows is taken from `.cache/homepage/documents`.

    Raises:
        HomepageError: the tables or the configuration have an error.
    """
    record = load_record(root)
    documents, cards = open_cache(root), Cache(root / ".cache" / "homepage" / "cards")
    # Typst works outside of Python's lock: the CV is set beside the cards.
    with ThreadPoolExecutor(1) as executor:
        notes = executor.submit(write_cv_files, site, root, record, documents)
        write_file(site / "resume.json", format_json_resume(record))
        write_cards(site, root, record, cards)
    documents.forget_unused()
    cards.forget_unused()
    return notes.result()


def open_cache(root: Path) -> Cache:
    """The project's cache of documents."""
    return Cache(root / ".cache" / "homepage" / "documents")
