"""Drawings: charts and diagrams of the rendered pages, which would draw themselves with scripts, as pictures."""

from octavo.drawings.pages import draw_all

__all__ = ["draw_all"]
