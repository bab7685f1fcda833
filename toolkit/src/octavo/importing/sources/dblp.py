"""DBLP: the BibTeX file that it keeps for each person (https://dblp.org/faq/13501473.html)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import islice

from octavo.errors import Problem
from octavo.importing.answers import Answer
from octavo.importing.client import Client, Question, SourceError
from octavo.importing.limits import MOST_AUTHORS_IN_ANSWER, MOST_BIBTEX, MOST_WORKS, check_authors, check_count
from octavo.importing.problems import report_source
from octavo.importing.readers.bibtex import read_bibtex
from octavo.importing.record import INDEX, Record
from octavo.importing.sources.catalogue import Found, Say
from octavo.importing.sources.json_answers import make_type_error

# With `param=1`, DBLP writes every field out. A few kilobytes of macros or cross-references could become gigabytes.
_MULTIPLIER = re.compile(r"@\s*string\b|\bcrossref\s*=", re.IGNORECASE)


def fetch(client: Client, base: str, identifiers: Sequence[str], say: Say) -> Found:
    """The records of each person, identified by the part of a DBLP address after `/pid/`."""
    for pid in identifiers:
        say(f"dblp.org: {pid}")
        place = f"dblp:{pid}"
        question = Question(f"{base}/pid/{pid}.bib?param=1", "application/x-bibtex, text/plain")
        try:
            yield from client.ask(question, partial(_parse, place))
        except SourceError as error:
            yield report_source(place, str(error))


def _parse(place: str, answer: Answer) -> list[Record | Problem]:
    body = answer.body
    if "html" in answer.content_type or "@" not in body:
        raise make_type_error(answer, "BibTeX")
    check_count(len(body), MOST_BIBTEX, "characters of BibTeX")
    if _MULTIPLIER.search(body):
        raise SourceError("the answer uses BibTeX macros or cross-references, which DBLP's own answers don't")
    check_count(body.count("@"), MOST_WORKS, "works")
    check_count(body.lower().count("and"), MOST_AUTHORS_IN_ANSWER, "authors")
    found = list(islice(read_bibtex(body, place), 2 * MOST_WORKS + 1))
    check_count(len(found), 2 * MOST_WORKS, "works and problems")
    check_authors(len(one.author) for one in found if isinstance(one, Record))
    return [one.credit("DBLP", INDEX) if isinstance(one, Record) else one for one in found]
