"""All documents of a site are written in one go, with hardly any work if nothing changed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from octavo.documents import draw_ahead, write_documents


@pytest.fixture
def site(noether: Path) -> Path:
    (noether / "index.qmd").write_text("---\ntitle: Emmy Noether\n---\n", encoding="utf-8")
    (noether / "_site").mkdir()
    (noether / "_site" / "index.html").write_text("<p>", encoding="utf-8")
    return noether / "_site"


def list_files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_all_of_them_are_written(noether: Path, site: Path) -> None:
    assert write_documents(site, noether) == []
    files = list_files(site)
    assert {"docs/noether_CV.pdf", "docs/noether_Publications.pdf", "resume.json", "cards/index.png"} <= set(files)
    assert json.loads(files["resume.json"])["basics"]["name"] == "Emmy Noether"


def test_a_second_run_writes_nothing(noether: Path, site: Path) -> None:
    write_documents(site, noether)
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    write_documents(site, noether)
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == before


def test_a_wiped_site_gets_the_same_files_again(noether: Path, site: Path) -> None:
    write_documents(site, noether)
    before = list_files(site)
    for name in before:
        if name != "index.html":
            (site / name).unlink()
    write_documents(site, noether)
    assert list_files(site) == before


def test_documents_drawn_ahead_are_not_drawn_again(noether: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw_ahead(noether, ["index.qmd"])
    monkeypatch.setattr("octavo.documents.typesetting._run", lambda *_, **__: pytest.fail("drawn again"))
    write_documents(site, noether)
    assert {"docs/noether_CV.pdf", "docs/noether_Publications.pdf", "cards/index.png"} <= set(list_files(site))


def test_drawing_ahead_for_missing_or_unbuilt_pages_does_no_harm(noether: Path, site: Path) -> None:
    (noether / "broken.qmd").write_text("---\n[\n---\n", encoding="utf-8")
    draw_ahead(noether, ["broken.qmd", "gone.qmd"])
    assert write_documents(site, noether) == []
    assert "cards/index.png" in list_files(site)
    assert not [name for name in list_files(site) if "broken" in name or "gone" in name]


def test_the_cache_holds_only_what_is_needed(noether: Path, site: Path) -> None:
    write_documents(site, noether)
    table = noether / "data" / "publications.yml"
    table.write_text(table.read_text(encoding="utf-8").replace("Idealtheorie in", "Ideale in"), encoding="utf-8")
    write_documents(site, noether)
    cache = noether / ".cache" / "octavo"
    assert len(list((cache / "documents").iterdir())) == 2
    assert len(list((cache / "cards").iterdir())) == 9


def test_unchanged_rows_need_neither_typst_nor_pillow(noether: Path, site: Path) -> None:
    write_documents(site, noether)
    code = (
        "import sys; from pathlib import Path; from octavo.documents import write_documents\n"
        "write_documents(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "print({'typst', 'PIL'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(site), str(noether)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
