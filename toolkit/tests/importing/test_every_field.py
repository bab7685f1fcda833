"""Every field of an entry is kept in the row, under its own name or as extra, or is reported."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import chain

from hypothesis import example, given
from hypothesis import strategies as st

from octavo.errors import Problem
from octavo.importing.readers.bibtex_fields import BOOKKEEPING, LINK_FIELDS, TEXT_FIELDS
from octavo.importing.readers.files import read_references
from octavo.importing.record import Record
from octavo.importing.statement import make_statement

KINDS = ("article", "inproceedings", "book", "phdthesis", "techreport", "misc", "online", "incollection", "unheard")
OTHERS = """
    journal journaltitle booktitle booksubtitle maintitle volume number issue eid articleno pages publisher institution
    school editor organization howpublished abstract subtitle shortjournal abbr type status pubstate arxiv eprint
    archiveprefix primaryclass keyword translator eventdate editora numpages urldate selected
""".split()  # noqa: SIM905  a list of words reads best as words
NAMES = sorted({*BOOKKEEPING, *chain(*TEXT_FIELDS.values(), *LINK_FIELDS.values()), *OTHERS})
TAGS = "A2 A3 A4 AB AD AN AR BT C1 C3 C7 CA CN CY DB DP ED ET J2 JA JF JO KW L1 L2 LA LB M1 M2 M3 N1 N2 NV PB RN RP SE "
TAGS += "SN SP ST T2 T3 U1 UR VL Y2 IS"
VARIABLES = """
    annote archive archive_location call-number categories chapter-number citation-key collection-number
    collection-title container-title container-title-short edition editor event event-place event-title genre ISBN ISSN
    issue journalAbbreviation keyword language license medium note number number-of-pages page PMCID PMID publisher
    publisher-place scale section shortTitle source status translator version volume volume-title
""".split()  # noqa: SIM905  a list of words reads best as words
RIS_KINDS = st.sampled_from(["JOUR", "CONF", "BOOK", "CHAP", "THES", "RPRT", "EDBOOK", "DATA", "GEN"])
CSL_KINDS = st.sampled_from(["article-journal", "article", "paper-conference", "book", "report", "thesis", "document"])


def find_lost(content: str, name: str, said: Mapping[str, str]) -> list[str]:
    """The fields of a file's first record whose words are nowhere in the result."""
    found = list(read_references(content.encode(), name))
    reported = " ".join(one.message for one in found if isinstance(one, Problem))
    (record,) = (one for one in found if isinstance(one, Record))
    statement, doubts = make_statement(record, with_orcid=False)
    held = json.dumps(statement.fields, ensure_ascii=False).lower()
    named = {*record.left, *(["keyword", "keywords", "KW"] if record.topics else [])}
    return [
        field
        for field, word in said.items()
        if word not in held and field not in named and word not in f"{reported} {doubts}"
    ]


def words(names: list[str] | tuple[str, ...]) -> st.SearchStrategy[dict[str, str]]:
    """A unique word for each of these fields."""
    return st.lists(st.sampled_from(names), max_size=12, unique=True).map(
        lambda chosen: {name: f"Word{number}".lower() for number, name in enumerate(chosen, 100)}
    )


@given(st.sampled_from(KINDS), words(NAMES))
def test_no_field_of_a_bibtex_entry_is_lost(kind: str, said: dict[str, str]) -> None:
    lines = "".join(f"  {name} = {{{word}}},\n" for name, word in said.items() if name not in ("month", "day"))
    said = {name: word for name, word in said.items() if name not in ("month", "day")}
    assert (
        find_lost(f"@{kind}{{a,\n title = {{T}}, author = {{A. Smith}}, year = 2020,\n{lines}}}", "a.bib", said) == []
    )


@given(RIS_KINDS, words(TAGS.split()))
@example("RPRT", {"SN": "word100", "C7": "word101"})
def test_no_tag_of_a_ris_reference_is_lost(kind: str, said: dict[str, str]) -> None:
    lines = "".join(f"{tag}  - {word}\n" for tag, word in said.items())
    assert find_lost(f"TY  - {kind}\nTI  - T\nAU  - Smith, A.\nPY  - 2020\n{lines}ER  - \n", "a.ris", said) == []


@given(CSL_KINDS, words(VARIABLES))
def test_no_variable_of_a_csl_item_is_lost(kind: str, said: dict[str, str]) -> None:
    names = {name: [{"literal": word}] for name, word in said.items() if name in ("editor", "translator")}
    item = {"id": "a", "type": kind, "title": "T", "author": [{"family": "Smith"}], **said, **names}
    assert find_lost(json.dumps([item]), "a.json", said) == []
