"""Add to the rendered site what the tables give in addition to its pages: Quarto's post-render hook."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run from a checkout without installation

from octavo.documents import write_documents
from octavo.errors import OctavoError, name_disk_faults
from octavo.freeze import stamp_freeze
from octavo.outputs import write_exports


def main() -> int:
    """Complete the site in `QUARTO_PROJECT_OUTPUT_DIR`; the project is the current folder, as for any hook."""
    root, site = Path.cwd(), Path(os.environ.get("QUARTO_PROJECT_OUTPUT_DIR") or "_site")
    try:
        with name_disk_faults():
            write_exports(site, root)
            notes = write_documents(site, root)
            stamp_freeze(root)
    except OctavoError as error:
        print(error, file=sys.stderr)
        return 1
    for note in notes:
        print(note)
    return 0


if __name__ == "__main__":
    sys.exit(main())
