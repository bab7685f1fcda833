"""arXiv: its own description of preprints, which also tells the DOI of what was published since.

https://info.arxiv.org/help/api/user-manual.html; its terms ask for three seconds between two questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from octavo.errors import Problem
from octavo.identifiers import normalize_arxiv, normalize_doi
from octavo.importing.client import Client, Question, SourceError
from octavo.importing.issued import parse_issued
from octavo.importing.latex import decode_latex
from octavo.importing.problems import report_source
from octavo.importing.readers.bibtex_names import decode_name
from octavo.importing.record import PREPRINT, Record, clean_line
from octavo.importing.sources.catalogue import Found, Say

_NAMES = {"atom": "http://www.w3.org/2005/Atom", "arxiv": "http://arxiv.org/schemas/atom"}
_BATCH = 50
_INTERVAL = 3.0


def fetch(client: Client, base: str, identifiers: Sequence[str], say: Say) -> Found:
    """One record for each identifier, or a problem."""
    for start in range(0, len(identifiers), _BATCH):
        batch = identifiers[start : start + _BATCH]
        say(f"arxiv.org: {start + 1} to {start + len(batch)} of {len(identifiers)}")
        try:
            answers = dict(_ask(client, base, batch))
        except SourceError as error:
            yield from (report_source(f"arxiv:{identifier}", str(error)) for identifier in batch)
            continue
        for identifier in batch:
            yield _convert(identifier, answers.get(identifier))


def _ask(client: Client, base: str, batch: Sequence[str]) -> Iterator[tuple[str, ET.Element]]:
    query = urlencode({"id_list": ",".join(batch), "max_results": len(batch)})
    interval = _INTERVAL if "arxiv.org" in base else 0.0
    answer = client.ask(Question(f"{base}?{query}", "application/atom+xml", interval=interval))
    if "xml" not in answer.content_type:
        raise SourceError(f"the answer is {answer.content_type or 'of no stated type'}, not Atom")
    # an Atom feed has no document type; one could define entities that grow without end
    if "<!DOCTYPE" in answer.body or "<!ENTITY" in answer.body:
        raise SourceError("the answer defines entities of its own and isn't read")
    try:
        feed = ET.fromstring(answer.body)  # noqa: S314 - without a document type there is nothing to expand
    except ET.ParseError as error:
        raise SourceError(f"the answer says that it is Atom and isn't XML ({error})") from error
    for entry in feed.iterfind("atom:entry", _NAMES):
        yield normalize_arxiv(_get(entry, "atom:id")), entry


def _convert(identifier: str, entry: ET.Element | None) -> Record | Problem:
    place = f"arxiv:{identifier}"
    if entry is None:
        return report_source(place, "arXiv knows nothing of that name")
    title = decode_latex(clean_line(_get(entry, "atom:title")))
    names = [clean_line(name.text or "") for name in entry.iterfind("atom:author/atom:name", _NAMES)]
    if not title or not any(names) or title == "Error":
        return report_source(
            place, clean_line(_get(entry, "atom:summary"))[:200] or "the answer has no title or authors"
        )
    try:
        authors = tuple(decode_name(name) for name in names if name)
        issued = parse_issued(_get(entry, "atom:published")) if _get(entry, "atom:published") else ""
    except ValueError as error:
        return report_source(place, str(error))
    doi = normalize_doi(_get(entry, "arxiv:doi"))
    return Record(
        type="article", title=title, author=authors, issued=issued, arxiv=identifier,
        doi="" if normalize_arxiv(doi) else doi, abstract=decode_latex(clean_line(_get(entry, "atom:summary"))),
        status="preprint", source="arXiv", rank=PREPRINT, place=place, key=identifier,
    )  # fmt: skip


def _get(entry: ET.Element, path: str) -> str:
    return (entry.findtext(path, "", _NAMES) or "").strip()
