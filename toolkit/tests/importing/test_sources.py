"""Each source's answers, in the format in which it gives them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from octavo.errors import OctavoError
from octavo.importing.collecting import Collection, Request, collect_records
from octavo.importing.record import Record
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
def test_a_doi_is_described_by_its_registry(collect: Any, replay: Replay, source: str) -> None:
    replay.reply("/doi/10.1145/1.2", Reply(make_csl(), kind="application/vnd.citationstyles.csl+json"))
    record = get_one(collect(source))
    assert (record.source, record.type, record.issued) == ("Crossref", "paper-conference", "2026-07-07")
    assert replay.asked[0][1]["Accept"] == "application/vnd.citationstyles.csl+json"


def test_datacite_is_told_from_crossref(collect: Any, replay: Replay) -> None:
    item = make_csl(source=None, id="https://doi.org/10.5281/zenodo.1", type="dataset", DOI="10.5281/zenodo.1")
    replay.reply("/doi/10.5281/zenodo.1", Reply({**item, "id": "https://api.datacite.org/dois/10.5281/zenodo.1"}))
    assert get_one(collect("doi:10.5281/zenodo.1")).source == "DataCite"


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply("<html>", kind="text/html"), "the answer is text/html, not JSON"),
        (Reply('{"title": '), "the answer says that it is JSON and isn't"),
        (Reply("[" * 100_000), "the answer says that it is JSON and isn't"),
        (Reply([]), "expected a CSL-JSON item"),
        (Reply({}), "the item has no title"),
        (Reply(make_csl(author=[])), "the item has no author"),
        (Reply(make_csl(DOI="10.1145/other")), "the answer is about another DOI, 10.1145/other"),
        (Reply(make_csl(issued={"date-parts": [[2026, 13]]})), "there is no month 13"),
        (Reply("no", 404), "127.0.0.1 answered 404: it knows nothing of that name"),
        (Reply("no", 403), "127.0.0.1 answered 403: it refuses to answer"),
    ],
)
def test_an_answer_that_is_none_is_a_problem_and_no_record(
    collect: Any, replay: Replay, reply: Reply, message: str
) -> None:
    replay.reply("/doi/10.1145/1.2", reply)
    collection = collect("doi:10.1145/1.2")
    assert collection.records == []
    assert str(collection.problems[0]).startswith("doi:10.1145/1.2: ")
    assert message in str(collection.problems[0])


def test_one_failure_keeps_no_other_from_being_asked(collect: Any, replay: Replay) -> None:
    replay.reply("/doi/10.1145/1.2", Reply(make_csl()))
    collection = collect("doi:10.1145/0", "doi:10.1145/1.2")
    assert (len(collection.records), len(collection.problems)) == (1, 1)


@pytest.mark.parametrize("source", ["arxiv:2411.08982", "arXiv:2411.08982v2", "https://arxiv.org/pdf/2411.08982v1.pdf"])
def test_arxiv_is_asked_for_its_own_description(collect: Any, replay: Replay, source: str) -> None:
    replay.reply("/arxiv", make_atom("2411.08982"))
    record = get_one(collect(source))
    assert (record.source, record.status, record.arxiv, record.doi) == ("arXiv", "preprint", "2411.08982", "")
    assert (record.title, record.abstract) == ("Lynx: Efficient MoE Inference", "We show words.")
    assert record.issued == "2024-11-13"
    assert [str(author) for author in record.author] == ["Emmy Noether", "Jae Hyung Ju"]


def test_what_arxiv_says_was_published_is_looked_up_by_its_doi(collect: Any, replay: Replay) -> None:
    replay.reply("/arxiv", make_atom("2411.08982", more="<arxiv:doi>10.1145/1.2</arxiv:doi>"))
    replay.reply("/doi/10.1145/1.2", Reply(make_csl()))
    collection = collect("arxiv:2411.08982")
    assert [record.source for record in collection.records] == ["arXiv", "Crossref"]


def test_several_preprints_are_one_question(collect: Any, replay: Replay) -> None:
    replay.reply("/arxiv", make_atom("2411.08982", "math/0211159"))
    assert len(collect("arxiv:2411.08982", "arxiv:math/0211159").records) == 2
    assert len(replay.asked) == 1


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (make_atom(), "arXiv knows nothing of that name"),
        (Reply("<feed", kind="application/atom+xml"), "isn't XML"),
        (Reply("<html>", kind="text/html"), "the answer is text/html, not Atom"),
        (Reply('<!DOCTYPE a [<!ENTITY b "c">]><a/>', kind="application/xml"), "defines entities of its own"),
    ],
)
def test_an_arxiv_answer_that_is_none_is_a_problem(collect: Any, replay: Replay, reply: Reply, message: str) -> None:
    replay.reply("/arxiv", reply)
    collection = collect("arxiv:2411.08982")
    assert collection.records == []
    assert message in str(collection.problems[0])


def identify(kind: str, value: str) -> dict[str, Any]:
    return {"external-ids": {"external-id": [{"external-id-type": kind, "external-id-value": value}]}}


def test_orcids_works_are_looked_up_where_they_are_described_best(collect: Any, replay: Replay) -> None:
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
    replay.reply("/arxiv", make_atom("2411.08982"))
    collection = collect("orcid:0000-0002-1825-0097")
    assert collection.problems == []
    assert [record.source for record in collection.records] == ["Crossref", "arXiv", "ORCID"]
    assert (collection.records[2].type, collection.records[2].issued) == ("thesis", "2020")


def test_a_work_that_orcid_leaves_out_is_told(collect: Any, replay: Replay) -> None:
    replay.reply("/orcid/0000-0002-1825-0097/works", Reply({"group": [{"work-summary": [{"put-code": 3}]}]}))
    replay.reply("/orcid/0000-0002-1825-0097/works/3", Reply({"bulk": [{"error": {}}]}))
    assert "the answer lacks the works 3" in str(collect("orcid:0000-0002-1825-0097").problems[0])


def test_dblp_is_read_as_bibtex(collect: Any, replay: Replay) -> None:
    text = "@inproceedings{DBLP:conf/osdi/Hu26, title={VTC}, author={Muyan Hu}, booktitle={OSDI}, year={2026}}"
    replay.reply("/dblp/pid/65/9612.bib", Reply(text, kind="application/x-bibtex"))
    record = get_one(collect("dblp:65/9612"))
    assert (record.source, record.title, record.place) == ("DBLP", "VTC", "dblp:65/9612:1:1")


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
    assert [str(problem) for problem in collection.problems] == ["openalex:W1: the work has no title"]


@pytest.mark.parametrize("source", ["doi:10", "arxiv:x", "orcid:1", "dblp:x", "openalex:W1"])
def test_what_is_no_identifier_is_told_with_the_form_of_one(collect: Any, source: str) -> None:
    with pytest.raises(OctavoError, match="isn't of the form"):
        collect(source)


def test_what_is_neither_file_nor_source_is_told(collect: Any) -> None:
    with pytest.raises(OctavoError, match=r"nowhere\.bib: no such file"):
        collect("nowhere.bib")
