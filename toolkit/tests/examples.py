"""Tables made from the examples in their classes: one row each, with every field."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from octavo.model.catalog import TABLES
from octavo.model.fields import list_fields
from octavo.model.row import Row
from tests.tables import write_tables

SITE = "website: {title: E. Noether, site-url: https://noether.example}\n"


def write_examples(project: Path) -> Path:
    """Write a project with an example of every table, and return its data folder."""
    project.mkdir(parents=True, exist_ok=True)
    (project / "_quarto.yml").write_text(SITE, encoding="utf-8")
    (project / "assets").mkdir(exist_ok=True)
    Image.new("RGB", (30, 20)).save(project / "assets/rings.png")
    (project / "assets/rings.mp4").write_bytes(b"\0\0\0\x18ftypmp42")
    tables = {name: write_example(row_type) for name, row_type in TABLES.items()}
    return write_tables(project, profile="name: E. Noether\n", **tables)


def write_example(row_type: type[Row]) -> str:
    """Write a table with one row that has every field."""
    fields = [field for field in list_fields(row_type).values() if field.name != "hidden"]
    lines = [f"  {field.name}: {_quote(field.example)}\n" for field in fields]
    return "-" + "".join(lines)[1:]


def _quote(example: str) -> str:
    return example if example.startswith(("[", "{")) else f'"{example}"'
