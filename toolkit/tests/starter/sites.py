"""New sites to test with, and a fake engine that needs no build."""

from __future__ import annotations

from pathlib import Path

from octavo.starter.create import create_site
from octavo.starter.engine import Engine
from octavo.starter.identity import Identity

ENGINE = Engine("2.0.0")


def make_site(target: Path, identity: Identity | None = None, bib: str = "") -> Path:
    """Make a new site with publications from BibTeX."""
    from octavo.cli.import_publications import main

    def import_rows(data: Path) -> None:
        if bib:
            file = target.with_suffix(".bib")
            file.write_text(bib, encoding="utf-8")
            assert main([str(file), "--yes", "--data", str(data)]) == 0

    create_site(target, identity or Identity(name="Ada Nowak"), ENGINE, import_rows)
    return target


def snapshot(folder: Path) -> dict[str, bytes]:
    """The bytes of every file in a folder, by path."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
