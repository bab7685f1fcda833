"""Missing files that pages include, embed, or cite from: all of a project are reported at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.errors import DataError
from octavo.renderer import render_site
from octavo.renderer.missing_files import find_missing_files
from tests.building import run_octavo
from tests.needs import need_quarto
from tests.renderer.small import write_files, write_project
from tests.sites import lay_out


def check(root: Path, files: dict[str, str], *pages: str) -> list[str]:
    """The problems of the pages of a site with these files."""
    write_files(root, files)
    return [str(problem) for problem in find_missing_files(root, pages or ["sub/page.qmd"])]


def test_every_missing_file_is_reported_once_with_its_place(tmp_path: Path) -> None:
    files = {
        "_quarto.yml": "title: x\nbibliography: [a.bib, b.bib]\nwebsite: {favicon: /assets/no.svg}\n",
        "a.bib": "",
        "sub/_metadata.yml": "include-in-header: head.html\n",
        "sub/_part.qmd": "one\n\n{{< include _deep.qmd >}}\n",
        "sub/page.qmd": "---\nbibliography:\n  - c.bib\n  - /a.bib\ncsl: style.csl\n---\n\n{{< include _part.qmd >}}\n",
        "sub/other.qmd": "{{< include _part.qmd >}}\n\n{{< embed fit.ipynb#fig-x >}}\n",
    }
    assert check(tmp_path, files, "sub/page.qmd", "sub/other.qmd") == [
        "_quarto.yml:2:23: there is no file `b.bib` (bibliography)",
        "_quarto.yml:3:20: there is no file `/assets/no.svg` (favicon)",
        "sub/_metadata.yml:1:20: there is no file `head.html` (include-in-header)",
        "sub/_part.qmd:3:1: there is no file `_deep.qmd` to include",
        "sub/other.qmd:3:1: there is no file `fit.ipynb` to include",
        "sub/page.qmd:3:5: there is no file `c.bib` (bibliography)",
        "sub/page.qmd:5:6: there is no file `style.csl` (csl)",
    ]


@pytest.mark.parametrize(
    "page",
    [
        "---\nbibliography: https://example.org/a.bib\n---",
        "---\nbibliography: [here.bib, ../above.bib]\n---",
        "---\nbibliography:\n---",
        "see {{< include x >}} and `{{< include x >}}`\n{{{< include x >}}}",
        "{{< include _self.qmd >}}",
        "---\nbibliography: [\n---",
    ],
)
def test_existing_files_and_errors_reported_elsewhere_are_no_problem(tmp_path: Path, page: str) -> None:
    files = {"sub/here.bib": "", "above.bib": "", "sub/_self.qmd": "{{< include _self.qmd >}}"}
    assert check(tmp_path, {"sub/page.qmd": page, **files}) == []


def test_a_build_without_the_pre_render_script_reports_them_all_too(tmp_path: Path) -> None:
    pages = dict.fromkeys(("index.qmd", "b.qmd"), "{{< include _no.qmd >}}\n")
    with pytest.raises(DataError, match=r"b\.qmd:1:1: there is .*\nindex\.qmd:1:1: there is "):
        render_site(write_project(tmp_path, pages))


def test_remote_files_are_left_to_quarto(tmp_path: Path) -> None:
    page = "---\ntitle: Home\ncsl: https://example.org/style.csl\n---\n"
    render = run_octavo(write_project(tmp_path, {"index.qmd": page}), "build", "--renderer", "embedded")
    assert render.returncode == 1
    assert "index.qmd:3: `csl: https://example.org/style.csl` needs Quarto" in render.stderr


@pytest.mark.parametrize("renderer", ["embedded", pytest.param("quarto", marks=pytest.mark.quarto)])
def test_both_renderers_report_them_before_anything_is_rendered(tmp_path: Path, renderer: str) -> None:
    if renderer == "quarto":
        need_quarto()
    root = lay_out("noether", tmp_path / "site")
    pages = {name: f"---\ntitle: x\n---\n\n{{{{< include _{name} >}}}}\n" for name in ("one.qmd", "two.qmd")}
    write_files(root, pages)
    done = run_octavo(root, "build", "--renderer", renderer)
    assert done.returncode == 1
    printed = done.stdout + done.stderr
    assert all(f"{name}:5:1: there is no file `_{name}` to include" in printed for name in pages)
