"""arXiv: its description of each preprint, including the DOI of the version published since, and authors' lists.

https://info.arxiv.org/help/api/user-manual.html; its terms of use ask for three seconds between two requests. An author
who has claimed an identifier there has a feed of works (https://info.arxiv.org/help/author_identifiers.html), whose
entries are those of the API.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from octavo.errors import Problem
from octavo.importing.answers import Answer, SourceError, check_works
from octavo.importing.issued import parse_issued
from octavo.importing.latex import decode_latex
from octavo.importing.problems import report_source
from octavo.importing.readers.bibtex_names import decode_name
from octavo.importing.record import PREPRINT, Record, clean_line
from octavo.importing.sources.json_answers import make_type_error
from octavo.importing.sources.service import Found, Service
from octavo.model.identifiers import normalize_arxiv, normalize_doi

_ATOM = "application/atom+xml"
_NAMES = {"atom": "http://www.w3.org/2005/Atom", "arxiv": "http://arxiv.org/schemas/atom"}


def fetch(service: Service, *identifiers: str) -> Found:
    """One record for each preprint, or a problem; those of each author's list."""
    preprints = [identifier for identifier in identifiers if normalize_arxiv(identifier)]
    if preprints:
        query = {"id_list": ",".join(preprints), "max_results": len(preprints)}
        entries = service.ask("/api/query", _parse, _ATOM, query)
        for identifier in preprints:
            yield _convert(identifier, entries.get(identifier))
    for author in [identifier for identifier in identifiers if identifier not in preprints]:
        works = service.ask(f"/a/{author}.atom2", _parse, _ATOM)
        for identifier, entry in works.items():
            yield _convert(identifier, entry)


def _parse(answer: Answer) -> dict[str, ET.Element]:
    """The entries by arXiv identifier."""
    if "xml" not in answer.content_type:
        raise make_type_error(answer, "Atom")
    try:
        feed = ET.fromstring(answer.body)  # noqa: S314 - expat limits how far entities expand
    except ET.ParseError as error:
        raise SourceError(f"the answer is not valid XML: {error}") from error
    entries = feed.findall("atom:entry", _NAMES)
    check_works(len(entries))
    return {normalize_arxiv(_get(entry, "atom:id")): entry for entry in entries}


def _convert(identifier: str, entry: ET.Element | None) -> Record | Problem:
    place = f"arxiv:{identifier}"
    if entry is None:
        return report_source(place, "arXiv has no paper with this identifier")
    title = decode_latex(clean_line(_get(entry, "atom:title")), keeps_emphasis=True)
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
        doi="" if normalize_arxiv(doi) else doi,
        abstract=decode_latex(clean_line(_get(entry, "atom:summary")), keeps_emphasis=True),
        status="preprint", source="arXiv", rank=PREPRINT, place=place, key=identifier,
    )  # fmt: skip


def _get(entry: ET.Element, path: str) -> str:
    return (entry.findtext(path, "", _NAMES) or "").strip()
