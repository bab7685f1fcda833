"""The CV's files: both PDFs in the built site, made anew only where their rows or template changed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from homepage.documents.cache import Cache, compute_key
from homepage.documents.cv import Document, describe_cv, describe_publications, find_publications_file
from homepage.documents.record import Record
from homepage.documents.typesetting import describe_typesetting, find_timestamp, is_accessible, typeset_pdf
from homepage.files import write_file

TEMPLATE = Path("documents") / "cv.typ"

_NO_FONT = "no font has all of its characters; put one that has them into documents/fonts/"


def write_cv_files(site: Path, root: Path, record: Record, cache: Cache) -> list[str]:
    """Write the CV and the publications alone; returns notes for the owner.

    Where the profile names no file, there is none. A file of that name in the repository is the owner's
    own and wins.
    """
    cv_file = record.profile.cv.file
    if not cv_file:
        return []
    documents = {cv_file: describe_cv(record)}
    if not record.tables["publications"].empty:
        documents[find_publications_file(cv_file)] = describe_publications(record)
    # Typst works outside of Python's lock.
    with ThreadPoolExecutor(len(documents)) as executor:
        notes = executor.map(
            lambda file: _write_document(site, root, file, documents[file], cache), documents
        )
        return [note for noted in notes for note in noted]


def typeset_cached(root: Path, document: Document, cache: Cache) -> bytes:
    """The document's PDF, from the cache where it is there."""
    template = root / TEMPLATE
    name = compute_key(describe_typesetting(template), document, find_timestamp()) + ".pdf"
    content = cache.find(name)
    if content is None:
        content = typeset_pdf(template, document)
        cache.keep(name, content)
    return content


def _write_document(site: Path, root: Path, file: str, document: Document, cache: Cache) -> list[str]:
    own = root / file
    if own.is_file():
        write_file(site / file, own.read_bytes())
        return [f"{file}: the repository's own file is used, none is made"]
    content = typeset_cached(root, document, cache)
    write_file(site / file, content)
    return [] if is_accessible(content) else [f"{file}: {_NO_FONT}"]
