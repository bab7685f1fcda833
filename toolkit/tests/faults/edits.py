"""Edits to make at random, for every kind of file that a site is made from, including the engine's own."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from PIL import Image

ENGINE = "engine"
STATES = 5
FONTS = Path(str(find_spec("matplotlib").origin)).parent / "mpl-data/fonts/ttf"  # type: ignore[union-attr]
TYPOGRAPHY = "typography: {fonts: [{family: DejaVu Sans, files: [assets/own.ttf]}], headings: DejaVu Sans}\n"


@dataclass(frozen=True)
class Change:
    """A change of one project file into one of `STATES`; state 0 is the original."""

    kind: str
    file: str
    make: Callable[[bytes, int], bytes | None]
    """Returns a state's content, given that of state 0; None means that there is no file."""


def replacing(kind: str, file: str, old: str, new: str) -> Change:
    """Replace one text by another; `§` stands for the number of the state."""

    def make(content: bytes, state: int) -> bytes:
        text = content.decode()
        assert old in text, f"{file} has no {old!r}"
        return text.replace(old, new.replace("§", str(state)), 1).encode()

    return Change(kind, file, make)


def adding(kind: str, file: str, added: str) -> Change:
    """Append text to a file, which may be new; `§` stands for the number of the state."""
    return Change(kind, file, lambda content, state: content + added.replace("§", str(state)).encode())


def _draw(_: bytes, state: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (300, 400), (40 * state, 90, 120)).save(buffer, "JPEG")
    return buffer.getvalue()


