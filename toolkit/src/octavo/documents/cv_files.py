"""The CV's files: both PDFs in the built site, remade only if their rows or template changed."""

from __future__ import annotations

from pathlib import Path

from octavo.cache import Cache, compute_key
from octavo.documents.cv import Document, describe_cv, describe_publications, find_publications_file
from octavo.documents.record import Record
from octavo.documents.typesetting import (
    Made,
    describe_missing,
    describe_typesetting,
    find_kept_missing,
    find_template,
    typeset_pdf,
)
from octavo.files import write_file

TEMPLATE = "cv.typ"


def write_cv_files(site: Path, root: Path, record: Record, cache: Cache) -> list[str]:
    """Write the CV and its list of publications; return notes for the owner.

    Nothing is written if the profile names no file. A file of that name in the repository is the owner's own and wins.

    Raises:
        OctavoError: Typst can't set one of them; then none is written.
    """
    notes = []
    for file, made in typeset_files(root, record, cache).items():
        if made is None:
            notes.append(f"{file}: using the repository's own file instead of making one")
        elif made.missing:
            notes.append(describe_missing(file, made.missing))
        # The owner's own file serves all languages.
        path = file if made is None else record.site.place(file)
        write_file(site / path, (root / file).read_bytes() if made is None else made.content)
    return notes


def typeset_files(root: Path, record: Record, cache: Cache) -> dict[str, Made | None]:
    """The PDFs by their paths in the site, added to the cache; None where the repository has its own file."""
    cv_file = record.profile.cv.file
    documents = {cv_file: describe_cv(record)} if cv_file else {}
    if cv_file and record.publications:
        documents[find_publications_file(cv_file)] = describe_publications(record)
    return {
        file: None if (root / file).is_file() else _typeset(root, document, cache)
        for file, document in documents.items()
    }


def _typeset(root: Path, document: Document, cache: Cache) -> Made:
    template = find_template(root, TEMPLATE)
    key = compute_key(describe_typesetting(template), document)
    content = cache.find_or_make(f"{key}.pdf", lambda: typeset_pdf(template, document))
    return Made(content, find_kept_missing(template, document, cache, key))
