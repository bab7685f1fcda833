"""Answers in BibTeX, read as a file is, within limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import islice

from octavo.errors import Problem
from octavo.importing.answers import (
    MOST_AUTHORS_IN_ANSWER,
    MOST_BIBTEX,
    MOST_WORKS,
    Answer,
    SourceError,
    check_authors,
    check_count,
)
from octavo.importing.readers.bibtex import read_bibtex
from octavo.importing.record import INDEX, Record
from octavo.importing.sources.json_answers import make_type_error
from octavo.importing.sources.service import Query, Service

# The sources write every field out. A few kilobytes of macros or cross-references could become gigabytes.
_MULTIPLIER = re.compile(r"@\s*string\b|\bcrossref\s*=", re.IGNORECASE)


def ask_bibtex(service: Service, identifier: str, path: str, query: Query) -> Iterator[Record | Problem]:
    """The records in the answer, credited to the source.

    Raises:
        SourceError: If there is no usable answer, or too much in it.
    """
    place = f"{service.source.name}:{identifier}"
    found = service.ask(path, partial(_parse, place), "application/x-bibtex, text/plain", query)
    return (one.credit(service.source.title, INDEX) if isinstance(one, Record) else one for one in found)


def _parse(place: str, answer: Answer) -> list[Record | Problem]:
    body = answer.body
    if "@" not in body or body.lstrip().startswith("<"):  # some servers call BibTeX text/html
        raise make_type_error(answer, "BibTeX")
    check_count(len(body), MOST_BIBTEX, "characters of BibTeX")
    if _MULTIPLIER.search(body):
        raise SourceError("the answer uses BibTeX macros or cross-references, which the source's own answers don't")
    check_count(body.count("@"), MOST_WORKS, "works")
    check_count(body.lower().count("and"), MOST_AUTHORS_IN_ANSWER, "authors")
    found = list(islice(read_bibtex(body, place), 2 * MOST_WORKS + 1))
    check_count(len(found), 2 * MOST_WORKS, "works and problems")
    check_authors(len(one.author) for one in found if isinstance(one, Record))
    return found
