"""What the tests of the editor share."""

from __future__ import annotations

from octavo.model.columns import COLUMNS

FIELDS = [name for name in COLUMNS["publications"] if name not in ("anchor", "year", "forthcoming")]
