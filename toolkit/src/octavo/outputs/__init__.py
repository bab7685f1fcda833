"""Outputs: the files that machines read, from the same rows as the pages.

`write_exports(site, root)` completes a rendered site; the post-render hook calls it, and when all pages are
there, `write_markdown_copies`.
"""

from octavo.outputs.markdown_copies import write_markdown_copies
from octavo.outputs.writing import write_exports

__all__ = ["write_exports", "write_markdown_copies"]
