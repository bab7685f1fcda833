r"""BibTeX: CSL items as entries that BibTeX, BibLaTeX and reference managers read.

The key is the row's id: it is also the paper's address, doesn't change when a title, a year or an author is
corrected (as `noether1921idealtheorie` would, and break every manuscript that cites it), and the check of the tables
makes it unique. The status of unpublished work is its `note`. A field that the row lacks is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote

from octavo.citations import csl
from octavo.citations.csl import Item, get_marked
from octavo.citations.latex import escape_ascii, escape_text, find_capitals
from octavo.inline_parser import FORMULA
from octavo.markdown import parse_inline, read_token
from octavo.model.identifiers import ARXIV_ADDRESS, DOI_ADDRESS
from octavo.model.words import capitalize

Types = Mapping[str, tuple[str, str, str]]
"""By CSL type: the entry's type, and the fields of its container and its publisher."""
TYPES: Types = {
    "article-journal": ("article", "journal", "publisher"),
    "article-magazine": ("article", "journal", "publisher"),
    "article-newspaper": ("article", "journal", "publisher"),
    "review": ("article", "journal", "publisher"),
    "review-book": ("article", "journal", "publisher"),
    "paper-conference": ("inproceedings", "booktitle", "publisher"),
    "chapter": ("incollection", "booktitle", "publisher"),
    "entry-encyclopedia": ("incollection", "booktitle", "publisher"),
    "entry-dictionary": ("incollection", "booktitle", "publisher"),
    "book": ("book", "maintitle", "publisher"),
    "collection": ("book", "maintitle", "publisher"),
    "thesis": ("phdthesis", "booktitle", "school"),
    "report": ("techreport", "booktitle", "institution"),
    "manuscript": ("unpublished", "howpublished", "publisher"),
}
SAME_NAMES: Mapping[str, str] = MappingProxyType({})
# For all other types.
OTHER = ("misc", "howpublished", "publisher")
# Variables whose field depends on the entry, or that aren't plain text.
_PLACED = frozenset({
    "title", "container-title", "volume-title", "volume", "issue", "number", "page", "publisher", "status", "note",
    "abstract", "DOI", "archive_location",
})  # fmt: skip
# The other text variables, with the field names that the table's class declares.
PLAIN = {field.export.bibtex: name for name, field in csl.TEXTS.items() if field.export.bibtex and name not in _PLACED}
# The type of a thesis without a degree; `phdthesis` alone would imply one.
ANY_THESIS = "Thesis"
_MASTERS = re.compile(r"\bmaster|\bm\.?\s?sc\b|\bdiplom", re.IGNORECASE)
# An entry of three thousand authors is as long as a paper; `and others` is BibTeX's own word for the rest.
MOST_AUTHORS = 50
FIRST_AUTHORS = 10
_OTHERS: Item = {"family": "others"}
# Emphasis, by the parser's tokens.
_COMMANDS = {"em_open": r"\emph{", "em_close": "}", "strong_open": r"\textbf{", "strong_close": "}"}
# BibLaTeX and url.sty read these verbatim, not as LaTeX.
_ADDRESS = re.compile(r"https?://[^\s{}\\]+")
_ADDRESS_LETTERS = "!\"#$%&'()*+,/:;<=>?@[]^`|~"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def format_bibtex(items: Iterable[Item], *, ascii_only: bool = False) -> str:
    r"""The items' entries in order, separated by empty lines.

    With `ascii_only`, letters beyond ASCII become LaTeX commands (`{\"o}`) if LaTeX has them.
    """
    return join_entries(map(format_entry, items), ascii_only=ascii_only)


def join_entries(entries: Iterable[str], *, ascii_only: bool) -> str:
    """The text of a file of these entries."""
    text = "\n".join(entries)
    return escape_ascii(text) if ascii_only else text


class Entry(NamedTuple):
    """One BibTeX entry, one field per line, ending in a line break."""

    whole: str
    """The entry for files."""
    shown: str
    """The entry for pages: without the abstract, which they show anyway, and with at most `MOST_AUTHORS`."""


