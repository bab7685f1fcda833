"""The field reference: the fields of each table, as Markdown for people."""

from __future__ import annotations

from collections.abc import Iterator

from octavo.model.catalog import TABLES
from octavo.model.fields import Field, Nested, list_fields
from octavo.model.profile import Profile
from scripts.derived_schemas import find_meaning

_HEAD = (
    "---",
    "# Made by toolkit/scripts/build_schemas.py: change the classes in octavo/model/, not this.",
    "title: Fields of all tables",
    "description: Every field of every table, with its meaning and an example.",
    "---",
    "",
    "Each table is a file in `data/`; a table without a file is empty.",
    "",
    "A field that can be in several languages holds text, or a mapping by language: `{en: Rings, de: Ringe}`.",
)


def format_reference() -> str:
    """A section for the profile and one for each table, with a row for each field."""
    sections = [iter(_HEAD), _iterate_lines("profile", Profile)]
    sections += [_iterate_lines(name, row_type) for name, row_type in TABLES.items()]
    return "\n\n".join("\n".join(lines) for lines in sections) + "\n"


def _iterate_lines(name: str, shape: type) -> Iterator[str]:
    yield f"## `{name}.yml`"
    yield ""
    yield (shape.__doc__ or "").partition("\n\n")[0]
    yield ""
    yield "| field | holds | meaning | example |"
    yield "|------|-----|----------|------|"
    for field in list_fields(shape).values():
        label = f"`{field.name}`{' (required)' if field.required else ''}"
        cells = [label, _name_kind(field), find_meaning(shape, field), f"`{field.example}`" if field.example else ""]
        yield "| " + " | ".join(cell.replace("\n", " ").replace("|", r"\|") for cell in cells) + " |"


def _name_kind(field: Field) -> str:
    name = field.holds.name
    if isinstance(field.holds, Nested):
        keys = ", ".join(f"`{key}`" for key in list_fields(field.holds.shape))
        name = f"{name or 'mapping'} ({keys})"
    elif field.holds.translated:
        name += ", or one per language"
    return f"list: {name}" if field.many else name
