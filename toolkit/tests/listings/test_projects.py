"""Projects: a page names its row of research.yml and lists its papers, which link back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from octavo import listings, tables
from octavo.errors import OctavoError
from octavo.tables import check_tables
from tests.tables import write_paper, write_tables

RESEARCH = "- {id: ideals, title: Ideals, url: projects/ideals.html, publications: [new, old]}\n- {title: Rest}\n"


def write(project: Path, research: str = RESEARCH) -> Path:
    (project / "projects").mkdir()
    (project / "projects" / "ideals.qmd").touch()
    papers = write_paper("old", "date: 1919") + write_paper("other") + write_paper("new", "date: 1921")
    return write_tables(project, research=research, publications=papers)


def show(data: Path, project: str) -> str:
    frames = tables.load_tables(data)
    return listings.project_publications(project, frames["research"], frames["publications"]) or ""


def test_a_project_shows_the_papers_that_its_row_names_newest_first(tmp_path: Path) -> None:
    assert re.findall("<h3><a[^>]*>Title of (.*?)<", show(write(tmp_path), "ideals")) == ["new", "old"]


def test_the_single_publication_of_older_tables_counts_too(tmp_path: Path) -> None:
    data = write(tmp_path, "- {id: ideals, title: Ideals, publication: other, publications: [old]}")
    assert set(re.findall("<h3><a[^>]*>Title of (.*?)<", show(data, "ideals"))) == {"old", "other"}


def test_an_unknown_project_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(OctavoError, match=r"no row of research.yml has the id 'ideal' \(did you mean 'ideals'\?\)"):
        show(write(tmp_path), "ideal")


def test_an_unknown_paper_of_a_project_is_an_error_with_its_place(tmp_path: Path) -> None:
    data = write(tmp_path, "- id: ideals\n  title: Ideals\n  publications: [new, older]\n")
    [problem] = check_tables(data)
    assert (problem.line, problem.column, problem.severity) == (3, 23, "error")
    assert problem.message == "research[0].publications[1]: no publication is 'older' (did you mean 'old'?)"


def test_the_list_of_projects_leads_to_their_pages(tmp_path: Path) -> None:
    shown = listings.research_list(tables.load_table("research", write(tmp_path))) or ""
    assert '<h3><a href="/projects/ideals.html">Ideals</a></h3>' in shown
    assert "<h3>Rest</h3>" in shown


def test_a_missing_page_is_reported_and_not_linked(tmp_path: Path) -> None:
    data = write(tmp_path, "- {id: ideals, title: Ideals, url: projects/ideas.html}")
    [problem] = check_tables(data)
    assert "research[0].url: there is no file 'projects/ideas.html'" in problem.message
    assert "<h3>Ideals</h3>" in (listings.research_list(tables.load_table("research", data)) or "")


def test_a_projects_page_shows_its_picture_or_film_large(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 8"/>')
    (tmp_path / "assets" / "a.mp4").touch()
    data = write(
        tmp_path,
        "- {id: ideals, title: Ideals, image: assets/a.svg, alt: Rings}\n"
        "- {id: film, title: Film, video: assets/a.mp4, alt: Rings turn}\n- {id: bare, title: Bare}\n",
    )
    research = tables.load_table("research", data)
    assert 'alt="Rings" width="680" height="453"' in (listings.project_figure("ideals", research) or "")
    assert '<figure class="picture"><video src="/assets/a.mp4"' in (listings.project_figure("film", research) or "")
    assert listings.project_figure("bare", research) is None
    with pytest.raises(OctavoError, match=r"no row of research\.yml has the id 'films'"):
        listings.project_figure("films", research)
