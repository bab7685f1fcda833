"""The CV's files: both PDFs in the built site, made anew only where their rows or template changed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from octavo.documents.cache import Cache, compute_key
from octavo.documents.cv import Document, describe_cv, describe_publications, find_publications_file
from octavo.documents.record import Record
from octavo.documents.typesetting import describe_typesetting, find_template, is_accessible, typeset_pdf
from octavo.files import write_file

TEMPLATE = "cv.typ"

_NO_FONT = "no font has all of its characters; put one that has them into documents/fonts/"


def write_cv_files(site: Path, root: Path, record: Record, cache: Cache) -> list[str]:
    """Write the CV and its list of publications; return notes for the owner.

    Nothing is written if the profile names no file. A file of that name in the repository is the owner's own and wins.

    Raises:
        OctavoError: Typst can't set one of them; then none is written.
    """
    notes = []
    for file, content in typeset_files(root, record, cache).items():
        own = root / file
        if content is None:
            notes.append(f"{file}: the repository's own file is used, none is made")
        elif not is_accessible(content):
            notes.append(f"{file}: {_NO_FONT}")
        write_file(site / file, own.read_bytes() if content is None else content)
    return notes


def typeset_files(root: Path, record: Record, cache: Cache) -> dict[str, bytes | None]:
    """The PDFs by their paths in the site, and have them in the cache; None where the repository has its own file."""
    cv_file = record.profile.cv.file
    documents = {cv_file: describe_cv(record)} if cv_file else {}
    if cv_file and record.publications:
        documents[find_publications_file(cv_file)] = describe_publications(record)
    made = {file: document for file, document in documents.items() if not (root / file).is_file()}
    # Typst works outside of Python's lock.
    with ThreadPoolExecutor(len(made) or 1) as executor:
        contents = executor.map(lambda document: typeset_cached(root, document, cache), made.values())
        return dict.fromkeys(documents) | dict(zip(made, contents, strict=True))


def typeset_cached(root: Path, document: Document, cache: Cache) -> bytes:
    """Return the document's PDF, from the cache if it is there."""
    template = find_template(root, TEMPLATE)
    name = compute_key(describe_typesetting(template), document) + ".pdf"
    content = cache.find(name)
    if content is None:
        content = typeset_pdf(template, document)
        cache.keep(name, content)
    return content
