"""The JSON Schemas with which editors complete and check tables, generated from the tables' classes."""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from octavo.model.catalog import TABLES
from octavo.model.citations import CitationCount
from octavo.model.fields import Field, Kind, Nested, list_fields
from octavo.model.profile import Profile

FOLDER = Path(__file__).parents[1] / "src" / "octavo" / "format" / "schemas"
_MADE_BY = "Made by toolkit/scripts/build_schemas.py from octavo.model; don't edit."


def list_schema_files(folder: Path = FOLDER) -> dict[Path, str]:
    """The content of each schema file, by its path; the table of citation counts has none, because nobody edits it."""
    files = {"profile": _render_schema("profile", Profile)}
    files |= {
        name: _render_schema(name, row_type, several=True)
        for name, row_type in TABLES.items()
        if row_type is not CitationCount
    }
    return {folder / f"{name}.json": text for name, text in files.items()}


def _render_schema(name: str, shape: type, *, several: bool = False) -> str:
    """The JSON Schema (draft 7, which editors' YAML servers know best) of a table, as a file's text."""
    definitions: dict[str, Any] = {}
    top = _refer_to(shape, definitions)
    schema = {
        "$comment": _MADE_BY,
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": name,
        "$defs": definitions,
        **({"type": "array", "items": top} if several else top),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False).replace("{\n ", "{", 1) + "\n"


def _refer_to(shape: type, definitions: dict[str, Any]) -> dict[str, Any]:
    """A reference to the schema of a mapping, which is put among the definitions."""
    fields = list_fields(shape)
    definitions[shape.__name__] = {
        "type": "object",
        "description": (shape.__doc__ or "").partition("\n\n")[0],
        "properties": {
            name: _describe_field(field, find_meaning(shape, field), definitions) for name, field in fields.items()
        },
        "required": [name for name, field in fields.items() if field.required],
        "additionalProperties": False,
    }
    return {"$ref": f"#/$defs/{shape.__name__}"}


def _describe_field(field: Field, meaning: str, definitions: dict[str, Any]) -> dict[str, Any]:
    schema = _describe_value(field, definitions)
    if field.many:
        schema = {"type": "array", "items": schema, **({"minItems": 1} if field.required else {})}
    if not field.required:  # a key without a value counts as left out
        schema = {"anyOf": [schema, {"type": "null"}]}
    words = " ".join(part for part in (meaning, f"Example: {field.example}" if field.example else "") if part)
    return {"description": words, **schema} if words else schema


def _refer_to_texts(kind: Kind, definitions: dict[str, Any]) -> dict[str, Any]:
    """A reference to the schema of text, or of text per language, which is put among the definitions."""
    definitions["Texts"] = {
        "type": "object",
        "description": "Text for each language, by tag: {en: …, de: …}",
        "patternProperties": {"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$": {"type": ["string", "number"]}},
        "additionalProperties": False,
        "minProperties": 1,
    }
    name = "Markdown" if "title" in kind.schema else "Text"
    definitions[name] = {"anyOf": [dict(kind.schema), {"$ref": "#/$defs/Texts"}]}
    return {"$ref": f"#/$defs/{name}"}


def _describe_value(field: Field, definitions: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(field.holds, Nested):
        return _refer_to_texts(field.holds, definitions) if field.holds.translated else dict(field.holds.schema)
    mapping = _refer_to(field.holds.shape, definitions)
    if field.holds.items:
        return {"anyOf": [mapping, {"type": "array", "items": _refer_to(field.holds.items.shape, definitions)}]}
    return {"anyOf": [{"type": "string"}, mapping]} if field.holds.read_text else mapping


def find_meaning(shape: type, field: Field) -> str:
    """A field's meaning: its docstring, or its kind if that says everything, such as `addresses by role`."""
    return read_docstrings(shape).get(field.name, "" if field.holds.name in ("text", "line") else field.holds.name)


@lru_cache(maxsize=64)
def read_docstrings(model: type) -> dict[str, str]:
    """The text below each field of the class and of its base classes, by the field's name (PEP 257)."""
    texts: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if base.__module__.startswith("octavo."):
            texts |= _read_own(base)
    return texts


def _read_own(model: type) -> dict[str, str]:
    definition = ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]
    texts = {}
    for field, below in pairwise(definition.body if isinstance(definition, ast.ClassDef) else ()):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            match below:
                case ast.Expr(value=ast.Constant(value=str() as text)):
                    texts[field.target.id] = inspect.cleandoc(text)
    return texts
