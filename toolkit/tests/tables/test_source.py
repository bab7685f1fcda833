"""Sources: YAML as plain data with the place of each value; no input breaks the reader."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from octavo.tables.composition import MAX_ALIASES, MAX_DEPTH, Place
from octavo.tables.source import FASTEST_LOADER, Source, parse_source, read_source
from octavo.tables.source_faults import find_bad_character


def parse(text: str, loader: Any = FASTEST_LOADER) -> Source:
    return parse_source(text.encode(), "data/x.yml", loader)


def read_valid(text: str) -> Any:
    source = parse(text)
    assert source.problems == []
    return source.data


def test_the_c_parser_is_used() -> None:
    """Without it, ten thousand rows take 15 seconds instead of one and a half."""
    assert FASTEST_LOADER is yaml.CSafeLoader


@pytest.mark.parametrize(
    "text", ["2411.10", "2025-11-03", "no", "1_000", "0x1F", "1e3", ".inf", "12:30:45", "+1", "=", "True"]
)
def test_a_scalar_is_the_text_that_was_written(text: str) -> None:
    assert read_valid(f"- {text}") == [text]


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_an_empty_scalar_is_missing(text: str) -> None:
    assert read_valid(f"a: {text}") == {"a": None}


@pytest.mark.parametrize("text", ["''", '""', "'~'", '"null"', "|-\n  null"])
def test_a_quoted_scalar_is_never_missing(text: str) -> None:
    data = read_valid(f"a: {text}")
    assert isinstance(data["a"], str)


def test_all_forms_of_lists_and_mappings_mean_the_same() -> None:
    block = "- a: x\n  b:\n    - y\n    - z\n"
    assert read_valid(block) == read_valid("[{a: x, b: [y, z]}]") == [{"a": "x", "b": ["y", "z"]}]


def test_an_alias_stands_for_its_anchor() -> None:
    assert read_valid("a: &names [x, y]\nb: *names\nc: &text z\nd: *text\n*text : w") == {
        "a": ["x", "y"],
        "b": ["x", "y"],
        "c": "z",
        "d": "z",
        "z": "w",
    }


def test_a_byte_order_mark_is_skipped() -> None:
    source = parse_source(b"\xef\xbb\xbfa: b\na: c\n", "data/x.yml")
    assert [(problem.line, problem.column) for problem in source.problems] == [(2, 1)]
    assert parse_source(b"\xef\xbb\xbfa: b\n", "data/x.yml").find_position(("a",)) == (1, 4)


def test_a_file_is_read_and_named(tmp_path: Path) -> None:
    file = tmp_path / "x.yml"
    file.write_text("a: b", encoding="utf-8")
    assert read_source(file).data == {"a": "b"}
    assert read_source(file).path == str(file)
    assert read_source(file, "x.yml").path == "x.yml"


def test_a_table_of_only_comments_has_no_rows() -> None:
    source = parse_source(b"\n# - id: x\n  # title: y\n", "data/x.yml")
    assert (source.data, source.problems) == ([], [])


FAULTS = {
    "": "1:1: the file is empty (a table without rows is written as [])",
    "~\n": "1:1: the file is empty (a table without rows is written as [])",
    "- id: x\n[]\n": "2:1: [] stands for a table without rows: remove this line",
    "# a row below\n[]\n- id: x\n": "2:1: [] stands for a table without rows: remove this line",
    "- title: VTC: DNN": "1:13: a key can't be here (text with ': ' in it needs quotes)",
    "- id: x\n\ttitle: y": "2:1: a tab can't indent (use spaces)",
    "- id: x\n  \ttitle: y": "2:3: a tab can't indent (use spaces)",
    "- a: |\n\t  text": "2:1: a tab can't indent (use spaces)",
    "- a: @home": "1:6: text can't begin with '@' without quotes",
    "- a: `code`": "1:6: text can't begin with '`' without quotes",
    "- a: %x": "1:6: text can't begin with '%' without quotes",
    "- a: *bold text": "1:6: *bold refers to nothing (text that begins with * needs quotes)",
    "- a: *bold* text": "1:6: text that begins with & or * needs quotes",
    "- a: **bold** text": "1:6: text that begins with & or * needs quotes",
    "- a: & b": "1:6: text that begins with & or * needs quotes",
    "- a: [x\n- b: y": "1:6: this list isn't closed properly (expected ',' or ']')",
    "- a: {x: y\n- b: y": "1:6: this mapping isn't closed properly (expected ',' or '}')",
    '- a: "x\n- b: y': "1:6: this quote is never closed",
    "- a: 'it's'": "1:10: a key is expected here (does the indentation match the lines above?)",
    "- a: x\n   b: y": "2:5: a key can't be here (text with ': ' in it needs quotes)",
    "- a: x\nb: y": "2:1: a row that begins with '- ' is expected here",
    "- a:\n  - x\n   - y": "3:4: indented more than the items above, so it is part of their text",
    "-id: x\n title: y": "1:2: a space is missing after the -",
    "- a: - x": "1:6: a list can't begin here (put it on the lines below its key)",
    '- a: "\\q"': "1:7: an unknown escape (use single quotes, or \\\\ for a backslash)",
    "a: b\nc: d\na: e": "3:1: duplicate key 'a' (first on line 1)",
    "? [a]\n: b": "1:3: a key must be text",
    "a: {? {b: c} : d}": "1:7: a key must be text",
    "{? : b}": "1:4: a key is empty",
    "[a, }": "1:5: a value is expected here",
    "~: b": "1:1: a key is empty",
    "a: &x {b: c}\nd:\n  <<: *x": "3:3: merge keys (<<) aren't used in tables; write the values out",
    "a: !!python/name:os.system x": "1:4: the tag 'tag:yaml.org,2002:python/name:os.system' isn't used in tables"
    " (text that begins with ! needs quotes)",
    "a: !important": "1:4: the tag '!important' isn't used in tables (text that begins with ! needs quotes)",
    "a: b\n---\nc: d": "2:1: a second document begins (a table is one document, without ---)",
    "a: &a [*a]": "1:8: *a refers to a value that contains it (text that begins with * needs quotes)",
    "a: b\u0007": "1:5: the invisible character U+0007 is not allowed (remove it)",
    "a: b\n\u2028c: d": "2:1: the invisible character U+2028 is not allowed (remove it)",
    "a: b\nc: \ufeffd": "2:4: the invisible character U+FEFF is not allowed (remove it)",
    "a: b\u0085": "1:5: the invisible character U+0085 is not allowed (remove it)",
    "[" * 900: f"1:{MAX_DEPTH + 1}: nested too deeply (at most {MAX_DEPTH} levels)",
    "- " * 100_000: f"1:{2 * MAX_DEPTH + 1}: nested too deeply (at most {MAX_DEPTH} levels)",
    "? " * 100_000: f"1:{2 * MAX_DEPTH + 1}: nested too deeply (at most {MAX_DEPTH} levels)",
}


def test_endless_brackets_are_one_problem() -> None:
    """Newer versions of PyYAML themselves stop at a thousand of them."""
    (problem,) = parse("[" * 100_000).problems
    assert re.search("nested too deeply|nesting depth", problem.message)


@pytest.mark.parametrize("text", FAULTS, ids=lambda text: text[:20])
def test_a_fault_is_reported_with_its_place_and_the_fix(text: str) -> None:
    assert [str(problem) for problem in parse(text).problems] == [f"data/x.yml:{FAULTS[text]}"]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"a: b\nc: \xff\n", "2:4: the byte 0xff is not UTF-8 (save the file as UTF-8)"),
        (b"a: M\xfcller\n", "1:5: the byte 0xfc is not UTF-8 (save the file as UTF-8)"),
        ("a: b\r\nüü: ".encode() + b"\xed\xa0\x80", "2:5: the byte 0xed is not UTF-8 (save the file as UTF-8)"),
        (b"\xef\xbb\xbfab\xff", "1:3: the byte 0xff is not UTF-8 (save the file as UTF-8)"),
        ("a: b".encode("utf-16"), "1:1: the file is UTF-16 (save it as UTF-8)"),
    ],
)
def test_bytes_that_are_not_utf_8_are_reported_with_their_place(content: bytes, place: str) -> None:
    assert [str(problem) for problem in parse_source(content, "data/x.yml").problems] == [f"data/x.yml:{place}"]


def test_all_faults_after_which_parsing_can_continue_are_reported() -> None:
    source = parse("a: 1\na: 2\n<<: {x: y}\nb: !t z\n[k]: v\nc: 3\n")
    assert [problem.line for problem in source.problems] == [2, 3, 4, 5]
    assert source.data == {"a": "1", "b": "z", "c": "3"}


def test_a_small_file_that_grows_by_aliases_is_refused() -> None:
    """The "billion laughs": nine levels of nine aliases each, 387 million texts in 400 bytes."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    [problem] = parse("\n".join(lines)).problems
    assert "too many aliases" in problem.message


