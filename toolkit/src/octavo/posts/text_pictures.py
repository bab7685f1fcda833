"""Pictures in the text of pages: each gets its dimensions, and large ones get small copies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from urllib.parse import quote, unquote, urlsplit

from markupsafe import Markup
from turbohtml import Element

from octavo.html import element
from octavo.model.row import Picture
from octavo.pictures.encoding import MOST_BYTES
from octavo.pictures.sizes import MADE_NAME, Box, Variant, list_variants
from octavo.posts.page_edit import PageEdit
from octavo.tables.pictures import read_pictures

# The width of the text; a picture may be as high as it likes.
_TEXT = Box(680, 100_000)
_SIZES = f"auto, (min-width: {_TEXT.width + 80}px) {_TEXT.width}px, 100vw"
_PIXELS = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|webp)$", re.IGNORECASE)
# Hosts show it at any address, so a relative address of a copy wouldn't work.
_NOT_FOUND = "404.html"


def fit_pictures(root: Path, site: Path) -> list[Variant]:
    """Complete the pictures in the text of all pages of the rendered site; returns the copies that the pages now name.

    The picture keeps its address, for browsers without AVIF, feeds, and people who save it. Width, height, and loading
    by the author are kept, as are pictures with a `srcset`, animations, and unreadable ones.
    """
    paths = [file.relative_to(site).as_posix() for file in sorted(site.rglob("*.html"))]
    # An owner's HTML file is published unchanged.
    ours = [path for path in paths if path != _NOT_FOUND and not (root / path).exists()]
    pages = [_Page(path, site) for path in ours if b"<img" in (site / path).read_bytes()]
    named = sorted({path for page in pages for path in page.pictures.values()})
    cache = root / ".cache" / "octavo" / "posts" / "text-pictures.json"
    found = read_pictures(site, named, cache).found if named else {}
    variants = {variant for page in pages for variant in page.complete(found)}
    return sorted(variants, key=lambda variant: variant.path)


class _Page:
    """A built page; `pictures` are the files, from the site's root, of the pictures in its text."""

    def __init__(self, path: str, site: Path) -> None:
        self.path = path
        self._edit = PageEdit(site / path)
        self._site = site
        shown = {image: self._find_file(image) for image in self._edit.select("main img:not([srcset])")}
        self.pictures: Mapping[Element, str] = {image: path for image, path in shown.items() if path}

    def complete(self, found: Mapping[str, Picture]) -> Iterator[Variant]:
        """Rewrite the page with the facts about its pictures; returns the copies that it names."""
        for number, (image, path) in enumerate(self.pictures.items()):
            if path in found:
                variants = self._list_copies(found[path])
                yield from variants
                around = image.parent if isinstance(image.parent, Element) and image.parent.tag == "picture" else image
                self._edit.replace(around, self._show(_fit(image, found[path], is_first=number == 0), variants))
        if self.pictures:
            self._edit.save()

    def _find_file(self, image: Element) -> str:
        parts = urlsplit(str(image.attr("src") or ""))
        path = normpath(join(dirname(self.path), unquote(parts.path)))
        is_inside = not parts.scheme and not parts.netloc and not path.startswith(("/", "../"))
        is_original = _PIXELS.search(path) and not MADE_NAME.fullmatch(path)
        return path if is_inside and is_original and (self._site / path).is_file() else ""

    def _list_copies(self, picture: Picture) -> list[Variant]:
        """The copies of a picture; None for an animation, or a picture that is already small."""
        if picture.animated or (self._site / picture.path).stat().st_size <= MOST_BYTES:
            return []
        return [variant for variant in list_variants(picture, _TEXT) if variant.suffix == "avif"]

    def _show(self, image: Markup, variants: list[Variant]) -> Markup:
        if not variants:
            return image
        here = dirname(self.path)
        candidates = [f"{quote(relpath(variant.path, here))} {variant.width}w" for variant in variants]
        source = element("source", type="image/avif", srcset=", ".join(candidates), sizes=_SIZES)
        return element("picture", source, image)


def _fit(image: Element, picture: Picture, *, is_first: bool) -> Markup:
    """The image with width and height, so that browsers know its shape before they load it."""
    attributes = {name: str(value or "") for name, value in image.attrs.items()}
    width, height = attributes.get("width", ""), attributes.get("height", "")
    if not width and not height:
        attributes |= {"width": str(picture.width), "height": str(picture.height)}
    elif not height and width.isdecimal():
        attributes["height"] = str(max(1, round(int(width) * picture.height / picture.width)))
    elif not width and height.isdecimal():
        attributes["width"] = str(max(1, round(int(height) * picture.width / picture.height)))
    if not is_first:
        attributes.setdefault("loading", "lazy")
    return element("img", **attributes)
