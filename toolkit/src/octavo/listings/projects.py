"""Projects: the parts of a project's own page, and the links from papers back to it."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from octavo.errors import OctavoError
from octavo.html import element, join
from octavo.language.words import write_count, write_word
from octavo.listings.foreign import name_language
from octavo.listings.links import link
from octavo.listings.pictures import figure
from octavo.listings.publications import publication_list
from octavo.markdown import render_title
from octavo.model.catalog import Research
from octavo.model.profile import Owner
from octavo.model.words import suggest
from octavo.tables.frames import DataFrame, iterate_rows


def project_publications(
    project: str, research: DataFrame, publications: DataFrame, *, owner: Owner = ()
) -> Markup | None:
    """The publications that the row of `research` with this id names, in the order of `publications`.

    Raises:
        OctavoError: if no row has this id.
    """
    named = publications["id"].isin(_find_project(project, research).papers)
    return publication_list(publications[named], owner=owner)


def project_figure(project: str, research: DataFrame) -> Markup | None:
    """The picture of the row of `research` with this id, or its film, as large as on a paper's page.

    Raises:
        OctavoError: if no row has this id.
    """
    row = _find_project(project, research)
    return figure(row.picture, row.alt, row.video)


def project_line(projects: Iterable[Research]) -> Markup | None:
    """`Project: …` with links to the pages of the projects that have one; None if there is none."""
    links = [
        link(render_title(project.title), project.url, **name_language(project.title))
        for project in projects
        if project.url
    ]
    if not links:
        return None
    return element(
        "p", f"{write_count('projects', len(links))} ", join(write_word("list-separator"), links), class_="details"
    )


def _find_project(project: str, research: DataFrame) -> Research:
    projects = {row.id: row for row in iterate_rows(research, Research) if row.id}
    if project not in projects:
        hint = suggest(project, list(projects), most=0) if projects else "none has an id"
        raise OctavoError(f"no row of research.yml has the id {project!r} ({hint})")
    return projects[project]
