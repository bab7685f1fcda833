"""The CSL-JSON reader: a file's items as records."""

from __future__ import annotations

from collections.abc import Iterator

from homepage.bibliography.positions import Positions
from homepage.bibliography.readers.csl_items import TOO_DEEP, split_items
from homepage.bibliography.readers.csl_record import UnusableItem, make_record
from homepage.bibliography.record import Record
from homepage.errors import Problem


def read_csl(text: str, path: str) -> Iterator[Record | Problem]:
    """Records and problems; a file holds one item or a list of them (also under `items`)."""
    positions = Positions(path, text)
    for offset, item in split_items(text, positions):
        if isinstance(item, Problem):
            yield item
            continue
        line, column = positions.locate(offset)
        try:
            yield make_record(item, path, f"{path}:{line}:{column}")
        except UnusableItem as error:
            yield positions.report(offset, str(error))
        except RecursionError:  # what the parser still took can be too deep to be shown
            yield positions.report(offset, TOO_DEEP)
