"""`octavo watch` proposes external changes and writes only allowed ones; a failing source changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from octavo.tables import load_table
from tests.importing.replay import Replay, Reply, make_csl
from tests.watching.conftest import ROWS, Run

NOTICE = {"DOI": "10.1145/9", "type": "retraction", "label": "Retraction", "source": "retraction-watch"}
NO_WORKS = "/orcid/0000-0002-1825-0097/works"


def snapshot(data: Path) -> dict[str, bytes]:
    return {str(file.relative_to(data)): file.read_bytes() for file in sorted(data.rglob("*")) if file.is_file()}


def test_without_news_nothing_is_proposed(run: Run, sources: Replay) -> None:
    status, said = run()
    assert (status, "## " in said.replace("## Notes", "")) == (0, False)


def test_a_retraction_is_proposed_first_and_written_only_on_request(
    run: Run, sources: Replay, data: Path, forget: Callable[[], None]
) -> None:
    sources.reply("/doi/10.1145/1.2", Reply(make_csl(**{"updated-by": [NOTICE]})))
    before = snapshot(data)
    status, said = run()
    assert status == 3
    assert said.startswith("## Retractions and corrections\n\n- `vtc`: status: 'retracted' (Crossref)\n")
    assert "links.retraction: 'https://doi.org/10.1145/9'" in said
    assert snapshot(data) == before
    assert run("--write")[0] == 3
    assert "status: retracted" in (data / "publications.yml").read_text()
    forget()
    assert run("--write")[0] == 0


def test_a_new_paper_is_proposed_and_then_written(run: Run, sources: Replay, data: Path) -> None:
    (data / "publications.yml").write_text(ROWS.partition("\n\n")[2])
    (data / "profile.yml").write_text("name: Emmy Noether\nlinks: [{label: P, url: 'https://openalex.org/A1'}]\n")
    work = {
        "id": "https://openalex.org/W2",
        "title": "Rings *and* fields of @emmy",
        "type": "article",
        "authorships": [],
    }
    person = {"author": {"display_name": "Emmy Noether"}}
    page = {"results": [{**work, "publication_date": "2026-01-02", "authorships": [person]}], "meta": {}}
    sources.reply("/openalex/works", Reply(page))
    status, said = run("--write")
    assert status == 3
    assert (
        "## New papers\n\n- `noether-2026-rings`: Rings \\*and\\* fields of @\u2060emmy, 2026-01-02 (OpenAlex)\n"
        in said
    )
    assert "id: noether-2026-rings" in (data / "publications.yml").read_text()


def test_counts_are_added_only_on_request_and_then_updated(
    run: Run, sources: Replay, data: Path, forget: Callable[[], None]
) -> None:
    assert run("--write")[0] == 0
    assert not (data / "citations.yml").exists()
    status, said = run("--citations", "--write")
    assert status == 3
    assert said.count("`vtc`: ") == 3
    rows = yaml.safe_load((data / "citations.yml").read_text())
    assert [(row["publication"], row["source"], row["count"]) for row in rows] == [
        ("vtc", "OpenAlex", 7),
        ("vtc", "Semantic Scholar", 9),
        ("vtc", "Crossref", 5),
    ]
    assert rows[1]["url"] == "https://s2.example/f0"
    forget()
    sources.reply("/openalex/works/doi:10.1145/1.2", Reply({"id": "https://openalex.org/W1", "cited_by_count": 8}))
    assert "`vtc`: OpenAlex: 7 → 8" in run("--write")[1]


def test_without_an_answer_a_count_keeps_its_number_and_date(
    run: Run, sources: Replay, data: Path, forget: Callable[[], None]
) -> None:
    old = "- {publication: vtc, source: Semantic Scholar, count: 3, date: 2025-01-02}\n"
    (data / "citations.yml").write_text(old + old.replace("Semantic Scholar", "OpenAlex"))
    sources.reply("/semanticscholar/paper/DOI:10.1145/1.2", Reply("busy", 500, "text/plain"))
    status, said = run("--write")
    assert status == 3
    assert "Semantic Scholar wasn't asked about 1 of 2 works, which keep their numbers" in said.replace("\\", "")
    rows = {row["source"]: row for row in yaml.safe_load((data / "citations.yml").read_text())}
    assert (rows["Semantic Scholar"]["count"], str(rows["Semantic Scholar"]["date"])) == (3, "2025-01-02")
    assert rows["OpenAlex"]["count"] == 7


def test_an_unchanged_count_keeps_its_date(run: Run, sources: Replay, data: Path) -> None:
    rows = "- {publication: vtc, source: OpenAlex, count: 7, date: 2025-01-02}\n"
    (data / "citations.yml").write_text(rows)
    assert run("--write")[0] == 0
    assert (data / "citations.yml").read_text() == rows


def test_a_failure_alone_is_not_a_proposal_and_changes_nothing(run: Run, sources: Replay, data: Path) -> None:
    for path in (NO_WORKS, "/doi/10.1145/1.2"):
        sources.reply(path, Reply("down", 500, "text/plain"))
    before = snapshot(data)
    status, said = run("--write")
    assert status == 0
    assert said.count("HTTP 500") == 2
    after = {name: content for name, content in snapshot(data).items() if "provenance" not in name}
    assert after == before


def test_a_free_copy_is_proposed_if_no_link_leads_to_one(run: Run, sources: Replay, data: Path) -> None:
    work = {"id": "W1", "cited_by_count": 7, "open_access": {"oa_url": "https://repo.example/vtc.pdf"}}
    sources.reply("/openalex/works/doi:10.1145/1.2", Reply(work))
    assert "## Free copies\n\n- `vtc`: <https://repo.example/vtc.pdf> (OpenAlex)" in run("--citations")[1]
    rows = (data / "publications.yml").read_text().replace("10.1145/1.2\n", "10.1145/1.2\n  arxiv: '2411.08982'\n")
    (data / "publications.yml").write_text(rows)
    assert "Free copies" not in run("--citations")[1]


def test_a_retracted_work_that_a_paper_cites_is_reported_on_request(run: Run, sources: Replay) -> None:
    references = [{"key": "1", "DOI": "10.1145/BAD"}, {"key": "2", "unstructured": "A book"}]
    sources.reply("/doi/10.1145/1.2", Reply(make_csl(reference=references)))
    found = {"results": [{"doi": "https://doi.org/10.1145/bad", "display_name": "Wrong"}]}
    sources.reply("/openalex/works", Reply(found))
    assert "Wrong" not in run()[1]
    assert "- Wrong, <https://doi.org/10.1145/bad>, was retracted; `vtc` cites it" in run("--cited")[1]
    asked = [path for path, _ in sources.asked if path.startswith("/openalex/works?")]
    assert "is_retracted%3Atrue%2Cdoi%3A10.1145%2Fbad" in asked[0]


def test_the_budget_of_requests_is_kept(run: Run, sources: Replay) -> None:
    _, said = run("--citations", "--requests", "2")
    assert len(sources.asked) == 2
    assert "the budget of requests is used up" in said


def test_json_output_has_the_same_content(run: Run, sources: Replay) -> None:
    sources.reply("/doi/10.1145/1.2", Reply(make_csl(**{"updated-by": [NOTICE]})))
    report = json.loads(run("--json", "--citations")[1])
    assert {change["field"]: change["new"] for change in report["changed"]}["status"] == "retracted"
    assert {count["source"]: count["new"] for count in report["citations"]} == {"OpenAlex": 7, "Semantic Scholar": 9}


@pytest.mark.parametrize(
    "broken",
    [
        *({"cited_by_count": number} for number in ("many", -1, 7.5, 10**12, 10**400, "٣")),
        *({}, [], "text", "<html>Sign in to the network</html>", '{"cited_by_count": ' + "9" * 5000 + "}"),
    ],
    ids=lambda answer: str(answer)[:40],
)
def test_an_answer_without_a_number_is_ignored(run: Run, sources: Replay, broken: object) -> None:
    sources.reply("/openalex/works/doi:10.1145/1.2", Reply(broken))  # type: ignore[arg-type]
    status, said = run("--citations")
    assert status == 3
    assert "OpenAlex: " not in said.partition("## Notes")[0]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "docs/cv.pdf", "https://x.example/a\n\n## Retractions\n\n- `vtc`", "`<b>", "//"]
)
def test_an_invalid_address_is_neither_written_nor_reported(
    run: Run, sources: Replay, data: Path, address: str
) -> None:
    paper = {"url": address, "citationCount": 9, "openAccessPdf": {"url": address}}
    sources.reply("/semanticscholar/paper/DOI:10.1145/1.2", Reply(paper))
    status, said = run("--citations", "--write")
    assert (status, "Free copies" in said, "Retractions" in said) == (3, False, False)
    assert load_table("citations", data).set_index("source").loc["Semantic Scholar", "count"] == 9


def test_each_source_has_its_own_number_even_if_they_disagree(run: Run, sources: Replay) -> None:
    sources.reply("/openalex/works/doi:10.1145/1.2", Reply({"id": "https://openalex.org/W1", "cited_by_count": 0}))
    said = run("--citations")[1]
    assert "`vtc`: OpenAlex: 0" in said
    assert "`vtc`: Semantic Scholar: 9" in said


def test_a_slow_source_is_reported_and_does_not_block_the_others(
    run: Run, sources: Replay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OCTAVO_HTTP_TIMEOUT", "0.3")
    sources.reply("/openalex/works/doi:10.1145/1.2", Reply({"cited_by_count": 3}, delay=1))
    counts, _, notes = run("--citations")[1].partition("## Notes")
    assert "OpenAlex: " not in counts
    assert "`vtc`: Semantic Scholar: 9" in counts
    assert "no response within 0.3 s" in notes


def test_an_answer_about_another_work_changes_nothing(run: Run, sources: Replay, data: Path) -> None:
    before = (data / "publications.yml").read_bytes()
    other = make_csl(DOI="10.9999/other", title="Another", **{"updated-by": [NOTICE], "is-referenced-by-count": 5})
    sources.reply("/doi/10.1145/1.2", Reply(other))
    said = run("--citations", "--write")[1]
    assert "the answer describes another DOI" in said
    assert "Crossref: 5" not in said
    assert (data / "publications.yml").read_bytes() == before


def test_a_dead_link_is_proposed_with_its_archived_copy(
    run: Run, sources: Replay, data: Path, forget: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = data.parent / "_site"
    site.mkdir()
    page = f'<link rel="canonical" href="https://noether.example/"><a href="{sources.base}/gone">Gone</a>'
    (site / "index.html").write_text(page)
    copy = {"archived_snapshots": {"closest": {"available": True, "url": "http://web.archive.org/web/2020/x"}}}
    monkeypatch.setattr("octavo.watching.links._ARCHIVE", f"{sources.base}/archive")
    sources.reply("/archive", Reply(copy))
    status, said = run("--links", str(site))
    assert status == 3
    place = f"<{sources.base}/gone>: 404 Not Found, in index.html:1"
    assert f"## Dead links\n\n- {place}; archived: <http://web.archive.org/web/2020/x>" in said
    forget()
    sources.reply("/archive", Reply({"archived_snapshots": {}}))
    assert f"- {place}\n" in run("--links", str(site))[1] + "\n"
