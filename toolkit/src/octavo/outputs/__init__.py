"""Exports: what machines read of the site, from the same rows as its pages.

`write_exports(site, root)` completes a rendered site; the render's last hook calls it.
"""

from octavo.outputs.writing import write_exports

__all__ = ["write_exports"]
