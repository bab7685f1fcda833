"""Collects records from everything on the command line: files and network sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path, PurePath
from typing import Any

from octavo.errors import OctavoError, Problem, has_errors, quote_value
from octavo.importing.answers import AnswerStore, Budget
from octavo.importing.client import Client
from octavo.importing.problems import report_source
from octavo.importing.readers.bibtex_fields import LINK_FIELDS
from octavo.importing.readers.files import read_references
from octavo.importing.readers.front_matter import OWNERS
from octavo.importing.record import Record
from octavo.importing.sources.catalogue import SOURCES, find_sources, parse_source
from octavo.importing.sources.service import fetch_records
from octavo.model.addresses import complete_web_address
from octavo.model.authors import Author
from octavo.model.identifiers import fold_doi, normalize_arxiv, normalize_doi

STDIN = "-"
# Pages in a folder that aren't publications.
_NO_PAGES = frozenset({"_index.md", "readme.md", "license.md"})
_DOCUMENTS = ("assets/pdf", "docs")
_FIELDS = (
    {"preview": "image"}
    | {name: f"links.{role}" for role in ("paper", "slides", "poster", "supplement") for name in LINK_FIELDS[role]}
    | {"paperurl": "links.paper", "slidesurl": "links.slides"}
)
# By the names of al-folio's and academicpages' fields.
_FILES = dict.fromkeys(_FIELDS, _DOCUMENTS) | {"preview": ("assets/img/publication_preview", "assets")}
_LISTS = frozenset(source.title for source in SOURCES.values())
_SCHOLAR = "Google Scholar has no interface for programs: select your articles there and export them as BibTeX"
_HELP = "octavo import --help lists them; a file is given by its path"


@dataclass
class Collection:
    """What was found, in the order of the sources."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    with_topics: bool = False
    _listed: dict[tuple[str, str], list[Record]] = field(default_factory=dict)

    def add(self, found: Iterable[Record | Problem]) -> None:
        """Sort what a reader or source yields."""
        for one in found:
            if isinstance(one, Record):
                if self._is_repeated(one):
                    continue
                without_topics = replace(one, topics=(), left=(*one.left, "keywords")) if one.topics else one
                self.records.append(one if self.with_topics else without_topics)
                self.problems += _list_doubts(one)
            else:
                self.problems.append(one)

    def _is_repeated(self, record: Record) -> bool:
        """Whether a source has listed this already, for another author."""
        if record.source not in _LISTS or not record.key:
            return False
        listed = self._listed.setdefault((record.source, record.key), [])
        listed.append(replace(record, place=""))
        return listed[-1] in listed[:-1]


@dataclass
class Request:
    """What to collect, and how."""

    sources: Sequence[str]
    read_stdin: Callable[[], bytes]
    format: str | None = None
    """The format of standard input, and of files whose extension doesn't tell it."""
    cache: Path = Path(".cache/octavo/answers")
    mail: str = ""
    max_age: timedelta = timedelta(0)
    with_topics: bool = False
    """Whether keywords become topics."""
    owner: Author | None = None
    """Who `admin` and `me` are on the pages of a Hugo site."""
    site: Path = Path()
    say: Callable[[str], None] = lambda _: None
    """Shows progress."""
    budget: Budget = field(default_factory=Budget)

    def connect(self) -> Client:
        """A client with these settings."""
        store = AnswerStore(self.cache)
        return Client(store, mail=self.mail, max_age=self.max_age, say=self.say, budget=self.budget)


def collect_records(request: Request, refreshed: Sequence[tuple[str, str]] = ()) -> Collection:
    """Records from files and from the network; `refreshed` are more sources, by name and identifier.

    Raises:
        OctavoError: if a source is neither a file nor of a known form.
    """
    collection = Collection(with_topics=request.with_topics)
    asked: dict[str, list[str]] = {}
    for text in request.sources:
        named = None if text == STDIN else parse_source(text)
        if named:
            asked.setdefault(named[0], []).append(named[1])
        else:
            collection.add(_read_file(text, request))
    for name, identifier in refreshed:
        asked.setdefault(name, []).append(identifier)
    if asked:
        _ask_network(asked, request, collection)
    return collection


def _list_doubts(record: Record) -> Iterator[Problem]:
    """Warnings about parts of a record that can't be imported as they are."""
    yield from (report_source(record.place, doubt, "warning") for doubt in record.doubts)
    try:
        if record.url:
            complete_web_address(record.url)
    except ValueError as error:
        yield report_source(record.place, f"url: {error}; kept as extra.url", "warning")


