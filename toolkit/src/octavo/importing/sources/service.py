"""A source in use: sends requests, reads lists page by page, and turns works into records."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import yaml

from octavo.errors import OctavoError, Problem, quote_value
from octavo.importing.answers import MOST_WORKS, SMALL_PAGE, Answer, Key, Question, SourceError, check_works
from octavo.importing.client import Client, Parsed
from octavo.importing.problems import report_source
from octavo.importing.readers.bibtex import read_bibtex
from octavo.importing.readers.bibtex_names import decode_name
from octavo.importing.readers.csl_record import make_record
from octavo.importing.record import INDEX, Record, UnusableError, clean_line
from octavo.importing.sources.catalogue import SOURCES, Source
from octavo.importing.sources.json_answers import get_list, get_mapping, make_type_error, parse_json
from octavo.model.authors import Author
from octavo.model.words import suggest

Found = Iterator[Record | Problem]
Say = Callable[[str], None]
"""Shows progress, one short line per call."""
Query = Mapping[str, object]
Item = dict[str, Any]
"""An item of CSL-JSON. Two fields are warnings: `cut` says why authors are missing, `retracted` who says so."""
_SHARED = 0o077
"""Permission bits of everyone but the owner."""


def fetch_records(name: str, client: Client, identifiers: Sequence[str], say: Say) -> Found:
    """The records of each identifier from a source, or problems.

    The source's module has `fetch(service, *identifiers)`, called with up to `batch` of them. It is all or nothing:
    an incomplete list would look complete.
    """
    service = open_service(name, client, say)
    source = service.source
    for start in range(0, len(identifiers), source.batch):
        batch = identifiers[start : start + source.batch]
        say(f"{source.title}: {batch[0]} ({start + len(batch)} of {len(identifiers)})")
        try:
            yield from list(import_module(f"octavo.importing.sources.{name}").fetch(service, *batch))
        except (SourceError, RecursionError) as error:  # RecursionError: an answer that is nested too deeply
            yield from (report_source(f"{name}:{identifier}", str(error)) for identifier in batch)


def open_service(name: str, client: Client, say: Say) -> Service:
    """The source of this name, with the owner's key for it."""
    source = SOURCES[name]
    return Service(source, client, say, _read_key(source))


def _read_key(source: Source) -> Key | None:
    if source.key is None:
        return None
    value = read_key(source.name, tuple(name for name, one in SOURCES.items() if one.key))
    return Key(source.key.name, source.key.prefix + value, source.key.is_parameter) if value else None


