"""CSV: rows of cells as spreadsheets read them (RFC 4180), never as formulas.

A spreadsheet computes a cell that begins with `=`, `+`, `-` or `@`, and such a formula can send other cells to
strangers or start programs. OWASP (https://owasp.org/www-community/attacks/CSV_Injection) also names tab, carriage
return, line feed, and the full-width forms of the four signs. The rule here: every cell is quoted, and one that begins
with such a character, whether or not apostrophes precede it, gets an apostrophe in front, unless it is a number such as
-1.5. A spreadsheet reads it as text; without that apostrophe, it is what was written.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = re.compile("(?!-[0-9.]+(?:e[-+]?[0-9]+)?$)'*[=+\\-@\t\r\n＝＋－＠]")


def write_csv(columns: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """The rows under a line of column names."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([_guard(cell) for cell in row] for row in rows)
    return text.getvalue()


def _guard(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell
