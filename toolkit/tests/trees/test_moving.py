"""Moving a page's source: the files it names still resolve, and line numbers stay the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.trees.moving import Move, move_metadata, move_page


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a page in a folder, and the files that the page names."""
    for path in ("notes/a.qmd", "notes/refs.bib", "notes/clip.mp4", "notes/nb.ipynb", "top.bib", "notes/_part.qmd"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).touch()
    return tmp_path


def _move(root: Path, text: str, prefix: str = "de/") -> str:
    return move_page(text, Move(str(root), "notes/a.qmd", "de/notes/a.qmd"), prefix)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("bibliography: refs.bib", "bibliography: ../../notes/refs.bib"),
        ("bibliography: [refs.bib, '../top.bib']", "bibliography: [../../notes/refs.bib, '../../top.bib']"),
        ("bibliography:\n  - refs.bib\n  - /top.bib", "bibliography:\n  - ../../notes/refs.bib\n  - /top.bib"),
        ('csl: "refs.bib" # a comment', 'csl: "../../notes/refs.bib" # a comment'),
        ("title: refs.bibs and other files", "title: refs.bibs and other files"),
        ("description: |\n  refs.bib\n  in lines", "description: |\n  refs.bib\n  in lines"),
        ("image: https://host.example/refs.bib", "image: https://host.example/refs.bib"),
        ("aliases: [/old.html, older.html]", "aliases: [/de/old.html, older.html]"),
    ],
)
def test_files_named_in_front_matter_resolve_from_the_new_folder(before: str, after: str, root: Path) -> None:
    assert _move(root, f"---\n{before}\n---\n\nrefs.bib\n") == f"---\n{after}\n---\n\nrefs.bib\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{{< video clip.mp4 >}}", "{{< video ../../notes/clip.mp4 >}}"),
        ("{{< embed nb.ipynb#fig-a >}}", "{{< embed ../../notes/nb.ipynb#fig-a >}}"),
        ('{{<video "clip.mp4">}}', '{{<video "../../notes/clip.mp4">}}'),
        ("{{< include _part.qmd >}}", "{{< include _part.qmd >}}"),
        ("{{< include /notes/_part.qmd >}}", "{{< include /notes/_part.qmd >}}"),
        ("{{< meta title >}}", "{{< meta title >}}"),
        ("A clip.mp4 in prose", "A clip.mp4 in prose"),
    ],
)
def test_files_named_in_shortcodes_resolve_but_included_files_move_along(before: str, after: str, root: Path) -> None:
    assert _move(root, f"{before}\n") == f"{after}\n"


def test_invalid_front_matter_is_left_for_the_renderer(root: Path) -> None:
    text = "---\ntitle: [\n---\n\nText\n"
    assert _move(root, text) == text


def test_aliases_of_a_translation_get_no_prefix(root: Path) -> None:
    text = "---\naliases: [/alt.html]\n---\n"
    assert _move(root, text, prefix="") == text


def test_paths_in_folder_metadata_resolve_from_the_new_folder(root: Path) -> None:
    move = Move(str(root), "notes/_metadata.yml", "de/notes/_metadata.yml")
    assert move_metadata("bibliography: refs.bib\n", move) == "bibliography: ../../notes/refs.bib\n"
