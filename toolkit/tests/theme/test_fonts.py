"""Fonts as the site serves them: small files with the characters that its pages use."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from octavo.theme import fonts, write_theme
from tests.needs import need_font
from tests.theme.projects import make_project
from tests.theme.test_stylesheet import SERVED, read_styles

BASE = "typography: {fonts: [{family: Own, files: [assets/own.ttf]}], base: Own}\n"
OTHER = "typography: {fonts: [{family: Own, files: [assets/own.ttf]}]}\n"


def make_site(folder: Path, brand: str, text: str) -> Path:
    project = make_project(folder / "project", brand)
    (project / "assets/own.ttf").write_bytes(need_font().read_bytes())
    site = project / "_site"
    (site / SERVED).parent.mkdir(parents=True)
    (site / SERVED).write_text(read_styles(), encoding="utf-8")
    (site / "sub").mkdir()
    (site / "sub" / "page.html").write_text(text, encoding="utf-8")
    write_theme(site, project)
    return site


def read_characters(site: Path) -> list[str]:
    """The characters of each served font, in order."""
    files = sorted((site / "site_libs/octavo-fonts").iterdir())
    return ["".join(map(chr, sorted(TTFont(io.BytesIO(file.read_bytes())).getBestCmap()))) for file in files]


def find_ranges(site: Path) -> list[str]:
    return re.findall(r"unicode-range: (.*);", (site / SERVED).read_text(encoding="utf-8"))


def test_a_font_for_the_text_has_the_characters_of_all_pages(tmp_path: Path) -> None:
    site = make_site(tmp_path, BASE, "<p>Über αβ")
    (site / "words.txt").write_text("عربي", encoding="utf-8")
    write_theme(site, site.parent)
    assert read_characters(site) == [" <>beprÜαβبرعي"]
    assert find_ranges(site) == []
    assert next((site / "site_libs/octavo-fonts").iterdir()).stat().st_size < 4000 < need_font().stat().st_size


def test_a_fallback_font_is_loaded_only_for_missing_characters(tmp_path: Path) -> None:
    site = make_site(tmp_path, OTHER, "<p>Über αω, عربي")
    assert read_characters(site) == ["αωبرعي"]
    assert find_ranges(site) == ["U+3B1-3C9, U+628-64A"]
    css = (site / SERVED).read_text(encoding="utf-8")
    assert '"Liberation Serif", "Own", serif;' in css


def test_a_font_whose_characters_no_page_has_is_not_served(tmp_path: Path) -> None:
    site = make_site(tmp_path, OTHER, "<p>Über")
    assert "@font-face" not in (site / SERVED).read_text(encoding="utf-8")
    assert not (site / "site_libs/octavo-fonts").exists()


def test_a_font_is_subset_again_only_for_other_characters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = make_site(tmp_path, BASE, "<p>ab")
    before = {file: file.read_bytes() for file in (site / "site_libs/octavo-fonts").iterdir()}
    monkeypatch.setattr(fonts, "_subset", lambda *_: pytest.fail("made again"))
    write_theme(site, site.parent)
    monkeypatch.undo()
    (site / "sub" / "page.html").write_text("<p>abc", encoding="utf-8")
    write_theme(site, site.parent)
    assert read_characters(site) == ["<>abcp"]
    (site / "sub" / "page.html").write_text("<p>ab", encoding="utf-8")
    write_theme(site, site.parent)
    assert {file: file.read_bytes() for file in (site / "site_libs/octavo-fonts").iterdir()} == before
    assert len(list((site.parent / ".cache/octavo/fonts").iterdir())) == 1


def test_of_several_files_for_the_same_style_the_first_is_served(tmp_path: Path) -> None:
    brand = BASE.replace("[assets/own.ttf]", "[assets/own.ttf, assets/a.woff2, {path: assets/own.ttf, weight: 700}]")
    site = make_site(tmp_path, brand, "<p>ab")
    css = (site / SERVED).read_text(encoding="utf-8")
    assert re.findall(r"font-weight: (\w+); font-style: normal;\n", css) == ["normal", "700"]
    assert read_characters(site) == ["<>abp"]
