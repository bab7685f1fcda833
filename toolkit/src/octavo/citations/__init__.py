"""Citations: publications in the formats of reference managers and typesetters.

BibTeX, biblatex, and RIS are all made from the CSL-JSON item (`csl`), so that they can't disagree. Pure
functions from rows to text.
"""

from octavo.citations.biblatex import format_biblatex
from octavo.citations.bibtex import format_bibtex
from octavo.citations.csl import format_csl, make_item
from octavo.citations.losses import list_losses
from octavo.citations.ris import format_ris
from octavo.citations.spreadsheet import format_csv

__all__ = ["format_biblatex", "format_bibtex", "format_csl", "format_csv", "format_ris", "list_losses", "make_item"]
