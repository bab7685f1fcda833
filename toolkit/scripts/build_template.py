"""Write a new site as an archive for `quarto use template`, with the engine's wheel in it."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run from a checkout without installation

from octavo.starter.create import create_site
from octavo.starter.engine import find_engine
from octavo.starter.identity import Identity

# Quarto leaves these out of a template, but a site without them loses its workflow and can't be upgraded.
QUARTOIGNORE = "!.*\n!README.md\n.quartoignore\n"


def main(argv: Sequence[str] | None = None) -> int:
    """Write the archive, a ZIP file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="the archive to write: octavo-site.zip")
    file: Path = parser.parse_args(argv).file
    with tempfile.TemporaryDirectory() as name:
        site = Path(name) / "site"
        create_site(site, Identity(name="Your Name"), find_engine(), lambda data: None)
        (site / ".quartoignore").write_text(QUARTOIGNORE)
        shutil.make_archive(str(file.with_suffix("").absolute()), "zip", site)
    return 0


if __name__ == "__main__":
    sys.exit(main())
