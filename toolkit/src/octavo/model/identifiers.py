"""Identifiers of works and people: DOI, arXiv identifier, and ORCID iD.

For each, `check_*` is for tables, which hold the bare identifier; `normalize_*` is for imports, which get it in any
form; `make_*_address` returns the address of its page.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from octavo.errors import quote_value

DOI_ADDRESS = "https://doi.org/"
ARXIV_ADDRESS = "https://arxiv.org/abs/"
ORCID_ADDRESS = "https://orcid.org/"
ORCID_PATTERN = "[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]"

# DOI Handbook, section 2.2. A dot or comma at the end is that of the sentence from which it was copied.
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S*[^\s.,;]")
_DOI_PREFIX = re.compile(
    r"(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/|doi\.acm\.org/)\s*|doi(?:\s*:\s*|\s+|(?=10\.))", re.IGNORECASE
)
# https://info.arxiv.org/help/arxiv_identifier.html: YYMM.NNNN(N) since 2007, archive/YYMMNNN before; versions v1, v2
_ARXIV = re.compile(
    r"(?P<id>[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3})"
    r"(?:v[1-9][0-9]*)?"
)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_ARXIV_PAGE = re.compile(r"arxiv\.org/(?:abs|pdf|html|format)/([^\s?#}]+)", re.IGNORECASE)
_ARXIV_MENTION = re.compile(r"arxiv:\s*([^\s,;\[\]()}]+)", re.IGNORECASE)
_ORCID = re.compile(rf"(?:https?://(?:www\.)?orcid\.org/)?({ORCID_PATTERN})/?", re.IGNORECASE)
_SEARCHED = 200  # searching text for an identifier takes quadratic time


def check_doi(text: str) -> str:
    """Return the DOI unchanged.

    Raises:
        ValueError: if the text is anything but a bare DOI.
    """
    return _check(text, _DOI, "a DOI", "10.1145/3576915.3616582")


def check_arxiv(text: str) -> str:
    """Return the arXiv identifier unchanged, version included.

    Raises:
        ValueError: if the text is anything but a bare arXiv identifier.
    """
    return _check(text, _ARXIV, "an arXiv identifier", "2411.08982, 2411.08982v2 or math/0211159")


def check_orcid(text: str) -> str:
    """Return the ORCID iD unchanged.

    Raises:
        ValueError: if the text is anything but a bare ORCID iD, or its check digit is wrong.
    """
    if not re.fullmatch(ORCID_PATTERN, text):
        raise ValueError(f"{quote_value(text)} is not an ORCID iD (expected the form 0000-0002-1825-0097)")
    digit = _compute_check_digit(text)
    if text[-1] != digit:
        raise ValueError(f"{quote_value(text)} is not an ORCID iD: a digit is wrong (expected {digit} as the last one)")
    return text


def normalize_doi(text: str) -> str:
    """The bare DOI, with its case unchanged, from a DOI, `doi:…`, or a doi.org address; empty if there is none."""
    written = text.strip()
    prefix = _DOI_PREFIX.match(written)
    bare = written[prefix.end() :] if prefix else written
    if prefix and "%" in bare:
        bare = unquote(bare)
    match = _DOI.fullmatch(bare.rstrip(".,; "))
    return match[0] if match else ""


def find_doi(text: str) -> str:
    """The first DOI in a longer text, such as a publisher's address or a list; empty if there is none."""
    match = _DOI.search(unquote(text[:_SEARCHED]))
    return match[0].rstrip(".,;") if match else ""


def fold_doi(text: str) -> str:
    """A DOI for comparisons: case doesn't matter (DOI Handbook, section 2.4)."""
    return normalize_doi(text).lower()


def normalize_arxiv(text: str) -> str:
    """The arXiv identifier without its version, from one, `arXiv:…`, an arxiv.org address, or a DOI; empty if none."""
    bare = text.strip()
    for pattern in (_ARXIV_PAGE, _ARXIV_MENTION):
        if found := pattern.search(bare):
            bare = found[1]
    if found := _ARXIV_DOI.fullmatch(normalize_doi(bare)):
        bare = found[1]
    match = _ARXIV.fullmatch(bare.removesuffix(".pdf").rstrip("."))
    return match["id"] if match else ""


def find_arxiv(*texts: str) -> str:
    """The first arXiv identifier in text as an address, a DOI, or `arXiv:…`; empty if there is none."""
    for text in texts:
        named = _ARXIV_PAGE.search(text) or _ARXIV_MENTION.search(text) or _ARXIV_DOI.search(text)
        if named and (found := normalize_arxiv(named[0])):
            return found
    return ""


def normalize_orcid(text: str) -> str:
    """The bare ORCID iD from one or its address; empty if there is none, or its check digit is wrong."""
    match = _ORCID.fullmatch(text.strip())
    orcid = match[1].upper() if match else ""
    return orcid if orcid and orcid[-1] == _compute_check_digit(orcid) else ""


def make_doi_address(doi: str) -> str:
    """The address that resolves a DOI, percent-encoded by the DOI Handbook's rules (2.5.2.4)."""
    return DOI_ADDRESS + quote(doi, safe="/:;().,_-+~!*'$=@")


def make_arxiv_address(arxiv: str) -> str:
    """The abstract page of an arXiv identifier."""
    return ARXIV_ADDRESS + arxiv


def make_arxiv_doi(arxiv: str) -> str:
    """The DOI that arXiv registers for each of its preprints (https://info.arxiv.org/help/doi.html)."""
    return f"10.48550/arXiv.{arxiv}"


def make_orcid_address(orcid: str) -> str:
    """The public record of an ORCID iD."""
    return ORCID_ADDRESS + orcid


def _check(text: str, pattern: re.Pattern[str], name: str, form: str) -> str:
    if pattern.fullmatch(text):
        return text
    found = pattern.search(text[:_SEARCHED])
    hint = f"{found[0]!r} alone" if found else f"the form {form}"
    raise ValueError(f"{quote_value(text)} is not {name} (expected {hint})")


def _compute_check_digit(orcid: str) -> str:
    """ISO 7064 MOD 11-2, as in ORCID's "Structure of the ORCID Identifier"."""
    total = 0
    for digit in orcid.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return "X" if check == 10 else str(check)
