"""Diagrams: cells in Mermaid and Graphviz as the Markdown that Quarto would write for them.

What it would draw there is a placeholder: `octavo.drawings` draws it, after either renderer.
"""

from __future__ import annotations

from octavo.renderer.cells import Diagram
from octavo.renderer.outputs import fence

_PLACEHOLDER = ':::{}\n```{=html}\n<pre class="diagram"></pre>\n```\n:::\n'


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
