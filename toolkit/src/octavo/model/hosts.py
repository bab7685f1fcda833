"""Hosts: names of servers that pages may load something from."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from octavo.model.words import describe

EXPECTED = "expected a host, such as youtube-nocookie.com or *.example.org"
# An asterisk stands for all hosts of a domain, but not for those of a whole country.
_HOST = re.compile(r"(?:\*\.(?=[^.]+\.[^.]))?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*(?::[0-9]+)?")


def check_host(value: Any) -> str:
    """Return the host in lower case, without a scheme before it.

    Raises:
        ValueError: if it is no host, or can't be asked with encryption.
    """
    text = value.lower() if isinstance(value, str) else ""
    if text.startswith("http:"):
        raise ValueError(f"{describe(value)} is without encryption (expected https)")
    host = text.removeprefix("https://").removesuffix("/")
    if _HOST.fullmatch(host):
        return host
    within = urlsplit(f"https://{host}").netloc
    hint = f"the host alone is enough: {within}" if within != host and _HOST.fullmatch(within) else EXPECTED
    raise ValueError(f"{describe(value)} is no host ({hint})")