def make_entry(item: Item) -> Entry:
    """The BibTeX entry of a CSL item."""
    kind, fields = _find_type(item), make_fields(item)
    whole = write_entry(kind, item["id"], fields)
    fields.pop("abstract", None)
    authors = item.get("author", [])
    if len(authors) > MOST_AUTHORS:
        fields["author"] = brace(_join_names([*authors[:FIRST_AUTHORS], _OTHERS]))
    return Entry(whole, write_entry(kind, item["id"], fields))


def write_entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """An entry's text, one field per line."""
    lines = "".join(f"  {name} = {value},\n" for name, value in fields.items())
    return f"@{kind}{{{key},\n{lines}}}\n"


def format_entry(item: Item) -> str:
    """The BibTeX entry of a CSL item, for files."""
    return make_entry(item).whole


def make_fields(item: Item, types: Types = TYPES, names: Mapping[str, str] = SAME_NAMES) -> dict[str, str]:
    """The entry's fields, each value with its braces, or a month's name without.

    Args:
        item: The CSL item.
        types: The format's names for CSL's types, and for the two fields that depend on them.
        names: Its names of fields that differ from BibTeX's.
    """
    fields = {names.get(name, name): value for name, value in _iterate_fields(item, types) if value}
    for name, text in csl.get_extra(item).items():
        if name.islower() and not (name in csl.EXTRA_TEXTS and "-" in name):  # not one of RIS or CSL
            fields.setdefault(name, brace(text if _ADDRESS.fullmatch(text) else escape_text(text)))
    return fields


def names_issue(kind: str, *, has_volume: bool, has_series: bool) -> bool:
    """Whether an entry's `number` is an issue of a journal; otherwise it is the work's own, or that in its series."""
    in_proceedings = kind in ("inproceedings", "conference", "incollection", "periodical")
    return kind in ("article", "review", "suppperiodical") or (in_proceedings and has_volume and not has_series)


def _find_type(item: Item) -> str:
    kind = TYPES.get(item["type"], OTHER)[0]
    return "mastersthesis" if kind == "phdthesis" and _MASTERS.search(item.get("genre", "")) else kind


def _iterate_fields(item: Item, types: Types) -> Iterator[tuple[str, str]]:
    kind, container, publisher = types.get(item["type"], OTHER)
    yield "title", brace(_write_title(item))
    for key, field in csl.PEOPLE.items():
        yield field.export.bibtex, brace(_join_names(item.get(key, [])))
    yield ("maintitle" if "volume-title" in item else container), _text(item, "container-title")
    yield "booktitle", _text(item, "volume-title")
    yield "volume", _text(item, "volume")
    is_issue = names_issue(kind, has_volume="volume" in item, has_series="collection-title" in item)
    yield ("number" if is_issue else "issue"), _text(item, "issue")
    yield ("eid" if is_issue else "number"), brace(escape_text(csl.get_number(item)))
    yield "pages", _text(item, "page").replace("–", "--")
    yield publisher, _text(item, "publisher")
    for name, key in PLAIN.items():
        yield name, _text(item, key)
    yield "type", brace(ANY_THESIS) if kind == "phdthesis" and "genre" not in item else ""
    yield from _iterate_date(item)
    yield "eventdate", brace("/".join(map(_join_date, item.get("event-date", {}).get("date-parts", []))))
    yield from _iterate_identifiers(item)
    status = item.get("status", "")
    yield "note", brace(escape_text(capitalize(status)))
    yield "addendum", _inline(item, "note")
    yield "abstract", _inline(item, "abstract")
    yield "keywords", _text(item, "keyword")


def _iterate_date(item: Item) -> Iterator[tuple[str, str]]:
    ends = item.get("issued", {}).get("date-parts", [])
    if ends:
        yield "year", brace(str(ends[-1][0]))
    if len(ends) == 1 and len(ends[0]) > 1:
        yield "month", _MONTHS[ends[0][1] - 1]


def _join_date(parts: Sequence[int]) -> str:
    return "-".join(f"{part:02}" for part in parts)


