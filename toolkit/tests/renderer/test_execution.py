"""Execution: the outputs of every page arrive, and only a cell that takes too long is ended."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import pytest

from octavo.errors import PageError
from octavo.renderer.cells import Cell
from octavo.renderer.execution import Job, run_jobs


def make_job(root: Path, page: str, *sources: str) -> Job:
    cells = [Cell(source, page, 10 * number) for number, source in enumerate(sources, 1)]
    return Job(page, cells, [False] * len(cells), root, {})


def test_a_page_without_cells_does_not_wait_for_other_pages(tmp_path: Path) -> None:
    jobs = [make_job(tmp_path, "slow", "import time; time.sleep(0.5)"), make_job(tmp_path, "plain")]
    with closing(run_jobs(jobs, 60)) as finished:
        assert [(job.page, len(take_outputs())) for job, take_outputs in finished] == [("plain", 0), ("slow", 1)]


def test_all_pages_arrive_if_there_are_more_than_run_at_once(tmp_path: Path) -> None:
    jobs = [make_job(tmp_path, str(number), f"print({number})", "1 + 1") for number in range(20)]
    with closing(run_jobs(jobs, 60)) as finished:
        texts = {job.page: take_outputs()[0][0]["text"] for job, take_outputs in finished}
    assert texts == {str(number): f"{number}\n" for number in range(20)}


def test_a_cell_that_ends_in_time_succeeds_even_if_its_result_is_read_late(tmp_path: Path) -> None:
    jobs = [make_job(tmp_path, "fast", "1 + 1"), make_job(tmp_path, "late", "import time; time.sleep(1)")]
    with closing(run_jobs(jobs, 6)) as finished:
        next(finished)
        time.sleep(7)  # as if Pandoc converted a long page
        assert next(finished)[0].page == "late"


def test_the_time_limit_is_per_cell_not_per_page(tmp_path: Path) -> None:
    sources = ["import time; time.sleep(2)"] * 3
    with closing(run_jobs([make_job(tmp_path, "page", *sources)], 5)) as finished:
        assert len(next(finished)[1]()) == 3
    sources[1] = "while True: pass"
    with (
        closing(run_jobs([make_job(tmp_path, "page", *sources)], 5)) as finished,
        pytest.raises(PageError, match=r"^page:20: cell 2 took longer than 5 s"),
    ):
        next(finished)[1]()


def test_a_missing_file_that_is_beside_the_page_is_named_by_its_path_from_the_project(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/data.csv").touch()
    hint = "cells run in the project's folder, so write 'posts/data.csv'$"
    for name, expected in {"data.csv": hint, "other.csv": "other.csv'$"}.items():
        with (
            closing(run_jobs([make_job(tmp_path, "posts/page.qmd", f"open({name!r})")], 60)) as finished,
            pytest.raises(PageError, match=f"(?m)^posts/page.qmd:10: cell 1 failed: .*{expected}"),
        ):
            next(finished)[1]()


def test_a_missing_package_is_reported_with_the_file_to_name_it_in(tmp_path: Path) -> None:
    with (
        closing(run_jobs([make_job(tmp_path, "page", "import no_such_package")], 60)) as finished,
        pytest.raises(PageError, match="'no_such_package'; name the package that has it in requirements-pages"),
    ):
        next(finished)[1]()
