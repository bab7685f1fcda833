"""The people in a BibTeX `author` field, LaTeX decoded."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from octavo.importing.latex import decode_latex
from octavo.importing.record import clean_line
from octavo.markdown import plain_title, write_inline
from octavo.model.authors import Author, parse_name, split_outside_braces

_AND = re.compile(r"(?:^| )and(?= |$)", re.IGNORECASE)
_CUT = re.compile(r"(?:^|,?\s+)(?:others|et[\s~]*al\.?)$", re.IGNORECASE)
_TIE = re.compile(r"(?<!\\)~")
_COMMA = re.compile(",")
# biblatex's extended format (its manual, section 3.5): `family=Gogh, given=Vincent, prefix=van, useprefix=true`
_LABELED = re.compile(r"\s*((?:family|given|prefix|suffix)(?:-i)?|useprefix)\s*=\s*(.*)", re.DOTALL)
_PARTS = ("literal", "given", "family", "particle", "suffix")


def parse_names(text: str) -> tuple[tuple[Author, ...], bool]:
    """The authors, and whether the list is cut short ("and others").

    Raises:
        ValueError: if a name can't be read, with that name.
    """
    names = [name.strip() for name in split_outside_braces(" ".join(text.split()), _AND)]
    cut = _CUT.search(names[-1])
    if cut:
        names[-1:] = [names[-1][: cut.start()]] if cut.start() else []
    return tuple(map(decode_name, names)), cut is not None


@lru_cache(maxsize=65536)
def decode_name(name: str) -> Author:
    """One name, LaTeX decoded.

    Raises:
        ValueError: if it can't be read as one name.
    """
    if not name:
        raise ValueError("a name is missing before or after an 'and'")
    name = html.unescape(_TIE.sub(" ", name))  # some publishers' sites export `Garc&iacute;a`
    author = _read_labels(name) or parse_name(name)
    literal, given, family, particle, suffix = (_decode(getattr(author, part)) for part in _PARTS)
    if not (literal or family):
        raise ValueError(f"the name {name!r} has no letters in it")
    return Author(given, family, particle, suffix, literal)


def _decode(text: str) -> str:
    return plain_title(write_inline(clean_line(decode_latex(text))))


def _read_labels(name: str) -> Author | None:
    found = [_LABELED.fullmatch(part) for part in split_outside_braces(name, _COMMA)]
    labels = {match[1]: match[2].strip() for match in found if match}
    if len(labels) < len(found) or "family" not in labels:
        return None
    return Author(labels.get("given", ""), labels["family"], labels.get("prefix", ""), labels.get("suffix", ""))
