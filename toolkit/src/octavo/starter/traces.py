"""The traces of another owner: where a new site still says whose site it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from octavo.starter.code import read_text
from octavo.starter.configuration import CONFIGURATION, read_values
from octavo.tables.rows import load_profile


def list_traces(origin: Path) -> list[str]:
    """What would give its owner away: names, addresses of pages and of mail, ORCID, the site's host."""
    profile = load_profile(origin / "data")
    hosts = [urlsplit(read_values(read_text(origin, CONFIGURATION))["site-url"]).netloc]
    words = [profile.name, *profile.names, profile.email, profile.orcid, *hosts, *(link.url for link in profile.links)]
    return sorted({word for word in words if word})


def find_traces(folder: Path, traces: Iterable[str]) -> list[str]:
    """The places, as `path:line: trace`, at which a file under `folder` has one of these texts."""
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(trace)}(?!\w)" for trace in traces).encode())
    found = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = file.read_bytes()
        for match in pattern.finditer(content):
            line = content.count(b"\n", 0, match.start()) + 1
            found.append(f"{file.relative_to(folder).as_posix()}:{line}: {match[0].decode()}")
    return found
