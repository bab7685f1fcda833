"""A page that only Quarto can render leaves the others alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.errors import OctavoError
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
def test_other_pages_are_built_and_this_one_says_why_it_is_not(tmp_path: Path, page: str) -> None:
    root = write_project(tmp_path, {"foreign.qmd": page})
    with pytest.raises(OctavoError, match=r"^foreign\.qmd:\d: .* needs Quarto$"):
        render_site(root)
    assert "needs Quarto" in (root / "_site/foreign.html").read_text(encoding="utf-8")
    assert "needs Quarto" not in (root / "_site/index.html").read_text(encoding="utf-8")


def test_all_such_pages_are_named(tmp_path: Path) -> None:
    root = write_project(tmp_path, {"a.qmd": "```{r}\n1\n```\n", "b.qmd": "Text\n\n{{< video x.mp4 >}}\n"})
    with pytest.raises(OctavoError, match=r"^a\.qmd:1: .* needs Quarto\nb\.qmd:3: .* needs Quarto$"):
        render_site(root)


def test_the_next_build_says_so_again(tmp_path: Path) -> None:
    root = write_project(tmp_path, {"foreign.qmd": "{{< video x.mp4 >}}\n"})
    for _ in range(2):
        with pytest.raises(OctavoError, match=r"^foreign\.qmd:1: "):
            render_site(root)
    write_files(root, {"foreign.qmd": "text\n"})
    assert render_site(root)
