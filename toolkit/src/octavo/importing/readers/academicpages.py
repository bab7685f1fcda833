"""The reader of academicpages' publications: one page each, which names the authors only in a recommended citation."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from octavo.importing.readers.reading import Reading
from octavo.importing.record import Record, clean_line, clean_paragraphs, drop_empty
from octavo.markdown import plain_title
from octavo.model.authors import Author, parse_name
from octavo.model.identifiers import find_arxiv, find_doi, normalize_arxiv, normalize_doi
from octavo.model.vocabulary import LinkRole, PublicationType

_TYPES: Mapping[str, PublicationType] = {
    "manuscripts": "article-journal", "journals": "article-journal", "conferences": "paper-conference", "books": "book",
}  # fmt: skip
_CONFERENCE = re.compile(r"\b(?:conference|proceedings|proc\.|workshop|symposium)", re.IGNORECASE)
_LINKS: Mapping[str, LinkRole] = {"paperurl": "paper", "slidesurl": "slides", "codeurl": "code", "videourl": "video"}
_BOOKKEEPING = frozenset(
    "author_profile collection comments excerpt header layout permalink read_time redirect_from share".split()  # noqa: SIM905  a list of words reads best as words
)
_TAGS = re.compile(r"<[^>]*>")
# Where the names in a citation end: at the year, at the title in quotation marks, or at the title itself.
_NAMES_END = re.compile(r"\s*(?:\(?(?:19|20)\d\d\b|[\"“”«‘]|(?<!\w)')")
_CUT = re.compile(r"[\s,&]*(?:\band\s+)?(?:\bet\.?\s+al\b\.?|\bothers\b).*", re.IGNORECASE | re.DOTALL)
_JOINT = re.compile(r"\s*[,;]?\s*(?:&|\band\b)\s*|\s*[,;]\s*")
_LAST_DOT = re.compile(r"(?<=\w\w)\.$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[\s-]*){1,4}")
# What a page says besides its abstract.
_ROUTINE = re.compile(r"\[?(?:download|recommended citation|use \[?google scholar|click here)", re.IGNORECASE)


def is_academicpages(data: Mapping[str, Any]) -> bool:
    """Whether a page's front matter is academicpages'."""
    return "authors" not in data and ("citation" in data or "paperurl" in data)


def make_record(data: Mapping[str, Any], body: str, path: str, key: str) -> Record:
    """The record of a page; without names that can be read, it is of a type that needs none."""
    texts = {
        name: "" if isinstance(value, dict | list) or value is None else str(value) for name, value in data.items()
    }
    reading = Reading(texts)
    title = _clean(reading.take("title"))
    written = reading.peek("citation")
    authors, is_cut = read_citation(written, title)
    container = _clean(reading.take("venue"))
    links: dict[LinkRole, str] = {}
    for name, role in _LINKS.items():
        if reading.peek(name).startswith(("https://", "http://")):
            links[role] = reading.take(name)
    paper = links.get("paper", "")
    doi = normalize_doi(reading.take("doi")) or find_doi(paper)
    arxiv = normalize_arxiv(doi) or find_arxiv(paper, reading.peek("arxiv"))
    summary = _clean(reading.take("excerpt"))
    kind = _TYPES.get(reading.take("category") or reading.peek("collection"), _guess_type(container))
    is_preprint = bool(arxiv) and (not container or container.lower().startswith("arxiv"))
    issued = reading.take_date("date")
    if authors:
        reading.mark("citation")
    extra, left = reading.sort_rest(_BOOKKEEPING, lambda _, text: _clean(text))
    left += tuple(name for name, value in data.items() if value and isinstance(value, dict | list))
    doubts = () if authors else ("no authors can be read from its citation; imported without them",)
    return Record(
        type=("article" if is_preprint else kind) if authors else "document",
        title=title, author=authors, is_cut=is_cut, issued=issued,
        container_title="" if is_preprint else container, status="preprint" if is_preprint else "",
        doi="" if normalize_arxiv(doi) else doi, arxiv=arxiv, links=links, abstract=_read_abstract(body, summary),
        texts=drop_empty({"tldr": summary}), extra=extra, left=left, doubts=doubts,
        source=path, place=f"{path}:1:1", key=key,
    )  # fmt: skip


def read_citation(citation: str, title: str) -> tuple[tuple[Author, ...], bool]:
    """The authors before the year or title of a citation, and whether it names only the first of them."""
    text = _clean(citation)
    found = text.casefold().find(title.casefold()) if title else -1
    text = text[:found] if found >= 0 else text
    end = _NAMES_END.search(text)
    text = text[: end.start()] if end else text if found >= 0 else ""
    names = _CUT.sub("", text)
    parts = [part for part in _JOINT.split(_LAST_DOT.sub("", names.strip(" ,;:"))) if part]
    if len(parts) > 1 and all(map(_INITIALS.fullmatch, parts[1::2])) and len(parts) % 2 == 0:
        parts = [f"{family}, {initials}" for family, initials in zip(parts[::2], parts[1::2], strict=True)]
    if any(len(part) > 60 or re.search(r"[\d:]", part) for part in parts):
        return (), False
    try:
        return tuple(map(parse_name, parts)), names != text
    except ValueError:
        return (), False


def _clean(text: str) -> str:
    """One line of plain text, without HTML, entities escaped once or twice, and Markdown."""
    line = clean_line(_TAGS.sub("", html.unescape(html.unescape(text))))
    return line if "$" in line else plain_title(line)


def _guess_type(container: str) -> PublicationType:
    return "paper-conference" if _CONFERENCE.search(container) else "article-journal" if container else "document"


def _read_abstract(body: str, summary: str) -> str:
    paragraphs = (_clean(paragraph) for paragraph in re.split(r"\n\s*\n", body))
    kept = [text for text in paragraphs if text and not _ROUTINE.match(text) and text != summary]
    return clean_paragraphs("\n\n".join(kept))
