"""Pictures: what is known of a picture that a row names, once its file has been read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture among the site's files; width and height are in pixels, as it is shown upright."""

    path: str
    """From the project's folder, as assets/photo.jpg."""
    digest: str
    """Of the file's bytes."""
    width: int
    height: int
    transparent: bool = False
    vector: bool = False
    """Whether it is an SVG, which has no pixels and is published as it is."""
