"""Pictures in the text of pages: each has its dimensions, and large ones have small copies."""

from __future__ import annotations

from pathlib import Path

import pytest
import turbohtml
from turbohtml import Element

from octavo.posts.text_pictures import fit_pictures
from tests.pictures.drawing import draw_halves, draw_noise, write_picture

LARGE = write_picture(draw_noise(size=(1000, 500)), "PNG")
SMALL = write_picture(draw_halves(size=(300, 200)), "PNG")
ANIMATION = write_picture(draw_noise(), "WEBP", save_all=True, append_images=[draw_halves(size=(600, 400))])


def write_page(root: Path, body: str, path: str = "posts/page.html", **files: bytes) -> Path:
    """A built page at `path` with files beside it, named with an underscore for the dot (`a_png`)."""
    page = root / "_site" / path
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(f"<!DOCTYPE html><title>T</title><main>{body}</main>", encoding="utf-8")
    for name, content in files.items():
        (page.parent / name.replace("_", ".")).write_bytes(content)
    return page


def fit(root: Path, page: Path) -> tuple[list[str], Element]:
    """The copies made for the page's pictures, and its first picture."""
    variants = fit_pictures(root, root / "_site")
    shown = turbohtml.parse(page.read_text(encoding="utf-8")).select_one("img")
    assert shown is not None
    return [variant.path.rpartition("-")[2] for variant in variants], shown


@pytest.mark.parametrize(
    ("written", "width", "height"),
    [
        ("", "300", "200"),
        ('width="150"', "150", "100"),
        ('height="20"', "30", "20"),
        ('width="30" height="30"', "30", "30"),
        ('width="50%"', "50%", None),
    ],
)
def test_a_missing_dimension_is_added_and_a_given_one_kept(
    tmp_path: Path, written: str, width: str, height: str | None
) -> None:
    page = write_page(tmp_path, f'<p><img alt="A" {written} src="a.png"></p>', a_png=SMALL)
    copies, image = fit(tmp_path, page)
    assert (image.attr("width"), image.attr("height"), image.attr("alt"), copies) == (width, height, "A", [])


def test_a_large_picture_gets_copies_and_keeps_its_address(tmp_path: Path) -> None:
    page = write_page(tmp_path, '<a href="a.png"><img src="a.png" alt="&lt;"></a><img src="a.png">', a_png=LARGE)
    copies, image = fit(tmp_path, page)
    assert copies == ["1000.avif", "680.avif"]
    assert (image.attr("src"), image.attr("alt"), image.attr("loading")) == ("a.png", "<", None)
    html = page.read_text(encoding="utf-8")
    assert html.count(' srcset="../pictures/a-') == html.count("-680.avif 680w, ../pictures/a-") == 2
    assert html.count("<picture>") == html.count("</picture>") == 2
    assert html.count('loading="lazy"') == 1  # the first is likely to be seen at once


def test_fitting_pictures_twice_changes_nothing_until_a_picture_changes(tmp_path: Path) -> None:
    page = write_page(tmp_path, '<img src="a.png">', a_png=LARGE)
    copies = fit_pictures(tmp_path, tmp_path / "_site")
    html = page.read_text(encoding="utf-8")
    assert fit_pictures(tmp_path, tmp_path / "_site") == copies
    assert page.read_text(encoding="utf-8") == html
    (page.parent / "a.png").write_bytes(SMALL)
    assert fit_pictures(tmp_path, tmp_path / "_site") == []
    assert '<main><img src="a.png"' in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "image",
    [
        '<img src="film.webp">',
        '<img src="a.png" srcset="b.png 2x">',
        '<img src="https://example.org/a.png">',
        '<img src="missing.png">',
        '<img src="../../outside.png">',
        '<img src="broken.png">',
        '<img src="drawing.svg">',
        '<img src="data:image/png;base64,AA==">',
        "<img>",
    ],
)
def test_pictures_that_cant_be_scaled_get_no_copies(tmp_path: Path, image: str) -> None:
    files = {"film_webp": ANIMATION, "a_png": LARGE, "broken_png": b"GIF89a" * 10_000, "drawing_svg": b"<svg/>"}
    (tmp_path / "outside.png").write_bytes(LARGE)
    page = write_page(tmp_path, image, **files)
    assert fit(tmp_path, page)[0] == []
    assert "<picture>" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["404.html", "slides/talk.html"])
def test_html_pages_of_the_owner_and_the_404_page_are_left_alone(tmp_path: Path, path: str) -> None:
    page = write_page(tmp_path, '<img src="a.png">', path, a_png=LARGE)
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides/talk.html").touch()
    before = page.read_bytes()
    assert fit(tmp_path, page)[0] == []
    assert page.read_bytes() == before
