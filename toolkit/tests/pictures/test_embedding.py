"""Pictures embedded in the page that shows them."""

from __future__ import annotations

import base64
from pathlib import Path

from octavo.pictures.embedding import MOST_BYTES, embed_pictures

PICTURE = '<picture><source type="image/avif" srcset="{0}"><img src="./pictures/a.jpg" alt="" loading="lazy"></picture>'


def embed(folder: Path, html: str, **files: bytes) -> str:
    """Embed these AVIF files into a page; returns the page."""
    for name, content in files.items():
        (folder / f"{name}.avif").write_bytes(content)
    page = folder / "index.html"
    page.write_text(html, encoding="utf-8")
    embed_pictures(page)
    return page.read_text(encoding="utf-8")


def encode(content: bytes) -> str:
    return f"data:image/avif;base64,{base64.b64encode(content).decode()}"


def test_the_largest_candidate_is_embedded_and_the_fallback_stays(tmp_path: Path) -> None:
    html = embed(tmp_path, PICTURE.format("./a.avif 1x, ./b.avif 2x"), a=b"small", b=b"large")
    assert html == PICTURE.format(f"{encode(b'large')} 2x")


def test_an_svg_is_embedded_as_text(tmp_path: Path) -> None:
    (tmp_path / "a b.svg").write_text('<svg fill="#fff"/>', encoding="utf-8")
    html = embed(tmp_path, '<img src="./a%20b.svg" alt="" loading="lazy">')
    assert html == '<img src="data:image/svg+xml,%3Csvg%20fill=%22%23fff%22/%3E" alt="" loading="lazy">'


def test_pictures_of_the_first_screen_and_missing_ones_are_left_alone(tmp_path: Path) -> None:
    for html in ('<img src="./a.avif" alt="">', '<img src="./no.avif" alt="" loading="lazy">'):
        assert embed(tmp_path, html, a=b"small") == html


def test_pictures_are_embedded_as_long_as_there_is_room(tmp_path: Path) -> None:
    large, small = bytes(MOST_BYTES - 10), bytes(10)
    pictures = [PICTURE.format(f"./{name}.avif 1x") for name in "abca"]
    html = embed(tmp_path, "\n".join(pictures), a=large, b=bytes(11), c=small)
    embedded = [PICTURE.format(f"{encode(content)} 1x") for content in (large, small)]
    assert html.splitlines() == [embedded[0], pictures[1], embedded[1], pictures[3]]


def test_embedding_twice_changes_nothing(tmp_path: Path) -> None:
    once = embed(tmp_path, PICTURE.format("./a.avif 1x"), a=b"small")
    assert embed(tmp_path, once) == once
