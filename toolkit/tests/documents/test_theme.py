"""Documents follow the theme: the cards' colors, the CV's font, the logo on both."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image, ImageColor
from pypdf import PdfReader

from octavo.documents import cards
from octavo.documents.cv import describe_cv
from octavo.documents.record import load_record
from octavo.documents.typesetting import describe_language, find_template, typeset_pdf
from octavo.theme.colors import WHITE, Color, contrast
from tests.documents.conftest import PDF_UA, lay_out_project
from tests.needs import need_font
from tests.sites import SITES
from tests.theme.projects import LOGO

CARD = {"title": "A Title", "lines": [], "site": "Site", "host": "e.example", **describe_language("en")}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = lay_out_project(SITES / "noether", tmp_path / "noether")
    (root / "assets").mkdir()
    with (root / "_quarto.yml").open("a", encoding="utf-8") as settings:
        settings.write("\nbrand: false\n")
    return root


def draw_card(project: Path) -> Image.Image:
    picture = cards.typeset_card(find_template(project, cards.TEMPLATE), CARD)
    return Image.open(io.BytesIO(picture)).convert("RGB")


def has_color(picture: Image.Image, color: str) -> bool:
    """Whether much of the card has this color, give or take: its small palette shifts colors a little."""
    wanted = ImageColor.getrgb(color)
    counts = ((count, part) for count, part in picture.getcolors(1 << 20) or [])
    return sum(n for n, part in counts if max(abs(a - b) for a, b in zip(part, wanted, strict=True)) < 4) > 1000


def test_a_card_has_the_brands_colors_and_its_logo(project: Path) -> None:
    (project / "assets/logo.svg").write_text(LOGO.replace("<rect", '<rect fill="#00ff00"'), encoding="utf-8")
    brand = 'color: {background: "#ffeeff", primary: "#000080"}\n'
    (project / "_brand.yml").write_text(brand, encoding="utf-8")
    plain = draw_card(project)
    assert has_color(plain, "#ffeeff")
    assert has_color(plain, "#000080")
    assert not has_color(plain, "#00ff00")
    (project / "_brand.yml").write_text(f"{brand}logo: assets/logo.svg\n", encoding="utf-8")
    assert has_color(draw_card(project), "#00ff00")


def test_the_cv_uses_the_brands_font_whatever_its_family_name(project: Path) -> None:
    (project / "assets/own.ttf").write_bytes(need_font().read_bytes())
    (project / "assets/logo.svg").write_text(LOGO, encoding="utf-8")
    (project / "_brand.yml").write_text(
        "typography: {fonts: [{family: Ours, files: [assets/own.ttf]}], base: Ours}\nlogo: assets/logo.svg\n",
        encoding="utf-8",
    )
    pdf = typeset_pdf(find_template(project, "cv.typ"), describe_cv(load_record(project)))
    assert PDF_UA in pdf
    fonts = re.findall(r"/FontName: *'?/?[A-Z]+\+([\w-]+)|\+([\w-]+)", str(_list_fonts(pdf)))
    assert {first or second for first, second in fonts} == {"DejaVuSans"}


def _list_fonts(pdf: bytes) -> list[object]:
    fonts = [page["/Resources"]["/Font"] for page in PdfReader(io.BytesIO(pdf)).pages]
    return [font.get_object()["/BaseFont"] for each in fonts for font in each.values()]


def test_colors_in_print_are_readable_on_white_whatever_the_palette(project: Path) -> None:
    (project / "_brand.yml").write_text('color: {foreground: {light: "#dddddd"}, primary: {light: yellow}}\n')
    pdf = typeset_pdf(find_template(project, "cv.typ"), describe_cv(load_record(project)))
    operators = b"".join(page.get_contents().get_data() for page in PdfReader(io.BytesIO(pdf)).pages)  # type: ignore[union-attr]
    found = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|scn)\b", operators)
    fills = {Color(*(round(float(part) * 255) for part in fill)) for fill in found}
    assert len(fills) > 1
    assert min(contrast(fill, WHITE) for fill in fills) > 4.4
