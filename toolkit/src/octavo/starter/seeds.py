"""The files that an owner starts from, filled in with what is known; every answer is text in them, never markup."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Collection, Mapping
from datetime import datetime
from html import escape

import yaml
from PIL import Image, ImageOps

from octavo.language.words import find_tag, read_words
from octavo.markdown import NOTHING, escape_markdown
from octavo.starter.engine import read_seed
from octavo.starter.identity import PHOTOS, Identity

PROFILE = "data/profile.yml"
_SCHEMA = "# yaml-language-server: $schema=../_extensions/octavo/schemas/profile.json\n"
_TABLES = ("publications", "news")
_PAGES = ("404", "cv", "news", "publications")
# Twice the width at which a page shows it.
_PHOTO_PIXELS = 480
_ABOUT = (
    "<!-- Say in your own words what you work on: "
    'put a text in place of this line, below a heading such as "## {about}". -->'
)


def write_seeds(identity: Identity, names: Collection[str], tables: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files by path.

    Args:
        identity: whose site it is.
        names: how the owner's name is written in lists of authors.
        tables: what an import wrote into the data folder, by path; the other tables get an example.
    """
    words = {key: str(word) for key, word in read_words(find_tag(identity.language)).items()}
    description = identity.description or words["new-description"].format(name=identity.name)
    values = {
        **words,
        "LANG": identity.language,
        "TITLE": json.dumps(escape_markdown(identity.name), ensure_ascii=False),
        "DESCRIPTION": json.dumps(escape_markdown(description), ensure_ascii=False),
        "OPENGRAPH": _write_open_graph(identity.name),
        "URL": json.dumps(identity.site_url, ensure_ascii=False),
        "DATE": f"{datetime.now().astimezone():%Y-%m}",
        "ABOUT": f"## {words['about']}\n\n{identity.about}" if identity.about else _ABOUT.format(**words),
    }
    seeds = {name: _fill(name, values) for name in ("_quarto.yml", "index.qmd")}
    seeds["README.md"] = _fill("README.md", {"TITLE": escape_markdown(identity.name).replace(NOTHING, "")})
    seeds["assets/favicon.svg"] = _fill("assets/favicon.svg", {"INITIAL": escape(identity.initial)})
    seeds |= {f"{name}.qmd": _fill(f"{name}.qmd", values) for name in _PAGES}
    seeds |= {f"data/{name}.yml": _fill(f"data/{name}.yml", values) for name in _TABLES}
    seeds |= {f"data/{path}": content for path, content in tables.items()}
    if identity.photo is not None:
        photo, content = _read_photo(identity)
        seeds[photo] = content
    seeds[PROFILE] = write_profile(identity, names).encode()
    return seeds


def write_profile(identity: Identity, names: Collection[str]) -> str:
    """The text of the owner's profile."""
    cv = f"docs/{identity.file_name}_CV.pdf"
    profile = {
        "name": identity.name,
        "names": list(names),
        "position": identity.position,
        "affiliation": identity.affiliation,
        "email": identity.email,
        **identity.more,
        "orcid": identity.orcid,
        "photo": _name_photo(identity) if identity.photo else "",
        "links": [{"label": "CV", "url": cv}, *({"label": label, "url": url} for label, url in identity.links)],
        "cv": {"file": cv, "paper": "a4"},
    }
    given = {key: value for key, value in profile.items() if value}
    return _SCHEMA + yaml.safe_dump(given, allow_unicode=True, sort_keys=False, width=110)


def _write_open_graph(name: str) -> str:
    """What `open-graph:` says: the one place where Quarto prints the title as it is written, escapes included."""
    if escape_markdown(name) == name:
        return "true"
    # Quarto looks for shortcodes here, too.
    shown = name.replace("{{<", "{ {<").replace(">}}", "> }}")
    return f"{{site-name: {json.dumps(shown, ensure_ascii=False)}}}"


def _name_photo(identity: Identity) -> str:
    with Image.open(str(identity.photo)) as picture:
        return f"assets/photo{PHOTOS[str(picture.format)]}"


def _read_photo(identity: Identity) -> tuple[str, bytes]:
    """The photo's path in the site, and the picture, upright, no larger than a page needs, and without metadata."""
    with Image.open(str(identity.photo)) as picture:
        kind = str(picture.format)
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((_PHOTO_PIXELS, _PHOTO_PIXELS * 2))
        upright.info.clear()
        buffer = io.BytesIO()
        upright.save(buffer, format=kind)
    return _name_photo(identity), buffer.getvalue()


def _fill(path: str, values: Mapping[str, str]) -> bytes:
    return re.sub(r"@([A-Za-z0-9-]+)@", lambda match: values[match[1]], read_seed(path)).encode()
