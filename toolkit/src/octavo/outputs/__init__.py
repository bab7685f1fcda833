"""Outputs: the files that machines read, from the same rows as the pages.

`write_exports(site, root)` completes a rendered site; the post-render hook calls it. The other functions turn rows
into text: CSL-JSON's item stands in between, and BibTeX and RIS are made from it, so that they can't disagree.
"""

from octavo.outputs.bibtex import format_bibtex
from octavo.outputs.csl import format_csl, make_item
from octavo.outputs.ris import format_ris
from octavo.outputs.spreadsheet import format_csv
from octavo.outputs.writing import write_exports

__all__ = ["format_bibtex", "format_csl", "format_csv", "format_ris", "make_item", "write_exports"]
