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
    "html-math-method": ("mathml",),
    "draft": (False,),
    "search": (False,),
    "code-annotations": (False,),
    "engine": ("jupyter", "markdown"),
    "jupyter": ("python3",),
    "document-css": (False,),
    "freeze": (False, "auto", True),
    "brand": (False,),
}

# All other options of Quarto's for HTML pages.
NEEDS_QUARTO = frozenset(
    """
    about anchor-sections appendix-cite-as appendix-style ascii bibliographystyle body-classes
    cache citation citation-abbreviations citation-location citations-hover cite-method citeproc code-block-bg
    code-block-border-left code-copy code-line-numbers code-link code-overflow code-tools
    columns comments crossref crossrefs-hover default-image-extension df-print dpi email-obfuscation
    embed-resources extract-media fig-align fig-asp fig-cap-location fig-column fig-dpi fig-format fig-height
    fig-responsive fig-width footnotes-hover format-links from funding grid highlight-style
    html-pre-tag-processing html-q-tags identifier-prefix include-after include-before
    indented-code-classes ipynb-filters ipynb-shell-interactivity julia
    keep-hidden keep-ipynb keep-md knitr lightbox link-external-filter link-external-icon
    link-external-newwindow listing merge-includes mermaid metadata-file metadata-files notebook-links
    notebook-preview-options notebook-view notebook-view-style number-depth number-offset
    ojs-engine other-links output-ext output-file page-layout page-navigation plotly-connected profile
    reader-mode reference-location repo-actions resource-path resources section-numbering self-contained
    self-contained-math server shift-heading-level-by shortcodes sidebar smooth-scroll strip-comments
    syntax-definition syntax-definitions tab-stop tabsets tbl-cap-location tbl-colwidths title-block-banner
    title-block-banner-color title-block-categories title-block-style to toc-expand toc-location
    toc-title top-level-division wrap
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
