"""Citations: a publication's row as reference managers and typesetters take it.

One item in between, CSL-JSON's (`csl`), from which BibTeX (`bibtex`) and RIS (`ris`) are made, so that they can't
say different things. Pure functions from rows to text; files are `homepage.exports`' matter.
"""

from homepage.citations.bibtex import format_bibtex
from homepage.citations.csl import format_csl, make_item
from homepage.citations.ris import format_ris
from homepage.citations.spreadsheet import format_csv

__all__ = ["format_bibtex", "format_csl", "format_csv", "format_ris", "make_item"]
