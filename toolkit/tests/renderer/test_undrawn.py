"""Settings that no renderer shows with this format."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.cli import pre_render
from octavo.errors import PageError
from octavo.renderer import render_site
from octavo.renderer.undrawn import find_undrawn
from tests.renderer.small import write_project

CONFIGURATION = """\
project: {type: website}
website:
  title: Small
  navbar: {left: [index.qmd]}
  reader-mode: false
code-tools: true
format: small-html
"""


def test_each_is_a_warning_with_its_line_and_what_to_write_instead(tmp_path: Path) -> None:
    pages = {"index.qmd": "---\ntitle: A\nabout: {template: jolla}\n---\n", "broken.qmd": "---\na: [\n---\n"}
    root = write_project(tmp_path, {"_quarto.yml": CONFIGURATION, **pages})
    neither = "has no effect with this format, in Quarto either"
    assert [str(problem) for problem in find_undrawn(root, list(pages))] == [
        f"_quarto.yml:4:1: warning: `website: navbar` {neither}: list the pages under `nav:`",
        f"_quarto.yml:6:1: warning: `code-tools` {neither}: leave it out",
        f"index.qmd:3:1: warning: `about` {neither}: show the profile with `listings.profile_header(profile)`",
    ]


def test_the_pre_render_hook_tells_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"_quarto.yml": CONFIGURATION, "data/profile.yml": "name: Ada Nowak\n"}
    monkeypatch.chdir(write_project(tmp_path, files))
    monkeypatch.setenv("QUARTO_PROJECT_INPUT_FILES", "")
    pre_render.main()
    assert "_quarto.yml:4:1: warning: `website: navbar` has no effect" in capsys.readouterr().err


def test_the_embedded_renderer_does_not_ask_for_quarto(tmp_path: Path) -> None:
    root = write_project(tmp_path, {"index.qmd": "---\ntitle: A\nabout: {template: jolla}\n---\n"})
    with pytest.raises(PageError, match=r"^index\.qmd:3: `about` has no effect with this format, in Quarto either"):
        render_site(root)
