"""The CV's files: both PDFs in the built site, remade only if their rows or template changed.

A part of the record makes a CV of certain years or sections, or of so many pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from octavo.cache import Cache, compute_key
from octavo.documents.cv import Document, describe_cv, describe_publications, find_publications_file
from octavo.documents.record import Record
from octavo.documents.typesetting import (
    Made,
    count_pages,
    describe_missing,
    describe_typesetting,
    find_kept_missing,
    find_template,
    typeset_pdf,
)
from octavo.errors import OctavoError
from octavo.files import write_file
from octavo.model.entries import find_date
from octavo.model.row import Row
from octavo.model.words import count_noun

TEMPLATE = "cv.typ"
R = TypeVar("R", bound=Row)


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
    """The PDFs by their paths in the site, added to the cache; None if the repository has its own file."""
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


def select(record: Record, *, since: int | None = None, only: Sequence[str] = ()) -> Record:
    """The record without entries that ended before the year `since`, and with only the sections `only`, in their order.

    Rows without a date stay: they may be under review, or ongoing.
    """
    profile = record.profile
    if only:
        profile = replace(profile, cv=replace(profile.cv, sections=tuple(only)))
    if since is None:
        return record._replace(profile=profile)
    tables = {name: _keep(rows, since) for name, rows in record.tables.items()}
    return record._replace(profile=profile, publications=_keep(record.publications, since), tables=tables)


def _keep(rows: Iterable[R], since: int) -> list[R]:
    return [row for row in rows if (date := find_date(row)) is None or date.last.year >= since]


def fit_pages(record: Record, root: Path, pages: int) -> Record:
    """The record with as many of its first publications as fit into a CV of at most this many pages.

    Raises:
        OctavoError: if the CV is longer without any publication.
    """
    if _fits(record, root, pages):
        return record
    fitting, too_many = -1, len(record.publications)
    while too_many - fitting > 1:
        middle = (fitting + too_many) // 2
        if _fits(_limit(record, middle), root, pages):
            fitting = middle
        else:
            too_many = middle
    if fitting < 0:
        wanted = count_noun(pages, "page")
        raise OctavoError(f"the CV is longer than {wanted} even without publications (choose sections with --only)")
    return _limit(record, fitting)


def typeset_cv(record: Record, root: Path) -> bytes:
    """The CV's PDF."""
    return typeset_pdf(find_template(root, TEMPLATE), describe_cv(record))


def _fits(record: Record, root: Path, pages: int) -> bool:
    return count_pages(find_template(root, TEMPLATE), describe_cv(record)) <= pages


def _limit(record: Record, most: int) -> Record:
    return record._replace(publications=record.publications[:most])
