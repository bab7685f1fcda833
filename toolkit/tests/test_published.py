"""Published files: which files of a project may be in its site, whatever names them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from octavo.published import Published, is_hidden, load_published
from octavo.tables.rows import check_tables
from tests.tables import write_paper, write_tables


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a file of each kind, and one outside it."""
    root = tmp_path / "project"
    for path in (
        "docs/a.pdf", "docs/.env", "docs/.git/x", "assets/a.png", "files/a.pdf", "files/not/a.pdf", "data/a.pdf",
        ".env", ".git/config", ".well-known/security.txt", "../elsewhere/secret.pdf", "secret.html",
    ):  # fmt: skip
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()
    return root


@pytest.mark.parametrize("path", ["docs/a.pdf", "docs/none.pdf", "assets/a.png", "files/a.pdf", "robots.txt"])
def test_files_of_the_published_folders_may_be_in_the_site(project: Path, path: str) -> None:
    assert Published(project, ["/files"]).find_fault(path) == ""


REFUSED = {
    ".env": "is a hidden file",
    ".git/config": "is a hidden file",
    "docs/.env": "is a hidden file",
    "docs/.git/x": "is a hidden file",
    "DOCS/.env": "is a hidden file",
    "DOCS/a.pdf": "is not in a published folder",
    "data/a.pdf": "is not in a published folder",
    "docs": "is not in a published folder",
    "docsx/a.pdf": "is not in a published folder",
    "files/not/a.pdf": "is not in a published folder",
    "secret.html": "is not in a published folder",
    "posts/a/phone.HEIC": "is a picture that browsers don't show (export it as JPEG)",
    "docs/../.git/config": "is not a path inside the project",
    "../elsewhere/secret.pdf": "is not a path inside the project",
    "/etc/passwd": "is not a path inside the project",
    "docs/a.pdf/": "is not a path inside the project",
    ".git\\config": "has a backslash",
    "docs\\..\\.env": "has a backslash",
    "docs/a\0.pdf": "has a backslash or control character",
    "": "is not a path inside the project",
}


@pytest.mark.parametrize("path", REFUSED)
def test_any_other_file_is_refused_with_the_reason(project: Path, path: str) -> None:
    assert Published(project, ["/files", "!/files/not"]).find_fault(path).startswith(REFUSED[path])


def test_a_folder_that_resources_lists_may_be_made_by_the_build(project: Path) -> None:
    assert Published(project, ["/made"]).find_fault("made/cv.pdf") == ""


@pytest.mark.parametrize("target", ["../../elsewhere/secret.pdf", "../.git/config", "../data/a.pdf", "../docs/.env"])
def test_a_link_out_of_the_folders_is_refused(project: Path, target: str) -> None:
    (project / "docs/link.pdf").symlink_to(target)
    published = Published(project, [])
    assert "symbolic link" in published.find_fault("docs/link.pdf")
    [problem] = published.list_problems()
    assert str(problem).startswith("docs/link.pdf:1:1: leads through a symbolic link to ")


def test_a_link_from_one_published_folder_to_another_is_fine(project: Path) -> None:
    (project / "docs/link.png").symlink_to("../assets/a.png")
    (project / "docs/folder").symlink_to("../assets")
    published = Published(project, [])
    assert [published.find_fault(path) for path in ("docs/link.png", "docs/folder/a.png")] == ["", ""]
    assert list(published.list_problems()) == []


def test_a_published_folder_that_links_out_of_the_project_is_one_problem(project: Path) -> None:
    """Not one per file: `files -> /etc` would publish hundreds."""
    (project / "linked").symlink_to("/etc")
    (project / "docs/etc").symlink_to("/etc")
    published = Published(project, ["/linked"])
    assert "symbolic link" in published.find_fault("linked/passwd")
    assert "symbolic link" in published.find_fault("docs/etc/passwd")
    assert sorted(problem.path for problem in published.list_problems()) == ["docs/etc", "linked"]
    assert published.list_resources() == []


def test_a_project_reached_through_a_link_is_published_like_any_other(project: Path) -> None:
    (project.parent / "link").symlink_to(project)
    assert Published(project.parent / "link", []).find_fault("docs/a.pdf") == ""


def test_folders_bring_no_hidden_files(project: Path) -> None:
    """`.DS_Store` and `.gitkeep` are in many folders."""
    assert Published(project, ["/docs", "*.pdf", "**/*", "[.]env"]).list_resources() == [
        "docs/a.pdf", "data/a.pdf", "files/a.pdf", "files/not/a.pdf",
        ".well-known/security.txt", "assets/a.png", "secret.html",
    ]  # fmt: skip


