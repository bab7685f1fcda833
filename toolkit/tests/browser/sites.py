"""The sites under test: those of `tests.sites`, and more with publications of every kind."""

from __future__ import annotations

import json
import re
from pathlib import Path

from benchmarks.made_up import make_publications
from tests.needs import need_font
from tests.sites import lay_out, lay_out_format, list_subsets

PAPERS = Path(__file__).parent / "papers.yml"
NEWS = """\
- {date: 2024-05, text: A paper on *rings* is out., kind: paper}
- {date: 2024, text: Gave a talk in Zürich., kind: talk}
- {date: 2023, text: Another paper is out., kind: paper}
"""


MADE_UP = {"many": 250, "hundreds": 600}
BRAND = """\
typography:
  fonts: [{family: Ours, files: [assets/own.ttf]}]
  base: Ours
logo: assets/favicon.svg
"""


def make_site(name: str, folder: Path) -> Path:
    """The project of this name in the new folder.

    `papers` is Emmy Noether's with the publications of `papers.yml`, `arabic` the same in another language, `many` and
    `hundreds` with a search of 250 and 600 made-up ones, and `branded` with a font and a logo; all others are those of
    `tests.sites`.
    """
    if name == "branded":
        return make_branded(folder)
    if name in list_subsets():
        return lay_out_format(name, folder)
    if name not in {"papers", "arabic", *MADE_UP}:
        return lay_out(name, folder)
    lay_out("noether", folder)
    rows = PAPERS.read_text(encoding="utf-8")
    if name in MADE_UP:
        rows = json.dumps(make_publications(MADE_UP[name], "E. Noether", abstracts=True))
    (folder / "data" / "publications.yml").write_text(rows, encoding="utf-8")
    settings = folder / "_quarto.yml"
    if name == "arabic":
        settings.write_text(settings.read_text(encoding="utf-8").replace("lang: en\n", "lang: ar\n"), encoding="utf-8")
    if name in MADE_UP:
        menu = "cards: none\nnav:\n  - {text: Search, href: /search.html}\n"
        settings.write_text(settings.read_text(encoding="utf-8").replace("nav:\n", menu), encoding="utf-8")
    (folder / "data" / "news.yml").write_text(NEWS, encoding="utf-8")
    research = folder / "data" / "research.yml"  # without the site's own publications
    research.write_text(re.sub(r"  publications: .*\n", "", research.read_text(encoding="utf-8")), encoding="utf-8")
    for page in ("publications.qmd", "news.qmd"):  # show the controls for these few rows
        text = (folder / page).read_text(encoding="utf-8")
        (folder / page).write_text(
            re.sub(r"(_explorer\((?:news|publications))", r"\1, least=1", text), encoding="utf-8"
        )
    return folder


def make_branded(folder: Path) -> Path:
    """Emmy Noether's site with its own font and logo."""
    lay_out("noether", folder)
    with (folder / "_quarto.yml").open("a", encoding="utf-8") as settings:
        settings.write("\nbrand: false\n")
    (folder / "_brand.yml").write_text(BRAND, encoding="utf-8")
    (folder / "assets" / "own.ttf").write_bytes(need_font().read_bytes())
    return folder
