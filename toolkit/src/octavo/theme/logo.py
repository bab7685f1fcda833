"""The logo: its files and its aspect ratio."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from octavo.pictures.reading import read_facts

_FORMATS = (".svg", ".png", ".jpg", ".jpeg", ".webp")
_VIEW_BOX = re.compile(rb"<svg\b[^>]*\bviewBox=[\"']\s*\S+[\s,]+\S+[\s,]+([\d.]+)[\s,]+([\d.]+)")


class Logo(NamedTuple):
    """The paths in the project of a picture for each scheme; the width and height are of the light one."""

    light: str
    dark: str
    width: float
    height: float


def read_logo(root: Path, light: str, dark: str) -> Logo:
    """The logo of these files.

    Raises:
        ValueError: if browsers or Typst can't show one of them.
    """
    sizes = [_measure(root / path) for path in (light, dark)]
    return Logo(light, dark, *sizes[0])


def _measure(file: Path) -> tuple[float, float]:
    if file.suffix.lower() not in _FORMATS:
        raise ValueError(f"{file.name} can't be a logo (expected {', '.join(_FORMATS)})")
    if file.suffix.lower() == ".svg":
        match = _VIEW_BOX.search(file.read_bytes())
        if not match or not float(match[1]) or not float(match[2]):
            raise ValueError(f'{file.name} has no size (expected <svg viewBox="0 0 120 40" …>)')
        return float(match[1]), float(match[2])
    try:
        facts = read_facts(file.read_bytes())
    except (ValueError, OSError) as error:
        raise ValueError(f"{file.name} {error}") from None
    return facts.width, facts.height
