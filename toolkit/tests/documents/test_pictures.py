"""Picture files are drawn ahead, written into the site, and removed once nothing shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.documents import draw_ahead, pictures, write_documents
from tests.pictures.drawing import draw_halves, write_picture


@pytest.fixture
def project(noether: Path) -> Path:
    (noether / "assets").mkdir()
    (noether / "assets" / "emmy.jpg").write_bytes(write_picture(draw_halves(size=(900, 900)), "JPEG"))
    return noether


def list_pictures(site: Path) -> list[str]:
    return sorted(file.name.split("-")[-1] for file in (site / "pictures").glob("emmy-*"))


def test_the_site_has_the_files_that_its_pages_name(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    write_documents(site, project)
    assert list_pictures(site) == ["160.avif", "320.avif", "320.jpg"]


@pytest.mark.parametrize(
    ("table", "fields", "large"),
    [
        ("publications", "id: a, title: A, authors: [E. Noether], type: book", True),
        ("research", "id: a, title: A", True),
        ("research", "title: A", False),
        ("software", "id: a, title: A", False),
        ("people", "id: a, name: A. B, relation: staff", False),
    ],
)
def test_only_pictures_of_papers_and_projects_with_a_page_have_large_files(
    project: Path, tmp_path: Path, table: str, fields: str, large: bool
) -> None:
    with (project / "data" / f"{table}.yml").open("a", encoding="utf-8") as file:
        file.write(f"\n- {{{fields}, image: assets/emmy.jpg}}\n")
    site = tmp_path / "site"
    site.mkdir()
    write_documents(site, project)
    assert "90.avif" in list_pictures(site)
    assert ("680.avif" in list_pictures(site)) == large


def test_pictures_drawn_ahead_are_not_encoded_again(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw_ahead(project, [])
    monkeypatch.setattr(pictures, "encode_variant", lambda *_: pytest.fail("it was encoded again"))
    site = tmp_path / "site"
    site.mkdir()
    write_documents(site, project)
    assert len(list_pictures(site)) == 3


def test_files_of_an_earlier_photo_are_removed_and_those_of_the_owner_kept(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "pictures").mkdir(parents=True)
    (site / "pictures" / "emmy-0123456789-160.avif").touch()
    (site / "pictures" / "2024-trip.jpg").touch()
    write_documents(site, project)
    assert len(list_pictures(site)) == 3
    assert (site / "pictures" / "2024-trip.jpg").exists()