def list_profile_sources(profile: Mapping[str, Any]) -> list[str]:
    """The sources that the profile links to, as `orcid:0000-0002-1825-0097`."""
    orcid = f"orcid:{profile['orcid']}" if profile.get("orcid") else ""
    return list(find_sources([orcid, *(link["url"] for link in profile.get("links", ()))]))


def list_identifiers(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """The DOI and arXiv identifier of every row, to look them up again."""
    for row in rows:
        if str(row.get("hidden")).strip().lower() == "true":
            continue
        for name, value in (("doi", normalize_doi(_get(row, "doi"))), ("arxiv", normalize_arxiv(_get(row, "arxiv")))):
            if value:
                yield name, value


def _get(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


def _read_file(text: str, request: Request) -> Iterator[Record | Problem]:
    """A file's records, or those of a folder's pages, credited to its name, since its path may change."""
    if Path(text).is_dir():
        for page in sorted(Path(text).rglob("*.md")):
            if page.name.lower() not in _NO_PAGES:
                yield from _credit(read_references(page.read_bytes(), str(page)), Path(text).resolve().name, request)
        return
    if text == STDIN:
        yield from _credit(read_references(request.read_stdin(), "stdin", request.format), "standard input", request)
        return
    try:
        content = Path(text).read_bytes()
    except FileNotFoundError as error:
        if text.startswith(("http://", "https://")):
            raise OctavoError(
                f"{quote_value(text)} isn't the address of a known source ({_SCHOLAR if 'scholar.' in text else _HELP})"
            ) from error
        forms = ", ".join(next(iter(source.forms)) for source in SOURCES.values())
        raise OctavoError(f"{text}: no such file (a source is a file, - for standard input, {forms})") from error
    except OSError as error:
        raise OctavoError(f"{text}: can't be read: {error.strerror}") from error
    yield from _credit(read_references(content, text, request.format), Path(text).name, request)


def _credit(found: Iterable[Record | Problem], source: str, request: Request) -> Iterator[Record | Problem]:
    for one in found:
        if isinstance(one, Record):
            authors = (request.owner if str(author) in OWNERS and request.owner else author for author in one.author)
            yield _place_files(replace(one, author=tuple(authors)), request.site).credit(source, one.rank)
        else:
            yield one


def _place_files(record: Record, site: Path) -> Record:
    """The record with the picture and documents that al-folio and academicpages have for it, if this site has them."""
    placed = {
        name: path
        for name, folders in _FILES.items()
        for path in _list_paths(record.extra.get(name, ""), folders)
        if (site / path).is_file()
    }
    texts = {_FIELDS[name]: path for name, path in placed.items()}
    extra = {key: text for key, text in record.extra.items() if key not in placed}
    return replace(record, texts={**record.texts, **texts}, extra=extra) if placed else record


def _list_paths(name: str, folders: Sequence[str]) -> Iterator[str]:
    """Where a file may be in this site: in one of the folders, or where academicpages' files were moved to."""
    rest = name.removeprefix("/files/")
    if rest and PurePath(rest).name == rest:
        yield from (f"{folder}/{rest}" for folder in (("docs",) if rest != name else folders))


def _ask_network(asked: dict[str, list[str]], request: Request, collection: Collection) -> None:
    with request.connect() as client:
        for name in sorted(asked, key=list(SOURCES).index):
            identifiers = list(dict.fromkeys(asked[name]))
            collection.add(fetch_records(name, client, identifiers, request.say))
        _follow_preprints(client, request, collection)


def _follow_preprints(client: Client, request: Request, collection: Collection) -> None:
    """Look up the DOIs under which preprints have since been published, unless they were collected already."""
    known = {fold_doi(record.doi) for record in collection.records if not record.is_preprint}
    failed = {problem.path.lower() for problem in collection.problems}
    named = (record.doi for record in list(collection.records) if _is_published_since(record))
    missing = [doi for doi in dict.fromkeys(named) if fold_doi(doi) not in known and f"doi:{doi.lower()}" not in failed]
    if missing:
        collection.add(fetch_records("doi", client, missing, request.say))


def _is_published_since(record: Record) -> bool:
    """Whether a preprint has the DOI of the published paper, next to an arXiv identifier or instead of its own DOI."""
    own = record.place.lower().removeprefix("doi:") if record.place.startswith("doi:") else ""
    return bool(record.is_preprint and record.doi and (record.arxiv or (own and own != record.doi.lower())))


def report_nothing(sources: Sequence[str], collection: Collection) -> Problem | None:
    """A problem if there are no records and no errors: an empty answer isn't success."""
    if collection.records or has_errors(collection.problems):
        return None
    return report_source(" ".join(sources) or "refresh", "the source returned no publications")
