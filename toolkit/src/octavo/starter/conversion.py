"""Sites of version 1.0, which held a copy of the whole code under the name `homepage`."""

from __future__ import annotations

import re
from pathlib import Path

from octavo.starter.record import OLD_RECORD, RECORD

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
    """Whether version 1.0 made the site in this folder, and nothing has upgraded it since."""
    return (folder / OLD_RECORD).is_file() and not (folder / RECORD).is_file()


def convert_pages(folder: Path) -> dict[str, bytes]:
    """The pages, tables, and configuration that name the engine by its old name, as they should be, by path."""
    found = {}
    for pattern in ("*.qmd", "[!_]*/*.qmd", "_quarto.yml", "data/*.yml"):
        for file in sorted(folder.glob(pattern)):
            text = file.read_bytes().decode("utf-8", "surrogateescape")
            converted = text
            for old, new in _RENAMED:
                converted = old.sub(new, converted)
            if converted != text:
                path = file.relative_to(folder).as_posix()
                found[path] = converted.encode("utf-8", "surrogateescape")
    return found
