"""The prepared tables: importing this module reads them, in the process that workers are forked from.

Otherwise, the worker of each page would read and check all of them itself.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from octavo.errors import OctavoError
from octavo.site import list_versions
from octavo.tables import load_tables

with suppress(
    OctavoError, OSError
):  # the error resurfaces in the hook that checks the tables, or in a page that needs them
    for _ in list_versions(Path()):
        load_tables()