def test_too_many_aliases_are_refused() -> None:
    text = "- &a x\n" + "- *a\n" * (MAX_ALIASES + 1)
    [problem] = parse(text).problems
    assert (problem.line, "too many aliases" in problem.message) == (MAX_ALIASES + 2, True)


def test_nesting_by_aliases_counts_as_nesting() -> None:
    lines = ["- &a0 [x]"] + [f"- &a{n} [*a{n - 1}]" for n in range(1, MAX_DEPTH)]
    [problem] = parse("\n".join(lines)).problems
    assert "nested too deeply" in problem.message


ENORMOUS = {
    "duplicate keys": "a: b\n" * 100_000,
    "one long line": "a: " + "x " * 1_000_000,
    "one long quoted text": "a: '" + "x\n" * 500_000 + "'",
    "tags": "- !t x\n" * 50_000,
    "anchors": "".join(f"- &a{n} x\n" for n in range(100_000)),
    "flow lists": "[" + "[]," * 200_000 + "]",
    "flow keys without values": "{" + "".join(f"k{n}," for n in range(100_000)) + "}",
    "comments": "# x\n" * 500_000 + "a: b",
    "indicators": "- - - - -\n" * 50_000,
    "unclosed quote": "a: '" + "x\n" * 500_000,
    "blank lines": "a:" + "\n" * 1_000_000 + " b",
}


