"""Sizes: which files are made of a picture, and their names, computed without opening it.

/pictures/photo-3f9a1c02bb-160.avif    at the size at which the page shows it
/pictures/photo-3f9a1c02bb-320.avif    for displays with two pixels in each of the page's
/pictures/photo-3f9a1c02bb-320.jpg     for browsers without AVIF, and for feeds; PNG if it is transparent
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import NamedTuple

from octavo.model.row import Picture

FOLDER = "pictures"
DENSITY = 2
# The pattern of these names, which distinguishes old copies from an owner's files.
MADE_NAME = re.compile(r".+-[0-9a-f]{10}-[0-9]+\.(?:avif|jpg|png)")


def is_made_picture(path: str) -> bool:
    """Whether a path in the site has the form of the files that the build makes of pictures."""
    folder, _, name = path.rpartition("/")
    return folder == FOLDER and MADE_NAME.fullmatch(name) is not None


class Box(NamedTuple):
    """The space that a page has for a picture, in CSS pixels; the picture fills it in one direction."""

    width: int
    height: int


PORTRAIT = Box(160, 208)
THUMBNAIL = Box(120, 90)
FIGURE = Box(680, 680)


class Variant(NamedTuple):
    """One file made of a picture; width and height are its own, in pixels."""

    picture: Picture
    width: int
    height: int
    suffix: str

    @property
    def path(self) -> str:
        """Its path from the site's root."""
        stem = re.sub(r"[^A-Za-z0-9]+", "-", PurePosixPath(self.picture.path).stem).strip("-") or "picture"
        return f"{FOLDER}/{stem[:40]}-{self.picture.digest[:10]}-{self.width}.{self.suffix}"


def fit_picture(picture: Picture, box: Box) -> tuple[int, int]:
    """Width and height at which a page shows it: as large as the box allows, but never enlarged."""
    scale = min(box.width / picture.width, box.height / picture.height)
    if not picture.vector:
        scale = min(1.0, scale)
    return max(1, round(picture.width * scale)), max(1, round(picture.height * scale))


def list_variants(picture: Picture, box: Box) -> tuple[Variant, ...]:
    """The files for one box: AVIF by rising width, and the fallback last; none of an SVG."""
    if picture.vector:
        return ()
    shown, _ = fit_picture(picture, box)
    widest = min(picture.width, DENSITY * shown)
    modern = [_make_variant(picture, width, "avif") for width in dict.fromkeys((shown, widest))]
    return (*modern, _make_variant(picture, widest, "png" if picture.transparent else "jpg"))


def find_fallback(picture: Picture, box: Box) -> str:
    """The path of the file that every browser and reader can show: the SVG itself, or a JPEG or PNG."""
    variants = list_variants(picture, box)
    return variants[-1].path if variants else picture.path


def _make_variant(picture: Picture, width: int, suffix: str) -> Variant:
    return Variant(picture, width, max(1, round(picture.height * width / picture.width)), suffix)
