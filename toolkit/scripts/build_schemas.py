"""Write derived files: the tables' JSON Schemas, the docs' pages on fields and sources, and two files of words."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run from a checkout without installation

from octavo.console import say
from octavo.files import write_file
from octavo.importing.sources.catalogue import SOURCES, Source
from scripts.derived_reference import format_reference
from scripts.derived_schemas import list_schema_files
from scripts.derived_words import list_word_files

REFERENCE = Path(__file__).parents[1] / "docs" / "reference" / "fields.qmd"
SOURCES_PAGE = REFERENCE.with_name("sources.qmd")
_SOURCES_HEAD = """\
---
# Made by toolkit/scripts/build_schemas.py from the catalogue of sources.
title: Sources of publications
description: The files and registries that `octavo import` reads, with the form of their identifiers.
---

`octavo import` reads files (`.bib`, `.ris`, CSL `.json`) and all of these sources. Write a source as it is shown here,
or copy its address from your browser. Without a source, the command asks those that your profile links to.

| source | what it brings | key |
| --- | --- | --- |
"""
_SOURCES_END = """
Keys are free. Set an environment variable such as `OCTAVO_OPENALEX_KEY`, or put keys into the file `octavo/keys.yml` in
your configuration folder (`~/.config`, `$XDG_CONFIG_HOME`, or `%APPDATA%`). Nobody else may be able to read it
(`chmod 600`):

    openalex: KEY
    ads: KEY

A key is sent only to its source. It is never shown or stored with the answers. At OpenAlex, lists count toward a daily
limit, which is ten times as high with a key; single works (`openalex:W…`) are free.
"""


def list_files() -> dict[Path, str]:
    """All of the files, with their content."""
    return {**list_schema_files(), REFERENCE: format_reference(), SOURCES_PAGE: format_sources(), **list_word_files()}


def format_sources() -> str:
    """The page about the sources of imports."""
    rows = (
        f"| `{form}` | {source.title}: {what} | {_describe_key(source)} |\n"
        for source in SOURCES.values()
        for form, what in source.forms.items()
    )
    return _SOURCES_HEAD + "".join(rows) + _SOURCES_END


def _describe_key(source: Source) -> str:
    if source.key is None:
        return ""
    return f"[{'needed' if source.key.is_needed else 'allows more'}]({source.key.page})"


def main(argv: Sequence[str] | None = None) -> int:
    """Write the files that changed; with `--check`, only list them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit status 1 if a file is out of date")
    check = parser.parse_args(argv).check
    stale = [(file, text) for file, text in list_files().items() if not _holds(file, text)]
    for file, text in stale:
        if not check:
            write_file(file, text, sync=True)
        say(f"{'out of date' if check else 'written'}: {file.name}")
    return 1 if check and stale else 0


def _holds(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
