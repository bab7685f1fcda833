"""Made pages: pages written by a program, laid out by the site's format after either renderer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path, PurePosixPath

from markupsafe import escape

from octavo.build_notes import read_head
from octavo.errors import Faults, OctavoError, PageError
from octavo.files import write_file
from octavo.language.trees import read_languages, split_path
from octavo.made_page import MadePage
from octavo.markdown import plain_text
from octavo.renderer.build import make_request
from octavo.renderer.configuration import Site, load_site
from octavo.renderer.fingerprint import CACHE
from octavo.renderer.head import add_head, card_texts
from octavo.renderer.links import PageLinks
from octavo.renderer.pagelist import find_pages
from octavo.renderer.pages import Page, name_output
from octavo.renderer.pandoc import Converter, open_converter, stage_template
from octavo.renderer.sources import Source, make_source, read_folder_metadata

# As in the format's `filters/page.lua`, which doesn't see the text of these pages.
_LONG = 3000
# Stands in the filled template for the value with this name. No text holds these two, which aren't characters.
_PLACE = re.compile("\ufdd0([a-z-]+)\ufdd1")


def lay_out_pages(root: Path, folder: Path, matter: Mapping[str, object], pages: Iterable[MadePage]) -> None:
    """Write pages, which are in one folder and share their front matter, into the rendered site at `folder`.

    Raises:
        PageError: if a page of the project has the same address.
        OctavoError: if the format's template has a mistake.
    """
    pages = iter(pages)
    first = next(pages, None)
    if first is None:
        return
    site = load_site(root, folder, strict=False)
    website = {key: plain_text(value) if key == "title" else value for key, value in site.website.items()}
    site = site._replace(website=website)
    outputs = {path: name_output(path) for path in find_pages(site)}
    taken = {output: path for path, output in outputs.items()}
    language, inner = split_path(first.path, read_languages(root) or ("",))
    tree = {} if inner == first.path else read_folder_metadata(root, f"{language}/{inner.rpartition('/')[2]}", Faults())
    common = make_source(site, Page(_name_source(first), {**matter, "canonical-url": False}, "", 1), [], None, tree)
    request = make_request(site, common, stage_template(root / CACHE / f"{folder.name}.made", site.format), {})
    links = PageLinks(_name_source(first), outputs)
    with open_converter(root) as converter:
        frames = _Frames(converter, request)
        for page in chain([first], pages):
            if page.path in taken:
                raise PageError(taken[page.path], 1, f"the build itself makes {page.path}; rename this page")
            html = frames.fill(page.path, _list_values(page, read_head(root)))
            write_file(folder / page.path, links.rewrite(_complete(html, site, common, page)))
    _copy_extension_files(root, folder, links.files)


def _name_source(page: MadePage) -> str:
    return PurePosixPath(page.path).with_suffix(".qmd").as_posix()


def _list_values(page: MadePage, site_head: str) -> dict[str, str]:
    """The values that the template shows of a page, as HTML."""
    return {
        "site-head": site_head.rstrip(),
        "title": page.heading,
        "pagetitle": escape(page.title),
        "description-meta": escape(page.description),
        "card": page.card,
        "header-includes": page.head.rstrip(),
        "body": page.body,
        "long-page": "true" if len(page.body.striptags()) > _LONG else "",
    }


class _Frames:
    """The filled template, once for each combination of values that pages have: it takes Pandoc 3 ms."""

    def __init__(self, converter: Converter, request: Mapping[str, object]) -> None:
        self._converter, self._request = converter, request
        self._frames: dict[tuple[str, ...], list[str]] = {}

    def fill(self, path: str, values: Mapping[str, str]) -> str:
        """The page at `path` in the site, with these values in the places of the template.

        Raises:
            OctavoError: if the template has a mistake, or changes the letters of a value.
        """
        names = tuple(name for name, value in values.items() if value)
        if names not in self._frames:
            places = {name: f"\ufdd0{name}\ufdd1" if value else "" for name, value in values.items()}
            self._frames[names] = _PLACE.split(self._fill_template(path, places))
        parts = self._frames[names].copy()
        parts[1::2] = [values[name] for name in parts[1::2]]
        return "".join(parts)

    def _fill_template(self, path: str, values: Mapping[str, str]) -> str:
        answer, html = self._converter.convert({**self._request, "page": path, "values": values}, "")
        if "error" in answer:
            raise OctavoError(f"{path}: Pandoc can't fill in the format's template: {answer['error']}")
        if "\ufdd0" in _PLACE.sub("", html):
            raise OctavoError(f"{path}: the format's template can't change the letters of a value (`/uppercase`)")
        return html


def _complete(html: str, site: Site, common: Source, page: MadePage) -> str:
    """The page with everything that Quarto's website step adds to the template's output."""
    metadata = {**common.metadata, "title": page.title, "description": page.description}
    source = common._replace(page=common.page._replace(path=_name_source(page)), metadata=metadata)
    texts = {name: str(escape(text)) for name, text in card_texts(site, source).items()}
    return add_head(html, site, source, texts)


def _copy_extension_files(root: Path, folder: Path, files: Mapping[str, str]) -> None:
    """Copy the files of the format that no page of the project loads."""
    for target, path in files.items():
        if path.startswith("_extensions/") and not (folder / target).exists():
            write_file(folder / target, (root / path).read_bytes())
