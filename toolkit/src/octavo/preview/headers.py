"""The headers of the published site, from `netlify.toml`, where they apply to a preview."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from octavo.errors import OctavoError
from octavo.policy import NAME as POLICY
from octavo.policy import load_policy

CONFIGURATION = "netlify.toml"
# The first means nothing over plain HTTP; the second would keep new builds from the browser.
LEFT_OUT = frozenset({"strict-transport-security", "cache-control"})
# What the preview adds to pages: a script, a style, and the connection that says when to reload.
OWN_DIRECTIVES = ("script-src", "style-src", "connect-src")
# What a header's name and value may have in them (RFC 9110, 5.1 and 5.5).
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_TEXT = re.compile(r"[\t -~\xa0-\xff]*")


def read_headers(root: Path, path: str) -> dict[str, str]:
    """The headers for the page at `path`: the site's policy, and those of `netlify.toml` if it can be read."""
    headers = _read_policy(root)
    try:
        configuration = tomllib.loads((root / CONFIGURATION).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return headers
    rules = configuration.get("headers")
    for rule in rules if isinstance(rules, list) else []:
        values = rule.get("values") if isinstance(rule, dict) else None
        if isinstance(values, dict) and _matches(str(rule.get("for", "")), path):
            headers |= _read_values(values)
    return headers


def _read_policy(root: Path) -> dict[str, str]:
    try:
        return {POLICY: allow_preview(load_policy(root).write_header())}
    except OctavoError:
        return {}  # the build says why


def _matches(pattern: str, path: str) -> bool:
    """Whether a Netlify pattern, with `*` for anything and `:name` for one part, covers the path."""
    parts = (
        ".*" if part == "*" else "[^/]+" if part[:1] == ":" else re.escape(part)
        for part in re.split(r"(\*|:\w+)", pattern)
    )
    return re.fullmatch("".join(parts), path) is not None


def _read_values(values: Mapping[str, Any]) -> dict[str, str]:
    texts = {name: " ".join(str(value).split()) for name, value in values.items() if name.lower() not in LEFT_OUT}
    plain = {name: value for name, value in texts.items() if _TOKEN.fullmatch(name) and _TEXT.fullmatch(value)}
    return {name: allow_preview(value) if name.lower() == POLICY.lower() else value for name, value in plain.items()}


def allow_preview(policy: str) -> str:
    """A Content-Security-Policy that also allows the preview's own parts, and is otherwise unchanged."""
    stated = [directive.split() for directive in policy.split(";") if directive.strip()]
    directives = {name: values for name, *values in stated if name != "upgrade-insecure-requests"}
    for name in OWN_DIRECTIVES:
        values = [value for value in directives.get(name, directives.get("default-src", [])) if value != "'none'"]
        if "'self'" not in values:
            values.append("'self'")
        directives[name] = values
    return "; ".join(" ".join([name, *values]) for name, values in directives.items())
