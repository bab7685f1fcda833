"""DBLP: the BibTeX file that it keeps of every person (https://dblp.org/faq/13501473.html)."""

from __future__ import annotations

from collections.abc import Sequence

from octavo.importing.client import Client, Question, SourceError
from octavo.importing.problems import report_source
from octavo.importing.readers.bibtex import read_bibtex
from octavo.importing.record import INDEX, Record
from octavo.importing.sources.catalogue import Found, Say


def fetch(client: Client, base: str, identifiers: Sequence[str], say: Say) -> Found:
    """The records of each person, named by the part of the person's DBLP address behind `/pid/`."""
    for pid in identifiers:
        say(f"dblp.org: {pid}")
        place = f"dblp:{pid}"
        try:
            answer = client.ask(Question(f"{base}/pid/{pid}.bib?param=1", "application/x-bibtex, text/plain"))
            if "html" in answer.content_type or "@" not in answer.body:
                raise SourceError(f"the answer is {answer.content_type or 'of no stated type'}, and no BibTeX")
        except SourceError as error:
            yield report_source(place, str(error))
            continue
        for found in read_bibtex(answer.body, place):
            yield found.credit("DBLP", INDEX) if isinstance(found, Record) else found
