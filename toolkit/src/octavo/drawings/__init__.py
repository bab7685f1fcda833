"""Drawings: pictures in place of the charts and diagrams that would draw themselves with scripts."""

from octavo.drawings.pages import draw_all

__all__ = ["draw_all"]
