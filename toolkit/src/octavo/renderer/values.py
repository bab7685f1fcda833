"""Values: checks options of pages and cells by Quarto's schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from octavo.renderer.subset import show_value

_SWITCH = (True, False)
_ALIGNMENTS = ("default", "left", "right", "center")
_NUMBERS = ("toc-depth", "number-depth", "layout-ncol", "layout-nrow")
_ALLOWED: Mapping[str, tuple[bool | str, ...]] = {
    **dict.fromkeys(("eval", "include", "warning", "error", "enabled"), _SWITCH),
    **dict.fromkeys(("toc", "number-sections", "link-citations"), _SWITCH),
    "echo": (*_SWITCH, "fenced"),
    "freeze": (*_SWITCH, "auto"),
    "lightbox": (*_SWITCH, "auto"),
    "code-fold": (*_SWITCH, "show"),
    "fig-align": _ALIGNMENTS,
}
# What people write for these in other versions of YAML, or in quotes.
_MEANT = {"yes": "true", "on": "true", "true": "true", "no": "false", "off": "false", "false": "false"}


def find_value_faults(options: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The path of each key whose value Quarto refuses, in `execute`, too, and the message for it."""
    for key, value in options.items():
        if key == "execute" and isinstance(value, dict):
            yield from (((key, *path), message) for path, message in find_value_faults(value))
        elif expected := _describe_expected(key, value):
            yield (key,), f"`{key}: {show_value(value)}` must be {expected}, in Quarto, too"


def _describe_expected(key: str, value: Any) -> str:
    """Description of the values that Quarto expects; empty if it accepts this one."""
    if key == "execute":
        return "" if value is None else "a mapping such as `{echo: false}`"
    if key in _NUMBERS:
        return "" if isinstance(value, int | float) and not isinstance(value, bool) else "a number"
    allowed = _ALLOWED.get(key, ())
    is_scalar = isinstance(value, bool | int | float | str)
    if not allowed or not is_scalar or any(value == each and type(value) is type(each) for each in allowed):
        return ""
    *names, last = map(show_value, allowed)
    meant = _MEANT.get(str(value).lower()) if True in allowed else None
    if meant is not None:
        return f"{meant}, without quotation marks"
    return f"{', '.join(names)}{',' if len(names) > 1 else ''} or {last}"
