"""The stylesheet: the theme replaces the format's own, and is written nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

import octavo
from octavo.errors import OctavoError
from octavo.theme import write_theme
from octavo.theme.palettes import DEFAULT, PALETTES
from octavo.theme.stylesheet import replace_theme, write_theme_block
from octavo.theme.theme import make_theme
from tests.theme.projects import LOGO, make_project

FORMAT = Path(octavo.__file__).parent / "format"
SERVED = "site_libs/quarto-contrib/quarto-project/octavo/octavo.css"
BRAND = """\
color: {primary: {light: navy, dark: skyblue}}
typography:
  fonts:
    - family: My Font
      files: [assets/a.woff2, {path: assets/a b.woff2, weight: 100..900, style: italic}]
  base: My Font
logo: {small: {light: assets/logo.svg, dark: assets/night.svg}}
"""


def read_styles() -> str:
    return (FORMAT / "octavo.css").read_text(encoding="utf-8")


def build_theme(folder: Path, brand: str = "", settings: str = "") -> Path:
    """The site of such a project, with only a stylesheet before its theme was written."""
    project = make_project(folder / "project", brand, settings)
    if brand:
        (project / "assets" / "night.svg").write_text(LOGO, encoding="utf-8")
        (project / "assets" / "a b.woff2").write_bytes(b"another")
    return publish(project)


def publish(project: Path) -> Path:
    """Write a site with only a stylesheet and the project's theme."""
    site = project / "_site"
    (site / SERVED).parent.mkdir(parents=True)
    (site / SERVED).write_text(read_styles(), encoding="utf-8")
    write_theme(site, project)
    return site


def test_the_formats_stylesheet_has_the_first_palette_and_no_other_colors() -> None:
    block = write_theme_block(make_theme(PALETTES[DEFAULT]))
    assert read_styles().count(block) == 1
    screen, _, _ = read_styles().replace(block, "").partition("@media print")
    assert "#" not in screen.replace("#page", "")


def test_every_palette_replaces_the_first() -> None:
    for name, palette in PALETTES.items():
        css = replace_theme(read_styles(), make_theme(palette))
        assert css.count("--accent: ") == 2  # the other is for print
        assert f"--accent: light-dark({palette.light.accent}, {palette.dark.accent});" in css, name


def test_a_site_without_choices_has_the_formats_stylesheet_byte_for_byte(tmp_path: Path) -> None:
    site = build_theme(tmp_path)
    assert (site / SERVED).read_text(encoding="utf-8") == read_styles()


def test_the_site_serves_its_fonts_and_its_logo(tmp_path: Path) -> None:
    site = build_theme(tmp_path, BRAND)
    css = (site / SERVED).read_text(encoding="utf-8")
    served = sorted((site / "site_libs/octavo-fonts").iterdir())
    assert sorted(file.read_bytes() for file in served) == [b"a font, for all that the site knows", b"another"]
    for file in served:
        assert f'url("../../../../site_libs/octavo-fonts/{file.name}") format("woff2")' in css
    assert css.count("font-display: swap") == 2
    assert "font-weight: 100 900; font-style: italic;" in css
    assert '--font: "My Font", Charter, ' in css
    assert sorted(file.name for file in (site / "assets").iterdir()) == ["logo.svg", "night.svg"]


def test_a_small_logo_is_inlined_and_a_large_one_is_a_file(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project", "logo: {small: {light: assets/logo.svg, dark: assets/large.svg}}\n")
    (project / "assets/large.svg").write_text(LOGO + " " * 8000, encoding="utf-8")
    css = (publish(project) / SERVED).read_text(encoding="utf-8")
    assert 'background: url("data:image/svg+xml,%3Csvg' in css
    assert 'background-image: url("../../../../assets/large.svg")' in css


def test_a_logo_that_is_also_the_icon_keeps_its_colors(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project", "logo: assets/logo.svg\n")
    settings = (project / "_quarto.yml").read_text(encoding="utf-8").replace("T,", "T, favicon: assets/logo.svg,")
    (project / "_quarto.yml").write_text(settings, encoding="utf-8")
    (project / "assets/logo.svg").write_text(LOGO.replace("<rect", '<rect fill="var(--accent, red)"'), encoding="utf-8")
    assert "fill=%22%230b5a63%22" in (publish(project) / SERVED).read_text(encoding="utf-8")


def test_writing_the_theme_again_changes_nothing_and_a_changed_brand_shows(tmp_path: Path) -> None:
    site = build_theme(tmp_path, BRAND)
    before = (site / SERVED).read_bytes()
    write_theme(site, site.parent)
    assert (site / SERVED).read_bytes() == before
    (site.parent / "_brand.yml").write_text("color: {primary: maroon}\n", encoding="utf-8")
    write_theme(site, site.parent)
    assert b"--accent: light-dark(#800000, " in (site / SERVED).read_bytes()
    assert b"@font-face" not in (site / SERVED).read_bytes()


def test_a_stylesheet_without_a_place_for_the_theme_is_reported(tmp_path: Path) -> None:
    site = build_theme(tmp_path)
    project = site.parent
    (project / "_extensions").unlink()
    (project / "_extensions" / "octavo").mkdir(parents=True)
    (project / "_extensions" / "octavo" / "octavo.css").write_text("body { color: red; }", encoding="utf-8")
    write_theme(site, project)
    assert (site / SERVED).read_text(encoding="utf-8") == "body { color: red; }"
    (project / "_brand.yml").write_text("color: {primary: maroon}\n", encoding="utf-8")
    with pytest.raises(OctavoError, match=r"_extensions/octavo/octavo\.css: lacks the colors that a build replaces"):
        write_theme(site, project)


def test_the_favicon_gets_the_themes_colors_if_it_asks_for_them(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project", "color: {primary: navy}\n")
    text = (project / "_quarto.yml").read_text(encoding="utf-8")
    text = text.replace("title: T", "title: T, favicon: assets/icon.svg")
    (project / "_quarto.yml").write_text(text, encoding="utf-8")
    icon = '<svg><path fill="var(--accent, #0b5a63)" stroke="red"/><path fill="var(--other, blue)"/></svg>'
    for folder in (project, project / "_site"):
        (folder / "assets").mkdir(parents=True, exist_ok=True)
        (folder / "assets" / "icon.svg").write_text(icon, encoding="utf-8")
    write_theme(project / "_site", project)
    colored = (project / "_site" / "assets" / "icon.svg").read_text(encoding="utf-8")
    assert colored == icon.replace("var(--accent, #0b5a63)", "#000080")
    assert (project / "assets" / "icon.svg").read_text(encoding="utf-8") == icon
