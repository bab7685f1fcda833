"""A picture on a page: a small file for each pixel density, with dimensions and alternative text."""

from __future__ import annotations

from octavo import listings
from octavo.model.row import Picture
from octavo.pictures.sizes import PORTRAIT, THUMBNAIL


def test_a_picture_has_a_file_for_each_density_and_a_fallback() -> None:
    shown = Picture("assets/me.jpg", "0123456789abcdef", 1600, 1600)
    assert listings.picture(shown, PORTRAIT, "Me & you", lazy=False) == (
        '<picture><source type="image/avif" srcset="/pictures/me-0123456789-160.avif 1x, '
        '/pictures/me-0123456789-320.avif 2x"><img src="/pictures/me-0123456789-320.jpg" alt="Me &amp; you" '
        'width="160" height="160" decoding="async"></picture>'
    )


def test_a_picture_with_fewer_pixels_names_its_own_density() -> None:
    shown = Picture("assets/me.png", "0123456789abcdef", 180, 90)
    assert 'srcset="/pictures/me-0123456789-120.avif 1x, /pictures/me-0123456789-180.avif 1.5x"' in listings.picture(
        shown, THUMBNAIL, ""
    )


def test_a_drawing_needs_no_other_files() -> None:
    shown = Picture("assets/my face.svg", "0123456789abcdef", 10, 20, vector=True)
    assert listings.picture(shown, PORTRAIT, "") == (
        '<img src="/assets/my%20face.svg" alt="" width="104" height="208" loading="lazy" decoding="async">'
    )
