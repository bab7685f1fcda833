"""News, research, the CV's tables, and the profile on a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo import listings, tables
from octavo.model.catalog import Teaching
from tests.tables import write_tables


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one row of each table."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name, text in {
        "profile": "{name: E. Noether, email: e@example.org, orcid: 0000-0002-1825-0097, "
        "earlier_work: 'About *rings*.', links: [{label: Home, url: https://example.org}]}",
        "news": "[{date: Summer 2025, text: 'Read [this](docs/x.pdf)'}, {date: 2025-11, text: B}, "
        "{date: 2024, text: C}]",
        "research": "[{title: Ideals, text: On *chains*, status: under review, links: {code: https://example.org/c}}]",
        "experience": "[{organization: Arm, position: Engineer, unit: Design, date: 2018–2020, text: Did it.}]",
        "education": "[{degree: Dr. phil., area: Mathematics, institution: Erlangen, date: 1907, thesis: Über *f*}]",
        "awards": "[{title: Medal, awarder: Society, text: one of 50}]",
        "talks": "[{title: Rings, event: ICM, location: Zürich, date: Sep 1932}]",
        "teaching": "[{title: Algebra, role: Lecturer, institution: Göttingen}]",
        "service": "[{role: Reviewer, organization: OSDI}]",
        "software": "[{title: rings, language: Python, text: A library.}]",
    }.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "x.pdf").touch()
    return folder


def test_news_has_a_date_for_people_and_one_for_machines(data: Path) -> None:
    shown = listings.news_list(tables.load_table("news", data))
    assert '<time class="date dt-published" datetime="2025-11">Nov 2025</time>' in shown
    assert '<span class="date">Summer 2025</span>' in shown


def test_a_file_of_the_site_is_linked_from_its_root(data: Path) -> None:
    assert '<a href="/docs/x.pdf">this</a>' in listings.news_list(tables.load_table("news", data))


def test_the_news_explorer_has_a_section_for_each_year(data: Path) -> None:
    shown = listings.news_explorer(tables.load_table("news", data))
    assert shown.index('<section id="year-2025" class="level2"><h2>2025</h2>') < shown.index('id="year-2024"')


def test_research_has_its_title_status_and_place(data: Path) -> None:
    shown = listings.research_list(tables.load_table("research", data))
    assert "<h3>Ideals</h3><p>On <em>chains</em></p>" in shown
    assert '<p class="venue"><span class="status">Under review</span></p>' in shown
    assert '<a href="https://example.org/c" data-icon="code">Code</a>' in shown


@pytest.mark.parametrize(
    ("table", "component", "parts"),
    [
        ("experience", "experience_list", ["<h3>Arm</h3>", "Engineer, Design", "Did it.", ">2018–2020<"]),
        (
            "education",
            "education_list",
            ["<h3>Dr. phil., Mathematics</h3>", ">Erlangen<", "<cite>Über <em>f</em></cite>", ">1907<"],
        ),
        ("awards", "award_list", ["<strong>Medal</strong> — Society, one of 50"]),
        ("talks", "talk_list", ["<h3>Rings</h3>", "ICM, Zürich", "Sep 1932"]),
        ("teaching", "teaching_list", ["<h3>Algebra</h3>", "Lecturer, Göttingen"]),
        ("service", "service_list", ["<strong>Reviewer</strong> — OSDI"]),
        ("software", "software_list", ["<h3>rings</h3>", "Python", "A library."]),
    ],
)
def test_each_table_of_the_cv_shows_all_fields_of_a_row(
    data: Path, table: str, component: str, parts: list[str]
) -> None:
    shown = getattr(listings, component)(tables.load_table(table, data))
    places = [shown.index(part) for part in parts]
    assert places == sorted(places)


def test_the_profile_shows_its_links_and_only_what_it_has(data: Path) -> None:
    profile = tables.load_profile(data)
    shown = listings.profile_links(profile)
    addresses = ["https://example.org", "mailto:e@example.org", "https://orcid.org/0000-0002-1825-0097"]
    places = [shown.index(f'href="{address}"') for address in addresses]
    assert places == sorted(places)
    assert ">e@example.org</a>" in shown  # on paper, too
    assert listings.portrait(profile) is None
    assert listings.prose(profile.earlier_work) == "<p>About <em>rings</em>.</p>"
    assert listings.prose("") is None


def test_a_course_that_was_given_several_times_is_one_entry_with_every_anchor(tmp_path: Path) -> None:
    text = "[{title: Algebra, date: Spring 2024}, {title: Analysis}, {title: Algebra, date: Spring 2023}]"
    data = write_tables(tmp_path, teaching=text)
    shown = listings.teaching_list(tables.load_table("teaching", data)) or ""
    assert shown.count("<h3>Algebra</h3>") == 1
    assert ">Spring 2023, Spring 2024<" in shown
    assert all(f'id="{row.anchor}"' in shown for row in tables.load_rows(Teaching, data))
