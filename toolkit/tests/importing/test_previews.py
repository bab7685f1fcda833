"""Pictures of papers, as named in the bibliographies of al-folio."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.project import Project

BIB = "@article{rings, author={Emmy Noether}, title={On Rings}, journal={Annals}, year=1921, preview={%s}}"


def import_one(root: Path, preview: str) -> str:
    (root / "refs.bib").write_text(BIB % preview)
    project = Project(root, "[]\n")
    project.run(root / "refs.bib")
    return project.read()["publications.yml"].decode()


@pytest.mark.parametrize("folder", ["assets/img/publication_preview", "assets"])
def test_a_preview_with_an_existing_file_becomes_the_papers_image(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "rings.png").write_bytes(b"")
    table = import_one(tmp_path, "rings.png")
    assert f"image: {folder}/rings.png" in table
    assert "preview:" not in table


@pytest.mark.parametrize("preview", ["rings.png", "../secret.png", "https://example.org/rings.png"])
def test_any_other_preview_is_kept_unchanged(tmp_path: Path, preview: str) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "secret.png").write_bytes(b"")
    table = import_one(tmp_path, preview)
    assert "image:" not in table
    assert f"preview: {preview}" in table
