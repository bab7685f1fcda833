"""People on a page: under a heading for each relation, and the students in the CV."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from octavo import listings, tables
from octavo.documents.cv import describe_cv
from octavo.documents.record import load_record
from octavo.tables.rows import check_tables
from tests.examples import SITE
from tests.tables import write_tables

PEOPLE = """
- {name: Grete Hermann, relation: student, degree: Dr. phil., date: 1926, thesis: Die Frage der vielen Schritte,
   url: https://hermann.example/}
- {name: Emil Artin, relation: collaborator, affiliation: Hamburg}
- {name: Max Deuring, relation: student, date: 1931, now: Professor in Göttingen}
- {name: Paul Gordan, relation: advisor}
- {name: Unrelated Person, url: https://u.example/}
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "_quarto.yml").write_text(SITE, encoding="utf-8")
    return write_tables(tmp_path, people=PEOPLE)


def test_people_stand_under_their_relation_in_a_fixed_order(data: Path) -> None:
    shown = listings.people_list(tables.load_table("people", data)) or ""
    assert re.findall("<h2>(.*?)</h2>", shown) == ["Advisors", "Students", "Alumni", "Collaborators"]
    assert "Unrelated" not in shown
    assert '<h3><a href="https://hermann.example/">Grete Hermann</a></h3>' in shown


def test_one_relation_needs_no_heading(data: Path) -> None:
    people = tables.load_table("people", data)
    shown = listings.people_list(people[people["relation"] == "advisor"])
    assert "<h2>" not in (shown or "<h2>")
    assert listings.people_list(people[people["relation"].isna()]) is None


def test_the_cv_has_the_students_on_the_page_and_in_the_pdf(data: Path) -> None:
    page = dict(listings.cv_sections(tables.load_profile(data), tables.load_tables(data)))["Students Advised"] or ""
    [section] = describe_cv(load_record(data.parent))["sections"]
    assert section["heading"] == "Students Advised"
    names = ["Grete Hermann", "Max Deuring"]
    assert re.findall("<h3>(?:<a[^>]*>)?(.*?)<", page) == names
    assert [entry["first"][0]["text"] for entry in section["entries"]] == names
    assert section["entries"][0]["first"][0]["link"] == "https://hermann.example/"
    assert "Now: <cite>Professor in Göttingen</cite>" in page


def test_photos_are_beside_the_names_but_not_in_the_cv(data: Path) -> None:
    (data.parent / "assets").mkdir(exist_ok=True)
    Image.new("RGB", (300, 400), "gray").save(data.parent / "assets/grete.png")
    (data / "people.yml").write_text(PEOPLE.replace("{name: Grete", "{image: assets/grete.png, name: Grete"))
    assert check_tables(data) == []
    shown = listings.people_list(tables.load_table("people", data)) or ""
    assert re.findall('class="pictured"><picture>.*?<h3>(?:<a[^>]*>)?(.*?)<', shown) == ["Grete Hermann"]
    assert 'alt="" width="68" height="90"' in shown
    assert shown.count(' portraits"') == 1  # the other groups have no photos to be aligned with
    cv = dict(listings.cv_sections(tables.load_profile(data), tables.load_tables(data)))
    assert "<img" not in (cv["Students Advised"] or "<img")
