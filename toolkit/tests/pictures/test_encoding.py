"""Encoded pictures are small, reveal nothing about the camera, and are never enlarged."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageCms

from octavo.pictures.encoding import MOST_BYTES, encode_variant
from octavo.pictures.sizes import FIGURE, PORTRAIT, list_variants
from tests.pictures.drawing import draw_halves, draw_noise, make_picture, write_picture


def encode(content: bytes) -> dict[str, bytes]:
    return {
        variant.suffix: encode_variant(content, variant) for variant in list_variants(make_picture(content), FIGURE)
    }


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_even_noise_fits_the_budget(mode: str) -> None:
    made = encode(write_picture(draw_noise(mode), "PNG", compress_level=1))
    assert set(made) == {"avif", "jpg" if mode == "RGB" else "png"}
    assert all(len(content) <= MOST_BYTES for content in made.values())


def test_metadata_is_dropped() -> None:
    exif = Image.Exif()
    exif[0x010F] = "secret camera"
    exif.get_ifd(0x8825)[2] = (52.0, 30.0, 0.0)
    made = encode(write_picture(draw_halves(), "JPEG", exif=exif, comment=b"secret"))
    for content in made.values():
        assert b"secret" not in content
        with Image.open(io.BytesIO(content)) as image:
            assert not image.getexif()
            assert "icc_profile" not in image.info


def test_a_color_profile_is_applied_to_scaled_pictures() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exchanged = profile.replace(b"rXYZ", b"....").replace(b"bXYZ", b"rXYZ").replace(b"....", b"bXYZ")
    made = encode(write_picture(draw_halves(), "PNG", icc_profile=exchanged))
    with Image.open(io.BytesIO(made["jpg"])) as image:
        assert image.getpixel((10, 10)) == pytest.approx((0, 0, 255), abs=8)


@pytest.mark.parametrize("suffix", ["avif", "png"])
def test_transparency_is_kept(suffix: str) -> None:
    image = draw_halves("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 200, 300))
    with Image.open(io.BytesIO(encode(write_picture(image, "PNG"))[suffix])) as made:
        shown = made.convert("RGBA")
    assert shown.getpixel((20, 20))[3] == 0
    assert shown.getpixel((shown.width - 20, 20))[3] == 255


def test_the_same_picture_gives_the_same_bytes() -> None:
    content = write_picture(draw_halves(), "JPEG")
    assert encode(content) == encode(content)


def test_files_have_the_dimensions_in_their_names() -> None:
    content = write_picture(draw_halves(size=(1000, 500)), "JPEG")
    for variant in list_variants(make_picture(content), PORTRAIT):
        with Image.open(io.BytesIO(encode_variant(content, variant))) as image:
            assert image.size == (variant.width, variant.height)
            assert f"-{image.width}." in variant.path
