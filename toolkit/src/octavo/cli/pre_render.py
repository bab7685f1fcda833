"""Check tables and files, discard outdated frozen results, and make the documents: Quarto's pre-render hook."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from octavo.build_notes import note_head, note_last_change
from octavo.cli.commands import reports_errors
from octavo.console import say
from octavo.documents import draw_ahead
from octavo.errors import describe_problems, has_errors, name_disk_faults
from octavo.freeze import clear_freeze
from octavo.language.checking import check_words
from octavo.language.current import in_project_language
from octavo.language.words import describe_words
from octavo.listings.posts import has_posts
from octavo.policy import check_policy
from octavo.posts import find_post_problems
from octavo.published import load_published
from octavo.renderer.missing_files import find_missing_files
from octavo.renderer.odd_files import find_odd_files
from octavo.renderer.private_files import find_private_files
from octavo.renderer.subset import find_undrawn
from octavo.tables.data_folder import read_data_folder
from octavo.tables.rows import check_tables
from octavo.theme import check_theme
from octavo.trees.sources import list_pages, name_sources, write_trees


@reports_errors()
@in_project_language
def main(_: Sequence[str] = ()) -> int:
    """Print the problems of tables and files; exit status 1, and nothing is rendered, if one is an error."""
    root = Path.cwd()
    pages = [os.path.relpath(page, root) for page in os.environ.get("QUARTO_PROJECT_INPUT_FILES", "").splitlines()]
    problems = find_odd_files(Path())
    if not problems:  # otherwise reading them might never end
        problems += write_trees(root)
        pages = list_pages(root) or pages
        problems += [*check_tables(root / "data"), *load_published(root).list_problems(), *check_theme(root)]
        problems += check_policy(root)
        problems += check_words(root, pages)
        problems += find_private_files(root, pages)
        problems += find_missing_files(root, pages)
        problems += find_undrawn(root, pages)
        problems += find_post_problems(root)
    problems = name_sources(problems, root)
    if problems:
        say(describe_problems(problems), file=sys.stderr)
    if has_errors(problems):
        return 1
    with name_disk_faults():
        note_last_change(root)
        note_head(root)
        pictures = read_data_folder(root / "data").pictures.found.values()
        clear_freeze(root, [*(picture.digest for picture in pictures), str(has_posts(root)), describe_words(root)])
        # The embedded renderer loads pandas at the same time.
        draw_ahead(root, pages)
    return 0
