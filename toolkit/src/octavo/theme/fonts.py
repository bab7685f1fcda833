"""Served fonts: the part of each of the site's fonts that its characters need."""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

from octavo.cache import Cache
from octavo.files import is_being_written, write_file
from octavo.theme.brand import Font, FontFile
from octavo.theme.theme import Theme

_FOLDER = "site_libs/octavo-fonts"
_CACHE = ".cache/octavo/fonts"
# Files with words that visitors see: pages, and those that scripts load.
_TEXTS = ("*.html", "*.txt", "*.js")
# Every font has Latin letters; one for another script must not be loaded for a comma.
_LATIN = 0x250
# Nearby characters share a range in the stylesheet; otherwise, those of a long text would fill it.
_GAP = 0x80


def serve_fonts(theme: Theme, root: Path, site: Path) -> Theme:
    """The theme with the fonts that the built `site` then has: one file for each weight and style.

    Browsers load a font for characters that the others lack only where these occur. A file that can't be read as a
    font is served unchanged.
    """
    if not theme.fonts:
        return theme
    text, others, cache = _collect_characters(site), theme.list_other_fonts(), Cache(root / _CACHE)
    fonts = tuple(
        replace(font, files=tuple(_serve_files(font, text, root, site, cache, is_other=font.family in others)))
        for font in theme.fonts
    )
    _remove_others(site / _FOLDER, {Path(file.path).stem for font in fonts for file in font.files})
    cache.forget_unused()
    return theme._replace(fonts=tuple(font for font in fonts if font.files))


def _collect_characters(site: Path) -> str:
    characters: set[str] = set()
    for pattern in _TEXTS:
        for file in site.rglob(pattern):
            characters.update(file.read_text(encoding="utf-8"))
    return "".join(sorted(characters))


def _serve_files(font: Font, text: str, root: Path, site: Path, cache: Cache, *, is_other: bool) -> Iterator[FontFile]:
    wanted = "".join(sign for sign in text if ord(sign) >= _LATIN) if is_other else text
    first: dict[tuple[str, str], FontFile] = {}
    for file in font.files:  # all browsers can read the result
        first.setdefault((file.weight, file.style), file)
    for file in first.values():
        original = (root / file.path).read_bytes()
        name = hashlib.sha256(original + wanted.encode()).hexdigest()[:16]
        kept = cache.find_or_make(name, partial(_subset, original, wanted))
        line, _, content = kept.partition(b"\n")
        ranges = line.decode()
        if ranges or not is_other:
            suffix = ".woff2" if ranges else PurePosixPath(file.path).suffix
            path = f"{_FOLDER}/{name}{suffix}"
            write_file(site / path, content)
            yield replace(file, path=path, ranges=ranges if is_other else "")


def _subset(original: bytes, wanted: str) -> bytes:
    """A line with the ranges of the wanted characters that the font has, then a font of these.

    The line is empty, and the font is the original, if that can't be read.
    """
    from fontTools import subset  # only where a site brings fonts
    from fontTools.ttLib import TTFont, TTLibError

    logging.getLogger("fontTools").setLevel(logging.ERROR)  # or it names each table that it leaves out
    try:
        font = TTFont(io.BytesIO(original), recalcTimestamp=False)
        known = sorted({*map(ord, wanted)} & font.getBestCmap().keys())
        subsetter = subset.Subsetter(subset.Options(layout_features=["*"], hinting=False))
        subsetter.populate(unicodes=known)
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(made := io.BytesIO())
    except TTLibError:
        return b"\n" + original
    return b"\n".join([", ".join(_write_ranges(known)).encode(), made.getvalue()])


def _write_ranges(codes: Collection[int]) -> Iterator[str]:
    """`U+621-64A, U+2026`."""
    ends: list[list[int]] = []
    for code in codes:
        if ends and code - ends[-1][1] < _GAP:
            ends[-1][1] = code
        else:
            ends.append([code, code])
    for first, last in ends:
        yield f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}"


def _remove_others(folder: Path, names: Collection[str]) -> None:
    for file in folder.glob("*"):
        if file.stem not in names and not is_being_written(file):
            file.unlink(missing_ok=True)