def _iterate_identifiers(item: Item) -> Iterator[tuple[str, str]]:
    """DOI, arXiv id, and address, not escaped for LaTeX: BibLaTeX and url.sty read them verbatim."""
    doi, eprint, address = item.get("DOI", ""), item.get("archive_location", ""), item.get("URL", "")
    plain = doi.isascii() and not set(doi) & set("{}\\")
    yield "doi", brace(doi) if plain else ""
    yield "eprint", brace(eprint)
    yield "archiveprefix", brace("arXiv" if eprint else "")
    derived = address.startswith((DOI_ADDRESS, ARXIV_ADDRESS))
    if not (derived and plain and (doi or eprint)):
        yield "url", brace(quote(address, safe=_ADDRESS_LETTERS))


def escape_title(title: str) -> str:
    """The plain title as LaTeX, with braces around capitals that must be kept."""
    return _escape_spans(title, find_capitals(title))


def _write_title(item: Item) -> str:
    title, marked = item.get("title", ""), get_marked(item, "title")
    return "".join(_iterate_latex(marked, find_capitals(title))) if marked else escape_title(title)


def _inline(item: Item, key: str) -> str:
    marked = get_marked(item, key)
    return brace("".join(_iterate_latex(marked))) if marked else _text(item, key)


def _iterate_latex(text: str, kept: Sequence[tuple[int, int]] = ()) -> Iterator[str]:
    """Inline Markdown as LaTeX in pieces, with braces around the `kept` spans of its plain form."""
    position = 0
    for token in parse_inline(text, curled=False):
        if token.type in _COMMANDS:
            yield _COMMANDS[token.type]
            continue
        plain = read_token(token)
        if token.type == FORMULA:
            yield brace(f"${_balance(token.content)}$")
        else:
            spans = [(max(start - position, 0), min(stop - position, len(plain))) for start, stop in kept]
            latex = _escape_spans(plain, [span for span in spans if span[0] < span[1]])
            yield f"\\texttt{{{latex}}}" if token.type == "code_inline" else latex
        position += len(plain)


def _escape_spans(text: str, kept: Sequence[tuple[int, int]]) -> str:
    parts, end = [], 0
    for start, stop in kept:
        parts += [escape_text(text[end:start]), brace(escape_text(text[start:stop]))]
        end = stop
    return "".join([*parts, escape_text(text[end:])])


def _balance(formula: str) -> str:
    r"""The formula with `\{` by name: BibTeX counts braces without looking at backslashes."""
    return formula.replace("\\{", "\\lbrace ").replace("\\}", "\\rbrace ")


def _join_names(names: Iterable[Item]) -> str:
    return " and ".join(map(format_name, names))


def format_name(name: Item) -> str:
    """One name as `particle Family, Suffix, Given`; a name that isn't a person's is in braces."""
    if "literal" in name:
        return brace(escape_text(name["literal"]))
    particle = escape_text(name.get("non-dropping-particle", ""))
    family = " ".join(filter(None, [particle, _protect(name["family"], whole="given" not in name)]))
    if "suffix" in name:
        return ", ".join([family, _protect(name["suffix"]), _protect(name.get("given", "")) or "{}"])
    return ", ".join([family, _protect(name["given"])]) if "given" in name else family


@lru_cache(maxsize=65536)
def _protect(part: str, *, whole: bool = False) -> str:
    """A name's part, in braces if BibTeX would split it: at a comma, at `and`, after a word without a capital.

    BibTeX would read a family name of several words that is the `whole` name as a given and a family name, and
    parsers stumble over LaTeX commands in names outside braces.
    """
    words, latex = part.split(), escape_text(part)
    several = len(words) > 1 and (whole or not all(word[0].isupper() for word in words[:-1]))
    split = several or "," in part or "and" in [word.lower() for word in words]
    return brace(latex) if split or latex != part else latex


def _text(item: Item, key: str) -> str:
    return brace(escape_text(item.get(key, "")))


def brace(text: str) -> str:
    """The value of a field; an empty one stays empty."""
    return f"{{{text}}}" if text else ""
