"""The stages of a build."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.errors import OctavoError
from octavo.renderer import render_site
from tests.renderer.projects import CONFIGURATION, make_project


def test_a_page_removed_during_the_build_is_named_and_the_old_site_stays(tmp_path: Path) -> None:
    """As when another branch is checked out."""
    url = "  title: Small\n  site-url: https://small.example\n"
    configuration = CONFIGURATION.replace("  title: Small\n", url)
    root = make_project(tmp_path, {"_quarto.yml": configuration, "posts/other.qmd": "Other.\n"})
    render_site(root)
    (root / "index.qmd").write_text("```{python}\nimport os\nos.unlink('posts/other.qmd')\n```\n")
    with pytest.raises(
        OctavoError, match=r"^posts/other\.qmd: removed while the site was being built; build it again$"
    ):
        render_site(root)
    assert "As it was." in (root / "_site/index.html").read_text()
