"""What other people's parsers find in a bibliography: pybtex and bibtexparser, rispy, and Pandoc."""

from __future__ import annotations

import json
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


class Theirs(NamedTuple):
    """An entry as another parser has it; texts folded, empty where it has none."""

    key: str
    title: str
    families: tuple[str, ...]
    """The last word of each author's family name."""
    year: str


def fold(text: str) -> str:
    """Letters and digits alone, in lower case and without accents."""
    bare = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ß", "ss")).casefold()
    return "".join(letter for letter in bare if letter.isalnum())


def fold_family(family: str) -> str:
    return fold((family.split() or [""])[-1])


def _fold_families(families: Iterable[str]) -> tuple[str, ...]:
    return tuple(fold_family(family) for family in families if family != "others")


def read_with_others(file: Path) -> list[list[Theirs]]:
    """What each of the other parsers finds."""
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
