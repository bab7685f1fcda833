"""Content: which element may stand in which, as far as tables can say it.

The tables are in `octavo.sitecheck.elements`. Most attributes' values, and what depends on them, are
left to the Nu HTML Checker.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from octavo.errors import Problem
from octavo.sitecheck.elements import (
    ARIA_REFERENCES,
    FORBIDDEN_IN,
    ID_REFERENCES,
    INTERACTIVE,
    KNOWN,
    NOT_INSIDE,
    OBSOLETE,
    ONLY_CHILDREN,
    ONLY_PARENTS,
    TRANSPARENT,
)
from octavo.sitecheck.page import Node, Page


@dataclass(frozen=True, slots=True, eq=False)
class _Ancestry:
    """What stands above an element: its parent, the nearest one whose rules count, and all names above.

    Made by `_descend` only, once for each line of descent; so two are equal if they are one.
    """

    direct: str
    parent: str
    names: frozenset[str]
    interactive: str


_NOTHING = _Ancestry("", "", frozenset(), "")


def check_content(page: Page) -> Iterator[Problem]:
    """Elements that HTML doesn't know or that stand where they may not; ids that are named but not there."""
    ids = {node.attributes.get("id") for node in page.nodes}
    ancestries: dict[Node | None, _Ancestry] = {None: _NOTHING}
    for node in page.nodes:
        above = ancestries[node.parent]
        reacts = node.tag in {"a", "button"} and _is_interactive(node)
        ancestries[node] = _descend(above, node.tag if node.html else "", reacts)
        if node.html:
            messages = [*_find_misplacements(node.tag, above.direct, above.parent), *_find_conflicts(node, above)]
            if node.attributes:
                messages += _find_missing_ids(node, ids)
            for message in messages:
                yield page.problem(f"invalid HTML: {message}", node)


@lru_cache(maxsize=4096)
def _descend(above: _Ancestry, tag: str, reacts: bool) -> _Ancestry:
    if tag in {"", "template"}:
        return _NOTHING
    parent = above.parent if tag in TRANSPARENT else tag
    return _Ancestry(tag, parent, above.names | {tag}, tag if reacts else above.interactive)


@lru_cache(maxsize=4096)
def _find_misplacements(tag: str, direct: str, parent: str) -> tuple[str, ...]:
    messages = []
    # For obsolete ones the check of the markup has a word of its own; a hyphen marks a custom element.
    if tag not in KNOWN | OBSOLETE and "-" not in tag:
        messages.append(f"<{tag}> is not an element of HTML")
    if tag in FORBIDDEN_IN.get(parent, ()):
        messages.append(f"<{tag}> may not stand in <{parent}>")
    if direct in ONLY_CHILDREN and tag not in ONLY_CHILDREN[direct]:
        messages.append(f"<{tag}> may not stand directly in <{direct}>")
    if direct and tag in ONLY_PARENTS and direct not in ONLY_PARENTS[tag]:
        messages.append(f"<{tag}> may not stand in <{direct}>, only in {_list_tags(ONLY_PARENTS[tag])}")
    return tuple(messages)


def _find_conflicts(node: Node, above: _Ancestry) -> list[str]:
    if node.tag in NOT_INSIDE and (outer := NOT_INSIDE[node.tag] & above.names):
        return [f"<{node.tag}> may not stand inside {_list_tags(outer)}"]
    if above.interactive and _is_interactive(node):
        return [f"<{node.tag}> may not stand inside <{above.interactive}>: both react to a click"]
    return []


def _is_interactive(node: Node) -> bool:
    tag, attributes = node.tag, node.attributes
    return (
        tag in INTERACTIVE
        or "tabindex" in attributes
        or (tag == "a" and "href" in attributes)
        or (tag == "input" and attributes.get("type") != "hidden")
        or (tag in {"audio", "video"} and "controls" in attributes)
        or (tag == "img" and "usemap" in attributes)
    )


def _find_missing_ids(node: Node, ids: set[str | None]) -> Iterator[str]:
    for name, value in node.attributes.items():
        if name in ARIA_REFERENCES or node.tag in ID_REFERENCES.get(name, ()):
            for identifier in value.split():
                if identifier not in ids:
                    yield f"{name} names the id {identifier!r}, which is not on the page"


def _list_tags(tags: frozenset[str]) -> str:
    return " or ".join(f"<{tag}>" for tag in sorted(tags))
