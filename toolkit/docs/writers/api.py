"""The Python API: what pages call, with signatures and docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import partial
from types import ModuleType

from octavo import listings, tables
from octavo.language import current

# What a page's cells, and the scripts of a site, may import.
MODULES = (tables, listings, current)
HEADING = re.compile(r"(Args|Returns|Raises|Yields):$")
FIELD = re.compile(r" {4}(\*{0,2}\w+): (.*)")


def format_api() -> str:
    """A section for each module, with its functions."""
    return "\n".join(line for module in MODULES for line in _describe_module(module))


def _describe_module(module: ModuleType) -> Iterator[str]:
    yield from (f"## {module.__name__}", "", *_format_docstring(inspect.getdoc(module) or ""), "")
    for name in _list_names(module):
        yield from _describe_function(module.__name__, name, getattr(module, name))


def _list_names(module: ModuleType) -> list[str]:
    own = [name for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__]
    functions = [name for name in own if inspect.isfunction(getattr(module, name)) and not name.startswith("_")]
    return sorted(getattr(module, "__all__", functions))


def _describe_function(module: str, name: str, function: object) -> Iterator[str]:
    yield from (f"### {name} {{#{module}.{name}}}", "", "```python", _write_signature(name, function), "```", "")
    if isinstance(function, partial):  # its docstring is that of `partial`
        yield f"`{function.func.__name__}({', '.join(map(repr, function.args))}, …)`."
    else:
        yield from _format_docstring(inspect.getdoc(function) or "")
    yield ""


def _write_signature(name: str, function: object) -> str:
    signature = inspect.signature(function)  # type: ignore[arg-type]
    line = f"{name}{signature}".replace("'", "")
    if len(line) <= 88:
        return line
    parameters = "".join(f"    {parameter},\n" for parameter in _list_parameters(signature))
    return f"{name}(\n{parameters}) -> {signature.return_annotation}".replace("'", "")


def _list_parameters(signature: inspect.Signature) -> Iterator[str]:
    stars = False
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and not stars:
            stars = True
            yield "*"
        yield str(parameter)


def _format_docstring(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if heading := HEADING.match(line):
            yield from (f"**{heading[1]}**", "")
        elif field := FIELD.fullmatch(line):
            yield f"- `{field[1]}`: {field[2]}"
        else:
            yield line
