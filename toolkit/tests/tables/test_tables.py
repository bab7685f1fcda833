"""Tables: loading one returns a DataFrame with the documented columns, or raises every problem."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from octavo.errors import DataError, OctavoError
from octavo.model.authors import Author
from octavo.model.catalog import TABLES, Talk
from octavo.model.dates import PartialDate
from octavo.model.fields import list_fields
from octavo.model.links import LinkAddresses
from octavo.model.profile import CvSettings, Profile, ProfileLink
from octavo.model.publications import Publication
from octavo.model.vocabulary import LINK_ROLES
from octavo.tables import load_table, table_files
from octavo.tables.data_folder import find_data_folder
from octavo.tables.frames import iterate_rows, list_columns
from octavo.tables.rows import check_tables, load_profile, load_rows
from tests.tables import write_paper, write_tables

ROOT = Path(__file__).parents[3]
DTYPES = {str: "string", bool: "bool", int: "Int64"}


@pytest.fixture(autouse=True)
def nothing_read_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_files, "_LAST_READ", {})


# Columns


def test_the_columns_are_the_fields_of_the_class_and_the_derived_ones() -> None:
    derived = {"anchor", "foreign", "translations", "year", "picture", "forthcoming", "citations"}
    for row_type in TABLES.values():
        assert set(list_columns(row_type)) - derived == set(list_fields(row_type))


@pytest.mark.parametrize("table", TABLES)
def test_all_columns_exist_with_their_types_without_any_rows(tmp_path: Path, table: str) -> None:
    data = write_tables(tmp_path, **{table: "[]\n"})
    frame = load_table(table, data)
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        name: DTYPES.get(kind, "object") for name, kind in list_columns(TABLES[table]).items()
    }


def test_all_columns_have_their_types_with_rows(tmp_path: Path) -> None:
    frame = load_table("publications", write_tables(tmp_path, publications=write_paper("a")))
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        name: DTYPES.get(kind, "object") for name, kind in list_columns(Publication).items()
    }


def test_missing_values_are_as_documented(tmp_path: Path) -> None:
    row = load_table("publications", write_tables(tmp_path, publications=write_paper("a"))).iloc[0]
    assert row.venue is pd.NA
    assert row.year is pd.NA
    assert row.date is None
    assert (row.topics, row.links) == ((), {})
    assert not row.selected
    assert not row.forthcoming


def test_values_are_typed(tmp_path: Path) -> None:
    paper = write_paper("a", "date: Nov 2025", "topics: [x, y]", "selected: true", "status: to appear")
    row = load_table("publications", write_tables(tmp_path, publications=paper)).iloc[0]
    assert row.date == PartialDate.parse("2025-11")
    assert row.year == 2025
    assert row.authors == (Author(given="E.", family="Noether"),)
    assert row.topics == ("x", "y")
    assert row.selected
    assert row.forthcoming


def test_rows_loaded_without_pandas_equal_those_of_the_frame(tmp_path: Path) -> None:
    papers = write_paper("a", "date: 2025", "doi: 10.1145/1.2") + write_paper("b") + write_paper("c", "hidden: true")
    data = write_tables(tmp_path, publications=papers)
    rows = load_rows(Publication, data)
    assert [row.id for row in rows] == ["a", "b"]
    assert list(rows) == list(iterate_rows(load_table("publications", data), Publication))


def test_rows_can_be_read_back_from_a_frame_that_a_page_changed(tmp_path: Path) -> None:
    data = write_tables(tmp_path, talks="- {title: a, date: 2025, links: {code: 'https://x.org'}}\n- {title: b}\n")
    frame = load_table("talks", data)
    frame["title"] = frame["title"].str.upper()
    frame["own"] = 1
    assert [row.title for row in iterate_rows(frame[frame["date"].notna()], Talk)] == ["A"]
    first, _ = iterate_rows(pd.concat([frame, frame])[["title"]].drop_duplicates(), Talk)
    assert (first.title, first.date, first.links) == ("A", None, {})
    with pytest.raises(OctavoError, match="the DataFrame has no column title"):
        list(iterate_rows(frame[["date"]], Talk))


def test_a_section_of_the_cv_that_is_named_twice_appears_once(tmp_path: Path) -> None:
    data = write_tables(tmp_path, profile="name: N\ncv: {sections: [talks, awards, talks]}\n")
    assert load_profile(data).cv.sections == ("talks", "awards")


def test_a_table_without_a_file_is_empty(tmp_path: Path) -> None:
    assert load_table("talks", write_tables(tmp_path)).empty


def test_a_table_that_does_not_exist_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(OctavoError, match=r"no table is named 'publication' \(did you mean 'publications'\?\)"):
        load_table("publication", write_tables(tmp_path))
    with pytest.raises(OctavoError, match="expected education, experience"):
        load_table("xyz", write_tables(tmp_path))


# Order


def test_publications_are_listed_unpublished_first_then_newest_first(tmp_path: Path) -> None:
    papers = [
        write_paper("old", "date: 2019"),
        write_paper("undated"),
        write_paper("submitted", "status: under submission"),
        write_paper("new", "date: 2024-05"),
        write_paper("preprint", "date: 2024-06", "status: preprint"),
        write_paper("coming", "date: 2026", "status: to appear"),
        write_paper("same-day-later-row", "date: 2019"),
    ]
    frame = load_table("publications", write_tables(tmp_path, publications="".join(papers)))
    assert list(frame.id) == ["coming", "submitted", "preprint", "new", "old", "same-day-later-row", "undated"]


def test_news_are_listed_newest_first_and_other_tables_as_in_the_file(tmp_path: Path) -> None:
    data = write_tables(
        tmp_path,
        news="- {date: 2024, text: a}\n- {date: Nov 2025, text: b}\n- {date: 2025, text: c}\n",
        awards="- {title: a}\n- {title: b, date: 2025}\n- {title: c, date: 2024}\n",
    )
    assert list(load_table("news", data).text) == ["c", "b", "a"]
    assert list(load_table("awards", data).title) == ["a", "b", "c"]


def test_the_index_numbers_the_rows(tmp_path: Path) -> None:
    papers = write_paper("a", "hidden: true") + write_paper("b", "date: 2020") + write_paper("c", "date: 2021")
    assert list(load_table("publications", write_tables(tmp_path, publications=papers)).index) == [0, 1]


# Hidden rows


def test_hidden_rows_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    data = write_tables(tmp_path, publications=write_paper("a", "hidden: true") + write_paper("b"))
    assert list(load_table("publications", data).id) == ["b"]
    assert list(load_table("publications", data, hidden=True).hidden) == [True, False]


# Links


def test_links_include_identifiers_in_the_order_of_roles(tmp_path: Path) -> None:
    links = "links: {website: https://example.org, code: https://example.org/code, paper: https://example.org/p}"
    paper = write_paper("a", "doi: 10.1145/1.2", "arxiv: 2411.08982", links)
    [found] = load_table("publications", write_tables(tmp_path, publications=paper)).links
    assert list(found.items()) == [
        ("paper", "https://example.org/p"),
        ("arxiv", "https://arxiv.org/abs/2411.08982"),
        ("doi", "https://doi.org/10.1145/1.2"),
        ("code", "https://example.org/code"),
        ("website", "https://example.org"),
    ]


def test_a_link_of_the_row_overrides_the_derived_one(tmp_path: Path) -> None:
    paper = write_paper("a", "arxiv: 2411.08982", "links: {arxiv: 'https://example.org/mirror'}")
    [links] = load_table("publications", write_tables(tmp_path, publications=paper)).links
    assert links == {"arxiv": "https://example.org/mirror"}


def test_every_role_has_its_place_in_the_order() -> None:
    assert list(list_fields(LinkAddresses)) == list(LINK_ROLES)


def test_a_link_to_a_missing_file_is_dropped_and_reported(tmp_path: Path) -> None:
    data = write_tables(
        tmp_path, publications=write_paper("a", "links: {paper: docs/a%20b.pdf#page=2, code: 'https://x.org'}")
    )
    assert load_table("publications", data).links[0] == {"code": "https://x.org"}
    [problem] = check_tables(data)
    assert problem.severity == "warning"
    assert (problem.line, problem.column) == (5, 18)
    assert (
        problem.message == "publications[0].links.paper: there is no file 'docs/a%20b.pdf#page=2'; the link is left out"
    )
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a b.pdf").touch()
    assert check_tables(data) == []
    assert list(load_table("publications", data).links[0]) == ["paper", "code"]


def test_a_dead_link_of_the_row_leaves_the_derived_one(tmp_path: Path) -> None:
    paper = write_paper("a", "arxiv: 2411.08982", "links: {arxiv: docs/none.pdf}")
    [links] = load_table("publications", write_tables(tmp_path, publications=paper)).links
    assert links == {"arxiv": "https://arxiv.org/abs/2411.08982"}


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("docs/cv.pdf", True),  # made by the site, according to the profile
        ("docs/other.pdf", False),
        ("docs", False),  # a folder has no page
        ("page.html", True),  # made from page.qmd
        ("sub/page.html", True),
        ("other.html", False),
        ("publications/shown.html", True),
        ("publications/shown.bib", True),
        ("publications/hidden.html", False),
        ("publications/none.html", False),
        ("publications.bib", True),
        ("feed.xml#x", True),
        ("docs/" + "x" * 300, False),  # longer than any file's name
    ],
)
def test_files_made_by_the_site_count_as_existing(tmp_path: Path, address: str, there: bool) -> None:
    data = write_tables(
        tmp_path,
        profile=f"name: N\ncv: {{file: docs/cv.pdf}}\nlinks: [{{label: L, url: '{address}'}}]\n",
        publications=write_paper("shown") + write_paper("hidden", "hidden: true"),
    )
    for page in ("page.qmd", "sub/page.ipynb", "docs/file.txt"):
        (tmp_path / page).parent.mkdir(exist_ok=True)
        (tmp_path / page).touch()
    assert [link.url for link in load_profile(data).links] == ([address] if there else [])
    assert bool(check_tables(data)) is not there


def test_an_error_in_the_profile_does_not_make_the_cv_count_as_missing(tmp_path: Path) -> None:
    profile = "name: N\nemail: n\ncv: {file: docs/cv.pdf}\nlinks: [{label: CV, url: docs/cv.pdf}]\n"
    [problem] = check_tables(write_tables(tmp_path, profile=profile))
    assert "profile.email" in problem.message


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("linkedin.com/in/x", "https://linkedin.com/in/x"),
        ("noether.example.org", "https://noether.example.org/"),
        ("files/a.pdf", "a page such as news.html"),
    ],
)
def test_an_address_without_a_scheme_is_not_only_reported_as_a_missing_file(
    tmp_path: Path, address: str, meant: str
) -> None:
    [problem] = check_tables(write_tables(tmp_path, profile=f"name: N\nlinks: [{{label: L, url: {address}}}]\n"))
    assert problem.message.endswith(f"{meant})")


def test_a_link_in_text_to_a_missing_file_is_reported(tmp_path: Path) -> None:
    data = write_tables(tmp_path, news="- date: 2025\n  text: See [this](docs/a.pdf) and [that](https://x.org).\n")
    [problem] = check_tables(data)
    assert str(problem).endswith("news.yml:2:9: warning: news[0].text: there is no file 'docs/a.pdf'; it leads nowhere")


# Profile


def test_a_profile_has_empty_text_for_missing_fields(tmp_path: Path) -> None:
    data = write_tables(
        tmp_path,
        profile="""\
        name: Vera Example
        names: [V. Example, Vera Example]
        photo: assets/none.jpg
        links:
          - {label: CV, url: docs/cv.pdf}
          - {label: Gone, url: docs/gone.pdf}
          - {label: Code, url: "https://example.org"}
        cv: {file: docs/cv.pdf, sections: [awards, education]}
        """,
    )
    assert load_profile(data) == Profile(
        name="Vera Example",
        names=("V. Example", "Vera Example"),
        links=(ProfileLink("CV", "docs/cv.pdf"), ProfileLink("Code", "https://example.org")),
        cv=CvSettings("docs/cv.pdf", "a4", ("awards", "education")),
    )
    assert [problem.severity for problem in check_tables(data)] == ["warning", "warning"]


def test_an_owner_is_also_recognized_by_the_name_that_the_site_shows(tmp_path: Path) -> None:
    data = write_tables(tmp_path, profile="{name: Emmy Noether, names: [E. Noether]}")
    assert load_profile(data).names == ("E. Noether", "Emmy Noether")


def test_a_profile_without_other_names_uses_the_name(tmp_path: Path) -> None:
    assert load_profile(write_tables(tmp_path)).names == ("N. Body",)


def test_a_table_with_rows_but_no_section_in_the_cv_is_a_warning(tmp_path: Path) -> None:
    data = write_tables(
        tmp_path,
        profile="name: N. Body\ncv:\n  sections:\n    - awards\n    - education\n",
        awards="- {title: a}\n",
        talks="- {title: t}\n- {title: u}\n",
        service="- {role: r, organization: o, hidden: true}\n",
        news="- {date: 2025, text: t}\n",
    )
    [problem] = check_tables(data)
    assert str(problem).endswith(
        "profile.yml:5:7: warning: profile.cv.sections: leaves out talks (2 rows), so the CV doesn't show it"
    )


def test_without_chosen_sections_the_cv_has_everything(tmp_path: Path) -> None:
    assert check_tables(write_tables(tmp_path, talks="- {title: t}\n")) == []


# Problems of several tables


def test_loading_any_table_raises_the_problems_of_all(tmp_path: Path) -> None:
    data = write_tables(
        tmp_path, publications=write_paper("a", "date: x"), news="- {text: a}\n", awards="x\n", talks="[]\n"
    )
    with pytest.raises(DataError) as caught:
        load_table("talks", data)
    assert [Path(problem.path).stem for problem in caught.value.problems] == ["awards", "news", "publications"]
    with pytest.raises(DataError):
        load_profile(data)


def test_warnings_do_not_keep_a_table_from_loading(tmp_path: Path) -> None:
    data = write_tables(tmp_path, publications=write_paper("a", "links: {code: docs/none}"))
    assert len(check_tables(data)) == len(load_table("publications", data)) == 1


@pytest.mark.parametrize("table", ["news", "research", "awards", "talks"])
def test_an_unknown_publication_is_named_with_the_nearest_known_one(tmp_path: Path, table: str) -> None:
    row = "- {title: t, publication: lynxx}\n" if table != "news" else "- {date: 2025, text: t, publication: lynxx}\n"
    data = write_tables(tmp_path, publications=write_paper("lynx"), **{table: row})
    [problem] = check_tables(data)
    assert problem.message == f"{table}[0].publication: no publication is 'lynxx' (did you mean 'lynx'?)"
    assert (problem.severity, problem.line) == ("error", 1)


def test_a_publication_is_known_although_its_row_has_a_problem(tmp_path: Path) -> None:
    data = write_tables(
        tmp_path, publications=write_paper("lynx", "date: x"), news="- {date: 2025, text: t, publication: lynx}\n"
    )
    assert [Path(problem.path).stem for problem in check_tables(data)] == ["publications"]


def test_no_publication_is_reported_as_unknown_if_their_file_cannot_be_parsed(tmp_path: Path) -> None:
    data = write_tables(tmp_path, publications="- [", news="- {date: 2025, text: t, publication: lynx}\n")
    assert [Path(problem.path).stem for problem in check_tables(data)] == ["publications"]


def test_every_publication_is_unknown_if_their_file_is_missing(tmp_path: Path) -> None:
    data = write_tables(tmp_path, news="- {date: 2025, text: t, publication: lynx}\n")
    [problem] = check_tables(data)
    assert "expected the id of a row of publications.yml" in problem.message


def test_a_missing_profile_or_folder_is_an_error(tmp_path: Path) -> None:
    [no_folder] = check_tables(tmp_path / "data")
    assert no_folder.message == "there is no such folder, or it can't be read"
    (tmp_path / "data").mkdir()
    [no_profile] = check_tables(tmp_path / "data")
    assert no_profile.path.endswith("profile.yml")
    assert no_profile.severity == "error"


@pytest.mark.parametrize(
    ("name", "severity", "message"),
    [
        ("publications.yaml", "error", "this table isn't read (rename the file to publications.yml)"),
        ("News.yml", "error", "this table isn't read (rename the file to news.yml)"),
        ("publication.yml", "warning", "no table has this name (did you mean publications.yml?)"),
    ],
)
def test_a_file_named_almost_like_a_table_is_reported(tmp_path: Path, name: str, severity: str, message: str) -> None:
    data = write_tables(tmp_path)
    (data / name).write_text("[]")
    [problem] = check_tables(data)
    assert (Path(problem.path).name, problem.severity, problem.message) == (name, severity, message)


@pytest.mark.parametrize("name", ["bibliography.yml", ".#news.yml", "news.yml~", "publications-old.yml", "notes.txt"])
def test_other_files_next_to_the_tables_are_not_a_problem(tmp_path: Path, name: str) -> None:
    data = write_tables(tmp_path)
    (data / name).write_text("[]")
    assert check_tables(data) == []


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    data = write_tables(tmp_path)
    (data / "news.yml").mkdir()
    [problem] = check_tables(data)
    assert problem.message.startswith("the file can't be read: ")


def test_problems_name_files_relative_to_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = write_tables(tmp_path, news="x")
    monkeypatch.chdir(tmp_path)
    assert [problem.path for problem in check_tables(Path("data"))] == [str(Path("data/news.yml"))]
    assert [problem.path for problem in check_tables(data)] == [str(Path("data/news.yml"))]
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    assert [problem.path for problem in check_tables(data)] == [str(data / "news.yml")]


def test_the_project_is_the_one_of_the_renderer_or_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QUARTO_PROJECT_ROOT", raising=False)
    assert find_data_folder() == Path("data")
    monkeypatch.setenv("QUARTO_PROJECT_ROOT", str(tmp_path))
    assert find_data_folder() == tmp_path / "data"
    write_tables(tmp_path, news="- {date: 2025, text: here}\n")
    assert list(load_table("news").text) == ["here"]


# The cache of rows, by content


def test_a_caller_can_change_its_table_without_changing_another(tmp_path: Path) -> None:
    data = write_tables(tmp_path, publications=write_paper("a", "links: {code: 'https://x.org'}", "extra: {x: y}"))
    frame = load_table("publications", data)
    frame.loc[0, "title"] = "changed"
    frame.links[0]["code"] = frame.extra[0]["x"] = "changed"
    again = load_table("publications", data)
    assert (again.title[0], again.links[0]["code"], again.extra[0]["x"]) == ("Title of a", "https://x.org", "y")


def test_an_edit_shows_at_once_even_with_the_same_time_and_size(tmp_path: Path) -> None:
    data = write_tables(tmp_path, news="- {date: 2025, text: aaa}\n")
    file = data / "news.yml"
    before = file.stat()
    assert list(load_table("news", data).text) == ["aaa"]
    file.write_text("- {date: 2025, text: bbb}\n")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert list(load_table("news", data).text) == ["bbb"]


def list_entries(project: Path) -> list[str]:
    return sorted(file.name for file in (project / ".cache/octavo/tables").iterdir())


def test_another_process_uses_the_cached_rows_and_returns_the_same_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = write_paper("a", "date: 2025", "topics: [x]", "links: {paper: docs/none.pdf}", "arxiv: 2411.08982")
    data = write_tables(tmp_path, publications=paper, news="- {date: 2025, text: t, publication: a}\n")
    first, problems = load_table("publications", data), check_tables(data)
    assert list_entries(tmp_path) == ["news.json", "profile.json", "publications.json"]
    monkeypatch.setattr(table_files, "_LAST_READ", {})
    monkeypatch.setattr(table_files, "_validate_content", None)  # would fail if it were called
    pd.testing.assert_frame_equal(load_table("publications", data), first)
    assert check_tables(data) == problems


def test_cached_rows_are_not_used_after_an_edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = write_tables(tmp_path, news="- {date: 2025, text: a}\n")
    load_table("news", data)
    monkeypatch.setattr(table_files, "_LAST_READ", {})
    (data / "news.yml").write_text("- {date: 2025, text: b}\n")
    assert list(load_table("news", data).text) == ["b"]


def test_cached_rows_are_checked_against_the_other_tables_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = write_tables(tmp_path, publications=write_paper("a"), news="- {date: 2025, text: t, publication: a}\n")
    assert check_tables(data) == []
    monkeypatch.setattr(table_files, "_LAST_READ", {})
    (data / "publications.yml").write_text(write_paper("b"))
    [problem] = check_tables(data)
    assert (problem.line, problem.column) == (1, 38)
    assert "no publication is 'a'" in problem.message


def test_a_table_with_problems_is_not_cached(tmp_path: Path) -> None:
    data = write_tables(tmp_path, news="x")
    assert check_tables(data)
    assert list_entries(tmp_path) == ["profile.json"]


@pytest.mark.parametrize("damage", ["", "x", "{}", "\x00\xff", None])
def test_a_damaged_entry_only_costs_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str | None) -> None:
    data = write_tables(tmp_path, news="- {date: 2025, text: a}\n")
    load_table("news", data)
    entry = tmp_path / ".cache/octavo/tables/news.json"
    whole = entry.read_text()
    entry.write_text(whole[:-5] if damage is None else damage)
    monkeypatch.setattr(table_files, "_LAST_READ", {})
    assert list(load_table("news", data).text) == ["a"]
    assert entry.read_text() == whole


def test_an_entry_with_other_rows_under_the_right_key_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = write_tables(tmp_path, news="- {date: 2025, text: original}\n")
    load_table("news", data)
    entry = tmp_path / ".cache/octavo/tables/news.json"
    entry.write_text(entry.read_text().replace("original", "tampered"))
    monkeypatch.setattr(table_files, "_LAST_READ", {})
    assert list(load_table("news", data).text) == ["original"]


def test_a_read_only_cache_only_costs_time(tmp_path: Path) -> None:
    data = write_tables(tmp_path, news="- {date: 2025, text: a}\n")
    (tmp_path / ".cache").write_text("a file where the folder should be")
    assert list(load_table("news", data).text) == ["a"]


def test_no_files_are_left_beside_an_entry(tmp_path: Path) -> None:
    load_table("news", write_tables(tmp_path, news="[]"))
    assert list_entries(tmp_path) == ["news.json", "profile.json"]
    assert json.loads((tmp_path / ".cache/octavo/tables/news.json").read_text().partition("\n")[2]) == {
        "rows": [],
        "claims": [],
    }


def test_rows_cached_by_another_version_of_the_code_are_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = write_tables(tmp_path, news="- {date: 2025, text: a}\n")
    load_table("news", data)
    entry = tmp_path / ".cache/octavo/tables/news.json"
    before = entry.read_text()
    monkeypatch.setattr("octavo.tables.table_cache.CODE_DIGEST", "another")
    load_table("news", data)
    assert entry.read_text() != before


def test_cached_rows_are_used_without_importing_the_markdown_parser(tmp_path: Path) -> None:
    """Importing it would take each process 50 ms."""
    data = write_tables(tmp_path, news="- {date: 2025, text: '[a](https://x.org)'}\n")
    code = (
        "import sys; from pathlib import Path; from octavo.tables import load_table; "
        f"load_table('news', Path({str(data)!r})); print('markdown_it' in sys.modules)"
    )
    outputs = [
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert outputs == ["True\n", "False\n"]


# The owner's tables


def test_the_owners_tables_have_no_errors() -> None:
    assert [str(problem) for problem in check_tables(ROOT / "data") if problem.severity == "error"] == []


def test_the_owner_is_an_author_of_every_publication() -> None:
    names = load_profile(ROOT / "data").names
    papers = load_table("publications", ROOT / "data")
    assert len(papers) > 0
    assert all(sum(author.is_named(names) for author in authors) == 1 for authors in papers.authors)
