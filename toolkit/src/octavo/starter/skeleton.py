"""The skeleton of a new site: the tables, the home page and the picture that its owner goes on from."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path

import yaml

from octavo.markdown import escape_markdown
from octavo.starter.identity import Identity

FILES = Path(__file__).with_name("files")
PROFILE = "data/profile.yml"
_SCHEMA = "# yaml-language-server: $schema=../_extensions/octavo/schemas/profile.json\n"


def write_skeleton(identity: Identity) -> dict[str, bytes]:
    """The files that a new site begins with, by path."""
    files = {f"data/{file.name}": file.read_bytes() for file in sorted((FILES / "data").glob("*.yml"))}
    files[PROFILE] = write_profile(identity, identity.names).encode()
    files["index.qmd"] = _fill(
        "index.qmd",
        {
            "TITLE": json.dumps(escape_markdown(identity.name), ensure_ascii=False),
            "DESCRIPTION": json.dumps(escape_markdown(identity.description), ensure_ascii=False),
            "ABOUT": _write_about(identity),
        },
    )
    files["assets/favicon.svg"] = _fill("favicon.svg", {"INITIAL": escape(identity.initial)})
    files["docs/.gitkeep"] = b""
    return files


def write_profile(identity: Identity, names: list[str]) -> str:
    """The profile of the owner, who occurs under these names in lists of authors."""
    cv = f"docs/{identity.file_name}_CV.pdf"
    links = [{"label": "CV", "url": cv}, *({"label": label, "url": url} for label, url in identity.links)]
    profile = {
        "name": identity.name,
        "names": names,
        "affiliation": identity.affiliation,
        "orcid": identity.orcid,
        "links": links,
        "cv": {"file": cv, "paper": "a4"},
    }
    given = {key: value for key, value in profile.items() if value}
    return _SCHEMA + yaml.safe_dump(given, allow_unicode=True, sort_keys=False, width=110)


def _write_about(identity: Identity) -> str:
    if not identity.affiliation:
        return ""
    return f"I work at {escape_markdown(identity.affiliation)}.\n"


def _fill(name: str, values: dict[str, str]) -> bytes:
    text = (FILES / name).read_text(encoding="utf-8")
    return re.sub(r"@([A-Z]+)@", lambda match: values[match[1]], text).encode()
