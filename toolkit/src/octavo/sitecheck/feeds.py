"""Feeds: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1, each held to what its specification demands."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

import turbohtml

from octavo.errors import Problem
from octavo.sitecheck.references import Reference
from octavo.sitecheck.xml import XML_NAMESPACE, XmlElement, XmlError, parse_xml

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = b"https://jsonfeed.org/version/"
ABSOLUTE = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:\S+$")
RFC_3339 = re.compile(r"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$")
TEXT_TYPES = frozenset({None, "text", "html", "xhtml"})

# A fault: its line and what it is.
Fault = tuple[int, str]
Found = tuple[tuple[Reference, ...], tuple[Problem, ...]]


def is_feed(path: str, content: bytes) -> bool:
    """Whether a file is a feed, by what it begins with; any other XML file is looked at as one, too."""
    start = content[:2000].replace(b"\\/", b"/")
    return path.endswith(".xml") or (path.endswith(".json") and JSON_FEED in start)


def read_feed(path: str, content: bytes) -> Found:
    """The addresses that a feed names, and what is wrong with it."""
    if path.endswith(".json"):
        return _read_json_feed(path, content)
    try:
        root = parse_xml(content)
    except XmlError as error:
        return (), (Problem(path, error.line, error.column, f"invalid XML: {error.message}"),)
    if root.name == f"{ATOM} feed":
        faults, addresses = _check_atom(root), _atom_addresses(root)
    elif root.name == "rss":
        faults, addresses = _check_rss(root), _rss_addresses(root)
    else:
        return (), ()
    problems = (Problem(path, line, 1, f"invalid feed: {message}") for line, message in faults)
    references = (Reference(address, "names", "the feed's link", line, 1) for line, address in addresses)
    return tuple(references), tuple(problems)


def is_timestamp(text: str) -> bool:
    """Whether it is a date and time of RFC 3339, one that the calendar has."""
    if not RFC_3339.match(text):
        return False
    try:
        datetime.fromisoformat(text.upper())
    except ValueError:
        return False
    return True


def _check_atom(feed: XmlElement) -> Iterator[Fault]:
    entries = list(feed.find_all(f"{ATOM} entry"))
    for element in [feed, *entries]:
        kind = element.name.removeprefix(f"{ATOM} ")
        for name in ("id", "title", "updated"):
            yield from _check_once(element, kind, name)
        yield from _check_atom_values(element)
    if not feed.find(f"{ATOM} author"):
        for entry in entries:
            if not entry.find(f"{ATOM} author"):
                yield entry.line, "neither the feed nor this entry has an author"
    for entry in entries:
        links = [link.attributes.get("rel", "alternate") for link in entry.find_all(f"{ATOM} link")]
        if "alternate" not in links and not entry.find(f"{ATOM} content"):
            yield entry.line, "an entry without content needs a link"
    yield from _check_repeated([(entry.line, entry.get(f"{ATOM} id")) for entry in entries])


def _check_once(element: XmlElement, kind: str, name: str) -> Iterator[Fault]:
    found = list(element.find_all(f"{ATOM} {name}"))
    if len(found) != 1:
        yield element.line, f"{kind} needs one {name}, it has {len(found) or 'none'}"
    elif name != "title" and not found[0].text:
        yield found[0].line, f"{name} of {kind} is empty"


def _check_atom_values(element: XmlElement) -> Iterator[Fault]:
    for child in element.children:
        name = child.name.removeprefix(f"{ATOM} ")
        if name in {"updated", "published"} and not is_timestamp(child.text):
            yield child.line, f"{name} {child.text!r} is no date and time (2025-11-03T00:00:00Z)"
        if name == "id" and child.text and not ABSOLUTE.match(child.text):
            yield child.line, f"id {child.text!r} is no absolute address"
        if name == "link" and not ABSOLUTE.match(child.attributes.get("href", "")):
            yield child.line, f"link {child.attributes.get('href')!r} is no absolute address"
        if name in {"author", "contributor"} and not child.get(f"{ATOM} name"):
            yield child.line, f"{name} needs a name"
        if name in {"title", "summary", "content", "rights", "subtitle"}:
            yield from _check_text(child, name)


def _check_text(element: XmlElement, name: str) -> Iterator[Fault]:
    kind = element.attributes.get("type")
    if name != "content" and kind not in TEXT_TYPES:
        yield element.line, f"{name} has the type {kind!r} (text, html or xhtml)"
    if kind == "html" and f"{XML_NAMESPACE} base" not in element.attributes:
        yield from _check_fragment(element.line, element.text)


def _check_fragment(line: int, markup: str) -> Iterator[Fault]:
    # A reader shows it under an address of its own, where a relative one leads nowhere.
    for element in turbohtml.parse_fragment(markup).iter_elements():
        for name in ("href", "src"):
            value = element.attrs.get(name)
            if isinstance(value, str) and not ABSOLUTE.match(value):
                yield line, f"its text has the address {value!r}, which is not absolute"


def _atom_addresses(feed: XmlElement) -> Iterator[tuple[int, str]]:
    for element in [feed, *feed.find_all(f"{ATOM} entry")]:
        for link in element.find_all(f"{ATOM} link"):
            yield link.line, link.attributes.get("href", "")


def _check_rss(root: XmlElement) -> Iterator[Fault]:
    channel = root.find("channel")
    if channel is None:
        yield root.line, "rss needs a channel"
        return
    for name in ("title", "link", "description"):
        if channel.find(name) is None:
            yield channel.line, f"channel needs {name}"
    items = list(channel.find_all("item"))
    for item in items:
        if not item.get("title") and not item.get("description"):
            yield item.line, "item needs a title or a description"
        if (published := item.get("pubDate")) is not None and not _is_mail_date(published):
            yield item.line, f"pubDate {published!r} is no date (Mon, 03 Nov 2025 00:00:00 +0000)"
        yield from _check_fragment(item.line, item.get("description") or "")
    yield from _check_repeated([(item.line, item.get("guid")) for item in items])


def _rss_addresses(root: XmlElement) -> Iterator[tuple[int, str]]:
    for channel in root.find_all("channel"):
        for element in [channel, *channel.find_all("item")]:
            for link in element.find_all("link"):
                yield link.line, link.text


def _is_mail_date(text: str) -> bool:
    try:
        parsedate_to_datetime(text)
    except ValueError:
        return False
    return True


def _read_json_feed(path: str, content: bytes) -> Found:
    try:
        feed = json.loads(content)
    except ValueError as error:
        line, column = (error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else (1, 1)
        return (), (Problem(path, line, column, f"invalid JSON: {error}"),)
    if not isinstance(feed, dict):
        return (), (Problem(path, 1, 1, "invalid feed: it is no object"),)
    problems = (Problem(path, 1, 1, f"invalid feed: {message}") for message in _check_json_feed(feed))
    named = [feed.get("home_page_url"), feed.get("feed_url"), *(item.get("url") for item in _items(feed))]
    addresses = (each for each in named if isinstance(each, str))
    references = (Reference(each, "names", "the feed's link", 1, 1) for each in addresses)
    return tuple(references), tuple(problems)


def _items(feed: dict[str, object]) -> list[dict[str, object]]:
    items = feed.get("items")
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _check_json_feed(feed: dict[str, object]) -> Iterator[str]:
    if feed.get("version") not in {"https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"}:
        yield f"version {feed.get('version')!r} is unknown (https://jsonfeed.org/version/1.1)"
    if not isinstance(feed.get("title"), str):
        yield "it needs a title"
    if not isinstance(feed.get("items"), list):
        yield "it needs a list of items"
    items = _items(feed)
    for number, item in enumerate(items):
        for message in _check_json_item(item):
            yield f"items[{number}] {message}"
    for _, message in _check_repeated([(0, str(item.get("id"))) for item in items]):
        yield message


def _check_json_item(item: dict[str, object]) -> Iterator[str]:
    if not isinstance(item.get("id"), str) or not item["id"]:
        yield f"needs an id that is a string, not {item.get('id')!r}"
    if not isinstance(item.get("content_html", item.get("content_text")), str):
        yield "needs content_html or content_text"
    for name in ("date_published", "date_modified"):
        if name in item and not is_timestamp(str(item[name])):
            yield f"has the {name} {item[name]!r}, which is no date and time (2025-11-03T00:00:00Z)"
    for name in ("url", "external_url", "image"):
        if name in item and not ABSOLUTE.match(str(item[name])):
            yield f"has the {name} {item[name]!r}, which is no absolute address"
    for _, message in _check_fragment(0, str(item.get("content_html") or "")):
        yield message


def _check_repeated(identifiers: list[tuple[int, str | None]]) -> Iterator[Fault]:
    counts = Counter(identifier for _, identifier in identifiers if identifier)
    seen: set[str] = set()
    for line, identifier in identifiers:
        if identifier and counts[identifier] > 1 and identifier in seen:
            yield line, f"the id {identifier!r} is used twice"
        seen.add(identifier or "")
