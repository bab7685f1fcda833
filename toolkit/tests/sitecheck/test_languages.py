"""Versions of pages in other languages link to each other, as search engines require."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.sitecheck.check import CHECKS, check_site

URL = "https://example.org/"
BOTH = {"en": "a.html", "de": "de/a.html", "x-default": "a.html"}


def _write(site: Path, path: str, versions: dict[str, str]) -> None:
    links = "\n".join(f'<link rel="alternate" hreflang="{tag}" href="{URL}{page}">' for tag, page in versions.items())
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_text(f"<!DOCTYPE html>\n<html>\n<head>\n{links}\n</head>\n</html>\n", encoding="utf-8")


def _check(site: Path) -> list[str]:
    left_out = [name for name in CHECKS if name != "languages"]
    return [str(problem) for problem in check_site(site, url=URL, skip=left_out)[1]]


def test_versions_that_link_to_each_other_are_valid(tmp_path: Path) -> None:
    _write(tmp_path, "a.html", BOTH)
    _write(tmp_path, "de/a.html", BOTH)
    _write(tmp_path, "alone.html", {})
    assert _check(tmp_path) == []


@pytest.mark.parametrize(
    ("versions", "fault"),
    [
        ({"de": "de/a.html"}, "a.html:5:1: warning: the version in 'de', de/a.html, doesn't link back to this page"),
        ({}, "a.html:5:1: warning: the version in 'de', de/a.html, doesn't link back to this page"),
        (
            {"en": "a.html", "x-default": "a.html"},
            "de/a.html:1:1: warning: the page names its versions in other languages, but not itself",
        ),
    ],
)
def test_a_version_without_a_link_back_is_a_fault(versions: dict[str, str], fault: str, tmp_path: Path) -> None:
    _write(tmp_path, "a.html", BOTH)
    _write(tmp_path, "de/a.html", versions)
    assert fault in _check(tmp_path)
