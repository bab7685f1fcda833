"""Links from sources: only web addresses, whatever the source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from octavo.importing.collecting import Collection, Request, collect_records
from octavo.importing.statement import describe_record
from octavo.model.addresses import complete_web_address
from tests.importing.replay import Replay, Reply, make_csl

LOCAL = [
    ".git/config", ".env", "docs/cv.pdf", "paper.pdf", "/etc/passwd", "../x", "%2egit/config", "docs/../.env",
    "file:///etc/passwd", "C:/x.pdf", ".git\\config", "javascript:alert(1)", "mailto:a@example.org", "data:text/html,x",
    "https:docs/cv.pdf", "https:///etc/passwd", "&#46;env", "internal-pdf://1/x.pdf",
]  # fmt: skip


@pytest.mark.parametrize("address", LOCAL)
def test_only_web_addresses_are_accepted(address: str) -> None:
    with pytest.raises(ValueError, match=r"expected .*https://example\.org/paper"):
        complete_web_address(address)


@pytest.mark.parametrize(
    ("address", "completed"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("http://localhost:8000/x", "http://localhost:8000/x"),
        ("HTTPS://EXAMPLE.ORG", "HTTPS://EXAMPLE.ORG"),
        ("example.org/x", "https://example.org/x"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        ("www.example.org", "https://www.example.org"),
        ("//example.org/x", "https://example.org/x"),
    ],
)
def test_an_address_without_a_scheme_is_completed(address: str, completed: str) -> None:
    assert complete_web_address(address) == completed


FILES = {
    "refs.bib": "@article{{a, title={{T}}, author={{Emmy Noether}}, url={{{url}}}}}\n",
    "refs.ris": "TY  - JOUR\nTI  - T\nAU  - Noether, Emmy\nUR  - {url}\nER  - \n",
    "attached.ris": "TY  - JOUR\nTI  - T\nAU  - Noether, Emmy\nL1  - {url}\nER  - \n",
    "refs.json": '[{{"title": "T", "type": "article-journal", "author": [{{"family": "Noether"}}], "URL": "{url}"}}]',
}


def collect(tmp_path: Path, source: str) -> Collection:
    return collect_records(Request((source,), bytes, cache=tmp_path / "answers"))


def list_links(collection: Collection) -> list[str]:
    [record] = collection.records
    return [text for name, text in describe_record(record).items() if name.startswith("links.")]


@pytest.mark.parametrize("url", [".git/config", ".env", "docs/secret.pdf"])
@pytest.mark.parametrize("name", FILES)
def test_a_files_entry_is_imported_without_its_local_link_which_is_reported(
    tmp_path: Path, name: str, url: str
) -> None:
    (tmp_path / name).write_text(FILES[name].format(url=url), encoding="utf-8")
    collection = collect(tmp_path, str(tmp_path / name))
    assert list_links(collection) == []
    [problem] = collection.problems
    assert str(problem).startswith(f"{collection.records[0].place}: warning: url: {url!r} is not a web address")


@pytest.mark.parametrize("name", FILES)
def test_a_files_bare_address_is_completed(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(FILES[name].format(url="example.org/x"), encoding="utf-8")
    collection = collect(tmp_path, str(tmp_path / name))
    assert (list_links(collection), collection.problems) == (["https://example.org/x"], [])


def reply_csl(replay: Replay, url: str) -> str:
    replay.reply("/doi/10.1145/1.2", Reply(make_csl(URL=url)))
    return "doi:10.1145/1.2"


def reply_dblp(replay: Replay, url: str) -> str:
    replay.reply("/dblp/pid/65/9612.bib", Reply(FILES["refs.bib"].format(url=url), kind="application/x-bibtex"))
    return "dblp:65/9612"


def reply_orcid(replay: Replay, url: str) -> str:
    works = "/orcid/0000-0002-1825-0097/works"
    author = {"credit-name": {"value": "Emmy Noether"}}
    work = {
        "put-code": 3, "title": {"title": {"value": "T"}}, "type": "report", "url": {"value": url},
        "contributors": {"contributor": [author]},
    }  # fmt: skip
    replay.reply(works, Reply({"group": [{"work-summary": [{"put-code": 3}]}]}))
    replay.reply(f"{works}/3", Reply({"bulk": [{"work": work}]}))
    return "orcid:0000-0002-1825-0097"


@pytest.mark.parametrize("answer", [reply_csl, reply_dblp, reply_orcid])
def test_a_registrys_local_link_is_refused_too(tmp_path: Path, replay: Replay, answer: Any) -> None:
    """arXiv and OpenAlex give no links; if they ever do, the same code checks them."""
    collection = collect(tmp_path, answer(replay, ".git/config"))
    assert list_links(collection) == []
    [problem] = collection.problems
    assert "warning: url: '.git/config' is not a web address" in str(problem)


def test_every_odd_address_of_a_file_is_named_by_its_entry(tmp_path: Path) -> None:
    items = [{"title": f"T{n}", "type": "book", "author": [{"family": "N"}], "URL": url} for n, url in enumerate(LOCAL)]
    (tmp_path / "refs.json").write_text(json.dumps(items), encoding="utf-8")
    collection = collect(tmp_path, str(tmp_path / "refs.json"))
    assert [describe_record(record).get("links.paper") for record in collection.records] == [None] * len(LOCAL)
    assert [problem.severity for problem in collection.problems] == ["warning"] * len(LOCAL)
    assert len({problem.path for problem in collection.problems}) == len(LOCAL)
