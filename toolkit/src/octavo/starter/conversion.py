"""Sites of version 1.0, which held a copy of the whole code under the name `homepage`."""

from __future__ import annotations

import re
from pathlib import Path

from octavo.starter.record import OLD_RECORD

# Where an owner's own files name the engine, and how they name it now.
_RENAMED = (
    (re.compile(r"\b(from|import) homepage\b"), r"\1 octavo"),
    (re.compile(r"\bhomepage-html\b"), "octavo-html"),
    (re.compile(r"_extensions/homepage\b"), "_extensions/octavo"),
    (re.compile(r"(\$schema=\S*?)homepage/schemas/"), r"\1_extensions/octavo/schemas/"),
    # What `quarto preview` watched of the code.
    (re.compile(r"^[ \t]*- \[homepage/[^\]]*\]\n", re.MULTILINE), ""),
)


def is_old_site(folder: Path) -> bool:
    """Whether version 1.0 made the site in this folder, and no upgrade since has come to its end."""
    return (folder / OLD_RECORD).is_file()


def list_pages(folder: Path) -> list[str]:
    """The pages, tables, and configuration, which are the owner's, by path."""
    patterns = ("*.qmd", "[!_]*/*.qmd", "_quarto.yml", "data/*.yml")
    return [file.relative_to(folder).as_posix() for pattern in patterns for file in sorted(folder.glob(pattern))]


def convert_pages(folder: Path) -> dict[str, bytes]:
    """Those of them that name the engine by its old name, as they should be, by path."""
    found = {}
    for path in list_pages(folder):
        text = (folder / path).read_bytes().decode("utf-8", "surrogateescape")
        converted = text
        for old, new in _RENAMED:
            converted = old.sub(new, converted)
        if converted != text:
            found[path] = converted.encode("utf-8", "surrogateescape")
    return found
