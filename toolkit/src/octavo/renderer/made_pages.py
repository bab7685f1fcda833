"""Made pages: pages written by a program, laid out by the site's format after either renderer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
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
    site = replace(site, website=website)
    outputs = {path: name_output(path) for path in find_pages(site)}
    taken = {output: path for path, output in outputs.items()}
    language, inner = split_path(first.path, read_languages(root) or ("",))
    tree = {} if inner == first.path else read_folder_metadata(root, f"{language}/{inner.rpartition('/')[2]}", Faults())
    common = make_source(site, Page(_name_source(first), {**matter, "canonical-url": False}, "", 1), [], None, tree)
    request = make_request(site, common, stage_template(root / CACHE / f"{folder.name}.made", site.format), {})
    with open_converter(root) as converter:
        for page in chain([first], pages):
            if page.path in taken:
                raise PageError(taken[page.path], 1, f"the build itself makes {page.path}; rename this page")
            html = _fill_template(converter, request, page, read_head(root))
            links = PageLinks(_name_source(page), outputs)
            write_file(folder / page.path, links.rewrite(_complete(html, site, common, page)))
            _copy_extension_files(root, folder, links.files)


def _name_source(page: MadePage) -> str:
    return PurePosixPath(page.path).with_suffix(".qmd").as_posix()


def _fill_template(converter: Converter, request: Mapping[str, object], page: MadePage, site_head: str) -> str:
    values = {
        "site-head": site_head,
        "title": page.heading,
        "pagetitle": escape(page.title),
        "description-meta": escape(page.description),
        "card": page.card,
        "header-includes": page.head,
        "body": page.body,
        "long-page": len(page.body.striptags()) > _LONG,
    }
    answer, html = converter.convert({**request, "page": page.path, "values": values}, "")
    if "error" in answer:
        raise OctavoError(f"{page.path}: Pandoc can't fill in the format's template: {answer['error']}")
    return html


def _complete(html: str, site: Site, common: Source, page: MadePage) -> str:
    """The page with what Quarto's website step adds to the template's output."""
    metadata = {**common.metadata, "title": page.title, "description": page.description}
    source = replace(common, page=replace(common.page, path=_name_source(page)), metadata=metadata)
    texts = {name: str(escape(text)) for name, text in card_texts(site, source).items()}
    return add_head(html, site, source, texts)


def _copy_extension_files(root: Path, folder: Path, files: Mapping[str, str]) -> None:
    """Copy the files of the format that no page of the project loads."""
    for target, path in files.items():
        if path.startswith("_extensions/") and not (folder / target).exists():
            write_file(folder / target, (root / path).read_bytes())
