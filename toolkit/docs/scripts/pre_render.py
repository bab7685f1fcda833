"""Check the pages and note what their heads say, as Octavo's own hook does; these docs have no tables to check."""

import sys
from pathlib import Path

from octavo.build_notes import note_head, note_last_change
from octavo.errors import DataError
from octavo.policy import check_policy

ROOT = Path.cwd()

if __name__ == "__main__":
    if problems := check_policy(ROOT):
        sys.exit(str(DataError(problems)))
    note_last_change(ROOT)
    note_head(ROOT)
