"""The policy: what browsers may load for a page, the site's own files and what the owner allows in `_quarto.yml`.

    allow: {frames: [youtube-nocookie.com], scripts: [cdn.example.org]}
    analytics: {goatcounter: noether}

It is a Content-Security-Policy (W3C CSP Level 3), in the pages themselves and in `_headers`, which Netlify and
Cloudflare Pages read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from octavo.analytics import Analytics, read_analytics
from octavo.errors import DataError, PageError, Problem
from octavo.files import write_file
from octavo.model.addresses import check_host
from octavo.model.words import describe, suggest
from octavo.quarto_yaml import CONFIGURATION, find_place, load_mapping, read_text

NAME = "Content-Security-Policy"
_HEADERS = "_headers"
# Nothing inline except small pictures, which can't run or load anything. The search loads its index, and Lighthouse
# requests robots.txt from within pages.
STRICT: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "img-src": ("'self'", "data:"),
    "media-src": ("'self'",),
    "font-src": ("'self'",),
    "style-src": ("'self'",),
    "script-src": ("'self'",),
    "connect-src": ("'self'",),
    "form-action": ("'none'",),
    "base-uri": ("'none'",),
    "frame-ancestors": ("'none'",),
}
# The directives for the keys of `allow:`.
DIRECTIVES = {
    "frames": "frame-src",
    "scripts": "script-src",
    "styles": "style-src",
    "images": "img-src",
    "fonts": "font-src",
    "media": "media-src",
    "connections": "connect-src",
    "forms": "form-action",
}
# The site itself, as a host of frames.
OWN = "self"
# This directive has no effect in a page's own `<meta>` element.
_HEADER_ONLY = frozenset({"frame-ancestors"})


@dataclass(frozen=True, slots=True)
class Policy:
    """The other hosts that are allowed, by the keys of `allow:`, and the script that counts visits."""

    hosts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    analytics: Markup | None = None

    def write_header(self) -> str:
        """The policy as the value of a header."""
        return "; ".join(" ".join([name, *values]) for name, values in self._list_directives().items())

    def write_head(self, *, enforced: bool = True) -> Markup:
        """The tags for the head of every page: the policy, if it is to be `enforced`, and the script."""
        directives = self._list_directives().items()
        text = "; ".join(" ".join([name, *values]) for name, values in directives if name not in _HEADER_ONLY)
        # A host contains nothing to escape.
        meta = Markup(f'<meta http-equiv="{NAME}" content="{text}">') if enforced else None  # noqa: S704
        return Markup("").join(part + Markup("\n") for part in (meta, self.analytics) if part)

    def allows(self, kind: str, address: str) -> bool:
        """Whether a page may load the absolute address as this kind, a key of `allow:`."""
        parts = urlsplit(address)
        names = (name for host in self.hosts.get(kind, ()) for name in _list_names(host))
        return parts.scheme in {"", "https"} and any(_covers(name, parts.netloc.lower()) for name in names)

    @property
    def allows_own_frames(self) -> bool:
        """Whether pages of the site may be shown in frames of its pages."""
        return OWN in self.hosts.get("frames", ())

    def _list_directives(self) -> dict[str, tuple[str, ...]]:
        directives = dict(STRICT)
        for kind, hosts in self.hosts.items():
            name = DIRECTIVES[kind]
            own = tuple(value for value in directives.get(name, ()) if value != "'none'")
            directives[name] = (*own, *(_write_source(each) for host in hosts for each in _list_names(host)))
        if self.allows_own_frames:
            directives["frame-ancestors"] = ("'self'",)
        return directives


STRICTEST = Policy()
"""The policy without `allow:`."""


def _list_names(host: str) -> tuple[str, ...]:
    """The host, and for a whole domain also `www.`, which many sites actually use."""
    return (host, f"www.{host}") if host.count(".") == 1 and not host.startswith("*") else (host,)


def _write_source(name: str) -> str:
    return f"'{OWN}'" if name == OWN else f"https://{name}"


def _covers(source: str, host: str) -> bool:
    return host == source or (source.startswith("*.") and host.endswith(source[1:]))


def load_policy(root: Path) -> Policy:
    """The policy of the project in `root`.

    Raises:
        DataError: if a setting in `_quarto.yml` is wrong.
    """
    reader = _Reader(root)
    policy = reader.read()
    if reader.problems:
        raise DataError(reader.problems)
    return policy


def check_policy(root: Path) -> list[Problem]:
    """Every problem of the policy of the project in `root`; the renderer reports a file that can't be read."""
    with suppress(PageError):
        reader = _Reader(root)
        reader.read()
        return [*reader.problems, *_find_second_policy(root)]
    return []


