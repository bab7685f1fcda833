"""Feeds: Atom (RFC 4287), RSS 2.0, and JSON Feed 1.1, checked against their specifications."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree.ElementTree import Element

import turbohtml

from octavo.errors import Problem
from octavo.sitecheck.references import Reference
from octavo.sitecheck.xml import parse_xml, read_text

_ATOM = "{http://www.w3.org/2005/Atom}"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_JSON_FEED = "https://jsonfeed.org/version/"
_ABSOLUTE = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:\S+$")
_RFC_3339 = re.compile(r"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$")

Found = tuple[list[Reference], list[Problem]]
Fault = tuple[Element, str]


def is_feed(path: str, content: bytes) -> bool:
    """Whether a file may be a feed: any XML file, or JSON that starts like one."""
    start = content[:2000].replace(b"\\/", b"/")
    return path.endswith(".xml") or (path.endswith(".json") and _JSON_FEED.encode() in start)


def read_feed(path: str, content: bytes) -> Found:
    """The addresses in a feed, and its problems."""
    return _read_json_feed(path, content) if path.endswith(".json") else _read_xml_feed(path, content)


def _read_xml_feed(path: str, content: bytes) -> Found:
    parsed = parse_xml(path, content)
    if isinstance(parsed, Problem):
        return [], [parsed]
    root, lines = parsed
    if root.tag == f"{_ATOM}feed":
        faults, links = _check_atom(root), [(link, link.get("href", "")) for link in root.iter(f"{_ATOM}link")]
    elif root.tag == "rss":
        faults, links = _check_rss(root), [(link, read_text(link)) for link in root.iter("link")]
    else:
        return [], []
    problems = [Problem(path, lines[at], 1, f"invalid feed: {message}") for at, message in faults]
    return [_refer(address, lines[link]) for link, address in links], problems


def _refer(address: str, line: int) -> Reference:
    return Reference(address, "names", "the feed's link", line, 1)


def _check_atom(feed: Element) -> Iterator[Fault]:
    entries = feed.findall(f"{_ATOM}entry")
    for element in [feed, *entries]:
        yield from _check_needed(element)
        for child in element:
            for message in _check_atom_value(child, child.tag.removeprefix(_ATOM), read_text(child)):
                yield child, message
    for entry in entries:
        if feed.find(f"{_ATOM}author") is None and entry.find(f"{_ATOM}author") is None:
            yield entry, "neither the feed nor this entry has an author"
        links = [link.get("rel", "alternate") for link in entry.findall(f"{_ATOM}link")]
        if "alternate" not in links and entry.find(f"{_ATOM}content") is None:
            yield entry, "an entry without content needs a link"
    yield from _find_repeated((entry, read_text(entry.find(f"{_ATOM}id"))) for entry in entries)


def _check_needed(element: Element) -> Iterator[Fault]:
    kind = element.tag.removeprefix(_ATOM)
    for name in ("id", "title", "updated"):
        found = element.findall(_ATOM + name)
        if len(found) != 1:
            yield element, f"{kind} needs one {name}, but has {len(found) or 'none'}"
        elif name != "title" and not read_text(found[0]):
            yield found[0], f"{name} of {kind} is empty"


def _check_atom_value(element: Element, name: str, text: str) -> Iterator[str]:
    kind = element.get("type", "text")
    if name in {"updated", "published"} and not is_timestamp(text):
        yield f"{name} {text!r} is not a date and time (such as 2025-11-03T00:00:00Z)"
    if name == "id" and text and not _ABSOLUTE.match(text):
        yield f"id {text!r} is not an absolute address"
    if name == "link" and not _ABSOLUTE.match(element.get("href", "")):
        yield f"link {element.get('href')!r} is not an absolute address"
    if name in {"author", "contributor"} and not read_text(element.find(f"{_ATOM}name")):
        yield f"{name} needs a name"
    if name in {"title", "summary", "rights", "subtitle"} and kind not in {"text", "html", "xhtml"}:
        yield f"{name} has the type {kind!r} (expected text, html, or xhtml)"
    if (
        name in {"title", "summary", "rights", "subtitle", "content"}
        and kind == "html"
        and element.get(_XML_BASE) is None
    ):
        yield from _check_fragment(text)


def _check_fragment(markup: str) -> Iterator[str]:
    # Feed readers show it at their own address, where a relative one leads nowhere.
    for element in turbohtml.parse_fragment(markup).select("[href], [src]"):
        for name in ("href", "src"):
            value = element.attr(name)
            if value is not None and not _ABSOLUTE.match(value):
                yield f"its text has the address {value!r}, which is not absolute"


def _check_rss(root: Element) -> Iterator[Fault]:
    channel = root.find("channel")
    if channel is None:
        yield root, "rss needs a channel"
        return
    for name in ("title", "link", "description"):
        if channel.find(name) is None:
            yield channel, f"channel needs {name}"
    items = channel.findall("item")
    for item in items:
        description, published = read_text(item.find("description")), item.find("pubDate")
        if not read_text(item.find("title")) and not description:
            yield item, "item needs a title or a description"
        if published is not None and not _is_mail_date(read_text(published)):
            yield (
                item,
                f"pubDate {read_text(published)!r} is not a date (such as Mon, 03 Nov 2025 00:00:00 +0000)",
            )
        for message in _check_fragment(description):
            yield item, message
    yield from _find_repeated((item, read_text(item.find("guid"))) for item in items)


def _find_repeated(identifiers: Iterable[tuple[Element, str]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for element, identifier in identifiers:
        if identifier and identifier in seen:
            yield element, f"the id {identifier!r} is used twice"
        seen.add(identifier)


def is_timestamp(text: str) -> bool:
    """Whether it is an existing date and time by RFC 3339."""
    try:
        return bool(_RFC_3339.match(text) and datetime.fromisoformat(text.upper()))
    except ValueError:
        return False


def _is_mail_date(text: str) -> bool:
    try:
        return bool(parsedate_to_datetime(text))
    except ValueError:
        return False


def _read_json_feed(path: str, content: bytes) -> Found:
    try:
        feed = json.loads(content)
    except json.JSONDecodeError as error:
        return [], [Problem(path, error.lineno, error.colno, f"invalid JSON: {error}")]
    except ValueError as error:
        return [], [Problem(path, 1, 1, f"invalid JSON: {error}")]
    if not isinstance(feed, dict):
        return [], [Problem(path, 1, 1, "invalid feed: it is not a JSON object")]
    listed = feed.get("items")
    items = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    named = [feed.get("home_page_url"), feed.get("feed_url"), *(item.get("url") for item in items)]
    references = [_refer(address, 1) for address in named if isinstance(address, str)]
    return references, [Problem(path, 1, 1, f"invalid feed: {message}") for message in _check_json_feed(feed, items)]


def _check_json_feed(feed: dict[str, Any], items: list[dict[str, Any]]) -> Iterator[str]:
    if feed.get("version") not in {f"{_JSON_FEED}1", f"{_JSON_FEED}1.1"}:
        yield f"version {feed.get('version')!r} is unknown ({_JSON_FEED}1.1)"
    if not isinstance(feed.get("title"), str):
        yield "it needs a title"
    if not isinstance(feed.get("items"), list):
        yield "it needs a list of items"
    seen: set[str] = set()
    for number, item in enumerate(items):
        for message in _check_json_item(item):
            yield f"items[{number}] {message}"
        if (identifier := str(item.get("id"))) in seen:
            yield f"the id {identifier!r} is used twice"
        seen.add(identifier)


def _check_json_item(item: dict[str, Any]) -> Iterator[str]:
    if not isinstance(item.get("id"), str) or not item["id"]:
        yield f"needs an id that is a string, not {item.get('id')!r}"
    if not isinstance(item.get("content_html", item.get("content_text")), str):
        yield "needs content_html or content_text"
    for name in ("date_published", "date_modified"):
        if name in item and not is_timestamp(str(item[name])):
            yield f"has the {name} {item[name]!r}, which is not a date and time (such as 2025-11-03T00:00:00Z)"
    for name in ("url", "external_url", "image"):
        if name in item and not _ABSOLUTE.match(str(item[name])):
            yield f"has the {name} {item[name]!r}, which is not an absolute address"
    yield from _check_fragment(str(item.get("content_html") or ""))
