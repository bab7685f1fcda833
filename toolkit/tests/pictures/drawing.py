"""Pictures drawn for tests."""

from __future__ import annotations

import io
import random
from typing import Any

from PIL import Image

from octavo.model.row import Picture
from octavo.pictures.reading import read_facts


def write_picture(image: Image.Image, kind: str, **options: Any) -> bytes:
    output = io.BytesIO()
    image.save(output, kind, **options)
    return output.getvalue()


def draw_halves(mode: str = "RGB", size: tuple[int, int] = (400, 300)) -> Image.Image:
    """A picture with a red left half and a blue right half."""
    image = Image.new("RGB", size, "red")
    image.paste((0, 0, 255), (size[0] // 2, 0, *size))
    return image.convert(mode)


def draw_noise(mode: str = "RGB", size: tuple[int, int] = (600, 400)) -> Image.Image:
    """A picture of noise, which compresses worst."""
    count = len(mode) * size[0] * size[1]
    return Image.frombytes(mode, size, random.Random(7).randbytes(count))  # noqa: S311


def make_picture(content: bytes, path: str = "assets/me.jpg") -> Picture:
    """The picture that the tables would read from a file with this content."""
    facts = read_facts(content)
    return Picture(path, "0123456789abcdef", facts.width, facts.height, facts.transparent, facts.vector)
