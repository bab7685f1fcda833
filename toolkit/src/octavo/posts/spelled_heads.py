"""Formulas in pages' heads: replaces TeX and double notations in titles and descriptions with text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import escape

from octavo.html import element
from octavo.inline_parser import FORMULA
from octavo.markdown import parse_inline, plain_text
from octavo.model.words import shorten
from octavo.outputs.head import DESCRIPTION_LENGTH
from octavo.posts.listed_page import read_metadata
from octavo.posts.page_edit import PageEdit
from octavo.renderer.configuration import Site as Project
from octavo.renderer.configuration import load_site as load_project
from octavo.renderer.pagelist import find_pages
from octavo.renderer.pages import name_output

# Open Graph's description is the first of these.
_DESCRIPTIONS = ("description", "abstract", "subtitle")
_CARDS = {"open-graph": "og", "twitter-card": "twitter"}


def spell_heads(root: Path, folder: Path) -> None:
    """Spell the formulas in the heads of the pages in the built site at `folder`."""
    project = load_project(root, folder, strict=False)
    for source in find_pages(project):
        file, metadata = folder / name_output(source), read_metadata(project, source)
        if file.is_file() and any("$" in str(metadata.get(key)) for key in ("title", "pagetitle", *_DESCRIPTIONS)):
            _spell_head(PageEdit(file), metadata, project)


def _spell_head(page: PageEdit, metadata: Mapping[str, Any], project: Project) -> None:
    title = _spell(metadata.get("pagetitle") or metadata.get("title"))
    about = _spell(metadata.get("description"))
    shared = _spell(next((metadata[key] for key in _DESCRIPTIONS if metadata.get(key)), None))
    shown = {
        "description": about,
        **{f"{prefix}:description": shorten(shared, DESCRIPTION_LENGTH) for prefix in _list_cards(metadata)},
        **{f"{prefix}:title": title for prefix in _list_cards(metadata)},
    }
    titles = page.select("head > title")
    old, site = titles[0].text, f" – {project.website.get('title')}"
    for tag in page.select("head > meta"):
        name, content = tag.attr("property") or tag.attr("name"), str(tag.attr("content") or "")
        text = title if name == "og:image:alt" and content == old else shown.get(str(name))
        if text:
            attribute = "property" if tag.attr("property") else "name"
            ending = site if text == title and content.endswith(site) else ""
            page.replace(tag, element("meta", **{attribute: str(name)}, content=text + ending))
    if title:
        page.fill(titles[0], escape(title + (site if old.endswith(site) else "")))
    page.save()


def _list_cards(metadata: Mapping[str, Any]) -> list[str]:
    """The kinds of card that have the page's own texts."""
    return [prefix for key, prefix in _CARDS.items() if not isinstance(metadata.get(key), dict)]


def _spell(text: Any) -> str:
    """The text with its formulas spelled; empty if it has none."""
    line = str(text or "")
    has_formula = any(token.type == FORMULA for token in parse_inline(line))
    return plain_text(line) if has_formula else ""
