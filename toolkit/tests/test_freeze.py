"""Stored results of cells never outlive their inputs."""

from pathlib import Path

import pytest

from octavo import freeze
from octavo.freeze import STORES, clear_freeze, stamp_freeze
from octavo.tables.data_folder import NAMES


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that was rendered once with a package beside it, with both stores filled."""
    monkeypatch.setattr(freeze, "PACKAGE", tmp_path / "octavo")
    for file in ("data/news.yml", "octavo/listings/news.py", "octavo/tables/rows.py"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("as it was")
    render(tmp_path)
    return tmp_path


def render(root: Path) -> None:
    clear_freeze(root)
    for store in STORES:
        (root / store / "news").mkdir(parents=True, exist_ok=True)
        (root / store / "news" / "html.json").write_text("{}")
    stamp_freeze(root)


def list_results(root: Path) -> list[str]:
    return [store for store in STORES if (root / store / "news" / "html.json").is_file()]


def test_without_changes_the_results_stay(project: Path) -> None:
    clear_freeze(project)
    assert list_results(project) == list(STORES)


@pytest.mark.parametrize("file", ["data/news.yml", "data/talks.yml", "octavo/listings/news.py", "octavo/new.py"])
def test_a_changed_table_or_module_removes_the_results(project: Path, file: str) -> None:
    (project / file).write_text("edited")
    clear_freeze(project)
    assert list_results(project) == []
    render(project)
    clear_freeze(project)
    assert list_results(project) == list(STORES)


def test_a_table_that_was_renamed_counts_as_changed(project: Path) -> None:
    (project / "data/news.yml").rename(project / "data/talks.yml")
    clear_freeze(project)
    assert list_results(project) == []


def test_a_store_from_another_machine_is_judged_by_its_own_stamp(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    clone = tmp_path_factory.mktemp("clone")
    for name in ("data", "_freeze"):
        (project / name).rename(clone / name)
    clear_freeze(clone)
    assert list_results(clone) == ["_freeze"]


def test_results_of_a_render_with_an_edit_during_it_are_not_current(project: Path) -> None:
    clear_freeze(project)
    (project / "data/news.yml").write_text("edited meanwhile")
    stamp_freeze(project)
    clear_freeze(project)
    assert list_results(project) == []


def test_no_stores_are_created(tmp_path: Path) -> None:
    clear_freeze(tmp_path)
    stamp_freeze(tmp_path)
    assert [store for store in STORES if (tmp_path / store).exists()] == []


def test_the_preview_watches_every_table() -> None:
    watched = (Path(__file__).parents[2] / "_quarto.yml").read_text()
    expected = [f"data/{name}.yml" for name in NAMES]
    assert len(expected) > 10
    missing = [name for name in expected if name not in watched]
    assert not missing, f"put {', '.join(missing)} under `watch:` in _quarto.yml"


def test_a_changed_picture_removes_the_results(project: Path) -> None:
    clear_freeze(project, ["0123"])
    assert list_results(project) == []
