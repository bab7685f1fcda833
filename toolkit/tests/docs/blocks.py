"""Code blocks of the docs: find what a page tells its reader to write or run, and do it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from PIL import Image
from pypdf import PdfWriter

from tests.sites import DOCS, ROOT

# In the order of a reader.
TASKS = [DOCS / "start" / "scratch.qmd", DOCS / "start" / "publications.qmd", *sorted((DOCS / "tasks").glob("*.qmd"))]
TASKS += [DOCS / "reference" / "posts.qmd"]
MANUALS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]
PAGES = [*sorted(DOCS.glob("*.qmd")), *sorted(DOCS.glob("*/*.qmd"))]
FENCE = re.compile(r'^( *)(`{3,})(?:\{\.)?([\w-]*)(?: filename="([^"]+)")?\}?\n(.*?)^ *\2$', re.MULTILINE | re.DOTALL)
# This block needs a font file.
MATPLOTLIB = Path(str(find_spec("matplotlib").origin)).parent  # type: ignore[union-attr]
# A new site's `_quarto.yml` repeats such a value at its top level.
ANCHORED = re.compile(r"^ *([\w-]+): &\1 (\S+)$", re.MULTILINE)
FILE = re.compile(r"\b(?:docs|assets)/[\w./-]+\.(?:pdf|png|jpg|svg|ttf)")


class Block(NamedTuple):
    """A block of code in a page."""

    page: Path
    line: int
    language: str
    file: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def list_blocks(pages: list[Path]) -> list[Block]:
    """All blocks of these pages."""
    return [block for page in pages for block in _read_blocks(page)]


def _read_blocks(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for match in FENCE.finditer(text):
        indent, _, language, file, code = match.groups()
        line = text.count("\n", 0, match.start()) + 1
        code = re.sub(rf"^{indent}", "", code, flags=re.MULTILINE)
        yield Block(page, line, language, file or "", code.replace("{{{<", "{{<").replace(">}}}", ">}}"))


def list_commands(blocks: list[Block]) -> Iterator[tuple[Block, str]]:
    """Each line that a reader types from these blocks, without comments."""
    for block in blocks:
        if block.language == "bash":
            for line in block.text.splitlines():
                if command := re.sub(r"\s+# .*", "", line).strip():
                    yield block, command


def follow(block: Block, site: Path) -> None:
    """Write a block into the file that it names, as the page says."""
    file = site / block.file
    old = file.read_text(encoding="utf-8") if file.exists() else ""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_combine(block, old), encoding="utf-8")
    for name in FILE.findall(block.text):
        _provide(site / name)


def _combine(block: Block, old: str) -> str:
    if block.language == "python" and block.file.endswith(".qmd"):
        return f"{old}\n```{{python}}\n#| output: asis\n{block.text}```\n"
    if block.language == "yaml" and isinstance(new := yaml.safe_load(block.text), dict):
        new |= dict(ANCHORED.findall(block.text))
        return yaml.safe_dump(_merge(yaml.safe_load(old) or {}, new), sort_keys=False, allow_unicode=True)
    if block.language == "yaml":
        return block.text + old
    return f"{old}\n{block.text}" if old and not block.text.startswith("---") else block.text


def _merge(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    both = {**old, **new}
    nested = [key for key in new if isinstance(old.get(key), dict) and isinstance(new[key], dict)]
    return both | {key: _merge(old[key], new[key]) for key in nested}


def _provide(file: Path) -> None:
    """Provide a file that the page tells the reader to have."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix in {".png", ".jpg"}:
        Image.new("RGB", (60, 40), "teal").save(file)
    elif file.suffix == ".ttf":
        file.write_bytes((MATPLOTLIB / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf").read_bytes())
    elif file.suffix == ".pdf":
        pages = PdfWriter()
        pages.add_blank_page(width=72, height=72)
        pages.write(file)
    elif file.suffix == ".svg":
        file.write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><rect width="9" height="9"/></svg>'
        )


def apply_lines(block: Block, package: Path) -> None:
    """Add the lines of a block that begin with `+` below the others, which the file must have once.

    Raises:
        ValueError: if it doesn't.
    """
    file = package / block.file
    lines = block.text.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line.startswith(" "))
    text = file.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise ValueError(f"{block}: {block.file} has these lines {text.count(old)} times")
    file.write_text(text.replace(old, "".join(line[1:] for line in lines)), encoding="utf-8")
