"""The source line of a problem on a built page."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.errors import Problem
from octavo.sitecheck.sources import SourceFinder

SOURCE = """\
---
title: Papers
---

See [the proof](talks/proof.qmd#end), ![a ring](/assets/ring.png), and
<a class="raw" href="x.html">raw</a>.

```{python}
first()
```

```{python}
second()
```

```{python}
#| label: fig-third
third()
```

## Results {#results}
"""
HEAD = "<!DOCTYPE html>\n<body>\n"


def describe(folder: Path, element: str, *, source: str = SOURCE, path: str = "papers.html", line: int = 3) -> str:
    """The message about a problem at this element, on line 3 of the built page."""
    for name, text in (
        ("papers.qmd", source),
        ("data/news.yml", "- date: 2025\n  url: assets/gone.pdf\n"),
        ("_quarto.yml", "nav:\n  - href: /blog.html\n"),
        (f"_site/{path}", HEAD + element),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return SourceFinder(folder, folder / "_site").describe(Problem(path, line, 1, "is wrong"))


@pytest.mark.parametrize(
    ("element", "place"),
    [
        ('<a href="./talks/proof.html#end">', "papers.qmd:5:17"),
        ('<img src="./assets/ring.png" alt="a ring">', "papers.qmd:5:49"),
        ('<a class="raw" href="x.html">', "papers.qmd:6:1"),
        ('<img src="papers_files/figure-html/cell-3-output-1.png">', "papers.qmd:12:1"),
        ('<img src="papers_files/figure-html/fig-third-output-1.png">', "papers.qmd:17:4"),
        ('<section id="results" class="level2">', "papers.qmd:21:13"),
        ('<a href="assets/gone.pdf">', "data/news.yml:2:8"),
        ('<a href="./blog.html">', "_quarto.yml:2:11"),
    ],
)
def test_an_element_is_located_in_its_source(tmp_path: Path, element: str, place: str) -> None:
    assert describe(tmp_path, element) == f"{place}: is wrong (papers.html:3)"


@pytest.mark.parametrize("element", ['<a href="../proof.html">', "<p>", '<img src="ring.png">', '<a href="/">', "text"])
def test_an_element_without_a_source_keeps_its_place_in_the_site(tmp_path: Path, element: str) -> None:
    assert describe(tmp_path, element) == "papers.html:3:1: is wrong"


def test_a_tag_that_is_twice_on_the_page_is_not_located(tmp_path: Path) -> None:
    assert describe(tmp_path, "<em>\n<em>", source="<em>") == "papers.html:3:1: is wrong"


def test_a_problem_of_the_whole_page_is_located_in_its_source(tmp_path: Path) -> None:
    assert describe(tmp_path, "", line=1) == "papers.qmd:1:1: is wrong"


def test_a_page_without_a_source_is_named_unchanged(tmp_path: Path) -> None:
    assert describe(tmp_path, "<p>", path="publications/x.html", line=1) == "publications/x.html:1:1: is wrong"