def write_headers(site: Path, root: Path) -> None:
    """Write the policy into the built site's `_headers`, after the project's own rules.

    Raises:
        DataError: if the policy has a mistake.
    """
    own = (root / _HEADERS).read_text(encoding="utf-8") if (root / _HEADERS).is_file() else ""
    if NAME.lower() not in own.lower():
        own += f"/*\n  {NAME}: {load_policy(root).write_header()}\n"
    write_file(site / _HEADERS, own)


def _find_second_policy(root: Path) -> Iterator[Problem]:
    file = root / "netlify.toml"
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines() if file.is_file() else []
    for number, line in enumerate(lines, start=1):
        if line.lower().startswith(NAME.lower()):
            message = f"remove {NAME}: the build writes it into _headers, and browsers would enforce both"
            yield Problem(file.name, number, 1, message, "warning")


class _Reader:
    """Reads the settings; collects mistakes in `problems`."""

    def __init__(self, root: Path) -> None:
        self.problems: list[Problem] = []
        self._text = read_text(root / CONFIGURATION, CONFIGURATION)
        self._settings = load_mapping(self._text, CONFIGURATION)

    def read(self) -> Policy:
        hosts = {kind: list(names) for kind, names in self._read_hosts()}
        analytics = self._read_analytics()
        if analytics.tag:
            hosts.setdefault("scripts", []).append(analytics.script_host)
            hosts.setdefault("connections", []).extend(analytics.receivers)
        return Policy({kind: tuple(dict.fromkeys(names)) for kind, names in hosts.items()}, analytics.tag)

    def _read_hosts(self) -> Iterator[tuple[str, Iterable[str]]]:
        allowed = self._settings.get("allow")
        if allowed is None:
            return
        if not isinstance(allowed, dict):
            self._add(
                ("allow",), f"allow: {describe(allowed)} isn't a mapping (expected frames: [youtube-nocookie.com])"
            )
            return
        for kind, names in allowed.items():
            if kind not in DIRECTIVES:
                self._add(("allow", kind), f"allow: {describe(kind)} is unknown ({suggest(kind, list(DIRECTIVES))})")
            else:
                yield kind, list(self._check_hosts(kind, names))

    def _check_hosts(self, kind: str, names: Any) -> Iterator[str]:
        for number, name in enumerate(names if isinstance(names, list) else [names]):
            try:
                yield OWN if (kind, name) == ("frames", OWN) else check_host(name)
            except ValueError as error:
                place = ("allow", kind, number) if isinstance(names, list) else ("allow", kind)
                self._add(place, f"allow.{kind}: {error}")

    def _read_analytics(self) -> Analytics:
        website = self._settings.get("website")
        address = website.get("site-url") if isinstance(website, dict) else ""
        try:
            return read_analytics(self._settings.get("analytics"), urlsplit(str(address or "")).netloc)
        except ValueError as error:
            self._add(("analytics",), f"analytics: {error}")
            return Analytics()

    def _add(self, path: tuple[str | int, ...], message: str) -> None:
        self.problems.append(Problem(CONFIGURATION, *find_place(self._text, path), message))
