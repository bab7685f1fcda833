"""Complete the docs: their search, their stylesheet, and their headers."""

import os
from functools import partial
from pathlib import Path

from octavo.policy import write_headers
from octavo.renderer.made_pages import lay_out_pages
from octavo.search import write_search
from octavo.theme import write_theme

ROOT = Path.cwd()

if __name__ == "__main__":
    site = Path(os.environ["QUARTO_PROJECT_OUTPUT_DIR"])
    write_theme(site, ROOT)
    write_search(site, ROOT, partial(lay_out_pages, ROOT, site))
    write_headers(site, ROOT)
    (site / "search.json").unlink(missing_ok=True)
