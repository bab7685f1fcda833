"""Media: opens PDFs and pictures as a reader or browser would, to find truncated or damaged ones."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import PurePosixPath
from xml.parsers import expat

from octavo.errors import Problem
from octavo.sitecheck.site import Site

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "ICO", "BMP")  # not the others, some of which start programs
_SVG = "http://www.w3.org/2000/svg svg"
_LFS = b"version https://git-lfs.github.com/spec/"
# PDF readers look for the header in the first kilobyte and for the end in the last one.
_MARGIN = 1024
_PDF_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_CROSS_REFERENCES = re.compile(rb"\s*(?:xref\s.*?\btrailer\s*<<|\d+\s+\d+\s+obj\b(?:(?!stream).)*?/XRef\b)", re.DOTALL)


def check_media(site: Site) -> Iterator[Problem]:
    """Find the PDFs and pictures that can't be opened."""
    paths = sorted(path for path in site.files if _suffix(path) in _FAULTS)
    with warnings.catch_warnings(), ThreadPoolExecutor() as executor:
        warnings.simplefilter("ignore")  # Pillow's, about large pictures
        for path, fault in zip(paths, executor.map(lambda path: _find_fault(site, path), paths), strict=True):
            if fault:
                yield Problem(path, 1, 1, fault)


def find_pdf_fault(content: bytes) -> str | None:
    """What is wrong with a PDF's header, its end, or the cross-references that the end points to."""
    start = content.find(b"%PDF-", 0, _MARGIN)
    if start < 0:
        return "the PDF has no %PDF- header"
    ends = list(_PDF_END.finditer(content, max(0, len(content) - 2 * _MARGIN)))
    if not ends:
        return "the PDF has no startxref and %%EOF at its end, so it is truncated"
    offset = int(ends[-1][1])
    if not any(_CROSS_REFERENCES.match(content, place) for place in {offset, start + offset}):
        return f"the PDF's cross-references aren't at byte {offset}, where its end says they are"
    return None


def find_picture_fault(content: bytes) -> str | None:
    """Why a picture can't be fully decoded."""
    from PIL import Image, UnidentifiedImageError  # only where there are pictures

    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as image:
            image.verify()
        with Image.open(BytesIO(content), formats=_FORMATS) as image:
            for frame in range(getattr(image, "n_frames", 1)):
                image.seek(frame)
                image.load()
    except Exception as error:  # decoders fail in many ways on damaged data
        if isinstance(error, UnidentifiedImageError):
            return f"this isn't a picture that browsers show ({', '.join(_FORMATS)}), or its start is damaged"
        return f"the picture can't be decoded: {error}"
    return None


def find_svg_fault(content: bytes) -> str | None:
    """Why a browser wouldn't show an SVG file as a picture."""
    names: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, _: names.append(name)
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        return f"the SVG is invalid XML: {expat.ErrorString(error.code)} in line {error.lineno}"
    return None if names[0] == _SVG else f'the root element isn\'t <svg xmlns="{_SVG.split()[0]}">'


_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".bmp")
_FAULTS: dict[str, Callable[[bytes], str | None]] = {
    ".pdf": find_pdf_fault,
    ".svg": find_svg_fault,
    **dict.fromkeys(_PICTURES, find_picture_fault),
}


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()


def _find_fault(site: Site, path: str) -> str | None:
    content = (site.folder / path).read_bytes()
    if not content:
        return "the file is empty"
    if content.startswith(_LFS):
        return "this is a Git LFS pointer instead of the file; run `git lfs pull` and build again"
    return _FAULTS[_suffix(path)](content)
