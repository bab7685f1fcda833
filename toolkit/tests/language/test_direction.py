"""The direction of languages and texts, in Python and in the format's filter."""

from __future__ import annotations

import re

import pytest

from octavo.language.tags import (
    RIGHT_TO_LEFT,
    RIGHT_TO_LEFT_SCRIPTS,
    Direction,
    find_direction,
    has_other_direction,
)
from tests.sites import ROOT


@pytest.mark.parametrize("tag", ["ar", "AR-eg", "fa-IR", "he", "ku-Arab", "az-Arab-IR", "yi"])
def test_right_to_left_languages_and_text(tag: str) -> None:
    assert find_direction(tag) == "rtl"


@pytest.mark.parametrize(
    "tag", ["en", "de-AT", "ku", "ks-Deva", "sd-Deva-IN", "zh-Hans", "ar-Latn", "es-419", "arn", ""]
)
def test_left_to_right_languages_and_text(tag: str) -> None:
    assert find_direction(tag) == "ltr"


@pytest.mark.parametrize(
    ("text", "direction", "expected"),
    [
        ("Emmy Noether", "ltr", False),
        ("Emmy Noether", "rtl", True),
        ("إيمي نويتر", "rtl", False),
        ("إيمي نويتر", "ltr", True),
        ("Über Ideale – אידאלים", "ltr", True),
        ("24–66", "rtl", False),
        ("东京", "rtl", True),
        ("", "rtl", False),
    ],
)
def test_text_may_run_against_its_line(text: str, direction: Direction, *, expected: bool) -> None:
    assert has_other_direction(text, direction) is expected


def test_the_filter_knows_the_same_languages() -> None:
    code = (ROOT / "toolkit/src/octavo/format/filters/first.lua").read_text(encoding="utf-8")
    languages, scripts = (
        set(re.findall(r'"(\w+)"', re.search(rf"local {name} = pandoc\.List\(\{{(.*?)\}}\)", code, re.DOTALL)[1]))  # type: ignore[index]
        for name in ("RIGHT_TO_LEFT", "RIGHT_TO_LEFT_SCRIPTS")
    )
    assert (languages, scripts) == (RIGHT_TO_LEFT, RIGHT_TO_LEFT_SCRIPTS)
