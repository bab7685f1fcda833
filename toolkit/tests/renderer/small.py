"""Small sites for tests to render."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from octavo.renderer import render_site

FILES = {
    "_quarto.yml": """\
        project:
          type: website
        website:
          title: Small
          site-url: https://small.example/under
        format: small-html
        """,
    "_extensions/small/_extension.yml": """\
        contributes:
          formats:
            html:
              theme: none
              minimal: true
              template: template.html
              html-math-method: mathml
              html-table-processing: none
        """,
    "_extensions/small/template.html": """\
        <!DOCTYPE html>
        <html lang="$lang$">
        <head>
        <title>$pagetitle$</title>
        </head>
        <body>
        <header class="quarto-title-block"><h1>$title$</h1></header>
        <main>
        $body$
        </main>
        </body>
        </html>
        """,
    "index.qmd": """\
        ---
        title: Home
        ---

        Some text.
        """,
}


def write_files(root: Path, files: dict[str, str]) -> None:
    """Write these texts, dedented, into the folder."""
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")


def write_project(root: Path, files: dict[str, str] | None = None) -> Path:
    """Write a minimal project, with these files added or replaced; returns `root`."""
    write_files(root, {**FILES, **(files or {})})
    return root


def write_page(root: Path, body: str, **matter: str) -> Path:
    """Write the project with one page, `index.qmd`: `body` starts on line 5 or, with `matter`, further down."""
    lines = "".join(f"{key.replace('_', '-')}: {value}\n" for key, value in {"title": "Home", **matter}.items())
    write_project(root)
    (root / "index.qmd").write_text(f"---\n{lines}---\n\n{dedent(body)}", encoding="utf-8")
    return root


def render_page(root: Path, page: str = "index.html") -> str:
    """Render the site; returns the HTML of this page."""
    render_site(root)
    return (root / "_site" / page).read_text(encoding="utf-8")
