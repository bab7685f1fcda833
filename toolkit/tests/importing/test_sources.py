"""Each source's answers in its own format, and the limits on them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from octavo.errors import OctavoError
from octavo.importing import answers
from octavo.importing.collecting import Collection, Request, collect_records
from octavo.importing.record import Record
from octavo.importing.sources import service
from tests.importing.replay import Replay, Reply, make_atom, make_csl


@pytest.fixture
def collect(tmp_path: Path, replay: Replay) -> Any:
    def run(*sources: str) -> Collection:
        return collect_records(Request(sources, bytes, cache=tmp_path))

    return run


def get_one(collection: Collection) -> Record:
    assert collection.problems == []
    (record,) = collection.records
    return record


@pytest.mark.parametrize("source", ["doi:10.1145/1.2", "DOI: 10.1145/1.2", "https://doi.org/10.1145/1.2"])
def test_a_doi_is_looked_up_at_its_registry(collect: Any, replay: Replay, source: str) -> None:
    replay.reply("/doi/10.1145/1.2", Reply(make_csl(), kind="application/vnd.citationstyles.csl+json"))
    record = get_one(collect(source))
    assert (record.source, record.type, record.issued) == ("Crossref", "paper-conference", "2026-07-07")
    assert replay.asked[0][1]["Accept"] == "application/vnd.citationstyles.csl+json"


def test_datacite_and_crossref_are_told_apart(collect: Any, replay: Replay) -> None:
    item = make_csl(source=None, id="https://doi.org/10.5281/zenodo.1", type="dataset", DOI="10.5281/zenodo.1")
    replay.reply("/doi/10.5281/zenodo.1", Reply({**item, "id": "https://api.datacite.org/dois/10.5281/zenodo.1"}))
    assert get_one(collect("doi:10.5281/zenodo.1")).source == "DataCite"


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply("<html>", kind="text/html"), "127.0.0.1: the answer is 'text/html'; expected JSON"),
        (Reply("{}", kind="\x1b[2J"), r"the answer is '\x1b[2j'; expected JSON"),
        (Reply("{}", kind=""), "the answer is of no stated type; expected JSON"),
        (Reply('{"title": '), "the answer is not valid JSON: Expecting value"),
        (Reply("9" * 5000), "the answer is not valid JSON"),
        (Reply([]), "expected a CSL-JSON item"),
        (Reply({}), "the item has no title"),
        (Reply(make_csl(author=[])), "the item has neither author nor editor"),
        (Reply(make_csl(DOI="10.1145/other")), "the answer describes another DOI, 10.1145/other"),
        (Reply("no", 404), "127.0.0.1: not found (HTTP 404)"),
        (Reply("no", 403), "127.0.0.1: access denied (HTTP 403)"),
    ],
)
def test_an_unusable_answer_is_a_problem_and_no_record(
    collect: Any, replay: Replay, reply: Reply, message: str
) -> None:
    replay.reply("/doi/10.1145/1.2", reply)
    collection = collect("doi:10.1145/1.2")
    assert collection.records == []
    assert str(collection.problems[0]).startswith("doi:10.1145/1.2: ")
    assert message in str(collection.problems[0])


def test_one_failure_does_not_keep_the_others_from_being_requested(collect: Any, replay: Replay) -> None:
    replay.reply("/doi/10.1145/1.2", Reply(make_csl()))
    collection = collect("doi:10.1145/0", "doi:10.1145/1.2")
    assert (len(collection.records), len(collection.problems)) == (1, 1)


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("arxiv:noether_e_1", "noether_e_1"),
        ("https://arxiv.org/a/Noether_E_1", "noether_e_1"),
        ("arxiv.org/a/noether_e_1.atom2", "noether_e_1"),
        ("https://arxiv.org/a/0000-0002-1825-0097", "0000-0002-1825-0097"),
    ],
)
def test_arxiv_s_list_of_an_author_gives_all_preprints(collect: Any, replay: Replay, source: str, path: str) -> None:
    replay.reply(f"/arxiv/a/{path}.atom2", make_atom("2411.08982", "math/0211159"))
    collection = collect(source)
    assert [(record.arxiv, record.key) for record in collection.records] == [
        ("2411.08982", "2411.08982"),
        ("math/0211159", "math/0211159"),
    ]
    assert collection.problems == []


def test_an_author_unknown_to_arxiv_is_a_problem(collect: Any, replay: Replay) -> None:
    replay.reply("/arxiv/a/noether_e_9.atom2", Reply("not found", status=404))
    collection = collect("arxiv:noether_e_9")
    assert collection.records == []
    assert [str(problem).startswith("arxiv:noether_e_9: ") for problem in collection.problems] == [True]


@pytest.mark.parametrize("source", ["arxiv:2411.08982", "arXiv:2411.08982v2", "https://arxiv.org/pdf/2411.08982v1.pdf"])
def test_arxiv_identifiers_are_looked_up_at_arxiv(collect: Any, replay: Replay, source: str) -> None:
    replay.reply("/arxiv/api/query", make_atom("2411.08982"))
    record = get_one(collect(source))
    assert (record.source, record.status, record.arxiv, record.doi) == ("arXiv", "preprint", "2411.08982", "")
    assert (record.title, record.abstract) == ("Lynx: Efficient MoE Inference", "We show words.")
    assert record.issued == "2024-11-13"
    assert [str(author) for author in record.author] == ["Emmy Noether", "Jae Hyung Ju"]


def test_a_preprint_that_was_published_is_looked_up_by_its_doi(collect: Any, replay: Replay) -> None:
    replay.reply("/arxiv/api/query", make_atom("2411.08982", more="<arxiv:doi>10.1145/1.2</arxiv:doi>"))
    replay.reply("/doi/10.1145/1.2", Reply(make_csl()))
    collection = collect("arxiv:2411.08982")
    assert [record.source for record in collection.records] == ["arXiv", "Crossref"]


def test_several_preprints_are_one_request(collect: Any, replay: Replay) -> None:
    replay.reply("/arxiv/api/query", make_atom("2411.08982", "math/0211159"))
    assert len(collect("arxiv:2411.08982", "arxiv:math/0211159").records) == 2
    assert len(replay.asked) == 1


# Each entity is ten of the one before it: a gigabyte.
BOMB = (
    "<!DOCTYPE a [<!ENTITY b0 'b'>"
    + "".join(f"<!ENTITY b{n} '{f'&b{n - 1};' * 10}'>" for n in range(1, 10))
    + "]><a>&b9;</a>"
)


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (make_atom(), "arXiv has no paper with this identifier"),
        (Reply("<feed", kind="application/atom+xml"), "the answer is not valid XML"),
        (Reply("<html>", kind="text/html"), "the answer is 'text/html'; expected Atom"),
        (Reply(BOMB, kind="application/xml"), "the answer is not valid XML"),
    ],
)
def test_an_unusable_answer_from_arxiv_is_a_problem(collect: Any, replay: Replay, reply: Reply, message: str) -> None:
    replay.reply("/arxiv/api/query", reply)
    collection = collect("arxiv:2411.08982")
    assert collection.records == []
    assert message in str(collection.problems[0])


def identify(kind: str, value: str) -> dict[str, Any]:
    return {"external-ids": {"external-id": [{"external-id-type": kind, "external-id-value": value}]}}


def test_works_in_orcid_are_looked_up_at_the_best_source(collect: Any, replay: Replay) -> None:
    groups = [
        {**identify("doi", "10.1145/1.2"), "work-summary": [{"put-code": 1}]},
        {**identify("arxiv", "arXiv:2411.08982"), "work-summary": [{"put-code": 2}]},
        {"external-ids": {}, "work-summary": [{"put-code": 3}]},
    ]
    work = {
        "put-code": 3,
        "title": {"title": {"value": "A Thesis"}},
        "type": "dissertation-thesis",
        "publication-date": {"year": {"value": "2020"}, "month": None},
        "contributors": {"contributor": [{"credit-name": {"value": "Emmy Noether"}}]},
    }
    replay.reply("/orcid/0000-0002-1825-0097/works", Reply({"group": groups}))
    replay.reply("/orcid/0000-0002-1825-0097/works/3", Reply({"bulk": [{"work": work}]}))
    replay.reply("/doi/10.1145/1.2", Reply(make_csl()))
    replay.reply("/arxiv/api/query", make_atom("2411.08982"))
    collection = collect("orcid:0000-0002-1825-0097")
    assert collection.problems == []
    assert [record.source for record in collection.records] == ["Crossref", "arXiv", "ORCID"]
    assert (collection.records[2].type, collection.records[2].issued) == ("thesis", "2020")


RELATION = "external-id-relationship"


def make_orcid_work(**changes: Any) -> dict[str, Any]:
    title = {"title": {"value": "On Rings"}, "subtitle": None, "translated-title": None}
    return {"put-code": 3, "title": title, "type": "edited-book", "citation": None, **changes}


def test_the_identifier_of_a_book_is_not_that_of_its_chapter(collect: Any, replay: Replay) -> None:
    part = {"external-id-type": "doi", "external-id-value": "10.1145/9", RELATION: "part-of"}
    summary = {"put-code": 3, "external-ids": {"external-id": [part]}}
    group = {"external-ids": {"external-id": []}, "work-summary": [summary]}
    contributors = {"contributor": [{"credit-name": {"value": "Emmy Noether"}}]}
    work = make_orcid_work(type="book-chapter", contributors=contributors)
    replay.reply("/orcid/0000-0002-1825-0097/works", Reply({"group": [group]}))
    replay.reply("/orcid/0000-0002-1825-0097/works/3", Reply({"bulk": [{"work": work}]}))
    record = get_one(collect("orcid:0000-0002-1825-0097"))
    assert (record.source, record.title) == ("ORCID", "On Rings")


def test_a_works_own_identifier_comes_before_that_of_another_version(collect: Any, replay: Replay) -> None:
    found = [("10.1101/7", "version-of"), ("10.1145/1.2", "self")]
    identifiers = [{**identify("doi", doi)["external-ids"]["external-id"][0], RELATION: kind} for doi, kind in found]
    group = {"external-ids": {"external-id": identifiers}, "work-summary": [{"put-code": 1}]}
    replay.reply("/orcid/0000-0002-1825-0097/works", Reply({"group": [group]}))
    replay.reply("/doi/10.1145/1.2", Reply(make_csl()))
    assert get_one(collect("orcid:0000-0002-1825-0097")).doi == "10.1145/1.2"


def test_editors_in_orcid_are_editors(collect: Any, replay: Replay) -> None:
    role = {"contributor-sequence": None, "contributor-role": "editor"}
    contributors = [{"credit-name": {"value": "Emmy Noether"}, "contributor-attributes": role}]
    work = make_orcid_work(contributors={"contributor": contributors})
    replay.reply("/orcid/0000-0002-1825-0097/works", Reply({"group": [{"work-summary": [{"put-code": 3}]}]}))
    replay.reply("/orcid/0000-0002-1825-0097/works/3", Reply({"bulk": [{"work": work}]}))
    record = get_one(collect("orcid:0000-0002-1825-0097"))
    assert ([str(editor) for editor in record.editor], record.author) == (["Emmy Noether"], ())


def test_a_work_that_orcid_leaves_out_is_reported(collect: Any, replay: Replay) -> None:
    replay.reply("/orcid/0000-0002-1825-0097/works", Reply({"group": [{"work-summary": [{"put-code": 3}]}]}))
    replay.reply("/orcid/0000-0002-1825-0097/works/3", Reply({"bulk": [{"error": {}}]}))
    assert "the answer is missing works 3" in str(collect("orcid:0000-0002-1825-0097").problems[0])


def test_dblp_is_read_as_bibtex(collect: Any, replay: Replay) -> None:
    text = "@inproceedings{DBLP:conf/osdi/Hu26, title={VTC}, author={Muyan Hu}, booktitle={OSDI}, year={2026}}"
    replay.reply("/dblp/pid/65/9612.bib", Reply(text, kind="application/x-bibtex"))
    record = get_one(collect("dblp:65/9612"))
    assert (record.source, record.title, record.place) == ("DBLP", "VTC", "dblp:65/9612:1:1")


@pytest.mark.parametrize("kind", ["text/html", "", "application/octet-stream"])
def test_bibtex_is_recognized_by_its_text(collect: Any, replay: Replay, kind: str) -> None:
    replay.reply("/dblp/pid/65/9612.bib", Reply("@misc{a, title={T}, author={A B}}", kind=kind))
    assert get_one(collect("dblp:65/9612")).title == "T"
    replay.reply("/dblp/pid/65/9612.bib", Reply("<html>v@example.org", kind=kind))
    assert "expected BibTeX" in str(collect("dblp:65/9612").problems[0])


def test_openalex_is_read_page_by_page(collect: Any, replay: Replay) -> None:
    work = {
        "id": "https://openalex.org/W1",
        "title": "VTC",
        "type": "article",
        "publication_date": "2026-07-07",
        "doi": "https://doi.org/10.1145/1.2",
        "authorships": [{"author": {"display_name": "Muyan Hu", "orcid": None}}],
        "primary_location": {"source": {"display_name": "OSDI", "type": "conference"}},
        "biblio": {"first_page": "1", "last_page": "20", "volume": None},
        "abstract_inverted_index": {"We": [0], "show": [1]},
    }
    pages = [
        {"results": [work], "meta": {"next_cursor": "2"}},
        {"results": [{**work, "title": None}], "meta": {"next_cursor": None}},
    ]
    replay.reply("/openalex/works", *map(Reply, pages))
    collection = collect("openalex:A5023888391")
    (record,) = collection.records
    assert (record.type, record.container_title, record.page) == ("paper-conference", "OSDI", "1–20")
    assert (record.issued, record.doi, record.abstract) == ("2026-07-07", "10.1145/1.2", "We show")
    assert [str(problem) for problem in collection.problems] == ["openalex:W1: the item has no title"]


@pytest.mark.parametrize("source", ["doi:10", "arxiv:x", "orcid:1", "dblp:x", "openalex:V1"])
def test_an_invalid_identifier_is_an_error_that_shows_a_valid_one(collect: Any, source: str) -> None:
    with pytest.raises(OctavoError, match=r"is not a valid .* identifier; expected the form"):
        collect(source)


def test_an_argument_that_is_neither_a_file_nor_a_source_is_reported(collect: Any) -> None:
    with pytest.raises(OctavoError, match=r"nowhere\.bib: no such file"):
        collect("nowhere.bib")


# Limits


WORK = {"id": "https://openalex.org/W1", "title": "T", "authorships": [{"raw_author_name": "A B"}]}


def make_bibtex(count: int) -> Reply:
    entries = (f"@misc{{k{number}, author={{A B}}, title={{T}}}}\n" for number in range(count))
    return Reply("".join(entries), kind="application/x-bibtex")


PATHS = {
    "arxiv:2411.08982": "/arxiv/api/query",
    "dblp:65/9612": "/dblp/pid/65/9612.bib",
    "openalex:A1": "/openalex/works",
    "orcid:0000-0002-1825-0097": "/orcid/0000-0002-1825-0097/works",
}
ARXIV, DBLP, OPENALEX, ORCID = PATHS


@pytest.mark.parametrize(
    ("source", "reply"),
    [
        (ARXIV, make_atom(*["2411.08982"] * 4)),
        (DBLP, make_bibtex(4)),
        (OPENALEX, Reply({"results": [WORK] * 4})),
        (ORCID, Reply({"group": [{}] * 4})),
    ],
)
def test_an_answer_with_too_many_works_is_refused_as_a_whole(
    collect: Any, replay: Replay, monkeypatch: pytest.MonkeyPatch, source: str, reply: Reply
) -> None:
    monkeypatch.setattr(answers, "MOST_WORKS", 3)
    replay.reply(PATHS[source], reply)
    collection = collect(source)
    assert collection.records == []
    (problem,) = map(str, collection.problems)
    assert problem.startswith(f"{source}: ")
    assert problem.endswith("the answer has more than 3 works")


def test_an_answer_with_too_many_works_does_not_replace_the_stored_one(
    collect: Any, replay: Replay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "MOST_WORKS", 3)
    replay.reply(PATHS[DBLP], make_bibtex(3), make_bibtex(4))
    assert len(collect(DBLP).records) == 3
    stored = {file: file.read_bytes() for file in tmp_path.iterdir()}
    (problem,) = collect(DBLP).problems
    assert "127.0.0.1: the answer has more than 3 works (an answer from" in str(problem)
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == stored


@pytest.mark.parametrize("body", ["[" * 100_000, '{"title": ' + "[" * 400 + "]" * 400 + "}"])
def test_an_answer_that_is_nested_too_deeply_is_a_problem(collect: Any, replay: Replay, body: str) -> None:
    replay.reply("/doi/10.1145/1.2", Reply(body))
    (problem,) = collect("doi:10.1145/1.2").problems
    assert str(problem).startswith("doi:10.1145/1.2: ")


def test_a_long_list_of_authors_is_read(collect: Any, replay: Replay) -> None:
    replay.reply("/doi/10.1145/1.2", Reply(make_csl(author=[{"family": f"A{number}"} for number in range(10_000)])))
    assert len(get_one(collect("doi:10.1145/1.2")).author) == 10_000


def test_a_failure_on_a_later_page_of_openalex_gives_no_half_list(collect: Any, replay: Replay) -> None:
    page = {"results": [WORK], "meta": {"next_cursor": "2"}}
    replay.reply("/openalex/works", Reply(page), Reply("no", 404))
    collection = collect("openalex:A1")
    assert collection.records == []
    assert [str(problem) for problem in collection.problems] == ["openalex:A1: 127.0.0.1: not found (HTTP 404)"]


def test_endless_pages_of_openalex_are_an_error(collect: Any, replay: Replay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_WORKS", 200)
    replay.reply("/openalex/works", Reply({"results": [WORK], "meta": {"next_cursor": "*"}}))
    collection = collect("openalex:A1")
    assert [str(problem) for problem in collection.problems] == ["openalex:A1: the list of works has more than 5 pages"]
    assert len(replay.asked) == 5


def test_text_that_cannot_be_encoded_still_makes_an_address(collect: Any, replay: Replay) -> None:
    replay.reply(
        "/openalex/works", Reply({"results": [WORK], "meta": {"next_cursor": "\ud800"}}), Reply({"results": []})
    )
    replay.reply(
        "/orcid/0000-0002-1825-0097/works", Reply({"group": [{"work-summary": [{"put-code": "\ud800/../?"}]}]})
    )
    assert len(collect("openalex:A1").records) == 1
    (problem,) = collect("orcid:0000-0002-1825-0097").problems
    assert "not found (HTTP 404)" in str(problem)


def test_a_redirect_from_doi_org_to_an_unknown_host_is_refused(collect: Any, replay: Replay) -> None:
    replay.reply("/doi/10.1145/1.2", Reply(status=302, headers={"Location": "http://api.crossref.org/works/1"}))
    (problem,) = collect("doi:10.1145/1.2").problems
    assert str(problem) == (
        "doi:10.1145/1.2: 127.0.0.1: redirect to http://api.crossref.org, which is not one of the source's hosts"
    )
