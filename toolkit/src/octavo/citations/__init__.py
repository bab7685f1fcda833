"""Citations: a publication as reference managers and typesetters take it.

CSL-JSON's item stands in between (`csl`): BibTeX (`bibtex`) and RIS (`ris`) are made from it, so that they can't
disagree. Pure functions from rows to text.
"""

from octavo.citations.bibtex import format_bibtex
from octavo.citations.csl import format_csl, make_item
from octavo.citations.ris import format_ris
from octavo.citations.spreadsheet import format_csv

__all__ = ["format_bibtex", "format_csl", "format_csv", "format_ris", "make_item"]