@pytest.mark.parametrize("pattern", [".env", "/.git", ".git/**", "docs/.*", "../elsewhere", "/docs/../data", "a\\b"])
def test_a_pattern_that_names_a_hidden_file_is_a_problem_at_its_line(project: Path, pattern: str) -> None:
    (project / "_quarto.yml").write_text(f"project:\n  resources:\n    - '{pattern}'\n", encoding="utf-8")
    [problem] = load_published(project).list_problems()
    assert (problem.path, problem.line) == ("_quarto.yml", 3)
    assert repr(pattern) in problem.message


@pytest.mark.parametrize("pattern", ["/docs", "./docs", "docs/", "!.env", "/.well-known", ".nojekyll", "**/*.png"])
def test_other_patterns_are_no_problem(project: Path, pattern: str) -> None:
    assert list(Published(project, [pattern]).list_problems()) == []


@pytest.mark.parametrize("text", ["project: [", "- a\n", "project: x\n", "", "project: {resources: }\n", "\xff"])
def test_a_configuration_without_resources_publishes_only_the_usual_folders(project: Path, text: str) -> None:
    (project / "_quarto.yml").write_bytes(text.encode("latin-1"))
    assert load_published(project).find_fault("files/a.pdf") == "is not in a published folder"


@pytest.mark.parametrize(
    ("path", "hidden"),
    [
        (".nojekyll", False),
        (".well-known/x", False),
        (".well-known/.x", True),
        ("a/.nojekyll", True),
        ("a/.b/c", True),
        (".well-known-x/y", True),
    ],
)
def test_only_well_known_files_for_the_public_are_not_hidden(path: str, hidden: bool) -> None:
    assert is_hidden(path) is hidden


# Rows

ROWS = {
    "a publication's link": (
        "publications",
        write_paper("a", "links: {code: '@'}"),
        "5:17: publications[0].links.code",
    ),
    "a talk's link": ("talks", "- title: T\n  links: {slides: '@'}\n", "2:19: talks[0].links.slides"),
    "the profile's link": ("profile", "name: N\nlinks:\n  - {label: L, url: '@'}\n", "3:21: profile.links[0].url"),
    "the photo": ("profile", "name: N\nphoto: '@'\n", "2:8: profile.photo"),
    "the affiliation's address": ("profile", "name: N\naffiliation_url: '@'\n", "2:18: profile.affiliation_url"),
    "a link in a text": ("news", "- date: 2025\n  text: See [it](@)\n", "2:9: news[0].text"),
    "a link in the earlier work": ("profile", "name: N\nearlier_work: See [it](@)\n", "2:15: profile.earlier_work"),
    "the CV": ("profile", "name: N\ncv:\n  file: '@'\n", "3:9: profile.cv.file"),
}
UNPUBLISHED = [
    ".git/config.pdf", ".env.pdf", "docs/.env.pdf", "data/a.pdf", "DOCS/.env.pdf", "%2egit/config.pdf",
    "%252egit/config.pdf", "docs/../.env.pdf", "/etc/passwd.pdf", "docs/out.pdf", "a.pdf",
]  # fmt: skip


@pytest.mark.parametrize("address", UNPUBLISHED)
@pytest.mark.parametrize("field", ROWS)
def test_no_field_of_a_row_can_name_an_unpublished_file(project: Path, field: str, address: str) -> None:
    """Even if the file doesn't exist, since it may on another machine."""
    (project / "docs/out.pdf").symlink_to("../../elsewhere/secret.pdf")
    table, text, place = ROWS[field]
    [problem] = check_tables(write_tables(project, **{table: text.replace("@", address)}))
    assert problem.severity == "error"
    assert f"{table}.yml:{place}: " in str(problem)
    assert "expected" in problem.message


@pytest.mark.parametrize("address", ["docs/a.pdf", "assets/a.pdf", "files/a.pdf"])
@pytest.mark.parametrize("field", ROWS)
def test_every_field_can_name_a_published_file(project: Path, field: str, address: str) -> None:
    Image.new("1", (9, 9)).save(project / address, format="PNG")  # a photo must be a real picture
    (project / "_quarto.yml").write_text("project: {resources: [/files]}\n", encoding="utf-8")
    table, text, _ = ROWS[field]
    assert check_tables(write_tables(project, **{table: text.replace("@", address)})) == []


@pytest.mark.parametrize("address", ["page.html#x", "publications.bib", "feed.xml", "publications/a.html"])
def test_a_row_can_name_a_page_or_a_generated_file(project: Path, address: str) -> None:
    (project / "page.qmd").touch()
    data = write_tables(project, publications=write_paper("a"), news=f"- {{date: 2025, text: '[x]({address})'}}\n")
    assert check_tables(data) == []


def test_an_html_file_is_a_page_only_if_it_is_made_from_a_source(project: Path) -> None:
    [problem] = check_tables(write_tables(project, news="- {date: 2025, text: '[x](secret.html)'}\n"))
    assert problem.severity == "error"