def _choose_font(_: bytes, state: int) -> bytes:
    return (FONTS / ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")[state % 2]).read_bytes()


def _write_notebook(_: bytes, state: int) -> bytes:
    """A notebook that its author ran, so that its outputs are in the file."""
    output = {"name": "stdout", "output_type": "stream", "text": [f"Run {state}\n"]}
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [output], "source": ["run()"]}
    front = f"---\ntitle: Run {state}\ndate: 2024-05-02\n---"
    text = {"cell_type": "raw", "metadata": {}, "source": [front]}
    metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return json.dumps({"cells": [text, cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}).encode()


# Additions to the project of the other faults, so that it has at least one file of every kind.
START = (
    replacing(
        "",
        "_quarto.yml",
        "/projects/*.qmd\n",
        '/projects/*.qmd\n    - /posts/*.qmd\n    - /posts/*.ipynb\n    - /de/**/*.qmd\n    - "!/**/*.de.qmd"\n',
    ),
    replacing("", "_quarto.yml", "format: octavo-html\n", "format:\n  octavo-html:\n    css: assets/own.css\n"),
    replacing(
        "", "_quarto.yml", "    css: assets/own.css\n", "    css: assets/own.css\n    include-after-body: _after.html\n"
    ),
    adding("", "_quarto.yml", "\nlanguages: [en, de]\nbrand: false\nlanguage: _language.yml\n"),
    replacing("", "_extensions/octavo/_extension.yml", "filters:", "template-partials: [part.html]\n      filters:"),
    replacing("", "_extensions/octavo/template.html", "</footer>", "$part()$</footer>"),
    adding("", "_extensions/octavo/part.html", "<p>Part</p>\n"),
    adding("", "assets/own.css", "p { margin: 0 }\n"),
    adding("", "_after.html", "<p>After</p>\n"),
    adding("", "_language.yml", "toc-title-document: Here\n"),
    adding("", "index.qmd", "\n{{< include _included.md >}}\n\n```{python}\nimport own\nown.read()\n```\n"),
    adding("", "index.de.qmd", "---\ntitle: Emmy Noether\n---\n\nIch untersuche Ringe.\n"),
    adding("", "_included.md", "Included\n"),
    adding("", "own.py", "from pathlib import Path\nread = lambda: word + Path('numbers.csv').read_text()\n"),
    adding("", "own.py", "word = 'Own'\n"),
    adding("", "numbers.csv", "1,2\n"),
    adding("", "_brand.yml", "color: {primary: '#113051'}\n" + TYPOGRAPHY),
    Change("", "assets/own.ttf", _choose_font),
    adding("", "data/profile.yml", "cv: {file: docs/cv.pdf}\n"),
    adding("", "data/service.yml", "- role: Referee\n  organization: Mathematische Annalen\n  date: 1930\n"),
    adding(
        "",
        "posts/rings.qmd",
        "---\ntitle: Rings\ndate: 2024-05-01\nbibliography: refs.bib\ntoc: true\n---\n\n## Rings\n\nSee @rings.\n",
    ),
    adding("", "posts/rings.de.qmd", "---\ntitle: Ringe\ndate: 2024-05-01\n---\n\nEin Ring.\n"),
    adding("", "posts/refs.bib", "@book{rings, title={Rings}, author={Artin, Emil}, year=1930}\n"),
    Change("", "posts/run.ipynb", _write_notebook),
)
CHANGES = (
    adding("table", "data/news.yml", "\n- date: 1934\n  text: News §.\n"),
    replacing("table", "data/publications.yml", "Nichtkommutative Algebra", "Algebra §"),
    replacing("table", "data/publications.yml", "  date: 1933\n", "  date: 192§\n"),
    replacing("table", "data/publications.yml", "  volume: 37\n", "  volume: 37\n  selected: true\n"),
    replacing("table", "data/publications.yml", "  volume: 37\n", "  volume: 37\n  hidden: true\n"),
    replacing("table", "data/awards.yml", "with Emil Artin", "with §"),
    replacing("table", "data/education.yml", "area: Mathematics", "area: Mathematics §"),
    replacing("table", "data/experience.yml", "Visiting Professor", "Visiting Professor §"),
    replacing("table", "data/media.yml", "The Late Emmy Noether", "The Late Emmy Noether §"),
    replacing("table", "data/patents.yml", "Rechengerät", "Rechengerät §"),
    replacing("table", "data/research.yml", "title: Ideals", "title: Ideals §"),
    replacing("table", "data/service.yml", "Referee", "Referee §"),
    replacing("table", "data/talks.yml", "Hyperkomplexe Systeme", "Systeme §"),
    replacing("table", "data/teaching.yml", "Gruppentheorie", "Theorie §"),
    adding("new table", "data/software.yml", "- title: Program §\n  date: 1935\n"),
    replacing("people", "data/people.yml", "Paul Gordan", "Paul Gordan §"),
    replacing("profile", "data/profile.yml", "Visiting Professor", "Professor §"),
    adding("page", "index.qmd", "\nA paragraph, number §.\n"),
    adding("page", "projects/ideals.qmd", "\nA paragraph, number §.\n"),
    adding("new page", "new.qmd", "---\ntitle: New §\n---\n\nText §.\n"),
    adding("post", "posts/rings.qmd", "\nA paragraph, number §.\n"),
    adding("new post", "posts/fields.qmd", "---\ntitle: Fields §\ndate: 2024-06-0§\n---\n\nText.\n"),
    replacing("bibliography", "posts/refs.bib", "title={Rings}", "title={Rings §}"),
    Change("notebook", "posts/run.ipynb", _write_notebook),
    adding("translation", "index.de.qmd", "\nEin Absatz, Nummer §.\n"),
    adding("translation", "posts/rings.de.qmd", "\nEin Absatz, Nummer §.\n"),
    replacing("words", "_language.yml", "Here", "Here §"),
    adding("included file", "_included.md", "Included §\n"),
    adding("data of a cell", "numbers.csv", "§,§\n"),
    replacing("template", "_extensions/octavo/template.html", "</footer>", "<p>§</p></footer>"),
    replacing("partial", "_extensions/octavo/part.html", "Part", "Part §"),
    replacing("part of all pages", "_after.html", "After", "After §"),
    adding("style", "_extensions/octavo/octavo.css", "\n/* § */\n"),
    adding("own style", "assets/own.css", "/* § */\n"),
    adding("script of the pages", "_extensions/octavo/octavo.js", "\n// §\n"),
    replacing("filter", "_extensions/octavo/filters/page.lua", "local LONG = 3000", "local LONG = §"),
    adding("hook", "scripts/pre_render.py", "\nprint('hook §')\n"),
    adding("module", "own.py", "word = 'Own §'\n"),
    replacing("configuration", "_quarto.yml", "text: Vita", "text: Vita §"),
    replacing("configuration", "_quarto.yml", "echo: false", "echo: true"),
    replacing("brand", "_brand.yml", "#113051", "#1§305§"),
    Change("picture", "assets/emmy.jpg", _draw),
    adding("icon", "assets/favicon.svg", "<!-- § -->\n"),
    Change("font", "assets/own.ttf", _choose_font),
    adding("document", "docs/paper.pdf", "%PDF-1.7 §\n"),
    adding("requirements", "requirements.txt", "# §\n"),
    replacing("engine", f"{ENGINE}/octavo/listings/links.py", 'class_="more"', 'class_="more more-§"'),
    replacing("engine", f"{ENGINE}/octavo/documents/templates/cv.typ", "26pt", "2§pt"),
)
