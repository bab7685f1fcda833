"""The sources of language trees: written from the owner's pages, updated when those change, and removed with them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from octavo.errors import Problem
from octavo.files import write_file
from octavo.trees import sources
from octavo.trees.sources import MARK, find_source, list_pages, name_sources, name_sources_in, write_trees
from tests.sites import lay_out


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay_out("bilingual", tmp_path / "site")


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def _list(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_tree_has_translations_and_untranslated_pages_but_no_untranslated_posts(root: Path) -> None:
    assert write_trees(root) == []
    pages = ["cv.qmd", "index.qmd", "news.qmd", "notes/_about.qmd", "notes/ideals.qmd", "posts/rings/index.qmd"]
    assert _list(root / "de") == sorted([".gitignore", MARK, "_metadata.yml", *pages, "publications.qmd"])
    assert "Ich untersuche Ringe." in (root / "de/index.qmd").read_text(encoding="utf-8")
    assert (root / "de/cv.qmd").read_bytes() == (root / "cv.qmd").read_bytes()
    assert (root / "de/_metadata.yml").read_text(encoding="utf-8") == "lang: de\ntree: de\n"
    assert (root / "de/.gitignore").read_text(encoding="utf-8") == "*\n"


def test_a_page_in_only_one_language_is_in_that_tree(root: Path) -> None:
    (root / "lehre.de.qmd").write_text("---\ntitle: Lehre\n---\n", encoding="utf-8")
    (root / "posts" / "nur.de.qmd").write_text("---\ntitle: Nur\ndate: 2024-01-01\n---\n", encoding="utf-8")
    assert write_trees(root) == []
    assert (root / "de/lehre.qmd").is_file()
    assert (root / "de/posts/nur.qmd").is_file()


def test_a_translation_into_an_undeclared_language_is_a_warning(root: Path) -> None:
    for name in ("index.fr.qmd", "index.v2.qmd", "lehre.fr.qmd"):
        shutil.copy(root / "index.qmd", root / name)
    assert write_trees(root) == [
        Problem(
            "index.fr.qmd", 1, 1, "`languages:` in _quarto.yml has no 'fr', so this is one more page in 'en'", "warning"
        )
    ]


def test_an_included_page_may_be_translated(root: Path) -> None:
    (root / "notes/_about.de.qmd").write_text("Mehr.\n", encoding="utf-8")
    write_trees(root)
    assert (root / "de/notes/_about.qmd").read_text(encoding="utf-8") == "Mehr.\n"


def test_only_what_changed_is_written(root: Path) -> None:
    write_trees(root)
    before = {path: (root / "de" / path).stat().st_mtime_ns for path in _list(root / "de")}
    _replace(root / "index.de.qmd", "Ringe", "Körper")
    write_trees(root)
    changed = [path for path, time in before.items() if (root / "de" / path).stat().st_mtime_ns != time]
    assert changed == ["index.qmd"]


def test_files_without_a_source_are_removed(root: Path) -> None:
    write_trees(root)
    shutil.rmtree(root / "posts" / "rings")
    (root / "de/stray.txt").touch()
    write_trees(root)
    assert not (root / "de/posts").exists()
    assert not (root / "de/stray.txt").exists()


def test_dropping_a_language_removes_its_tree_even_after_an_interruption(root: Path) -> None:
    write_trees(root)
    for path in ("index.qmd", "_metadata.yml"):  # as after a kill
        (root / "de" / path).unlink()
    _replace(root / "_quarto.yml", "languages: [en, de]", "languages: [en]")
    assert write_trees(root) == []
    assert not (root / "de").exists()


def test_an_unfinished_tree_is_completed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Path] = []

    def fail_on_the_third(path: Path, content: str | bytes) -> bool:
        if len(written) == 2:
            raise OSError("no space left on device")
        written.append(path)
        return write_file(path, content)

    monkeypatch.setattr(sources, "write_file", fail_on_the_third)
    with pytest.raises(OSError, match="no space"):
        write_trees(root)
    monkeypatch.undo()
    assert write_trees(root) == []
    assert (root / "de/index.qmd").is_file()


def test_a_folder_of_the_owner_is_never_touched(root: Path) -> None:
    (root / "de").mkdir()
    (root / "de/mine.qmd").write_text("mine", encoding="utf-8")
    (problem,) = write_trees(root)
    assert str(problem).startswith("_quarto.yml:21:1: `languages:` needs the folder de/")
    assert _list(root / "de") == ["mine.qmd"]
    _replace(root / "_quarto.yml", "languages: [en, de]", "languages: [en]")
    write_trees(root)
    assert _list(root / "de") == ["mine.qmd"]


def test_an_empty_folder_is_used(root: Path) -> None:
    (root / "de" / "posts").mkdir(parents=True)
    assert write_trees(root) == []


def test_lines_missing_under_render_are_named(root: Path) -> None:
    _replace(root / "_quarto.yml", '    - /de/**/*.qmd\n    - "!/**/*.de.qmd"\n', "")
    (problem,) = write_trees(root)
    assert str(problem).startswith("_quarto.yml:5:1: `project: render` lacks")
    assert '\n    - /de/**/*.qmd\n    - "!/**/*.de.qmd"' in problem.message


def test_cells_must_run_in_the_project_folder(root: Path) -> None:
    _replace(root / "_quarto.yml", "  execute-dir: project\n", "")
    (problem,) = write_trees(root)
    assert "execute-dir: project" in problem.message


def test_a_site_in_one_language_gets_no_new_files(tmp_path: Path) -> None:
    root = lay_out("noether", tmp_path / "site")
    before = _list(root)
    assert write_trees(root) == []
    assert _list(root) == before
    assert list_pages(root) == []


def test_folder_metadata_states_the_language_of_the_tree(root: Path) -> None:
    (root / "notes/_metadata.yml").write_text("lang: en\nauthor: Emmy Noether\n", encoding="utf-8")
    write_trees(root)
    assert (root / "de/notes/_metadata.yml").read_text(encoding="utf-8") == "lang: de\nauthor: Emmy Noether\n"


@pytest.mark.parametrize(
    ("page", "source"),
    [
        ("de/index.qmd", "index.de.qmd"),
        ("de/notes/ideals.qmd", "notes/ideals.qmd"),
        ("de/gone.qmd", "de/gone.qmd"),
        ("notes/ideals.qmd", "notes/ideals.qmd"),
        ("fr/index.qmd", "fr/index.qmd"),
    ],
)
def test_a_message_names_the_file_to_edit(page: str, source: str, root: Path) -> None:
    assert find_source(root, page, ["en", "de"]) == source
    assert name_sources_in(f"a cell of {page}:12 failed", root) == f"a cell of {source}:12 failed"
    assert name_sources([Problem(page, 12, 1, "no"), Problem(source, 12, 1, "no")], root) == [
        Problem(source, 12, 1, "no")
    ]


def test_a_problem_found_in_every_language_of_a_page_is_reported_once(root: Path) -> None:
    printed = """\
de/notes/ideals.qmd:9: no
notes/ideals.qmd:9: no
notes/ideals.qmd:9:4: no (de/notes/ideals.html:58)
notes/ideals.qmd:9:4: no (notes/ideals.html:57)
notes/ideals.qmd:9:4: no (news.html:57)

1/0
1/0"""
    assert name_sources_in(printed, root).splitlines() == [
        "notes/ideals.qmd:9: no",
        "notes/ideals.qmd:9:4: no (de/notes/ideals.html:58)",
        "notes/ideals.qmd:9:4: no (news.html:57)",
        "",
        "1/0",
        "1/0",
    ]
