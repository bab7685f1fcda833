"""The reader of pages of a Hugo or Jekyll site: a publication is the front matter of its page, as HugoBlox has it.

https://docs.hugoblox.com/reference/front-matter/: YAML between lines of `---`, or TOML between lines of `+++`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from octavo.errors import Problem
from octavo.importing.problems import Positions
from octavo.importing.readers import academicpages
from octavo.importing.readers.reading import Reading
from octavo.importing.record import Record, clean_line, clean_paragraphs, drop_empty
from octavo.markdown import plain_title
from octavo.model.authors import Author, parse_name
from octavo.model.identifiers import find_arxiv, normalize_arxiv, normalize_doi
from octavo.model.vocabulary import ANONYMOUS, LINK_ROLES, LinkRole, PublicationType
from octavo.tables.source import parse_source

OWNERS = frozenset({"admin", "me"})
"""How a site's owner appears among the authors."""

_HEAD = re.compile(r"\s*(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<text>.*?)^(?P=fence)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_MAPPINGS = ("links", "hugoblox")
# By number until 2023, by CSL's names since.
_NUMBERED_TYPES: tuple[PublicationType, ...] = (
    "document", "paper-conference", "article-journal", "article", "report", "book", "chapter", "thesis", "patent",
)  # fmt: skip
_ROLES: Mapping[str, LinkRole] = {
    **{role: role for role in LINK_ROLES},
    "pdf": "paper", "dataset": "data", "preprint": "paper", "external_link": "website", "site": "website",
}  # fmt: skip
_LINK_NAMES = (
    "url_pdf", "url_code", "url_dataset", "url_poster", "url_project", "url_slides", "url_source", "url_video",
    "url_preprint", "url_website", "external_link",
)  # fmt: skip
_BOOKKEEPING = frozenset(
    """
    aliases author_notes categories commentable cover diagram draft editable featured_image gallery header image
    image_preview lastmod layout math menu pager profile projects publishDate publishdate reading_time selected
    share show_breadcrumb show_date show_related slides slug toc type url_custom view weight
    """.split()  # noqa: SIM905  a list of words reads best as words
)


def read_front_matter(text: str, path: str) -> Iterator[Record | Problem]:
    """The page's record, or a problem."""
    head = _HEAD.match(text)
    if not head:
        yield Problem(path, 1, 1, "the page has no front matter (expected it between lines of '---' or '+++')")
        return
    data, problems = _parse_toml(head, path) if head["fence"] == "+++" else _parse_yaml(head, path)
    yield from problems
    if problems:
        return
    if str(data.get("draft")).lower() == "true":
        yield Problem(path, 1, 1, "this page is a draft; it was left out", "warning")
        return
    if academicpages.is_academicpages(data):
        record = academicpages.make_record(data, text[head.end() :], path, _name_page(path))
    else:
        record = _make_record(data, path)
    if not record.title:
        yield Problem(path, 1, 1, "the page has no title")
    elif not record.author and record.type not in ANONYMOUS:
        yield Problem(path, 1, 1, "the page has no authors")
    else:
        yield record


def _parse_yaml(head: re.Match[str], path: str) -> tuple[Mapping[str, Any], list[Problem]]:
    source = parse_source(head.string[: head.end("text")].encode("utf-8", "replace"), path)
    data = source.data if isinstance(source.data, dict) else {}
    return data, source.problems


def _parse_toml(head: re.Match[str], path: str) -> tuple[Mapping[str, Any], list[Problem]]:
    try:
        return tomllib.loads(head["text"].replace("\r\n", "\n")), []
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return {}, [Positions(path, head.string).report(head.start("text"), f"the TOML can't be read: {error}")]


def _make_record(data: Mapping[str, Any], path: str) -> Record:
    reading = Reading({name: _write(value) for name, value in data.items()})
    named = data.get("hugoblox")
    ids = named.get("ids") if isinstance(named, dict) else None
    known = {name: _write(value) for name, value in ids.items()} if isinstance(ids, dict) else {}
    doi = normalize_doi(reading.peek("doi") or known.get("doi", ""))
    links, loose = _read_links(reading, data.get("links"))
    arxiv = normalize_arxiv(known.get("arxiv", "")) or normalize_arxiv(doi) or find_arxiv(*links.values())
    if doi:
        reading.mark("doi")
    understood = {"doi": normalize_doi(known.get("doi", "")), "arxiv": normalize_arxiv(known.get("arxiv", ""))}
    loose |= {name: text for name, text in known.items() if text and not understood.get(name)}
    container = _read_place(reading, "publication")
    kind = _read_type(reading)
    is_preprint = kind == "article" and (not container or container.lower().startswith("arxiv"))
    title = ": ".join(filter(None, (clean_line(_strip(reading.take(name))) for name in ("title", "subtitle"))))
    texts = {"tldr": clean_line(_strip(reading.take("summary")))}
    abstract = clean_paragraphs("\n\n".join(map(_strip, re.split(r"\n\s*\n", reading.take("abstract")))))
    issued = reading.take_date("date")
    topics, selected = _list(data, reading, "tags"), reading.take("featured").lower() == "true"
    authors = tuple(map(_read_name, _list(data, reading, "authors")))
    short = _read_place(reading, "publication_short")
    url = reading.take("url") if reading.peek("url").startswith("http") else ""  # otherwise it is the page's own
    extra, left = reading.sort_rest(_BOOKKEEPING, lambda _, text: text)
    left += tuple(name for name, value in data.items() if value and not _write(value) and name not in _MAPPINGS)
    return Record(
        type=kind, title=title, author=authors, issued=issued, container_title="" if is_preprint else container,
        container_title_short=short, abstract=abstract, doi="" if normalize_arxiv(doi) else doi, arxiv=arxiv,
        status="preprint" if is_preprint else "", topics=topics, selected=selected, links=links,
        url=url, texts=drop_empty(texts), extra={**extra, **loose}, left=left,
        source=path, place=f"{path}:1:1", key=_name_page(path),
    )  # fmt: skip


def _name_page(path: str) -> str:
    """The name of the page's file, or of the folder that it is the index of."""
    page = PurePath(path)
    return page.parent.name if page.stem == "index" else page.stem


def _write(value: Any) -> str:
    """A scalar, or a list of scalars, as text; empty for everything else."""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_write, value)))
    return "" if value is None or isinstance(value, dict) else str(value)


