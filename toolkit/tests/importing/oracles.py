"""Other parsers' readings of a bibliography: by pybtex and bibtexparser, rispy, and Pandoc."""

from __future__ import annotations

import calendar
import json
import re
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import bibtexparser
import pybtex.errors
import pypandoc
import rispy
from bibtexparser import middlewares
from pybtex.database.input.bibtex import Parser
from pybtex.richtext import Text

_MONTHS = {name.lower(): f"{number:02}" for number, name in enumerate(calendar.month_abbr) if name}
# Markup, separators of names, and the hosts of identifiers.
_NO_WORDS = re.compile(
    r"<[^>]*>|&\w+;|\band\b|https?://(?:dx\.)?(?:doi(?:\.acm)?|arxiv)\.org/(?:abs/)?|10\.48550/arXiv\.|\babs/"
)


class Theirs(NamedTuple):
    """An entry as read by another parser; text is folded, and empty if missing."""

    key: str
    title: str
    families: tuple[str, ...]
    """The last word of each author's family name."""
    year: str


def fold(text: str) -> str:
    """Only letters and digits, in lower case and without accents."""
    bare = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ß", "ss")).casefold()
    return "".join(letter for letter in bare if letter.isalnum())


def fold_family(family: str) -> str:
    return fold((family.split() or [""])[-1])


def list_words(text: str) -> set[str]:
    """The folded words of a text; numbers without leading zeros, so that `03` is `3`."""
    words = map(fold, re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text)))
    return {word.lstrip("0") or "0" for word in words if word}


def _fold_families(families: Iterable[str]) -> tuple[str, ...]:
    return tuple(fold_family(family) for family in families if family != "others")


def read_with_others(file: Path) -> list[list[Theirs]]:
    """The entries that each of the other parsers finds."""
    text = file.read_text("utf-8-sig")
    if file.suffix == ".bib":
        return [list(_read_with_pybtex(text)), list(_read_with_bibtexparser(text))]
    if file.suffix == ".ris":
        return [list(_read_with_rispy(text)), list(_read_with_pandoc(text, "ris"))]
    return [list(_read_items(json.loads(text))), list(_read_with_pandoc(text, "csljson"))]


def _read_with_pybtex(text: str) -> Iterator[Theirs]:
    with pybtex.errors.capture():
        for key, entry in Parser().parse_string(text).entries.items():
            with pybtex.errors.capture():
                people = [str(Text.from_latex(" ".join(one.last_names))) for one in entry.persons.get("author", ())]
            title = str(Text.from_latex(entry.fields.get("title", "")))
            yield Theirs(key, fold(title), _fold_families(people), entry.fields.get("year", ""))


def _read_with_bibtexparser(text: str) -> Iterator[Theirs]:
    library = bibtexparser.parse_string(
        text, append_middleware=[
            middlewares.NormalizeFieldKeys(), middlewares.SeparateCoAuthors(), middlewares.LatexDecodingMiddleware(),
            middlewares.SplitNameParts(),
        ],
    )  # fmt: skip
    for entry in library.entries:
        fields = {name: field.value for name, field in entry.fields_dict.items()}
        people = [" ".join(one.last) for one in fields.get("author", ())]
        yield Theirs(entry.key, fold(fields.get("title", "")), _fold_families(people), str(fields.get("year", "")))


def _read_with_rispy(text: str) -> Iterator[Theirs]:
    for one in rispy.loads(text):
        names = [*one.get("authors", ()), *one.get("first_authors", ())]
        title = one.get("title") or one.get("primary_title", "")
        year = one.get("year") or one.get("publication_year", "")
        yield Theirs(one.get("id", ""), fold(title), _fold_families(name.split(",")[0] for name in names), year[:4])


def _read_with_pandoc(text: str, form: str) -> Iterator[Theirs]:
    run = subprocess.run(
        [pypandoc.get_pandoc_path(), "--from", form, "--to", "csljson"], input=text.encode(), capture_output=True,
        check=True, timeout=60,
    )  # fmt: skip
    return _read_items(json.loads(run.stdout))


def _read_items(items: list[Mapping[str, Any]]) -> Iterator[Theirs]:
    for item in items:
        people = [name.get("family") or name["literal"] for name in item.get("author", ())]
        parts = item.get("issued", {}).get("date-parts") or [[""]]
        yield Theirs(str(item["id"]), fold(item["title"]), _fold_families(people), str(parts[0][0]))


def list_fields_with_others(file: Path) -> Iterator[tuple[str, str, str]]:
    """Each field that isn't empty: its entry's key, its name, and its words without markup."""
    for key, name, text in _list_fields(file):
        yield key, name, _NO_WORDS.sub(" ", text)


def _list_fields(file: Path) -> Iterator[tuple[str, str, str]]:
    text = file.read_text("utf-8-sig")
    if file.suffix == ".bib":
        for entry in bibtexparser.parse_string(text, append_middleware=[middlewares.NormalizeFieldKeys()]).entries:
            yield from ((entry.key, field.key, _read_latex(field.key, str(field.value))) for field in entry.fields)
    elif file.suffix == ".ris":
        for reference in re.split(r"^\s*TY\s+-", text, flags=re.MULTILINE)[1:]:
            fields = re.findall(r"^\s*([A-Z][A-Z0-9])  ?- (.+?)\s*$", reference, re.MULTILINE)
            yield from ((dict(fields)["ID"], tag, value) for tag, value in fields)
    else:
        for item in json.loads(text):
            yield from ((str(item["id"]), name, " ".join(_list_texts(value))) for name, value in item.items())


def _read_latex(name: str, value: str) -> str:
    if name == "month":
        value = re.sub("[A-Za-z]{3,}", lambda match: _MONTHS.get(match[0][:3].lower(), match[0]), value)
    return re.sub(r"\\[A-Za-z]+", " ", str(Text.from_latex(value)))


def _list_texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _list_texts(one)
    else:
        yield str(value)
