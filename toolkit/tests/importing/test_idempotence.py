"""Importing existing entries changes no byte: the same file again, or one's own export."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from octavo.model.vocabulary import PublicationType, Status
from tests.importing.fuzzing import Document, documents
from tests.importing.project import EXPORTS, EXTENSIONS, Project

slow = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

titles = st.sampled_from([
    "Editorial", "On Trees", "On Trees and Shrubs", "Learning to Sort Things by Name", "Learning to Sort Thing by Name",
    "Rings, Part I", "Rings, Part II", "¿Qué? “Sí” & 50% of $x_1$", "C# and {Braces}", "数学の本", "???", "A < B",
    "Growth of *E. coli* in 2*3 Media",
])  # fmt: skip
names = st.sampled_from([
    "E. Noether", "Emmy Noether", "D. Hilbert", "{NEXS group}", "bell hooks", "Smith III, John", "Plato",
    "Ludwig van Beethoven", "de la Cruz, Ana", "M. O'Neil-Łuczak", "{Barnes and Noble}",
])  # fmt: skip
dates = st.sampled_from(["2019", "2020", "2020-05", "2020-05-17", "Summer 2020", "2018–2020", "2019–present"])
dois = st.sampled_from(["10.1000/a", "10.1000/B", "10.1000/c(1)<2>", "10.48550/arXiv.2001.00001"])
words = st.sampled_from(["OSDI", "Proc. of OSDI", "Journal of Rings & Fields", "Annals, Series B", "arXiv"])
links = st.dictionaries(
    st.sampled_from(["paper", "code", "publisher", "website", "doi"]),
    st.sampled_from(["https://example.org/a_b%20c", "https://doi.org/10.1000/a", "https://example.org/paper.pdf"]),
    min_size=1,
)
rows = st.fixed_dictionaries(
    {
        "title": titles,
        "authors": st.lists(names, min_size=1, max_size=3, unique=True),
        "type": st.sampled_from(get_args(PublicationType)),
    },
    optional={
        "date": dates, "venue": words, "container_title": words, "volume": st.sampled_from(["1", "2", "XII"]),
        "issue": st.sampled_from(["1", "3–4"]), "page": st.sampled_from(["1–20", "e12", "12, 14–15", "S1-S9"]),
        "publisher": words, "status": st.sampled_from(get_args(Status)), "doi": dois, "links": links,
        "abstract": st.just("A.\n\nB."), "arxiv": st.sampled_from(["2001.00001", "2001.00002v3", "math/0211159"]),
        "selected": st.just("true"), "topics": st.just(["a", "b"]), "hidden": st.just("true"),
    },
)  # fmt: skip
rows = rows.filter(lambda row: not ("arxiv" in row and "arXiv" in row.get("doi", "")))  # two works in one row
tables = st.lists(rows, min_size=1, max_size=4).map(
    lambda made: [{"id": f"row-{number}", **row} for number, row in enumerate(made)]
)


@pytest.mark.parametrize("format_", EXPORTS)
@slow
@example([{"id": "a", "title": "On Trees", "authors": ["Plato"], "type": "article", "status": "preprint"}])
@example(
    [{"id": "a", "title": "On Trees", "authors": ["Plato"], "type": "article", "volume": "1", "arxiv": "2001.00001"}]
)
@given(tables)
def test_importing_ones_own_export_changes_nothing(format_: str, table: list[dict[str, Any]]) -> None:
    with TemporaryDirectory() as root:
        project = Project(Path(root), yaml.safe_dump(table, allow_unicode=True, sort_keys=False))
        before = project.read()
        export = project.export(format_)
        report = project.run(export)
        assert (report["new"], report["changed"], report["conflicts"], report["questions"]) == ([], [], [], [])
        after = project.read()
        assert after["publications.yml"] == before["publications.yml"]
        project.run(export)
        assert project.read() == after


@pytest.mark.parametrize("format_", EXTENSIONS)
@slow
@given(st.data())
def test_a_file_that_is_imported_again_changes_no_byte_and_raises_the_same_questions(
    format_: str, data: st.DataObject
) -> None:
    document: Document = data.draw(documents(format_))
    check_twice(document.content, f"refs.{EXTENSIONS[format_]}")


CASES = Path(__file__).with_name("cases")


@pytest.mark.parametrize("file", sorted(CASES.iterdir()), ids=lambda file: file.name)
def test_a_file_of_odd_entries_imported_twice_changes_nothing(file: Path) -> None:
    check_twice(file.read_bytes(), file.name)


def check_twice(content: bytes, name: str) -> None:
    with TemporaryDirectory() as root:
        project = Project(Path(root), "[]\n")
        file = Path(root) / name
        file.write_bytes(content)
        first = project.run(file)
        after = project.read()
        second = project.run(file)
        assert (second["new"], second["changed"], second["conflicts"], second["notes"]) == ([], [], [], [])
        assert second["questions"] == first["questions"]
        assert second["merges"] == []
        assert project.read() == after
