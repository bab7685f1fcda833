"""Prepared tables: read before workers start."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.tables import write_tables

SETTINGS = "website: {title: Emmy Noether, site-url: https://noether.example}\n"
NEWS = "- {date: 2025, text: First.}\n"


def run_prepared(project: Path, code: str = "") -> str:
    """Run code in a process that has prepared the project's tables; returns what it prints."""
    (project / "_quarto.yml").write_text(SETTINGS, encoding="utf-8")
    script = f"import octavo.tables.prepared\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=project, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout + done.stderr


def test_workers_do_not_read_the_tables_again(tmp_path: Path) -> None:
    write_tables(tmp_path, news=NEWS)
    code = (
        "from octavo.tables import load_table, table_files\n"
        "table_files._read_content = None\nprint(*load_table('news').text)"
    )
    assert run_prepared(tmp_path, code) == "First.\n"


def test_a_table_changed_since_then_is_read_again(tmp_path: Path) -> None:
    write_tables(tmp_path, news=NEWS)
    code = (
        "from pathlib import Path\nfrom octavo.tables import load_table\n"
        "Path('data/news.yml').write_text('- {date: 2026, text: Second.}')\nprint(*load_table('news').text)"
    )
    assert run_prepared(tmp_path, code) == "Second.\n"


@pytest.mark.parametrize("news", ["- {date: yesterday}\n", "{"])
def test_the_hook_and_the_pages_report_mistakes(tmp_path: Path, news: str) -> None:
    write_tables(tmp_path, news=news)
    assert run_prepared(tmp_path) == ""


def test_preparing_a_project_without_tables_works(tmp_path: Path) -> None:
    assert run_prepared(tmp_path) == ""
