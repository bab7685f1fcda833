"""Write what is derived from the code: the tables' JSON Schemas, docs/fields.md, and docs/sources.md."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run from a checkout without installation

from octavo.console import say
from octavo.files import write_file
from octavo.importing.sources import reference as sources
from octavo.model.json_schemas import list_schema_files
from octavo.model.reference import format_reference

REFERENCE = Path(__file__).parents[1] / "docs" / "fields.md"
SOURCES = REFERENCE.with_name("sources.md")


def list_files() -> dict[Path, str]:
    """All of the files, with their content."""
    return {**list_schema_files(), REFERENCE: format_reference(), SOURCES: sources.format_reference()}


def main(argv: Sequence[str] | None = None) -> int:
    """Write the files that changed; with `--check` only say which ones would."""
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
