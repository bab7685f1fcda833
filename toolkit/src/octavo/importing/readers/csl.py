"""The CSL-JSON reader: a file's items as records."""

from __future__ import annotations

from collections.abc import Iterator

from octavo.errors import Problem
from octavo.importing.problems import Positions
from octavo.importing.readers.csl_items import TOO_DEEP, split_items
from octavo.importing.readers.csl_record import UnusableItem, make_record
from octavo.importing.record import Record


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
