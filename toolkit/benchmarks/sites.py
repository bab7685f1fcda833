"""The sites to measure: this one, and the same pages for plain Quarto and for Sphinx with MyST-NB."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import yaml

from tests.sites import lay_out

PAGES = ("index", "publications", "news", "cv", "404")

SPHINX_CONFIGURATION = """\
project = "Homepage"
extensions = ["myst_nb"]
exclude_patterns = ["_build", "README.md", "homepage", "scripts", "data"]
nb_execution_mode = "force"
nb_execution_raise_on_error = True
"""


def make_own_site(folder: Path) -> Path:
    """This site as it stands."""
    return lay_out("homepage", folder)


def make_plain_quarto_site(folder: Path) -> Path:
    """The same pages and tables in Quarto's default format, with a typical navigation bar."""
    lay_out("homepage", folder)
    shutil.rmtree(folder / "_extensions")
    settings = yaml.safe_load((folder / "_quarto.yml").read_text(encoding="utf-8"))
    project = settings["project"]
    project.pop("pre-render", None)
    project.pop("post-render", None)
    project["render"] = ["/*.qmd"]
    pages = [f"{name}.qmd" for name in ("publications", "news", "cv")]
    plain = {
        "project": project,
        "website": {**settings["website"], "navbar": {"left": pages}},
        "format": {"html": {"theme": "cosmo"}},
        "execute": {"echo": False},
    }
    (folder / "_quarto.yml").write_text(yaml.safe_dump(plain, sort_keys=False), encoding="utf-8")
    return folder


def make_sphinx_site(folder: Path) -> Path:
    """The same pages as MyST notebooks, with unchanged cells."""
    lay_out("homepage", folder)
    (folder / "conf.py").write_text(SPHINX_CONFIGURATION, encoding="utf-8")
    for page in PAGES:
        source = folder / f"{page}.qmd"
        (folder / f"{page}.md").write_text(_to_myst(source.read_text(encoding="utf-8")), encoding="utf-8")
        source.unlink()
    return folder


def _to_myst(page: str) -> str:
    title = re.search(r"^title: (.*)$", page, re.MULTILINE)
    body = re.sub(r"\A---\n.*?\n---\n", "", page, flags=re.DOTALL)
    cell = "```{code-cell} ipython3\n:tags: [remove-input]\n\n"
    cells = re.sub(r"^```\{python\}\n(?:#\|.*\n)*", cell, body, flags=re.MULTILINE)
    head = "---\nfile_format: mystnb\nkernelspec: {name: python3}\n---\n"
    return f"{head}\n# {title[1] if title else 'Page'}\n{cells}"
