"""The pictures of the README and the gallery: complete, small, and in line with their sites' settings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from PIL import Image

from octavo.theme import check_theme
from scripts.take_pictures import MOST_BYTES, SHOTS, Shot, change_settings, shrink
from tests.sites import DOCS, ROOT, lay_out


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.file.stem)
def test_a_picture_is_small_and_shown_at_its_size(shot: Shot) -> None:
    assert shot.file.stat().st_size <= MOST_BYTES
    with Image.open(shot.file) as picture:
        width, height = picture.size
    shown = (DOCS / "gallery.qmd").read_text() + (ROOT / "README.md").read_text()
    assert re.search(rf'{shot.file.name}(\){{width={width} height={height}}}|")', shown)


@pytest.mark.parametrize("shot", [shot for shot in SHOTS if shot.settings], ids=lambda shot: shot.file.stem)
def test_a_site_of_the_gallery_has_its_palette_and_layout(shot: Shot, tmp_path: Path) -> None:
    folder = lay_out(shot.site, tmp_path / "site")
    change_settings(folder, shot.settings)
    settings = yaml.safe_load((folder / "_quarto.yml").read_text(encoding="utf-8"))
    assert {name: settings[name] for name in shot.settings} == shot.settings
    assert check_theme(folder) == []


def test_a_picture_with_many_colors_is_compressed(tmp_path: Path) -> None:
    Image.effect_noise((1200, 820), 90).convert("RGB").save(tmp_path / "noise.png")
    made = shrink((tmp_path / "noise.png").read_bytes())
    assert len(made) < (tmp_path / "noise.png").stat().st_size / 4
