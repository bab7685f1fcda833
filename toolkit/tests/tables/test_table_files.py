"""A table's file yields valid rows or problems, whatever its bytes."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from octavo.model.catalog import TABLES
from octavo.model.fields import Field, Kind, Role, list_fields
from octavo.model.kinds import Address, InlineMarkdown, Line, PdfFile, PublicationId
from octavo.model.profile import Profile, ProfileLink
from octavo.model.row import Row, Table, declare
from octavo.tables import data_folder
from octavo.tables.frames import build_frame, iterate_rows, list_columns
from octavo.tables.rows import check_tables, load_rows, type_rows
from octavo.tables.table_files import _validate_content
from tests.tables import write_paper, write_tables

FIELDS = sorted({name for shape in (*TABLES.values(), Profile) for name in list_fields(shape)})
WORDS = [
    "2025",
    "true",
    "article",
    "E. Noether",
    "docs/x.pdf",
    "https://x.org",
    "[a](docs/x)",
    "[a](x:y)",
    "a",
    "\u202e",
    "\x1b",
]
VALUES = st.recursive(
    st.none() | st.sampled_from(WORDS) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*FIELDS, "url", "code"]), inner, max_size=6)
    ),
    max_leaves=20,
)
ROWS = VALUES.map(lambda data: yaml.safe_dump(data).encode())
SOUP = st.text(st.sampled_from("ab-:?,[]{}#&*!|>'\"%@` \n\t~<./\\0é"), max_size=40).map(str.encode)


@given(st.sampled_from(["profile", *TABLES]), st.binary(max_size=60) | SOUP | ROWS)
def test_any_bytes_give_rows_or_problems_and_nothing_else(table: str, content: bytes) -> None:
    read = _validate_content(table, content, f"data/{table}.yml", "key")
    assert not (read.rows and read.problems)
    for problem in read.problems:
        assert "\n" not in str(problem)
        assert "\x1b" not in str(problem)


def find_schema(field: Field) -> Mapping[str, Any]:
    return field.holds.schema if isinstance(field.holds, Kind) else {}


def draw_row(table: str) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a valid row: the required fields, and any others."""
    # Without Markdown and formulas, which some fields refuse.
    signs = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn"], exclude_characters="*`[$")
    line = st.text(signs, min_size=1).filter(str.strip)
    dates = st.sampled_from(["2025", "Nov 2024", "2018–2020", "Summer 2023", "2024/.."])
    known: dict[str, st.SearchStrategy[Any]] = {
        "id": st.from_regex(r"[a-z]{3}[0-9]{3}", fullmatch=True),
        "date": dates,
        "event_date": dates,
        "extra": st.dictionaries(st.sampled_from(["numpages", "M2", "custom3"]), line, min_size=1),
        "topics": st.lists(line, max_size=2),
        "name": st.sampled_from(["Emil Artin", "Artin, E.", "{The Group}"]),
        "names": st.lists(st.sampled_from(["E. Artin", "Ö. Çelik"]), max_size=2),
        "url": st.just("https://x.org"),
        "orcid": st.nothing(),
        "publications": st.lists(st.just("a"), max_size=2),
        "doi": st.just("10.1145/1.2"),
        "arxiv": st.just("2411.08982"),
        "links": st.fixed_dictionaries({}, optional={"code": st.just("https://x.org"), "paper": st.just("docs/x.pdf")}),
        "image": st.just("assets/a.png"),
        "video": st.just("assets/a.mp4"),
        "publication": st.just("a"),
        "count": st.sampled_from(["0", "97"]),
        "hidden": st.sampled_from(["true", "false"]),
        "selected": st.sampled_from(["true", "false"]),
    }
    fields = list_fields(TABLES[table])
    people = st.lists(st.fixed_dictionaries({"family": line}), min_size=1, max_size=2)
    draws = {name: known.get(name, people if field.role is Role.PEOPLE else line) for name, field in fields.items()}
    choices = {name: find_schema(field)["enum"] for name, field in fields.items() if "enum" in find_schema(field)}
    draws |= {name: st.sampled_from(words) for name, words in choices.items()}
    # Articles need authors or editors.
    required = {name: draw for name, draw in draws.items() if fields[name].required or name == "authors"}
    return st.fixed_dictionaries(
        required, optional={name: draws[name] for name in draws if name not in required and not draws[name].is_empty}
    )


@given(st.data(), st.sampled_from(sorted(TABLES)))
def test_a_frame_has_all_text_as_written(data: st.DataObject, table: str) -> None:
    rows = data.draw(st.lists(draw_row(table), max_size=3, unique_by=lambda row: row.get("id", id(row))))
    read = _validate_content(table, yaml.safe_dump(rows).encode(), "x.yml", "key")
    assert read.problems == ()
    typed = type_rows(TABLES[table], read.rows)
    frame = build_frame(TABLES[table], typed)
    assert list(iterate_rows(frame, TABLES[table])) == typed
    texts = [name for name, kind in list_columns(TABLES[table]).items() if kind is str and name != "anchor"]
    shown = sorted(
        tuple(value for value in row if isinstance(value, str)) for row in frame[texts].itertuples(index=False)
    )
    assert shown == sorted(tuple(row[name].strip() for name in texts if name in row) for row in rows)


@pytest.mark.campaign
@pytest.mark.parametrize(
    "fault", ["titel: x", "date: x", "links: {code: 'javascript:x'}"], ids=["unknown key", "bad value", "bad address"]
)
def test_ten_thousand_problems_are_reported_in_seconds(tmp_path: Path, fault: str) -> None:
    papers = "".join(write_paper(f"p{number}", fault) for number in range(10_000))
    news = "".join(f"- {{date: 2025, text: t, publication: q{number}}}\n" for number in range(10_000))
    data = write_tables(tmp_path, publications=papers, news=news)
    began = time.process_time()
    assert len(check_tables(data)) == 20_000
    assert time.process_time() - began < 60


@declare(Table("handouts"))
class Handout(Row):
    """A table that isn't part of the package."""

    title: Line
    sheet: PdfFile | None = None
    scans: tuple[PdfFile, ...] = ()
    source: Address | None = None
    note: InlineMarkdown | None = None
    about: PublicationId | None = None
    related: tuple[ProfileLink, ...] = ()


def test_the_references_of_a_table_follow_from_the_kinds_of_its_fields(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(cast("dict[str, type[Row]]", TABLES), "handouts", Handout)
    monkeypatch.setattr(data_folder, "NAMES", (*data_folder.NAMES, "handouts"))
    row = (
        "title: T, sheet: .env, scans: [docs/a.pdf, src/b.pdf], source: src/c, note: '[x](src/d)', about: nobody, "
        "related: [{label: L, url: src/e}]"
    )
    for path in ("docs/a.pdf", "src/b.pdf", "src/c", "src/d", "src/e"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).touch()
    problems = check_tables(write_tables(tmp_path, handouts=f"- {{{row.replace('sheet: .env, ', '')}}}\n"))
    assert [problem.message.split(":")[0] for problem in problems] == [
        f"handouts[0].{field}" for field in ("scans[1]", "source", "note", "about", "related[0].url")
    ]
    assert "names a hidden file" in str(check_tables(write_tables(tmp_path, handouts=f"- {{{row}}}\n")))


def test_a_link_to_a_missing_file_is_dropped_whatever_its_field_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(cast("dict[str, type[Row]]", TABLES), "handouts", Handout)
    monkeypatch.setattr(data_folder, "NAMES", (*data_folder.NAMES, "handouts"))
    data = write_tables(tmp_path, handouts="- {title: T, sheet: docs/gone.pdf}\n")
    [problem] = check_tables(data)
    assert problem.message == "handouts[0].sheet: there is no file 'docs/gone.pdf'; the sheet is left out"
    assert load_rows(Handout, data)[0].sheet is None
