"""Pictures that rows name: their size, so that pages leave room for them."""

from __future__ import annotations

from pathlib import Path

_ORIENTATION = 0x0112
"""The EXIF tag that says how a camera was held; from 5 on, width and height are swapped."""


def measure_picture(file: Path) -> tuple[int, int] | None:
    """Width and height in pixels as the picture is shown; None if it can't be read, or has no size (SVG)."""
    from PIL import Image, UnidentifiedImageError  # only where there is a picture

    try:
        with Image.open(file) as picture:
            width, height = picture.size
            return (height, width) if picture.getexif().get(_ORIENTATION, 1) >= 5 else (width, height)
    except (UnidentifiedImageError, OSError):
        return None