def _list(data: Mapping[str, Any], reading: Reading, name: str) -> tuple[str, ...]:
    reading.mark(name)
    value = data.get(name)
    return tuple(filter(None, (clean_line(_write(item)) for item in (value if isinstance(value, list) else [value]))))


def _strip(text: str) -> str:
    """The text without Markdown, unless it may have formulas, which stay unchanged."""
    return text if "$" in text else plain_title(text)


def _read_name(text: str) -> Author:
    try:
        return parse_name(text)
    except ValueError:
        return Author(literal=text)


def _read_type(reading: Reading) -> PublicationType:
    written = reading.take("publication_types").partition(";")[0].strip()
    if written.isdecimal() and int(written) < len(_NUMBERED_TYPES):
        return _NUMBERED_TYPES[int(written)]
    return next(
        (kind for kind in (*_NUMBERED_TYPES, *ANONYMOUS, "manuscript", "speech") if kind == written), "document"
    )


def _read_place(reading: Reading, name: str) -> str:
    """`In *OSDI '26*` without its Markdown and the preposition."""
    return re.sub(r"^In\s+", "", plain_title(clean_line(reading.take(name))))


def _read_links(reading: Reading, listed: Any) -> tuple[dict[LinkRole, str], dict[str, str]]:
    """The addresses by role, and those without a role or of files of that site."""
    found = [(name.removeprefix("url_"), reading.peek(name), name) for name in _LINK_NAMES]
    for link in listed if isinstance(listed, list) else ():
        if isinstance(link, dict):
            label = _write(link.get("type")) or _write(link.get("name"))
            found.append((label.lower(), _write(link.get("url")), f"link-{re.sub(r'[^A-Za-z0-9]+', '-', label)}"))
    links: dict[LinkRole, str] = {}
    loose: dict[str, str] = {}
    for label, address, name in found:
        role = _ROLES.get(label)
        if role and role not in links and address.startswith(("https://", "http://")):
            links[role] = address
            reading.mark(name)
        elif address and name not in _LINK_NAMES:
            loose[name] = clean_line(address)
    return links, loose
