"""Private files that a page would read into itself: hidden, or outside the project."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from octavo.renderer.private_files import find_private_files
from tests.building import run_octavo
from tests.needs import need_quarto
from tests.renderer.projects import hash_tree
from tests.renderer.small import write_files
from tests.sites import lay_out

SECRETS = {"outside.txt": "secret", "site/.env": "secret", "site/sub/.env": "secret", "site/.git/config": "secret"}


def check(folder: Path, files: dict[str, str], *pages: str) -> list[str]:
    """The problems of the pages of a site with these files, among secrets."""
    write_files(folder, SECRETS | {f"site/{path}": text for path, text in files.items()})
    root = folder / "site"
    return [str(problem) for problem in find_private_files(root, pages or ["sub/page.qmd"])]


@pytest.mark.parametrize(
    "page",
    [
        "{{< include .env >}}", "{{< include '.env' >}}", "{{< include.env >}}", "{{< INCLUDE .env >}}",
        "{{< include a=b .env >}}", "{{< include '/../outside.txt' >}}", "{{< include /.git/config >}}",
        "{{< embed .env#cell >}}", "```\n{{< include .env >}}\n```", "{{< include\n  ../../outside.txt >}}",
        "---\ninclude-in-header: .env\n---", "---\ninclude-before-body:\n- file: '.env'\n---",
        "---\nformat: {html: {include-after-body: [.env]}}\n---", '---\ninclude-in-header: "\\x2eenv"\n---',
        "---\ntitle: &x .env\ninclude-in-header: *x\n---", "---\nx: &x {file: .env}\ny: {<<: *x}\n---",
        "---\ntemplate: .env\n---", "---\nbody-header: /.env\n---", "---\nlisting: {contents: .e*}\n---",
        "---\ninclude-in-header: file:///%2e%65nv\n---", "---\ninclude-in-header: %2eenv\n---",
        "---\ninclude-in-header: [.git/../.env]\n---", "---\ntitle: x\n...\n\ntext\n\n---\ncss: .env\n---",
        "```\n---\n```\n\n---\ncss: .env\n---", "```{mermaid}\n%%| file: .env\n```",
        "```{python}\n#| label: x\n#| file: '.env'\n```",
        "---\nself-contained: true\n---", "---\nformat: {revealjs: {embed-resources: true}}\n---",
    ],
)  # fmt: skip
def test_every_way_to_read_a_private_file_into_a_page_is_found(tmp_path: Path, page: str) -> None:
    assert len(check(tmp_path, {"sub/page.qmd": page})) == 1


@pytest.mark.parametrize(
    "file", ["_quarto.yml", "_quarto-dark.yml", "_quarto.yml.local", "_metadata.yml", "sub/_metadata.yaml"]
)
def test_private_files_are_found_in_every_metadata_file(tmp_path: Path, file: str) -> None:
    text = "title: x\ninclude-in-header:\n  - file: .env\n"
    assert check(tmp_path, {"sub/page.qmd": "", file: text}) == [
        f"{file}:3:11: `file` can't read '.env' into a page: it is hidden "
        "(expected a file in the project whose name doesn't begin with a dot)"
    ]


def test_private_files_are_found_behind_metadata_files_and_includes(tmp_path: Path) -> None:
    files = {
        "_quarto.yml": "metadata-files: [more.yml]", "more.yml": "css: .env", "page.qmd": "{{< include _a.qmd >}}",
        "_a.qmd": "{{< include sub/_b.qmd >}}", "sub/_b.qmd": "\n{{< include .git/config >}}",
    }  # fmt: skip
    places = [problem.partition(" ")[0] for problem in check(tmp_path, files, "page.qmd")]
    assert places == ["more.yml:1:6:", "sub/_b.qmd:2:1:"]


def test_a_path_in_shared_metadata_is_also_resolved_from_the_page(tmp_path: Path) -> None:
    files = {"_quarto.yml": "include-in-header: .own", "sub/.own": "secret", "sub/page.qmd": ""}
    assert len(check(tmp_path, files)) == 1


@pytest.mark.parametrize("target", ["../../outside.txt", "/etc/passwd", "../.git/config"])
def test_a_symbolic_link_is_judged_by_its_target(tmp_path: Path, target: str) -> None:
    write_files(tmp_path, SECRETS)
    (tmp_path / "site/sub/link.txt").symlink_to(target)
    assert len(check(tmp_path, {"sub/page.qmd": "---\ninclude-in-header: link.txt\n---"})) == 1


def test_a_page_may_itself_be_a_link(tmp_path: Path) -> None:
    write_files(tmp_path, SECRETS)
    (tmp_path / "site/sub/page.qmd").symlink_to("../../outside.txt")
    assert check(tmp_path, {"_quarto.yml": "project:\n  render: ['sub/*.qmd']\n"}) == []


def test_notebooks_are_checked_too(tmp_path: Path) -> None:
    cells = [{"source": ["---\n", "css: .env\n", "---"]}, {"source": "{{< include .env >}}"}]
    problems = check(tmp_path, {"sub/page.ipynb": json.dumps({"cells": cells})}, "sub/page.ipynb")
    assert len(problems) == 2
    assert all(problem.startswith("sub/page.ipynb:1:1: ") for problem in problems)


@pytest.mark.parametrize(
    "page",
    [
        "{{< include _part.qmd >}}", "{{< include ../private/notes.md >}}", "{{< meta .env.x >}}",
        "`.env`, [.env](.env)",
        "---\ninclude-in-header:\n  text: <style>.menu {}</style>\n---", "---\ntitle: .env\n---",
        "---\nbibliography: ../../outside.txt\n---", "---\ncss: /assets/x.css\nimage: ../assets/a.png\n---",
        "---\ndescription: 'What *is* it? See [this].'\n---", "---\nx: \"*\\0\"\ny: \"a\\0\"\n---",
        "```yaml\n---\ncss: .env\n---\n```", "<!--\n---\ncss: .env\n---\n-->",
        "---\n\ncss: .env\n\n---", "---\nx: {y: " + "z" * 5000 + "}\n---", "---\nembed-resources: false\n---",
        "```{python}\n#| not: yaml: at all\n```",
    ],
)  # fmt: skip
def test_ordinary_files_and_text_are_fine(tmp_path: Path, page: str) -> None:
    files = {"sub/_part.qmd": "", "private/notes.md": "", "assets/x.css": "", "assets/a.png": "", "sub/page.qmd": page}
    assert check(tmp_path, files) == []


def test_invalid_metadata_is_reported(tmp_path: Path) -> None:
    """Quarto's parser may accept what ours doesn't, and read a file."""
    [problem] = check(tmp_path, {"sub/page.qmd": "text\n\n---\nx: 1\ncss: @.env\n---"})
    assert problem.startswith("sub/page.qmd:5:1: this is not YAML")


def test_nested_aliases_and_endless_includes_take_little_time(tmp_path: Path) -> None:
    laughs = "".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]\n" for n in range(1, 40))
    files = {
        "a.qmd": "{{< include " * 50_000 + "{{< include .env >}}{{< include a.qmd >}}",
        "b.qmd": f"---\nx0: &x0 .env\n{laughs}---",
    }
    assert len(check(tmp_path, files, "a.qmd", "b.qmd")) <= 42


def test_the_hook_fails_with_every_problem_before_anything_is_rendered(tmp_path: Path) -> None:
    root = lay_out("noether", tmp_path / "noether")
    write_files(root, {".env": "SECRET", "_metadata.yml": "include-in-header: .env\n"})
    with (root / "index.qmd").open("a", encoding="utf-8") as page:
        page.write("\n{{< include .env >}}\n")
    done = build(root, "embedded")
    assert done.returncode == 1
    assert "_metadata.yml:1:20: `include-in-header` can't read '.env'" in done.stderr
    assert "`include` can't read '.env'" in done.stderr
    assert not (root / "_site").exists()


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("_metadata.yml", "include-in-header: .env"),
        ("_metadata.yml", 'include-before-body:\n- file: "\\x2eenv"'),
        ("_quarto-dark.yml", "include-after-body: .env"),
    ],
)
def test_quarto_is_stopped_before_it_reads_a_private_file(tmp_path: Path, file: str, text: str) -> None:
    need_quarto()
    root = lay_out("noether", tmp_path / "noether")
    write_files(root, {".env": "SECRET", file: text, "_site/index.html": ""})
    done = build(root, "quarto")
    assert done.returncode == 1
    assert f"{file}:" in done.stdout + done.stderr
    assert list(hash_tree(root / "_site")) == ["index.html"]


def build(root: Path, renderer: str) -> subprocess.CompletedProcess[str]:
    return run_octavo(root, "build", "--renderer", renderer)
