"""Citations: a publication's row as reference managers and typesetters take it.

One item in between, CSL-JSON's (`csl`), from which BibTeX (`bibtex`) and RIS (`ris`) are made, so that they can't
say different things. Pure functions from rows to text; files are `octavo.outputs`' matter.
"""

from octavo.outputs.bibtex import format_bibtex
from octavo.outputs.csl import format_csl, make_item
from octavo.outputs.ris import format_ris
from octavo.outputs.spreadsheet import format_csv

__all__ = ["format_bibtex", "format_csl", "format_csv", "format_ris", "make_item"]
