"""HAL: the deposits of a person, or one, as BibTeX (https://api.archives-ouvertes.fr/docs/search)."""

from __future__ import annotations

import re

from octavo.importing.answers import MOST_WORKS
from octavo.importing.sources.service import Found, Service, ask_bibtex


def fetch(service: Service, identifier: str) -> Found:
    """The records of a person, by their idHAL, or the deposit with this number."""
    field = "halId_s" if re.fullmatch(r"[a-z]+-[0-9]{6,}", identifier) else "authIdHal_s"
    query = {"q": f"{field}:{identifier}", "wt": "bibtex", "rows": MOST_WORKS, "sort": "docid asc"}
    return ask_bibtex(service, identifier, "/search/", query)
