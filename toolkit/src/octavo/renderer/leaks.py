"""Resources: the files that are in the site because `resources:` or its pages name them.

The embedded renderer copies only published ones. Quarto copies any file of the project that a page or stylesheet names,
and hidden files along with their folder; those are removed.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from posixpath import dirname, join, normpath

from octavo.errors import OctavoError, PageError, describe_problems
from octavo.files import write_file
from octavo.language.trees import find_variant, read_languages
from octavo.published import (
    ALWAYS,
    EXPECTED,
    PAGES,
    Published,
    find_page,
    find_source,
    is_hidden,
    is_rendered,
    load_published,
)
from octavo.quarto_yaml import CONFIGURATION, list_settings, read_text
from octavo.renderer.configuration import Site, as_list
from octavo.renderer.head import drop_second_card
from octavo.renderer.links import PageLinks, encode_spaces
from octavo.renderer.pages import name_output, read_page
from octavo.renderer.snippets import VARIABLES

_CSS_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)|@import\s+[\"']([^\"']+)[\"']")

IsMade = Callable[[str], bool]
# Attributes that Quarto writes at an embedded cell.
_NOTEBOOK = r' data-notebook(?:-title|-cellid)?="[^"]*"'
# Pandoc writes it in a formula with several lines, although `columnalign` already tells the style sheet the same. Newer
# releases add the padding.
_ALIGNMENT = (
    r'(?:(?<=columnalign="left")|(?<=columnalign="right")|(?<=columnalign="center"))'
    r' style="text-align: \w+(?:; padding-\w+: 0)?"'
)
_UNWANTED = re.compile(f"{_NOTEBOOK}|{_ALIGNMENT}")
_SPACED = re.compile(r"""\b(?:src|href)=(?:"[^" ]* [^"]*"|'[^' ]* [^']*')""")


def find_published(site: Site) -> Published:
    """The project's published files.

    Raises:
        OctavoError: if `resources:` names unpublished files, or a symbolic link leads elsewhere.
    """
    published = Published(site.root, map(str, as_list(site.project.get("resources"))))
    if problems := sorted(published.list_problems()):
        raise OctavoError(describe_problems(problems))
    return published


def find_named_faults(
    root: Path, published: Published, page: str, named: Mapping[str, str], is_made: IsMade = lambda path: False
) -> Iterator[tuple[str, PageError]]:
    """An error for each file of the project that a page names although it isn't published.

    `named` maps paths to addresses; `is_made` says whether the build itself makes the file at a path.
    """
    for path, address in named.items():
        if _is_file(root, path) and not is_made(path) and (fault := published.find_page_fault(path)):
            place, line, name = _locate(root, page, address, path)
            hint = _suggest_page(root, path) or f"{fault}; the site can only use {EXPECTED}"
            yield path, PageError(place, line, f"`{name}` {hint}")


def copy_resources(
    root: Path, folder: Path, published: Published, named: Mapping[str, str], pages: Collection[str]
) -> Iterator[PageError]:
    """Copy into `folder` the files of `project.resources`, and the `named` files (target to source), except `pages`.

    Yields an error for each that isn't published.
    """
    files = {path: path for path in [*published.list_resources(), *ALWAYS]}
    for target, path in [*files.items(), *named.items()]:
        if path not in pages:
            yield from _copy(root, folder, published, path, target)


def _suggest_page(root: Path, path: str) -> str:
    """The address of a page whose file name ends with one of the site's languages."""
    if not path.endswith(PAGES):
        return ""
    language = find_variant(path, read_languages(root)[1:])
    page = re.sub(rf"\.{language}(?=\.\w+$)", "", path)
    link = f"[…](/{language}/{page}){{hreflang={language}}}"
    return f"is not a page of its own; to link to the page in that language, write {link}" if language else ""


def _is_file(root: Path, path: str) -> bool:
    # A list of publications has thousands of addresses, and making a Path of each would take long.
    return os.path.isfile(f"{root}/{path}")  # noqa: PTH113


def _copy(root: Path, folder: Path, published: Published, path: str, target: str) -> Iterator[PageError]:
    placed = folder / target
    if not _is_file(root, path) or placed.exists():
        return
    if fault := published.find_page_fault(path):
        yield PageError(path, 1, f"{fault}; the site can only use {EXPECTED}")
        return
    placed.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(root / path, placed)
    if path.lower().endswith(".css"):
        yield from _copy_named_by_styles(root, folder, published, path, target)


