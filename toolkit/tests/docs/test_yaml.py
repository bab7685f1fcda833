"""Each YAML block of the docs and the README is checked as part of the file that a reader would write it into."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from octavo.errors import Problem
from octavo.policy import check_policy
from octavo.renderer.subset import find_undrawn
from octavo.site import load_site
from octavo.starter.engine import SITE
from octavo.tables.rows import check_tables
from octavo.theme import check_theme
from tests.docs.blocks import MANUALS, PAGES, Block, follow, list_blocks

# Those with a file are followed in `test_tasks` and `test_extending`.
BLOCKS = [block for block in list_blocks([*PAGES, *MANUALS]) if block.language == "yaml" and not block.file]
SETTINGS = "brand: false\nwebsite: {title: E. Noether, site-url: 'https://noether.example'}\n"
# Settings that a new site doesn't have.
FURTHER = {"allow", "analytics", "check", "languages", "page-footer", "robots", "sidebar"}


def find_file(text: str) -> str:
    """The file that a reader would write the block into."""
    data = yaml.safe_load(text)
    if isinstance(data, list):
        return "data/publications.yml" if "authors" in data[0] else "data/news.yml"
    if "name" in data:
        return "data/profile.yml"
    return "_brand.yml" if "typography" in data else "_quarto.yml"


def find_problems(folder: Path, block: Block) -> list[Problem]:
    """The problems that the commands report for a project with this block."""
    (folder / "data").mkdir()
    (folder / "data" / "profile.yml").write_text("name: Emmy Noether\n", encoding="utf-8")
    (folder / "_quarto.yml").write_text(SETTINGS, encoding="utf-8")
    follow(block, folder)
    load_site(folder)
    found = [*check_tables(folder / "data"), *check_theme(folder), *check_policy(folder), *find_undrawn(folder, [])]
    return [problem for problem in found if "there is no file" not in problem.message]


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_octavo_accepts_each_block(block: Block, tmp_path: Path) -> None:
    block = block._replace(file=find_file(block.text))
    assert find_problems(tmp_path, block) == []
    if block.file == "_quarto.yml":
        known = yaml.safe_load((SITE / "_quarto.yml").read_text(encoding="utf-8").replace("@", "")).keys()
        assert yaml.safe_load(block.text).keys() <= known | FURTHER


@pytest.mark.parametrize(
    "text",
    [
        "- {id: a, title: A, authors: [E. Noether], type: articel}\n",
        "- {date: twenty, text: A}\n",
        "name: E. Noether\nfoto: a.png\n",
        "allow: {frame: [a.example]}\n",
        "typography: {base: Nothing}\n",
        "theme: cosmo\n",
    ],
)
def test_a_mistake_would_be_found(text: str, tmp_path: Path) -> None:
    block = Block(tmp_path, 1, "yaml", find_file(text), text)
    assert find_problems(tmp_path, block)
