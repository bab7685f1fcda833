"""The JSON Schemas by which editors complete and check the tables, made from the models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from octavo.model.models import MODELS, make_adapter

FOLDER = Path(__file__).parent.parent / "schemas"
_MADE_BY = "Made by scripts/build_schemas.py from octavo/model/; don't edit."


def list_schema_files(folder: Path = FOLDER) -> dict[Path, str]:
    """What each schema file should hold, by its path."""
    return {folder / f"{table}.json": render_schema(table) for table in MODELS}


def render_schema(table: str) -> str:
    """The JSON Schema (draft 7, which editors' YAML servers know best) of a table, as a file's text."""
    schema = make_adapter(table).json_schema()
    described = {"$schema": "http://json-schema.org/draft-07/schema#", "title": table, **_tidy(schema)}
    body = json.dumps(described, indent=2, ensure_ascii=False)
    return body.replace("{", f'{{ "$comment": {json.dumps(_MADE_BY)},', 1) + "\n"


def _tidy(part: Any) -> Any:
    """A schema without what pydantic adds and no editor shows: titles made from names, defaults of null."""
    if isinstance(part, list):
        return [_tidy(item) for item in part]
    if not isinstance(part, dict):
        return part
    tidy = {}
    for key, value in part.items():
        if (key == "title" and isinstance(value, str)) or (key == "default" and value is None):
            continue
        tidy[key] = {name: _tidy(item) for name, item in value.items()} if key == "properties" else _tidy(value)
    return tidy
