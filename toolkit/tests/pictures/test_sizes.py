"""The files that a picture becomes, known without opening it."""

from __future__ import annotations

import pytest

from octavo.model.row import Picture
from octavo.pictures.sizes import MADE_NAME, PORTRAIT, find_fallback, fit_picture, list_variants


def make(width: int, height: int, **facts: bool) -> Picture:
    return Picture("assets/me at home (2).JPG", "abcdef0123456789", width, height, **facts)


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((1600, 1600), (160, 160)),
        ((2000, 1000), (160, 80)),
        ((1000, 2000), (104, 208)),
        ((40, 50), (40, 50)),
        ((1, 5000), (1, 208)),
    ],
)
def test_a_picture_fits_its_box_and_is_never_enlarged(size: tuple[int, int], shown: tuple[int, int]) -> None:
    assert fit_picture(make(*size), PORTRAIT) == shown


@pytest.mark.parametrize(("width", "widths"), [(1600, [160, 320, 320]), (200, [160, 200, 200]), (40, [40, 40])])
def test_there_is_a_file_for_each_density_that_the_picture_has_enough_pixels_for(width: int, widths: list[int]) -> None:
    assert [variant.width for variant in list_variants(make(width, width), PORTRAIT)] == widths


def test_a_name_is_safe_in_an_address_and_changes_with_the_content() -> None:
    *_, fallback = list_variants(make(1600, 1600), PORTRAIT)
    assert fallback.path == "pictures/me-at-home-2-abcdef0123-320.jpg"
    assert MADE_NAME.fullmatch(fallback.path.removeprefix("pictures/"))


def test_a_drawing_is_used_unchanged_at_the_size_of_its_box() -> None:
    drawing = make(32, 32, vector=True)
    assert fit_picture(drawing, PORTRAIT) == (160, 160)
    assert list_variants(drawing, PORTRAIT) == ()
    assert find_fallback(drawing, PORTRAIT) == "assets/me at home (2).JPG"
