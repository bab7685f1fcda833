"""Random tables, randomly edited: each field reads back as intended, and no byte outside the edits differs."""

from __future__ import annotations

import copy
import re
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from octavo.importing.editing.edits import Edit, apply_edits, make_diff
from octavo.importing.editing.layout import read_table_text
from octavo.importing.editing.table import edit_table
from tests.importing.expectations import FIELDS

LETTERS = "abc XYZ-:#,'\"[]{}&*!|>%@`?=\\0123.äÖ–語"
texts = st.text(st.sampled_from(LETTERS), min_size=1, max_size=40).filter(lambda text: text == text.strip())
long_texts = st.lists(
    st.sampled_from(["word", "ä:", "#no", "- x", "'s", '"q"', "語", "a\\b", "{c}"]), min_size=15, max_size=40
)
paragraphs = st.lists(long_texts.map(" ".join), min_size=1, max_size=3).map("\n\n".join)
people = st.lists(texts | st.fixed_dictionaries({"given": texts, "family": texts}), min_size=1, max_size=4)
links = st.dictionaries(st.sampled_from(["paper", "code", "slides", "video"]), texts, min_size=1)
languages = st.dictionaries(st.sampled_from(["en", "de", "no", "zh-Hant"]), texts, min_size=1)
rows = st.fixed_dictionaries(
    {"id": st.from_regex(r"[a-z]{1,6}", fullmatch=True)},
    optional={
        "title": texts | paragraphs | languages,
        "authors": people,
        "doi": texts,
        "abstract": paragraphs,
        "links": links,
    },
)
changed_fields = st.fixed_dictionaries(
    {},
    optional={
        "title": texts, "authors": people, "date": texts, "doi": texts, "abstract": paragraphs | texts,
        "links.code": texts, "links.poster": texts, "title.de": texts,
    },
).filter(lambda fields: not {"title", "title.de"} <= fields.keys())  # fmt: skip


@st.composite
def written_tables(draw: st.DrawFn) -> str:
    """A table in the style of different people, with comments and blank lines."""
    data = draw(st.lists(rows, max_size=4))
    if draw(st.integers(0, 9)) == 0:
        return yaml.safe_dump(data, allow_unicode=True, default_flow_style=True, sort_keys=False)
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    pieces = [draw(st.sampled_from(["", "# Heading\n", "# Heading\n\n", "---\n"]))]
    width, style = draw(
        st.sampled_from([(40, None), (80, None), (1000, None), (60, '"'), (60, "'"), (60, "|"), (60, ">")])
    )
    indent, flow = draw(st.integers(2, 4)), draw(st.sampled_from([None, False, False]))
    for row in data:
        pieces.append(draw(st.sampled_from(["", "", "# A comment\n", "\n", "\n\n# Apart\n"])))
        pieces.append(
            yaml.safe_dump(
                [row], allow_unicode=True, width=width, default_style=style, indent=indent, default_flow_style=flow,
                sort_keys=False,
            )
        )  # fmt: skip
    pieces.append(draw(st.sampled_from(["", "", "\n", "# The end\n"])))
    text = "".join(pieces) if data else "[]\n"
    text = text.removesuffix("\n") if draw(st.booleans()) else text
    return text.replace("\n", newline)


def expect(row: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    expected = copy.deepcopy(row)
    for path, value in values.items():
        name, _, role = path.partition(".")
        expected[name] = {**(expected.get(name) or {}), role: value} if role else value
    return expected


def strip(data: Any) -> Any:
    if isinstance(data, str):
        return data.strip()
    if isinstance(data, list):
        return [strip(item) for item in data]
    return {key: strip(part) for key, part in data.items()} if isinstance(data, dict) else data


@given(written_tables(), st.data())
def test_every_edit_reads_back_as_intended_and_nothing_else_changes(text: str, data: st.DataObject) -> None:
    table = read_table_text(text.encode(), "publications.yml")
    count = len(table.rows)
    changes = data.draw(st.dictionaries(st.integers(0, count - 1), changed_fields)) if count else {}
    new = data.draw(st.lists(st.tuples(st.integers(0, count), rows), max_size=2))

    edited = edit_table(table, FIELDS, changes, new)

    after = strip(read_table_text(edited.text.encode(), "publications.yml").rows)
    expected = [
        strip(expect(row, {} if i in edited.refused else changes.get(i, {}))) for i, row in enumerate(table.rows)
    ]
    for shift, (index, row) in enumerate(sorted(new, key=lambda pair: pair[0])):
        expected.insert(index + shift, strip(row))
    assert after == expected
    assert set(edited.refused) <= set(changes)
    check_spans(text, edited.text, edited.edits)


def check_spans(before: str, after: str, edits: list[Edit]) -> None:
    """Assert that both texts are the same outside the edits."""
    old = new = 0
    for edit in edits:
        kept = before[old : edit.start]
        assert after[new : new + len(kept)] == kept
        new += len(kept)
        assert after[new : new + len(edit.text)] == edit.text
        old, new = edit.end, new + len(edit.text)
    assert before[old:] == after[new:]


@given(written_tables())
def test_a_table_without_changes_stays_byte_for_byte_the_same(text: str) -> None:
    table = read_table_text(text.encode(), "publications.yml")
    assert table.encode(edit_table(table, FIELDS, {}, []).text) == text.encode()


@given(written_tables(), st.data())
def test_the_diff_leads_from_the_old_text_to_the_new_one(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    edits = [Edit(start, end, data.draw(st.sampled_from(["", "x", "\n", "x\ny\n"]))) for start, end in pairs]
    lines = list(make_diff(text, edits, "publications.yml"))
    assert apply_diff(text, lines) == split_lines(apply_edits(text, edits))


def split_lines(text: str) -> list[str]:
    return [line.rstrip("\r\n") for line in re.findall(r"[^\n]*\n|[^\n]+", text)]


def apply_diff(text: str, diff: list[str]) -> list[str]:
    """The lines that a patch program would produce; every context line must match."""
    old = split_lines(text)
    new: list[str] = []
    position = 0
    for line in diff[2:]:
        if line.startswith("@@"):
            start, _, count = line.split()[1][1:].partition(",")
            begin = int(start) - (count != "0")
            new += old[position:begin]
            position = begin
        elif line[0] == "+":
            new.append(line[1:])
        else:
            assert old[position] == line[1:]
            new += [line[1:]] if line[0] == " " else []
            position += 1
    return new + old[position:]
