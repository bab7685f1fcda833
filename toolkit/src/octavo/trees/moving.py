"""Moving: adapts a page's text to another place in the project, and keeps every line number.

Pandoc and one of the format's filters take care of links and pictures. Files that the front matter and shortcodes
name are read before those run, so they are handled here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from posixpath import dirname, join, normpath, relpath
from typing import NamedTuple

from octavo.errors import PageError
from octavo.quarto_yaml import list_settings

_SHORTCODE = re.compile(r"\{\{<\s*(?P<name>[\w-]+)\s+(?P<quote>[\"']?)(?P<value>[^\s\"'>]+)")
_INCLUDE = "include"


class Move(NamedTuple):
    """From one path in the project to another; `root` is the project."""

    root: str
    source: str
    target: str

    def relocate(self, value: str) -> str:
        """The value, rewritten for the target if it is the relative path of a file."""
        path, mark, rest = value.partition("#")
        file = normpath(join(dirname(self.source), path))
        if not path or path.startswith("/") or "\n" in value or not os.path.isfile(join(self.root, file)):  # noqa: PTH113
            return value
        return relpath(file, dirname(self.target) or ".") + mark + rest


def move_page(text: str, move: Move, prefix: str) -> str:
    """The page's text at the target; addresses of `aliases:` from the site's root get the prefix."""
    matter, body = _split(text)
    return move_metadata(matter, move, prefix) + _SHORTCODE.sub(lambda match: _move_shortcode(match, move), body)


def list_included(text: str) -> Iterator[str]:
    """The files that the includes in a page's text name."""
    return (match["value"] for match in _SHORTCODE.finditer(_split(text)[1]) if match["name"] == _INCLUDE)


def _split(text: str) -> tuple[str, str]:
    """The front matter and the rest."""
    end = re.match(r"---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$", text, re.DOTALL | re.MULTILINE)
    return (text[: end.end()], text[end.end() :]) if end else ("", text)


def move_metadata(text: str, move: Move, prefix: str = "") -> str:
    """The text of a folder's `_metadata.yml`, or of a page's front matter, at the target."""
    lines = text.split("\n")
    first = 1 if lines[0].rstrip() == "---" else 0
    matter = "\n".join(lines[first:-1] if first else lines)
    with suppress(PageError):  # the renderer reports it
        for key, value, line, column in list_settings(matter, move.source, first):
            is_alias = prefix and key == "aliases" and value.startswith("/")
            moved = f"/{prefix}{value[1:]}" if is_alias else move.relocate(value)
            before, after = lines[line][: column - 1], lines[line][column - 1 :]
            # A value over several lines isn't a file's name.
            lines[line] = before + after.replace(value, moved, 1)
    return "\n".join(lines)


def _move_shortcode(match: re.Match[str], move: Move) -> str:
    # Included files move along.
    is_moved = match["name"] == _INCLUDE and not match["value"].startswith("/")
    value = match["value"] if is_moved else move.relocate(match["value"])
    return match[0][: match.start("value") - match.start()] + value
