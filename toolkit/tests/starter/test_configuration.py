"""The personal values of a configuration."""

from __future__ import annotations

import pytest
import yaml

from octavo.errors import OctavoError
from octavo.starter.configuration import read_values, replace_values
from tests.sites import ROOT

TEXT = """\
# A comment.
website:
  title: &title Old: "Name"   # stays?
  site-url: &site-url https://old.example
  open-graph: true
  description: &description >-
    Old, in
    two lines.

  favicon: x.svg
site-title: *title
"""
TEXT = TEXT.replace('Old: "Name"', "Old Name")
VALUES = {"title": 'N: "ë"', "site-url": "https://new.example", "description": "New # one."}


def test_the_values_are_found() -> None:
    assert read_values(TEXT) == {
        "title": "Old Name",
        "site-url": "https://old.example",
        "description": "Old, in two lines.",
    }


def test_only_the_values_are_replaced() -> None:
    new = replace_values(TEXT, VALUES)
    assert read_values(new) == VALUES
    assert yaml.safe_load(new)["site-title"] == VALUES["title"]
    assert new == (
        '# A comment.\nwebsite:\n  title: &title "N: \\"ë\\""   # stays?\n  site-url: &site-url "https://new.example"\n'
        '  open-graph: true\n  description: &description "New # one."\n\n  favicon: x.svg\nsite-title: *title\n'
    )


def test_values_that_stay_the_same_mean_the_same() -> None:
    text = (ROOT / "_quarto.yml").read_text(encoding="utf-8")
    assert yaml.safe_load(replace_values(text, read_values(text))) == yaml.safe_load(text)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("website: {title: x, site-url: y}", "description"),
        ("website: 3", "title, site-url, description"),
        ("", "title"),
        ("website: {title: [x], site-url: y, description: z}", "title"),
        ("website: [", "_quarto.yml"),
    ],
)
def test_a_configuration_without_them_is_refused(text: str, missing: str) -> None:
    with pytest.raises(OctavoError, match=missing):
        read_values(text)