@pytest.mark.parametrize("kind", ENORMOUS)
def test_parsing_takes_linear_time(kind: str) -> None:
    """A megabyte of anything is read in seconds; in quadratic time, it would take hours."""
    began = time.process_time()
    source = parse(ENORMOUS[kind])
    assert source.data is not None or source.problems
    assert time.process_time() - began < 20


def test_values_and_keys_have_their_places() -> None:
    source = parse("# c\n- id: x\n  authors:\n    - 'Ä B'\n    - {given: G,  family: F}\n")
    found = {
        path: source.find_position(path)
        for path in [(), (0,), (0, "id"), (0, "authors"), (0, "authors", 0), (0, "authors", 1, "family")]
    }
    assert found == {
        (): (2, 1),
        (0,): (2, 3),
        (0, "id"): (2, 7),
        (0, "authors"): (4, 5),
        (0, "authors", 0): (4, 7),
        (0, "authors", 1, "family"): (5, 27),
    }
    assert source.find_position((0, "authors", 1, "family"), key=True) == (5, 19)
    assert source.find_position((0, "authors"), key=True) == (3, 3)


def test_the_place_of_a_missing_value_is_that_of_its_container() -> None:
    source = parse("- id: x\n- {id: y}\n")
    for path in [(1, "title"), (1, "title", 3), (1, "title", "x")]:
        assert source.find_position(path) == source.find_position(path, key=True) == (2, 3)
    assert source.find_position((7, "id")) == (1, 1)
    assert source.find_position((0, "id", 0)) == (1, 7)


def test_a_place_spans_exactly_a_value_on_one_line() -> None:
    source = parse("- id: x y   # comment\n  title: 'a: b' \n  topics: [p, \"q\"]\n")
    spans = {path: source.find_place((0, *path)) for path in [("id",), ("title",), ("topics",), ("topics", 1)]}
    assert {path: source.text[place.start : place.end] for path, place in spans.items()} == {
        ("id",): "x y",
        ("title",): "'a: b'",
        ("topics",): '[p, "q"]',
        ("topics", 1): '"q"',
    }


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_counted_with_any_line_ending(ending: str) -> None:
    assert parse(f"- a: x{ending}{ending}- a: y{ending}  b: z").find_position((1, "b")) == (4, 6)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
PLAIN_DATA = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
).filter(lambda data: isinstance(data, list | dict))


@given(PLAIN_DATA, st.booleans(), st.booleans(), st.integers(20, 200))
def test_every_text_is_read_unchanged(data: Any, flow: bool, unicode: bool, width: int) -> None:
    written = yaml.safe_dump(data, default_flow_style=flow, allow_unicode=unicode, width=width, sort_keys=False)
    if find_bad_character(written):  # PyYAML escapes all necessary characters only in ASCII
        written = yaml.safe_dump(data, default_flow_style=flow, width=width, sort_keys=False)
    source = parse(written)
    assert source.problems == []
    assert source.data == data


@given(PLAIN_DATA, st.booleans())
def test_both_parsers_read_the_same_at_the_same_places(data: Any, flow: bool) -> None:
    written = yaml.safe_dump(data, default_flow_style=flow)
    fast, slow = parse(written), parse(written, yaml.SafeLoader)
    assert fast.data == slow.data
    assert list(list_starts(fast.place)) == list(list_starts(slow.place))


def list_starts(place: Place) -> Iterator[int]:
    yield place.start
    parts = place.parts.values() if isinstance(place.parts, dict) else place.parts or ()
    for part in [*(place.keys or {}).values(), *parts]:
        yield from list_starts(part)


YAML_SOUP = st.text(st.sampled_from("ab-:?,[]{}#&*!|>'\"%@` \n\t~<./\\0\r\ufeff\u2028\x85é"), max_size=60)


@given(st.binary() | YAML_SOUP.map(str.encode) | st.text().map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_give_data_or_problems_within_the_file(content: bytes) -> None:
    source = parse_source(content, "data/x.yml")
    assert source.data is not None or source.problems
    lines = content.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in source.problems:
        assert 1 <= problem.line <= len(lines)
        assert problem.column >= 1


@given(YAML_SOUP)
def test_both_parsers_yield_equal_data(text: str) -> None:
    fast, slow = parse(text), parse(text, yaml.SafeLoader)
    if not fast.problems and not slow.problems:
        assert fast.data == slow.data
