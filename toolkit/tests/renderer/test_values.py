"""A value that Quarto's schema refuses is also reported by the embedded renderer, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.errors import PageError
from octavo.renderer import render_site
from octavo.renderer.configuration import load_site
from tests.renderer.small import write_files, write_page, write_project


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("#| echo: maybe", 2, "`echo: maybe` must be true, false, or fenced"),
        ("#| echo: true\n#| eval: no", 3, "`eval: no` must be false, without quotation marks"),
        ('#| warning: "true"', 2, "`warning: true` must be true, without quotation marks"),
        ("#| include: 1", 2, "`include: 1` must be true or false"),
        ("#| fig-align: middle", 2, "`fig-align: middle` must be default, left, right, or center"),
        ("#| layout-ncol: two", 2, "`layout-ncol: two` must be a number"),
        ("#| code-fold: closed", 2, "`code-fold: closed` must be true, false, or show"),
    ],
)
def test_invalid_values_in_a_cell_are_reported(tmp_path: Path, body: str, line: int, message: str) -> None:
    root = write_page(tmp_path, f"```{{python}}\n{body}\n1\n```")
    with pytest.raises(PageError) as caught:
        render_site(root)
    assert str(caught.value) == f"index.qmd:{4 + line}: {message}, in Quarto, too"


@pytest.mark.parametrize(
    ("matter", "line", "message"),
    [
        ("execute:\n  eval: true\n  echo: maybe", 5, "`echo: maybe` must be true, false, or fenced"),
        ("execute: true", 3, "`execute: true` must be a mapping such as `{echo: false}`"),
        ("toc: yes", 3, "`toc: yes` must be true, without quotation marks"),
        ("warning: off", 3, "`warning: off` must be false, without quotation marks"),
        ("format:\n  small-html:\n    toc-depth: deep", 5, "`toc-depth: deep` must be a number"),
    ],
)
def test_invalid_values_on_a_page_are_reported(tmp_path: Path, matter: str, line: int, message: str) -> None:
    root = write_project(tmp_path, {"index.qmd": f"---\ntitle: A\n{matter}\n---\n"})
    with pytest.raises(PageError) as caught:
        render_site(root)
    assert str(caught.value) == f"index.qmd:{line}: {message}, in Quarto, too"


def test_invalid_values_in_the_project_are_reported(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    text = (root / "_quarto.yml").read_text(encoding="utf-8")
    write_files(root, {"_quarto.yml": f"{text}number-sections: 2\nexecute:\n  freeze: never\n"})
    with pytest.raises(PageError) as caught:
        load_site(root)
    assert str(caught.value).splitlines() == [
        "_quarto.yml:7: `number-sections: 2` must be true or false, in Quarto, too",
        "_quarto.yml:9: `freeze: never` must be true, false, or auto, in Quarto, too",
    ]


def test_values_that_quarto_accepts_are_accepted(tmp_path: Path) -> None:
    matter = "toc: true\ntoc-depth: 2\nexecute:\n  freeze: auto\n  warning: false\n  daemon: 60\n"
    cell = "```{python}\n#| echo: false\n#| code-fold: show\n#| fig-align: center\n1\n```\n"
    render_site(write_project(tmp_path, {"index.qmd": f"---\ntitle: A\n{matter}---\n\n{cell}"}))
