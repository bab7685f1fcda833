"""The pages as the preview serves them: looked up by address, with the preview's own parts, and their headers."""

from __future__ import annotations

import contextlib
import re
import time
import tomllib
from collections.abc import Mapping
from html import escape
from mimetypes import MimeTypes
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote

from octavo.console import visible
from octavo.errors import OctavoError
from octavo.policy import NAME as POLICY
from octavo.policy import load_policy
from octavo.preview.status import State

CONFIGURATION = "netlify.toml"
# The first has no effect over plain HTTP; the second would hide new builds from the browser.
LEFT_OUT = frozenset({"strict-transport-security", "cache-control"})
# The preview adds these to pages: a script, a style, and the connection that tells them to reload.
OWN_DIRECTIVES = ("script-src", "style-src", "connect-src")
# The characters allowed in a header's name and value (RFC 9110, 5.1 and 5.5).
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_TEXT = re.compile(r"[\t -~\xa0-\xff]*")
OWN = "/__preview__/"
# While a new site replaces the old one, there may be none for a moment.
SWAP_SECONDS = 0.5
# Served until the first build succeeds; errors are added as to any page.
EMPTY_PAGE = (
    b'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Preview</title></head>'
    b"<body><p>Nothing has been built yet.</p></body></html>\n"
)
_TYPES = MimeTypes()  # not the system's, which differ


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


ASSETS = Path(__file__).parent / "assets"

for _type, _ending in [
    ("text/javascript", ".js"),
    ("application/json", ".map"),
    ("application/xml", ".xml"),
    ("image/webp", ".webp"),
    ("font/woff2", ".woff2"),
    ("application/yaml", ".yml"),
    ("text/plain", ".bib"),
    ("text/plain", ".ris"),
]:
    _TYPES.add_type(_type, _ending)


def find_file(site: Path, address: str, base: str) -> Path | None:
    """The file that a host would serve for `address`: itself, its index, or the page without `.html`; else None."""
    path = unquote(address.partition("#")[0].partition("?")[0])
    for candidate in (path, "/" + path.removeprefix(base) if base != "/" and path.startswith(base) else path):
        target = Path(site, *[part for part in candidate.split("/") if part not in ("", ".")])
        if ".." in target.parts or "\0" in candidate:
            return None
        page = target.with_name(target.name + ".html") if candidate.strip("/") else target / "index.html"
        choices = [target / "index.html"] if candidate.endswith("/") else [target, page, target / "index.html"]
        for choice in choices:
            if choice.is_file():
                return choice
    return None


def open_file(site: Path, address: str, base: str) -> BinaryIO | None:
    """The file for `address`, open; None if the site has none."""
    until = time.monotonic() + SWAP_SECONDS
    while time.monotonic() < until:
        before = identify(site)
        with contextlib.suppress(OSError):
            file = find_file(site, address, base)
            if file is not None:
                return file.open("rb")
        if before is not None and before == identify(site):
            return None
        time.sleep(0.01)
    return None


def identify(site: Path) -> int | None:
    """Which folder has the site's name now, if any: a build puts a new one there."""
    try:
        return site.stat().st_ino
    except OSError:
        return None


def content_type(file: Path) -> str:
    """The type that a host would state for the file."""
    name = _TYPES.guess_type(file.name)[0] or "application/octet-stream"
    text = name.startswith("text/") or name.endswith(("xml", "json", "javascript"))
    return f"{name}; charset=utf-8" if text else name


def put_in(page: bytes, state: State) -> bytes:
    """The page with the preview's style and script, and with the error, if there is one."""
    head = f'<link rel="stylesheet" href="{OWN}preview.css">' if state.failure else ""
    head += f'<script src="{OWN}preview.js" data-version="{state.version}" defer></script>'
    page = _insert(page, b"</head>", head)
    return _insert(page, b"</body>", show_failure(state.failure)) if state.failure else page


def _insert(page: bytes, mark: bytes, text: str) -> bytes:
    place = page.find(mark) if mark == b"</head>" else page.rfind(mark)
    place = len(page) if place < 0 else place
    return page[:place] + text.encode() + page[place:]


def show_failure(failure: str) -> str:
    """The element that shows an error, with its first line, or a traceback's last one, as a heading."""
    first, _, rest = visible(failure).strip().partition("\n")
    if first.startswith("Traceback"):
        last = next((line for line in rest.split("\n") if not line.startswith(" ")), first)
        first, rest = last, f"{first}\n{rest}"
    more = f"<pre>{escape(rest.strip(chr(10)))}</pre>" if rest.strip() else ""
    return (
        f'<div id="homepage-preview" role="alert"><p><strong>{escape(first)}</strong></p>{more}'
        "<p>Showing the last good build. This message disappears once the files are fixed.</p></div>"
    )
