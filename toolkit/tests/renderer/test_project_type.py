"""A project type contributed by an extension."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest
import yaml

import octavo
from octavo.errors import PageError
from octavo.renderer import render_site
from octavo.renderer.configuration import load_site
from octavo.renderer.subset import find_variables
from octavo.theme.palettes import LAYOUTS
from tests.renderer.small import FILES, render_page, write_project

FORMAT = Path(octavo.__file__).parent / "format"
EXTENSION = "_extensions/small/_extension.yml"
TYPED = {
    "_quarto.yml": "project:\n  type: small\n  resources: [own]\nwebsite: {title: Small}\n",
    EXTENSION: dedent(FILES[EXTENSION])
    + """\
  project:
    project: {type: website, output-dir: public, resources: [common]}
    format: small-html
    lang: de
""",
}


def test_the_type_adds_its_settings_to_those_of_the_project(tmp_path: Path) -> None:
    site = load_site(write_project(tmp_path, TYPED))
    assert site.project == {"type": "website", "output-dir": "public", "resources": ["common", "own"]}
    assert site.metadata["lang"] == "de"
    assert site.format.name == "small-html"


def test_settings_of_the_project_take_precedence(tmp_path: Path) -> None:
    write_project(tmp_path, {**TYPED, "_quarto.yml": "project: {type: small, output-dir: _site}\nlang: fr\n"})
    assert '<html lang="fr">' in render_page(tmp_path)


@pytest.mark.parametrize("kind", ["book", "other"])
def test_an_unknown_type_is_reported(tmp_path: Path, kind: str) -> None:
    write_project(tmp_path, {"_quarto.yml": f"project:\n  type: {kind}\nformat: small-html\n"})
    with pytest.raises(PageError, match=r"^_quarto\.yml:2: only `type: website` or an extension's"):
        render_site(tmp_path)


def test_the_schema_for_editors_has_the_type_and_options_of_the_format() -> None:
    contributed = yaml.safe_load((FORMAT / "_extension.yml").read_text("utf-8"))["contributes"]
    schema = yaml.safe_load((FORMAT / "_schema.yml").read_text("utf-8"))
    options = schema["formats"]["octavo-html"]
    assert schema["projects"] == [contributed["project"]["format"].removesuffix("-html")] == ["octavo"]
    read = find_variables((FORMAT / "template.html").read_text("utf-8")) | set(
        re.findall(r"\bmeta\.(\w+)", (FORMAT / "filters/page.lua").read_text("utf-8"))
    )
    assert {"layout", "nav"} <= options.keys() <= read
    assert options["layout"]["enum"] == list(LAYOUTS)
