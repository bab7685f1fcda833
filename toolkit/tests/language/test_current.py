"""The current language: of a page's cells, and of code that writes several languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.language.current import current_language, in_project_language, written_in


def _be_in(page: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page.parent.mkdir(exist_ok=True)
    page.write_text(text, encoding="utf-8")
    monkeypatch.setenv("QUARTO_DOCUMENT_FILE", page.name)
    monkeypatch.setenv("QUARTO_DOCUMENT_PATH", str(page.parent))


def test_the_default_is_english(project: Path) -> None:
    assert current_language() == "en"


def test_the_project_can_set_it(project: Path) -> None:
    (project / "_quarto.yml").write_text("lang: de\n", encoding="utf-8")
    assert current_language() == "de"


def test_a_page_can_set_its_own(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "_quarto.yml").write_text("lang: de\n", encoding="utf-8")
    _be_in(project / "talks" / "lyon.qmd", "---\ntitle: Lyon\nlang: fr\n---\n\nBonjour.\n", monkeypatch)
    assert current_language() == "fr"


def test_a_page_without_a_language_has_that_of_the_project(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "_quarto.yml").write_text("lang: de\n", encoding="utf-8")
    _be_in(project / "index.qmd", "No front matter.\n", monkeypatch)
    assert current_language() == "de"


def test_a_stated_language_overrides_the_page_until_its_block_ends(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _be_in(project / "index.qmd", "---\nlang: fr\n---\n", monkeypatch)
    with written_in("ar"):
        assert current_language() == "ar"
    assert current_language() == "fr"


def test_a_notebook_can_set_its_own_in_its_first_cell(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _be_in(
        project / "fit.ipynb",
        '{"cells": [{"cell_type": "raw", "source": ["---\\n", "lang: fr\\n", "---"]}]}',
        monkeypatch,
    )
    assert current_language() == "fr"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": []}', '{"cells": [{"source": ["text"]}]}'])
def test_a_notebook_without_a_language_has_that_of_the_project(
    project: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "_quarto.yml").write_text("lang: de\n", encoding="utf-8")
    _be_in(project / "fit.ipynb", text, monkeypatch)
    assert current_language() == "de"


def test_a_hook_has_the_language_of_the_project_whichever_page_ran_last(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "_quarto.yml").write_text("lang: de\n", encoding="utf-8")
    _be_in(project / "ar" / "index.qmd", "---\nlang: ar\n---\n", monkeypatch)
    assert current_language() == "ar"
    assert in_project_language(current_language)() == "de"
