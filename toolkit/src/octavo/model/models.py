"""The model of each table, by its name."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from octavo.model import row_schemas as rows
from octavo.model.profile_schema import Profile

MODELS: dict[str, type[rows.Mapping]] = {
    "profile": Profile,
    "publications": rows.Publication,
    "news": rows.NewsItem,
    "research": rows.Research,
    "experience": rows.Experience,
    "education": rows.Education,
    "awards": rows.Award,
    "talks": rows.Talk,
    "teaching": rows.Teaching,
    "service": rows.Service,
    "software": rows.Software,
}


@lru_cache(maxsize=len(MODELS))
def make_adapter(table: str) -> TypeAdapter[Any]:
    """What validates a whole table: a list of rows, or the profile's one mapping."""
    model = MODELS[table]
    return TypeAdapter(model if table == "profile" else list[model])  # type: ignore[valid-type] # built at run time
