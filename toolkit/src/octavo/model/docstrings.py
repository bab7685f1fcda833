"""Docstrings of attributes: the text below a field, which editors show with it."""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import lru_cache
from itertools import pairwise

from octavo.model.fields import Field


def find_meaning(shape: type, field: Field) -> str:
    """What a field means: the text below it, or its kind where that says it all, as `addresses by role` does."""
    return read_docstrings(shape).get(field.name, "" if field.holds.name in ("text", "line") else field.holds.name)


@lru_cache(maxsize=64)
def read_docstrings(model: type) -> dict[str, str]:
    """The text below each field of the class and of those it comes from, by the field's name (PEP 257)."""
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
