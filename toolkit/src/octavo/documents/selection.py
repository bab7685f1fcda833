"""A part of the record: for a CV of certain years or sections, or of so many pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from octavo.documents.cv import describe_cv
from octavo.documents.cv_files import TEMPLATE
from octavo.documents.record import Record
from octavo.documents.typesetting import count_pages, find_template, typeset_pdf
from octavo.errors import OctavoError
from octavo.model.entries import find_date
from octavo.model.row import Row
from octavo.model.words import count_noun

R = TypeVar("R", bound=Row)


def select(record: Record, *, since: int | None = None, only: Sequence[str] = ()) -> Record:
    """The record without what ended before the year `since`, and with the sections `only`, in their order.

    Rows without a date stay: they may be under review, or ongoing.
    """
    profile = record.profile
    if only:
        profile = replace(profile, cv=replace(profile.cv, sections=tuple(only)))
    if since is None:
        return replace(record, profile=profile)
    tables = {name: _keep(rows, since) for name, rows in record.tables.items()}
    return replace(record, profile=profile, publications=_keep(record.publications, since), tables=tables)


def _keep(rows: Iterable[R], since: int) -> list[R]:
    return [row for row in rows if (date := find_date(row)) is None or date.last.year >= since]


def fit_pages(record: Record, root: Path, pages: int) -> Record:
    """The record with as many of its publications, the first ones, as make a CV of at most so many pages.

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
    return replace(record, publications=record.publications[:most])
