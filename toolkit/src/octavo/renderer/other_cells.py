"""Other cells: diagrams, and embedded cells of notebooks, as the Markdown that Quarto would write for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from octavo.errors import ForeignError, PageError
from octavo.renderer.cells import Cell, Diagram, Embed
from octavo.renderer.includes import find_included
from octavo.renderer.outputs import Place, cell_markdown, fence

Found = tuple[int, Cell, list[dict[str, Any]]]
_ARGUMENTS = re.compile(
    r'"?(?P<notebook>[^\s#"]+)(?:#(?P<cells>[^\s"]+))?"?(?:\s+echo=["\']?(?P<echo>true|false)["\']?)?'
)
_PLACEHOLDER = ':::{}\n```{=html}\n<pre class="diagram"></pre>\n```\n:::\n'


def embed_markdown(
    root: Path, folder: str, embed: Embed, save: Callable[[str, bytes], str], execute: Mapping[str, Any]
) -> str:
    """The Markdown that Quarto would write for the cells that a page in `folder` embeds.

    Raises:
        PageError: if there is no such notebook or cell.
    """
    match = _ARGUMENTS.fullmatch(embed.arguments)
    if match is None or not match["cells"] or not match["notebook"].endswith(".ipynb"):
        message = "an embed needs Quarto unless it names cells of a notebook: `{{< embed fit.ipynb#fig-curve >}}`"
        raise ForeignError(embed.path, embed.line, message)
    notebook = find_included(root, folder, match["notebook"], embed.path, embed.line)
    stem = PurePosixPath(notebook).stem
    parts = []
    for name in match["cells"].split(","):
        cells = list(_find_cells(root, notebook, name))
        if not cells:
            raise PageError(embed.path, embed.line, f"{notebook} has no cell with the label, id, or tag `{name}`")
        for number, cell, outputs in cells:
            place = Place(notebook, number, lambda name, content: save(f"{stem}-{name}", content))
            echo = match["echo"] == "true" if match["echo"] else cell.options.get("echo", False)
            parts.append(cell_markdown(place, replace(cell, options={**cell.options, "echo": echo}), outputs, execute))
    return "\n".join(["::::: {.quarto-embed-nb-cell}\n", *parts, ":::::\n"])


def _find_cells(root: Path, notebook: str, name: str) -> Iterator[Found]:
    for number, cell, outputs in _read_cells(root, notebook):
        tags = cell.metadata.get("tags") or cell.options.get("tags") or ()
        if name in (cell.label, cell.identifier) or name in tags:
            yield number, cell, outputs


def _read_cells(root: Path, notebook: str) -> list[Found]:
    from octavo.renderer.notebooks import read_notebook  # takes 130 ms, and few sites have a notebook

    _, parts, outputs = read_notebook(root, notebook)
    cells = [part for part in parts if isinstance(part, Cell)]
    return [(number, cell, stored) for number, (cell, stored) in enumerate(zip(cells, outputs, strict=True), 1)]


def diagram_markdown(diagram: Diagram, execute: dict[str, object]) -> str:
    """The Markdown for a diagram's cell, empty if it isn't shown."""
    chosen = {"echo": True, "eval": True, "include": True, **diagram.options}
    if not chosen["include"] or execute.get("include") is False:
        return ""
    is_shown = diagram.options.get("echo") is True
    code = fence(diagram.source, f" {{.{diagram.language} .cell-code}}") if is_shown else ""
    caption = str(diagram.options.get("fig-cap") or "")
    if label := diagram.options.get("label"):
        body = f"::::{{#{label}}}\n{_PLACEHOLDER}\n{caption}\n::::\n"
    else:
        end = f"`<figcaption>`{{=html}} {caption}`</figcaption>`{{=html}} " if caption else ""
        body = f"::::{{}}\n`<figure class=''>`{{=html}}\n\n{_PLACEHOLDER}\n{end}`</figure>`{{=html}}\n::::\n"
    return f'::::::{{.cell layout-align="default"}}\n{code}\n:::::{{.cell-output-display}}\n\n{body}\n:::::\n::::::\n'
