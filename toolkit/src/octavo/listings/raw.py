"""The raw block: how a cell passes HTML through Pandoc unchanged.

Pandoc reads Markdown inside printed HTML, so a title with `$`, `_`, `*` or `@` would come out wrong;
a raw block is verbatim. Jupyter's HTML display doesn't help: it makes Quarto load scripts from other hosts.
"""

from __future__ import annotations

import re

from markupsafe import Markup


def raw_block(html: Markup) -> str:
    """Pandoc's raw HTML block around `html`; for a cell with `#| output: asis`.

    The fence is longer than any run of backticks inside. Quarto looks for shortcodes even in raw
    blocks, so two braces before a `<` (text that ends in braces, before a tag) are written with entities.
    """
    longest = max((len(run) for run in re.findall(r"`+", html)), default=0)
    fence = "`" * max(3, longest + 1)
    text = str(html).replace("{{<", "&#123;&#123;<")
    return f"\n{fence}{{=html}}\n{text}\n{fence}\n"


def show(*parts: Markup | None) -> None:
    """Print the parts as one raw block; print nothing if there is nothing to show."""
    html = Markup("\n").join(part for part in parts if part)
    if html:
        print(raw_block(html))  # noqa: T201  a cell's output is what it prints


def show_section(heading: str, content: Markup | None, *more: Markup | None) -> None:
    """Print a level-2 heading, the content, and what follows it; print nothing if there is no content.

    The heading is Markdown, so Pandoc gives it a section and an anchor as it does for any other.
    """
    if content:
        print(f"\n## {heading}\n")  # noqa: T201
        show(content, *more)
