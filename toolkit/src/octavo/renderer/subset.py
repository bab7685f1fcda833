"""The subset: which configuration keys this renderer supports, and which need Quarto."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

# Options that a format must have; with other values, Quarto does more than this renderer.
REQUIRED: Mapping[str, Any] = {
    "theme": "none",
    "minimal": True,
}

# Options that are allowed with these values only.
FIXED: Mapping[str, tuple[Any, ...]] = {
    **{key: (value,) for key, value in REQUIRED.items()},
    "html-table-processing": ("none",),
    "search": (False, True),
    "engine": ("jupyter", "markdown"),
    "jupyter": ("python3",),
    "document-css": (False,),
    "freeze": (False, "auto", True),
    "brand": (False,),
}

# All other options of Quarto's for HTML pages.
NEEDS_QUARTO = frozenset(
    """
    ascii body-classes cache citation citation-abbreviations cite-method citeproc code-line-numbers columns
    date-format default-image-extension df-print dpi embed-resources extract-media fig-align fig-asp fig-column
    fig-responsive from html-pre-tag-processing html-q-tags identifier-prefix
    include-after include-before indented-code-classes ipynb-filters ipynb-shell-interactivity julia keep-hidden
    keep-ipynb keep-md knitr lightbox listing merge-includes mermaid metadata-file metadata-files number-depth
    number-offset ojs-engine output-ext output-file plotly-connected profile reference-location resource-path
    resources section-numbering self-contained self-contained-math server shift-heading-level-by shortcodes sidebar
    strip-comments syntax-definition syntax-definitions tab-stop tabsets tbl-colwidths to top-level-division wrap
    """.split()  # noqa: SIM905 - as words it can be read
)

# Keys that only formats may set.
FORMAT_ONLY = frozenset(["template", "template-partials", "filters"])

# Keys that Quarto rewrites before a template sees them: allowed unless the template shows them.
REWRITTEN = frozenset(
    """
    abstract-title affiliation affiliations author authors by-affiliation by-author copyright date
    date-meta date-modified doi institute institutes labels license order published-title
    """.split()  # noqa: SIM905 - as words it can be read
)

# Template variables that Quarto sets and this renderer doesn't.
FOREIGN_VARIABLES = frozenset(
    """
    by-author by-affiliation citation-block highlighting-css labels margin-header quarto-template-params
    quarto-version title-block-banner
    """.split()  # noqa: SIM905 - as words it can be read
)


def find_foreign_key(
    metadata: Mapping[str, Any], also: frozenset[str] = frozenset(), drawn: Collection[str] = ()
) -> str | None:
    """A key of `metadata` that needs Quarto, or None; `also` are more of them, and `drawn` what the format reads."""
    for key, value in metadata.items():
        if key in drawn:
            continue
        if key in NEEDS_QUARTO or key in also or (key in FIXED and value not in FIXED[key]):
            return key
    return None


def show_value(value: Any) -> str:
    """A key's value as errors show it."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, (str, int, float)) else "…"


def find_variables(template: str) -> frozenset[str]:
    """The names of the variables that a Pandoc template uses."""
    expressions = re.findall(r"\$\{([^}\n]+)\}|\$([^$\n]+)\$", template)
    words = (word for pair in expressions for word in re.findall(r"[A-Za-z][\w-]*", " ".join(pair)))
    return frozenset(words)
