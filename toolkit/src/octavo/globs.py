"""Globs: the files that match a pattern of `render:` or `resources:`, by Quarto's rules."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

_SPECIAL = re.compile(r"[*?{}\[\]]|[@!+]\(")


def is_glob(pattern: str) -> bool:
    """Whether the pattern has a wildcard."""
    return _SPECIAL.search(pattern) is not None


def expand_pattern(root: Path, pattern: str, *, literal: bool, skip: Callable[[str], bool]) -> list[str]:
    """The sorted paths under `root` that match the pattern, by the rules of `compile_pattern`.

    Folders for which `skip` holds (given their name) are not searched.
    """
    named = compile_pattern(root, pattern, literal=literal)
    return sorted(path for path in _walk(root, named, skip) if named.matches(path))


class Pattern(NamedTuple):
    """A compiled pattern."""

    base: str
    """The folder that contains all possible matches."""
    depth: float
    """The largest number of folders between the root and a match."""
    matches: Callable[[str], bool]
    """Whether it matches a path."""


def compile_pattern(root: Path, pattern: str, *, literal: bool) -> Pattern:
    """Compile a pattern.

    A folder matches everything in it. A pattern that begins with a slash is relative to `root`; others match at any
    depth, and so does a plain name unless `literal`.
    """
    anchored = pattern.startswith("/") or (literal and not is_glob(pattern))
    pattern = re.sub(r"^\.?/+", "", pattern).rstrip("/") + ("/" if pattern.endswith("/") else "")
    if pattern.endswith("/") or (not is_glob(pattern) and (root / pattern).is_dir()):
        pattern = pattern.rstrip("/") + "/**/*"
    base = _fixed_folder(pattern) if anchored else ""
    depth = pattern.count("/") if anchored and "**" not in pattern else math.inf
    regex = re.compile(("" if anchored else "(?:.*/)?") + _to_regex(pattern))
    return Pattern(base, depth, lambda path: regex.fullmatch(path) is not None)


def _fixed_folder(pattern: str) -> str:
    """The folders at the start of the pattern that have no wildcards."""
    parts = pattern.split("/")[:-1]
    special = next((index for index, part in enumerate(parts) if is_glob(part)), len(parts))
    return "/".join(parts[:special])


def _walk(root: Path, named: Pattern, skip: Callable[[str], bool]) -> Iterator[str]:
    """Every file, and every symbolic link to a folder, which isn't followed."""
    for folder, folders, names in os.walk(root / named.base):
        folders[:] = [name for name in folders if not skip(name)]
        way = os.path.relpath(folder, root).replace(os.sep, "/")
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]  # noqa: PTH114, PTH118
        for name in (*names, *links):
            yield name if way == "." else f"{way}/{name}"
        if (0 if way == "." else way.count("/") + 1) >= named.depth:
            folders.clear()


def _to_regex(pattern: str) -> str:
    parts: list[str] = []
    index = 0
    while index < len(pattern):
        for token, regex in _TOKENS:
            if pattern.startswith(token, index):
                parts.append(regex)
                index += len(token)
                break
        else:
            match = re.compile(r"\[!?[^\]]+\]").match(pattern, index)
            text = match[0] if match else pattern[index]
            parts.append(text.replace("[!", "[^") if match else re.escape(text))
            index += len(text)
    return "".join(parts)


_TOKENS = (
    ("**/", "(?:.*/)?"),
    ("**", ".*"),
    ("*", "[^/]*"),
    ("?", "[^/]"),
    ("{", "(?:"),
    ("}", ")"),
    (",", "|"),
)
