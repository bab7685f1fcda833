"""Octavo: a researcher's homepage, made from tables."""

__version__ = "1.1.0"
