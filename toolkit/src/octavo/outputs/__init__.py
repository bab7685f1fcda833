"""Outputs: the files that machines read, from the same rows as the pages.

`write_exports(site, root)` completes a rendered site; the post-render hook calls it.
"""

from octavo.outputs.writing import write_exports

__all__ = ["write_exports"]
