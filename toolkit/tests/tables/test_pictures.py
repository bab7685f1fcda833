"""Pictures that tables name are read once, and their faults are reported with their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from octavo.tables import check_tables, load_profile
from octavo.tables import pictures as module
from octavo.tables.rows import _TYPED
from tests.pictures.drawing import draw_halves, write_picture


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Tables with a photo, for tests to change."""
    (tmp_path / "data").mkdir()
    (tmp_path / "assets").mkdir()
    (tmp_path / "data" / "profile.yml").write_text("name: N\nphoto: assets/my%20face.jpg\n", encoding="utf-8")
    (tmp_path / "assets" / "my face.jpg").write_bytes(write_picture(draw_halves(), "JPEG"))
    return tmp_path / "data"


def test_the_profile_has_the_dimensions_and_content_of_its_photo(data: Path) -> None:
    before = load_profile(data).picture
    assert before is not None
    assert (before.path, before.width, before.height) == ("assets/my face.jpg", 400, 300)
    (data.parent / "assets" / "my face.jpg").write_bytes(write_picture(draw_halves(), "JPEG", quality=20))
    after = load_profile(data).picture
    assert after is not None
    assert after.digest != before.digest


def test_the_same_content_is_decoded_once(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_profile(data)
    _TYPED.clear()
    monkeypatch.setattr(module, "read_facts", lambda _: pytest.fail("it was decoded again"))
    assert load_profile(data).picture


def test_a_photo_is_read_again_only_if_it_has_changed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, photo = load_profile(data).picture, data.parent / "assets" / "my face.jpg"
    other = write_picture(draw_halves(), "JPEG", quality=20)
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: other if path == photo else read_bytes(path))
    assert load_profile(data).picture == before
    photo.write_bytes(other)
    assert load_profile(data).picture != before


def test_a_damaged_photo_is_an_error_with_its_place(data: Path) -> None:
    photo = data.parent / "assets" / "my face.jpg"
    photo.write_bytes(photo.read_bytes()[:900])
    for _ in range(2):  # read and cached
        [problem] = check_tables(data)
        assert "profile.yml:2:8: profile.photo: 'assets/my%20face.jpg' is truncated or damaged: " in str(problem)
        assert problem.severity == "error"


def test_a_photo_with_a_location_is_a_warning(data: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (52.0, 30.0, 0.0)
    (data.parent / "assets" / "my face.jpg").write_bytes(write_picture(draw_halves(), "JPEG", exif=exif))
    [problem] = check_tables(data)
    assert problem.severity == "warning"
    assert "GPS" in problem.message
    assert load_profile(data).picture


def test_an_html_page_is_not_a_photo(data: Path) -> None:
    (data / "profile.yml").write_text("name: N\nphoto: cv.html\n", encoding="utf-8")
    (data.parent / "cv.qmd").touch()
    [problem] = check_tables(data)
    assert "'cv.html' can't be read" in problem.message


@pytest.mark.parametrize(
    ("fields", "warned"),
    [
        ("image: assets/my%20face.jpg", (3, "research[0].image: 'assets/my%20face.jpg'")),
        ("video: assets/a.webm", (3, "research[0].video: 'assets/a.webm'")),
        ("video: assets/a.webm\n  image: assets/my%20face.jpg", (4, "research[0].image: 'assets/my%20face.jpg'")),
        ("image: assets/my%20face.jpg\n  alt: A face", None),
        ("image: assets/my%20face.jpg\n  alt: ''", None),
    ],
)
def test_a_picture_without_a_description_is_a_warning(data: Path, fields: str, warned: tuple[int, str] | None) -> None:
    (data.parent / "assets" / "a.webm").touch()
    (data / "research.yml").write_text(f"- id: a\n  title: A\n  {fields}\n", encoding="utf-8")
    found = [(problem.line, problem.message, problem.severity) for problem in check_tables(data)]
    hint = " has no `alt:` that says what it shows (alt: '' if it is decorative)"
    assert found == ([(warned[0], warned[1] + hint, "warning")] if warned else [])


@pytest.mark.parametrize(
    ("video", "fault"),
    [
        (
            "https://youtu.be/x",
            "is not the path of an MP4 or WebM (expected one such as assets/a.mp4; a film on another ",
        ),
        ("assets/IMG_1.MOV", "is not the path of an MP4 or WebM"),
        ("https://example.org/a.mp4", "is not a file of the site"),
        (
            "media/a.mp4",
            "is not in a published folder (expected a file in assets/ or docs/, a picture in posts/, or one",
        ),
    ],
)
def test_a_film_that_the_site_cannot_show_is_reported_with_what_to_do(data: Path, video: str, fault: str) -> None:
    (data.parent / "media").mkdir()
    (data.parent / "media" / "a.mp4").touch()
    (data / "research.yml").write_text(f"- title: A\n  alt: A\n  video: {video}\n", encoding="utf-8")
    [problem] = [problem for problem in check_tables(data) if problem.severity == "error"]
    assert (problem.line, problem.column) == (3, 10)
    assert problem.message.startswith(f"research[0].video: {video!r} {fault}")
