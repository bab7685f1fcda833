"""Publications from the front matter of a Hugo site's pages."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from octavo.importing.readers.files import read_references
from octavo.importing.record import Record
from octavo.model.authors import Author
from tests.importing.project import Project

PAGE = """\
---
title: 'Chain Conditions: a *Study*'
authors: [admin, Emil Artin]
author_notes: [Equal contribution, '']
date: '2013-07-01T00:00:00Z'
doi: 10.5555/chain
publication_types: ['paper-conference']
publication: In *Conference on Rings*
publication_short: In *CR*
abstract: Some *rings*.
summary: A sentence.
tags: [Rings, Ideals]
featured: true
hugoblox: {ids: {arxiv: 2001.00001, pmid: 17284678}}
links:
  - {type: pdf, url: 'https://example.org/chain.pdf'}
  - {name: Custom Link, url: 'https://example.org'}
  - {type: slides, url: ''}
url_pdf: paper.pdf
url_video: https://example.org/film
image: {caption: Rings}
projects: [example]
---
Text.
"""


def read(text: str, path: str = "content/publication/chain/index.md") -> tuple[list[Record], list[str]]:
    found = list(read_references(text.encode(), path))
    return [one for one in found if isinstance(one, Record)], [str(one) for one in found if not isinstance(one, Record)]


def test_a_page_is_read() -> None:
    (record,), problems = read(PAGE)
    assert (problems, record.key, record.title) == ([], "chain", "Chain Conditions: a Study")
    assert (record.type, record.issued, record.selected) == ("paper-conference", "2013-07-01", True)
    assert (record.container_title, record.container_title_short) == ("Conference on Rings", "CR")
    assert (record.doi, record.arxiv, record.abstract) == ("10.5555/chain", "2001.00001", "Some rings.")
    assert (record.author[1], record.topics) == (Author("Emil", "Artin"), ("Rings", "Ideals"))
    assert record.links == {"video": "https://example.org/film", "paper": "https://example.org/chain.pdf"}
    assert record.texts == {"tldr": "A sentence."}


def test_unknown_keys_are_kept_or_named() -> None:
    (record,), _ = read(PAGE)
    assert record.extra == {"url_pdf": "paper.pdf", "link-Custom-Link": "https://example.org", "pmid": "17284678"}
    assert sorted(record.left) == ["author_notes", "image", "projects"]


@pytest.mark.parametrize(("url", "address"), [("https://example.org", "https://example.org"), ("/papers/a/", "")])
def test_a_web_address_is_that_of_the_paper(url: str, address: str) -> None:
    (record,), _ = read(f"---\ntitle: A\nauthors: [A. Smith]\nurl: {url}\n---\n")
    assert record.url == address


def test_toml_and_numeric_types_of_old_pages_are_read() -> None:
    toml = '+++\ntitle = "Old"\ndate = 2016-09-01\nauthors = ["me"]\npublication_types = ["2"]\nmath = true\n+++\n'
    (record,), problems = read(toml)
    assert (problems, record.type, record.issued, record.left) == ([], "article-journal", "2016-09-01", ("math",))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("---\ntitle: [a\n---\n", ":2:8: this list isn't closed properly (expected ',' or ']')"),
        ("+++\ntitle = \n+++\n", ":2:1: the TOML can't be read: Invalid value (at line 1, column 9)"),
        ("---\nauthors: [A. Smith]\n---\n", ":1:1: the page has no title"),
        ("---\ntitle: A\npublication_types: [thesis]\n---\n", ":1:1: the page has no authors"),
        ("---\ntitle: A\ndraft: true\n---\n", ":1:1: warning: this page is a draft; it was left out"),
        ("Text.\n", ":1:1: the page has no front matter (expected it between lines of '---' or '+++')"),
    ],
)
def test_a_page_that_is_not_a_publication_is_named(text: str, problem: str) -> None:
    assert read(text, "a.md") == ([], [f"a.md{problem}"])


def test_the_pages_of_a_folder_are_imported_once_and_the_owner_is_named(tmp_path: Path) -> None:
    project = Project(tmp_path, "[]\n")
    for name, text in {"chain/index.md": PAGE, "_index.md": "---\ntitle: Publications\n---\n"}.items():
        file = tmp_path / "publication" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    assert [row["id"] for row in project.run(tmp_path / "publication")["new"]] == ["chain"]
    before = project.read()
    (row,) = yaml.safe_load(before["publications.yml"])
    assert (row["authors"], row["selected"]) == (["E. Noether", "Emil Artin"], True)
    assert project.run(tmp_path / "publication")["new"] == []
    assert project.read() == before
