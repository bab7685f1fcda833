"""Add the pages and files that are made from the tables: Quarto's post-render hook."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from octavo.cli.commands import reports_errors
from octavo.console import say
from octavo.documents import write_documents
from octavo.drawings import draw_all
from octavo.errors import name_disk_faults
from octavo.freeze import stamp_freeze
from octavo.language.current import in_project_language
from octavo.outputs import write_exports, write_markdown_copies
from octavo.pictures.embedding import embed_pictures
from octavo.policy import write_headers
from octavo.posts import Blog, fit_pictures, remove_foreign_lists, spell_heads, write_blog
from octavo.renderer.leaks import clean_pages, remove_leaks
from octavo.renderer.made_pages import lay_out_pages
from octavo.renderer.site_files import replace_redirects
from octavo.renderer.unread_formulas import convert_unread_formulas
from octavo.search import write_search
from octavo.site import list_versions, load_site
from octavo.theme import write_theme
from octavo.trees.links import link_trees

# Most visits begin with this page.
HOME = "index.html"


@reports_errors()
@in_project_language
def main(_: Sequence[str] = ()) -> int:
    """Complete the site in `QUARTO_PROJECT_OUTPUT_DIR`; the project is the current folder, as for any hook."""
    root, site = Path.cwd(), Path(os.environ.get("QUARTO_PROJECT_OUTPUT_DIR") or "_site")
    with name_disk_faults():
        remove_foreign_lists(root, site)
        remove_leaks(root, site)
        clean_pages(site)
        warnings = list(convert_unread_formulas(root, site))
        draw_all(root, site)
        replace_redirects(site)
        spell_heads(root, site)
        lay_out, variants = partial(lay_out_pages, root, site), fit_pictures(root, site)
        for settings in list_versions(root):
            blog = Blog(root, site, settings)
            write_exports(site, root, lay_out, blog.entries)
            write_blog(blog, lay_out)
            write_search(site, root, lay_out)
            variants += blog.list_variants()
        notes = write_documents(site, root, variants)
        link_trees(site, root)
        write_theme(site, root)
        write_markdown_copies(site, root, load_site(root))
        for settings in list_versions(root):
            if (home := site / settings.place(HOME)).is_file():
                embed_pictures(home)
        write_headers(site, root)
        stamp_freeze(root)
    for note in (*warnings, *notes):
        say(note)
    return 0
