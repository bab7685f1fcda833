"""BibTeX: two independent parsers read back what we write."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import bibtexparser
import pytest
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import BibliographyData, Person, parse_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from octavo.citations import format_bibtex, make_item
from octavo.citations.bibtex import format_name, make_entry
from octavo.citations.csl import Item, clean_text
from octavo.citations.latex import escape_ascii
from octavo.inline_parser import escape_inline
from octavo.model.authors import Author
from octavo.model.dates import PartialDate
from tests.rows import authors, hostile_texts, hostile_words, make_row

# LaTeX commands that the decoder doesn't know, or reads as a letter above another.
_COMMANDS = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
_CONTEXT = get_default_latex_context_db()
_CONTEXT.add_context_category("text", macros=[MacroTextSpec(*item) for item in _COMMANDS.items()], prepend=True)
DECODER = LatexNodes2Text(latex_context=_CONTEXT, keep_comments=True)
TEXTS = {"title": "title", "journal": "container-title", "volume": "volume", "abstract": "abstract"}


def decode(latex: str) -> str:
    return str(DECODER.latex_to_text(latex))


def read_by_bibtexparser(text: str) -> list[dict[str, Any]]:
    library = bibtexparser.parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert not library.failed_blocks
    assert len(library.blocks) == len(library.entries)
    return [
        {"key": entry.key, "type": entry.entry_type, **{field.key: field.value for field in entry.fields}}
        for entry in library.entries
    ]


def read_by_pybtex(text: str) -> BibliographyData:
    return parse_string(text, "bibtex")


rows = st.builds(
    make_row,
    title=hostile_words.map(escape_inline),
    authors=st.lists(authors, min_size=1, max_size=4).map(tuple),
    container_title=hostile_texts,
    volume=hostile_texts,
    abstract=hostile_texts.map(escape_inline),
    topics=st.lists(hostile_words, max_size=2).map(tuple),
    status=st.sampled_from([None, "to appear", "under review"]),
    date=st.sampled_from([None, *map(PartialDate.parse, ["2024", "Nov 2025", "Summer 2025", "2018–2020"])]),
)


@given(rows)
def test_bibtexparser_reads_back_every_field(row: Any) -> None:
    item = make_item(row)
    first, second = read_by_bibtexparser(format_bibtex([item, item | {"id": "other"}]))
    assert (first["key"], second["key"], first["type"]) == ("paper-1", "other", "article")
    for field, key in TEXTS.items():
        assert decode(first.get(field, "")) == item.get(key, "")
    assert first.get("note", "").lower() == item.get("status", "")
    assert len(first["author"]) == len(item["author"])
    for parts, name in zip(first["author"], item["author"], strict=True):
        words = [*parts.first, *parts.von, *parts.last, *parts.jr]
        assert sorted(decode(" ".join(words)).split()) == sorted(" ".join(name.values()).split())
    assert (first.get("year"), first.get("month")) == expected_date(row)


@given(rows)
def test_pybtex_reads_back_every_field(row: Any) -> None:
    item = make_item(row)
    entry = read_by_pybtex(format_bibtex([item, item | {"id": "other"}])).entries["paper-1"]
    assert entry.type == "article"
    for field, key in TEXTS.items():
        assert decode(entry.fields.get(field, "")) == item.get(key, "")
    people = entry.persons["author"]
    assert len(people) == len(item["author"])
    for person, name in zip(people, item["author"], strict=True):
        assert decode_person(person) == {part: text for part, text in expected_name(name).items() if text}


def test_a_name_keeps_its_parts() -> None:
    names = [
        Author("J.H.", "Ju"),
        Author("Jan", "Berg", "van den", "Jr."),
        Author("Martin", "King", suffix="Jr."),
        Author("", "Van Gogh"),
        Author(literal="Barnes and Noble, Inc."),
        Author("Mary and Ann", "Smith, Jones"),
        Author("", "King", suffix="Jr."),
        Author("bell", "hooks"),
        Author("Ana", "de Souza Lima"),
        Author("Ana", "Lima de Souza"),
        Author("Ana María", "Souza Lima"),
    ]
    written = [format_name(name) for name in make_item(make_row(authors=tuple(names)))["author"]]
    assert written == [
        "Ju, J.H.",
        "van den Berg, Jr., Jan",
        "King, Jr., Martin",
        "{Van Gogh}",
        "{Barnes and Noble, Inc.}",
        "{Smith, Jones}, {Mary and Ann}",
        "King, Jr., {}",
        "hooks, bell",
        "{de Souza Lima}, Ana",
        "{Lima de Souza}, Ana",
        "Souza Lima, Ana María",
    ]


@pytest.mark.parametrize(
    ("type_", "fields", "lines"),
    [
        ("paper-conference", {"venue": "OSDI"}, ["@inproceedings{paper-1,", "  booktitle = {OSDI},"]),
        (
            "article-journal",
            {"issue": "2", "page": "5–9"},
            ["@article{paper-1,", "  number = {2},", "  pages = {5--9},"],
        ),
        ("thesis", {"publisher": "Georgia Tech"}, ["@phdthesis{paper-1,", "  school = {Georgia Tech},"]),
        ("report", {"publisher": "MSR"}, ["@techreport{paper-1,", "  institution = {MSR},"]),
        ("software", {}, ["@misc{paper-1,"]),
        (
            "article",
            {"arxiv": "2411.08982", "status": "under submission"},
            [
                "@misc{paper-1,",
                "  eprint = {2411.08982},",
                "  archiveprefix = {arXiv},",
                "  note = {Under submission},",
            ],
        ),
        ("article-journal", {"date": PartialDate.parse("3 Nov 2025")}, ["  year = {2025},", "  month = nov,"]),
        ("book", {"doi": "10.1000/a_b"}, ["  doi = {10.1000/a_b},"]),
        ("book", {"doi": "10.1000/a{b"}, ["  url = {https://doi.org/10.1000/a%7Bb},"]),
        ("book", {"links": {"paper": "docs/x.pdf"}}, ["  url = {https://me.example/docs/x.pdf},"]),
    ],
)
def test_each_type_has_its_fields(type_: str, fields: dict[str, Any], lines: list[str]) -> None:
    written = format_bibtex([make_item(make_row(type=type_, **fields), "https://me.example")]).splitlines()
    assert [line for line in written if line in lines] == lines
    assert ("url" in "".join(written)) == any("url" in line for line in lines)


def test_an_entry_has_no_field_that_its_row_lacks() -> None:
    assert format_bibtex([make_item(make_row())]) == (
        "@article{paper-1,\n  title = {A Title},\n  author = {Noether, E.},\n}\n"
    )


@given(st.text(alphabet='aäÖßéŁñçÅø–—“”’ {"\\', max_size=30).map(lambda text: f"x{text}x"))
def test_ascii_accents_decode_to_the_same_text(title: str) -> None:
    item = make_item(make_row(title=title))
    text = format_bibtex([item], ascii_only=True)
    assert text.isascii()
    for fields in (read_by_bibtexparser(text)[0], read_by_pybtex(text).entries["paper-1"].fields):
        assert unicodedata.normalize("NFC", decode(fields["title"])) == unicodedata.normalize("NFC", item["title"])


def test_a_letter_without_a_latex_command_becomes_its_number() -> None:
    assert escape_ascii("中 α") == r'{\symbol{"4E2D}} {\symbol{"03B1}}'


def test_a_letter_may_have_two_accents() -> None:
    assert escape_ascii("ệ ǿ") == r"{\^{\d{e}}} {\'{\o}}"


@given(st.text(max_size=30))
def test_ascii_output_is_ascii(text: str) -> None:
    assert escape_ascii(text).isascii()


def test_bibtex_treats_each_accented_letter_as_one_letter() -> None:
    item = make_item(make_row(title="Nöther und Łukasiewicz"))
    assert r"N{\"o}ther und {{\L}ukasiewicz}" in format_bibtex([item], ascii_only=True)


def expected_date(row: Any) -> tuple[str | None, str | None]:
    if row.date is None:
        return None, None
    return str(row.date.year), "nov" if row.date.text == "Nov 2025" else None


def expected_name(name: Item) -> dict[str, str]:
    if "literal" in name:
        return {"family": re.sub(r"\s", " ", name["literal"])}
    return {key: name.get(key, "") for key in ("given", "non-dropping-particle", "family", "suffix")}


def decode_person(person: Person) -> dict[str, str]:
    parts = {
        "given": person.first_names + person.middle_names,
        "non-dropping-particle": person.prelast_names,
        "family": person.last_names,
        "suffix": person.lineage_names,
    }
    return {part: text for part, words in parts.items() if (text := clean_text(decode(" ".join(words))))}


def test_a_page_shows_few_of_thousands_of_authors_and_the_file_all() -> None:
    row = make_row(authors=tuple(Author("A.", f"Author{number}") for number in range(3000)))
    entry = make_entry(make_item(row))
    assert "Author8, A. and Author9, A. and others}," in entry.shown
    assert len(entry.shown) < 400
    assert entry.whole.count(" and ") == 2999
    assert "others" not in entry.whole


def test_up_to_fifty_authors_a_page_shows_all_of_them() -> None:
    row = make_row(authors=tuple(Author("A.", f"Author{number}") for number in range(50)))
    assert make_entry(make_item(row)).shown.count(" and ") == 49


@pytest.mark.parametrize(
    ("title", "latex"),
    [
        ("*E. coli* in `vivo`", r"\emph{E. coli} in \texttt{vivo}"),
        (r"Sorting in $O(n \log n)$", r"Sorting in {$O(n \log n)$}"),
        (r"Sets $\{0,1\}^n$ for \$5", r"Sets {$\lbrace 0,1\rbrace ^n$} for \$5"),
        ("The $L^p$-Theory of **MoE** and LLMs", r"The {$L^p$}-Theory of \textbf{{MoE}} and {LLMs}"),
    ],
)
def test_markdown_and_formulas_become_latex(title: str, latex: str) -> None:
    """Capitals are kept as in a plain title, and braces are balanced for BibTeX, which doesn't know `\\{`."""
    item = make_item(make_row(title=title, abstract=title))
    (entry,) = read_by_bibtexparser(format_bibtex([item]))
    assert entry["title"] == latex
    assert entry["abstract"].replace("{$", "$").count("$") == latex.count("$")