def _copy_named_by_styles(
    root: Path, folder: Path, published: Published, path: str, target: str
) -> Iterator[PageError]:
    matches = _CSS_ADDRESS.finditer((root / path).read_text(encoding="utf-8", errors="replace"))
    addresses = [address for match in matches if not re.match(r"\w+:|/|#", address := match[1] or match[2])]
    named = {normpath(join(dirname(path), address)): address for address in addresses}
    faults = dict(find_named_faults(root, published, path, named))
    yield from faults.values()
    for source, address in named.items():
        if source not in faults:
            yield from _copy(root, folder, published, source, normpath(join(dirname(target), address)))


def _locate(root: Path, page: str, address: str, path: str) -> tuple[str, int, str]:
    """The file and line that name the file at the path, and how: in the page, in parts of all pages, or else line 1."""
    for file, name in ((page, address), *((file, name) for file in _list_common(root) for name in (address, path))):
        text = (root / file).read_text(encoding="utf-8", errors="replace") if (root / file).is_file() else ""
        before = r"(?<![\w./%])" if name == address else r"(?<![\w.%])(?<!\w/)"
        if match := re.search(rf"{before}{re.escape(name)}(?!\w)", text):
            return file, text.count("\n", 0, match.start()) + 1, name
    return page, 1, address


def _list_common(root: Path) -> list[str]:
    """`_quarto.yml`, and the files that it puts into each page."""
    with suppress(PageError):
        settings = list_settings(read_text(root / CONFIGURATION, CONFIGURATION), CONFIGURATION)
        return [CONFIGURATION, *(setting.value for setting in settings if setting.key in VARIABLES)]
    return []


def remove_leaks(root: Path, site: Path) -> None:
    """Delete unpublished files and the sources of pages from a rendered site.

    Raises:
        OctavoError: afterward, unless they were only hidden files in a published folder.
    """
    published = load_published(root)
    files = sorted(_list_files(site))
    named = [pair for path in files if path.endswith(".html") for pair in _check_page(path, root, site, published)]
    faults = [fault for _, fault in named]
    known = {path for path, _ in named}
    for path in files:
        if path.endswith(PAGES) and _is_source(path, root, site):
            (site / path).unlink()  # Quarto copies it with a folder that `resources:` names
            continue
        source = find_source(path)
        is_copied = os.path.lexists(root / source) and not is_rendered(root, path)
        fault = published.find_page_fault(source) if is_copied else ""
        if not fault:
            continue
        (site / path).unlink()
        with suppress(OSError):  # the folder still holds something
            os.removedirs((site / path).parent)
        came_along = is_hidden(path) and published.names(path)
        if not came_along and source not in known:
            faults.append(PageError(source, 1, f"{fault}, but Quarto put it into the site; it can only use {EXPECTED}"))
    if faults:
        raise OctavoError("\n".join(dict.fromkeys(map(str, faults))))


def _is_source(path: str, root: Path, site: Path) -> bool:
    """Whether the file at this path of the project is that of a page, or of a draft, which isn't in the site."""
    output = name_output(path)
    return find_page(root, output) == path and ((site / output).is_file() or _is_draft(path, root))


def _is_draft(path: str, root: Path) -> bool:
    if not path.endswith(".ipynb"):
        with suppress(PageError):
            return read_page(root, path).metadata.get("draft") is True
    return False


def clean_pages(site: Path) -> None:
    """Remove from pages the path on this machine of an embedded cell's notebook, and inline styles in formulas.

    A page with a picture of its own has no drawn card, and spaces in addresses are percent-encoded.
    """
    for file in site.rglob("*.html"):
        text = file.read_text(encoding="utf-8", errors="replace")
        clean = drop_second_card(_UNWANTED.sub("", text))
        if _SPACED.search(clean):
            clean = encode_spaces(clean)
        if clean != text:
            write_file(file, clean)


def _list_files(site: Path) -> Iterator[str]:
    """All files of the site, and symbolic links to folders, which Quarto copies as links."""
    for folder, folders, names in os.walk(site):
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]  # noqa: PTH114, PTH118
        for name in (*names, *links):
            yield os.path.relpath(os.path.join(folder, name), site).replace(os.sep, "/")  # noqa: PTH118


def _check_page(path: str, root: Path, site: Path, published: Published) -> Iterator[tuple[str, PageError]]:
    links = PageLinks(path, {})
    links.rewrite((site / path).read_text(encoding="utf-8", errors="replace"))
    page = find_page(root, path) or path

    def is_made(named: str) -> bool:
        # Quarto copies the sources of pages that aren't rendered, but no others.
        return is_rendered(root, named) or (named.endswith(PAGES) and not (site / named).exists())

    yield from find_named_faults(root, published, page, links.named, is_made)
