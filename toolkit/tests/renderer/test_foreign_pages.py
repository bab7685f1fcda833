"""A page that only Quarto can render doesn't affect the others."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from octavo.errors import ForeignError, OctavoError, PageError
from octavo.renderer import render_site
from tests.renderer.small import write_files, write_project


@pytest.mark.parametrize(
    "page",
    [
        "---\ntitle: Slides\nlightbox: true\n---\ntext\n",
        "---\ntitle: Slides\n---\n::: {.callout-note}\nx\n:::\n",
        "---\ntitle: Slides\n---\n```{ojs}\n1\n```\n",
        "---\ntitle: Slides\n---\n{{< video x.mp4 >}}\n",
    ],
)
def test_other_pages_are_built_and_this_one_shows_why_it_is_not(tmp_path: Path, page: str) -> None:
    root = write_project(tmp_path, {"foreign.qmd": page})
    with pytest.raises(OctavoError, match=r"^foreign\.qmd:\d: .* needs Quarto$"):
        render_site(root)
    assert "needs Quarto" in (root / "_site/foreign.html").read_text(encoding="utf-8")
    assert "needs Quarto" not in (root / "_site/index.html").read_text(encoding="utf-8")


def test_all_pages_that_need_quarto_are_named(tmp_path: Path) -> None:
    root = write_project(tmp_path, {"a.qmd": "```{r}\n1\n```\n", "b.qmd": "Text\n\n{{< video x.mp4 >}}\n"})
    with pytest.raises(OctavoError, match=r"^a\.qmd:1: .* needs Quarto\nb\.qmd:3: .* needs Quarto$"):
        render_site(root)


def test_the_next_build_reports_them_again(tmp_path: Path) -> None:
    root = write_project(tmp_path, {"foreign.qmd": "{{< video x.mp4 >}}\n"})
    for _ in range(2):
        with pytest.raises(OctavoError, match=r"^foreign\.qmd:1: "):
            render_site(root)
    write_files(root, {"foreign.qmd": "text\n"})
    assert render_site(root)


MANY = """\
---
title: Home
number-offset: 1
tab-stop: 2
---

```{ojs}
1
```

{{< lipsum 1 >}} and {{< kbd X >}}

::: {.callout-note}
Text.
:::

```{python}
#| fig-link: x
#| ref-parent: y
1
```

See `{r} 1`.
"""


def test_everything_that_needs_quarto_on_a_page_is_reported_at_once(tmp_path: Path) -> None:
    root = write_project(tmp_path, {"index.qmd": MANY})
    with pytest.raises(ForeignError) as caught:
        render_site(root)
    reported = str(caught.value).splitlines()
    assert [line.split(":")[1] for line in reported] == ["3", "4", "7", "11", "11", "13", "18", "19", "23"]
    shown = unescape((root / "_site/index.html").read_text(encoding="utf-8"))
    assert [line for line in reported if line not in shown] == []


def test_the_mistakes_of_all_pages_are_reported_at_once_and_no_cell_runs(tmp_path: Path) -> None:
    pages = {
        "a.qmd": "---\ntitle: A\nfig-width: 0\n---\n\n{{< meta none >}}\n\nText\n---\nText\n",
        "b.qmd": "---\na: [\n---\n",
        "c.qmd": "```{python}\nopen('ran', 'w')\n```\n",
        "d.qmd": "{{< include _circle.qmd >}}\n\n{{< meta none >}}\n",
        "_circle.qmd": "{{< include _circle.qmd >}}\n",
        "e.qmd": "---\ncache: true\nformat: [html, pdf]\n---\n\n```{r}\n1\n```\n",
    }
    root = write_project(tmp_path, pages)
    with pytest.raises(PageError) as caught:
        render_site(root)
    places = [line.split(": ")[0] for line in str(caught.value).splitlines()]
    assert places == [
        *("_circle.qmd:1", "a.qmd:3", "a.qmd:6", "a.qmd:9", "b.qmd:2", "d.qmd:3", "e.qmd:2", "e.qmd:3", "e.qmd:6"),
    ]
    assert not (root / "ran").exists()
    assert not (root / "_site").exists()


def test_the_failing_cells_of_all_pages_are_reported_at_once(tmp_path: Path) -> None:
    pages = {
        "a.qmd": "```{python}\n1 / 0\n```\n",
        "b.qmd": "```{python}\nx = 1\nunknown\n```\n",
        "c.qmd": "Text\n\n::: {.landscape}\nText\n:::\n",
    }
    root = write_project(tmp_path, pages)
    with pytest.raises(PageError) as caught:
        render_site(root)
    places = re.findall(r"(?m)^(\w\.qmd:\d+): ", str(caught.value))
    assert places == ["a.qmd:2", "b.qmd:3", "c.qmd:3"]
    assert "division by zero\n\nb.qmd:3: " in str(caught.value)
    assert not (root / "_site").exists()


def test_a_list_without_a_script_to_write_it_is_reported(tmp_path: Path) -> None:
    root = write_project(tmp_path, {"index.qmd": "---\ntitle: Home\nlisting: posts\n---\n"})
    file = root / "_extensions/small/_extension.yml"
    file.write_text(f"{file.read_text()}      drawn: [listing]\n")
    with pytest.raises(ForeignError, match=r"^index\.qmd:3: `listing: posts` needs Quarto, or Octavo's post-render"):
        render_site(root)
