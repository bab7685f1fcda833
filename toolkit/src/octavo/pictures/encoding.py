"""Encoding: the files that a page loads in place of a picture."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from octavo.errors import OctavoError
from octavo.installed import list_installed
from octavo.pictures.reading import convert_colors, open_picture
from octavo.pictures.sizes import Variant

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES = 36_000
"""A page with a photo may weigh 50 kB; this leaves the rest of it 14."""

_SHRINK = 0.7
# From 0, slow and small, to 10; this one takes a third of the time of the default for a few per cent more bytes.
_AVIF_SPEED = 8
_OCTREE = 2  # Image.Quantize.FASTOCTREE, the only method that keeps transparency


def encode_variant(content: bytes, variant: Variant) -> bytes:
    """The file of this variant, of the best quality that fits in `MOST_BYTES`; `content` is the picture's file.

    Raises:
        OctavoError: Pillow can't write its format.
    """
    from PIL import Image

    picture = open_picture(content)
    width, height = variant.width, variant.height
    # Noise can be too large at any quality; then the file has fewer pixels than its name says, which only blurs it.
    while True:
        scaled = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)
        image = convert_colors(scaled, transparent=variant.picture.transparent)
        for encoded in _encode(image, variant):
            if len(encoded) <= MOST_BYTES:
                return encoded
        width, height = max(1, round(width * _SHRINK)), max(1, round(height * _SHRINK))


def describe_encoding() -> str:
    """Everything besides the picture that affects its files."""
    programs = [name for name in list_installed() if name.lower().startswith("pillow-")]
    digest = hashlib.sha256(repr(programs).encode())
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _encode(image: Image.Image, variant: Variant) -> Iterator[bytes]:
    """The picture, encoded in ever smaller files."""
    if variant.suffix == "png":
        for colors in (256, 64, 16):
            yield _save(image.quantize(colors, method=_OCTREE), variant, "PNG", optimize=True)
    elif variant.suffix == "jpg":
        for quality in (82, 68, 54, 40):
            yield _save(image, variant, "JPEG", quality=quality, optimize=True, progressive=True)
    else:
        for quality in (62, 50, 38, 26):
            yield _save(image, variant, "AVIF", quality=quality, speed=_AVIF_SPEED)


def _save(image: Image.Image, variant: Variant, kind: str, **options: Any) -> bytes:
    output = io.BytesIO()
    try:
        image.save(output, kind, **options)
    except (OSError, KeyError, ValueError) as error:
        raise OctavoError(f"{variant.picture.path}: Pillow can't write it as {kind}: {error}") from error
    return output.getvalue()