class Service(NamedTuple):
    """A source, the connection to it, and the key if there is one."""

    source: Source
    client: Client
    say: Say
    key: Key | None = None

    def ask(
        self,
        path: str,
        parse: Callable[[Answer], Parsed],
        accept: str = "application/json",
        query: Query | None = None,
        origins: frozenset[str] = frozenset(),
    ) -> Parsed:
        """The answer, parsed by `parse`.

        Raises:
            SourceError: If there is no usable answer.
        """
        hint = _describe_key(self.source, is_given=self.key is not None)
        if self.source.key and self.source.key.is_needed and not self.key:
            raise SourceError(hint)
        base = self.source.read_base()
        address = base + path + (f"?{urlencode(query, errors='replace')}" if query else "")
        interval = self.source.interval if base == self.source.base else 0.0
        return self.client.ask(Question(address, accept, origins, interval, self.key, hint), parse)

    def ask_json(self, path: str, check: Callable[[Any], object], query: Query | None = None) -> Any:
        """The parsed answer; `check` raises `SourceError` if it has the wrong shape or too many items."""

        def parse(answer: Answer) -> Any:
            value = parse_json(answer)
            check(value)
            return value

        return self.ask(path, parse, query=query)

    def list_items(
        self,
        path: str,
        query: Query,
        turn: Callable[[Any, int], Query | None],
        items: tuple[str, ...],
    ) -> list[Any]:
        """The items of all pages.

        Args:
            path: The path of the list.
            query: The query for the first page.
            turn: From a page and its number, what to add to the query for the next page; None at the end.
            items: The keys that lead to a page's items.
        """

        def check(page: Any) -> None:
            if not isinstance(get_mapping(page, *items[:-1]).get(items[-1]), list):
                raise SourceError("the answer has no list of works")

        found: list[Any] = []
        for number in range(1, MOST_WORKS // SMALL_PAGE + 2):
            page = self.ask_json(path, check, query)
            found += get_list(page, *items)
            check_works(len(found))
            self.say(f"{self.source.title}: {len(found)} works")
            further = turn(page, number) if get_list(page, *items) else None
            if further is None:
                return found
            query = {**query, **further}
        raise SourceError(f"the list of works has more than {MOST_WORKS // SMALL_PAGE + 1} pages")

    def convert(
        self, works: Iterable[Any], describe: Callable[[Any], Item], within: str = "", rank: int = INDEX
    ) -> Found:
        """A record or a problem for each work; `within` precedes its name in places."""
        for work in works:
            item = describe(work)
            place = f"{self.source.name}:{within}{clean_line(str(item.get('id') or '?'))[:80]}"
            doubts = [item.pop(name, "") for name in ("cut", "retracted")]
            try:
                record = make_record(item, self.source.title, place, rank)
            except UnusableError as error:
                yield report_source(place, str(error))
                continue
            yield replace(record, is_cut=bool(doubts[0]))
            yield from (report_source(place, doubt, "warning") for doubt in doubts if doubt)


def _describe_key(source: Source, *, is_given: bool) -> str:
    """What the user can do if access is refused."""
    if source.key is None:
        return ""
    places = f"OCTAVO_{source.name.upper()}_KEY or, as `{source.name}: KEY`, in {find_key_file()}"
    if is_given:
        return f"check the key in {places}"
    needs = "needs" if source.key.is_needed else "allows more with"
    return f"{source.title} {needs} a key, which is free: get one at {source.key.page} and put it into {places}"


def drop_assumed_day(date: str) -> str:
    """The date, or just its year if it is January 1, which indexes fill in when they know only the year."""
    return date.removesuffix("-01-01")


def describe_name(written: str, orcid: str = "") -> Item:
    """A name in a single text, split into CSL's parts."""
    try:
        return describe_author(decode_name(clean_line(written)), orcid)
    except ValueError:
        return {"literal": written}


def describe_author(author: Author, orcid: str = "") -> Item:
    """A name in CSL's parts."""
    return {
        "family": author.family, "given": author.given, "non-dropping-particle": author.particle,
        "suffix": author.suffix, "literal": author.literal, "ORCID": orcid,
    }  # fmt: skip


def read_key(name: str, known: tuple[str, ...]) -> str:
    """The key for the source `name`, from `OCTAVO_<NAME>_KEY` or the user's file, never from the site; empty if none.

    Raises:
        OctavoError: If the file or the key can't be used; never with a part of a key in its message.
    """
    variable = f"OCTAVO_{name.upper()}_KEY"
    given = os.environ.get(variable, "").strip()
    place, key = (variable, given) if given else (str(find_key_file()), _load_keys(known).get(name, ""))
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise OctavoError(f"{place}: the key for {name} has a space or a character that no key has")
    return key


def find_key_file() -> Path:
    """The file with the user's keys, one per line, such as `openalex: KEY`."""
    folder = os.environ.get("APPDATA" if os.name == "nt" else "XDG_CONFIG_HOME")
    return (Path(folder) if folder else Path.home() / ".config") / "octavo" / "keys.yml"


def _load_keys(known: tuple[str, ...]) -> dict[str, str]:
    file = find_key_file()
    try:
        text = file.read_text(encoding="utf-8")
        is_shared = os.name == "posix" and file.stat().st_mode & _SHARED
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise OctavoError(f"{file}: can't be read: {getattr(error, 'strerror', None) or 'not UTF-8'}") from None
    if is_shared:
        raise OctavoError(f"{file}: others can read your keys; run: chmod 600 {file}")
    keys = _parse_keys(text, file)
    for name in keys:
        if name not in known:
            raise OctavoError(f"{file}: {quote_value(name)} takes no key ({suggest(name, known, most=0)})")
    return keys


def _parse_keys(text: str, file: Path) -> dict[str, str]:
    """The file's content; YAML's own messages would quote a key."""
    try:
        keys = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes texts only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise OctavoError(f"{file}:{mark.line + 1 if mark else 1}: not YAML; expected lines as `name: KEY`") from None
    if keys in (None, ""):
        return {}
    if not isinstance(keys, dict) or not all(isinstance(part, str) for pair in keys.items() for part in pair):
        raise OctavoError(f"{file}: expected lines as `name: KEY`")
    return {name: key.strip() for name, key in keys.items()}


def ask_bibtex(service: Service, identifier: str, path: str, query: Query) -> Iterator[Record | Problem]:
    """The records in the answer, credited to the source.

    Raises:
        SourceError: If there is no usable answer, or too much in it.
    """
    place = f"{service.source.name}:{identifier}"
    found = service.ask(path, partial(_parse_bibtex, place), "application/x-bibtex, text/plain", query)
    return (one.credit(service.source.title, INDEX) if isinstance(one, Record) else one for one in found)


def _parse_bibtex(place: str, answer: Answer) -> list[Record | Problem]:
    body = answer.body
    if "@" not in body or body.lstrip().startswith("<"):  # some servers call BibTeX text/html
        raise make_type_error(answer, "BibTeX")
    found = list(read_bibtex(body, place))
    check_works(len(found))
    return found
