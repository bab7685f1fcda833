"""A project with only tables, to import into."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any

from octavo.citations import make_item
from octavo.cli.export import FORMATS
from octavo.cli.import_publications import main
from octavo.model.publications import Publication
from octavo.tables.rows import load_rows

EXTENSIONS = {"bibtex": "bib", "csl": "json", "ris": "ris"}
EXPORTS = {**EXTENSIONS, "biblatex": "bib"}


class Project:
    """A project in its own folder."""

    def __init__(self, root: Path, table: str) -> None:
        self.data = root / "data"
        self.data.mkdir()
        (self.data / "profile.yml").write_text("name: E. Noether\n")
        (self.data / "publications.yml").write_text(table, "utf-8")

    def run(self, file: Path, *options: str) -> dict[str, Any]:
        """Run the command with `--json`; returns its output."""
        out = io.TextIOWrapper(io.BytesIO(), "utf-8")
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            main([str(file), "--json", "--yes", "--data", str(self.data), *options])
        report: dict[str, Any] = json.loads(out.buffer.getvalue())  # type: ignore[attr-defined]
        return report

    def read(self) -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in self.data.rglob("*") if file.is_file()}

    def export(self, format_: str) -> Path:
        items = [make_item(row, "https://example.org") for row in load_rows(Publication, self.data)]
        file = self.data.parent / f"publications.{EXPORTS[format_]}"
        file.write_text(FORMATS[format_](items), "utf-8", newline="")
        return file
