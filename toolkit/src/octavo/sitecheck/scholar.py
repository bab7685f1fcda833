"""Google Scholar: whether it would accept the PDF that a paper's page names as its full text.

By its guidelines (https://scholar.google.com/intl/en/scholar/inclusion.html), a PDF has at most 5 MB, and its first
page begins with the title and the authors.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections.abc import Iterator

from octavo.errors import Problem
from octavo.sitecheck.page import Page, parse_page
from octavo.sitecheck.site import Site

_LARGEST = 5_000_000
_PDF_TAG = "citation_pdf_url"
_TEXT = re.compile(r"[^\W_]+")


def check_scholar(site: Site) -> Iterator[Problem]:
    """PDFs that are too large, without text, or without their title and an author on the first page."""
    for path, reference, target in site.references:
        file = site.find_file(target) if reference.where == f'<meta "{_PDF_TAG}">' else None
        page = parse_page(path, (site.folder / path).read_bytes()) if file else None
        if file and isinstance(page, Page) and (fault := _find_fault(page, (site.folder / file).read_bytes())):
            message = f"Google Scholar wouldn't accept {file}: {fault}"
            yield Problem(path, reference.line, reference.column, message)


def _find_fault(page: Page, content: bytes) -> str | None:
    if len(content) > _LARGEST:
        return f"it has {len(content) / 1_000_000:.1f} MB (expected at most {_LARGEST // 1_000_000})"
    text = _fold(_read_first_page(content))
    if not text:
        return "its first page has no text (is it a scan?)"
    if _fold("".join(_read_tags(page, "citation_title"))) not in text:
        return "its first page doesn't have the title"
    families = [
        _fold(name.partition(",")[0].split()[-1]) for name in _read_tags(page, "citation_author") if name.strip()
    ]
    if families and not any(name in text for name in families):
        return "its first page names none of the authors"
    return None


def _read_tags(page: Page, name: str) -> list[str]:
    return [tag.attr("content") or "" for tag in page.select(f'meta[name="{name}"]')]


def _read_first_page(content: bytes) -> str:
    """Its text; empty if there is none or it can't be read, which the media check reports."""
    from pypdf import PdfReader  # only where a page names a PDF

    # It logs oddities of files that it can read.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return PdfReader(io.BytesIO(content)).pages[0].extract_text()
    except Exception:
        return ""


def _fold(text: str) -> str:
    """Only the letters and digits: PDFs break and join words, and have their own ligatures and accents."""
    bare = unicodedata.normalize("NFKD", text.casefold()).replace("ß", "ss")
    return "".join(_TEXT.findall("".join(letter for letter in bare if not unicodedata.combining(letter))))
