"""Indexes and libraries of people's works: their answers become records, and odd answers become problems.

The files in `answers/` have the shape of recorded answers; answers/README.md names their sources.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from octavo.errors import OctavoError
from octavo.importing.answers import Answer, SourceError
from octavo.importing.collecting import Collection, Request, collect_records
from octavo.importing.markup import write_styled
from octavo.importing.record import Record
from octavo.importing.sources import doi
from octavo.importing.sources.catalogue import SOURCES, parse_source
from octavo.importing.statement import describe_record
from tests.importing.replay import Replay, Reply, make_csl

ANSWERS = Path(__file__).parent / "answers"
ORCID = "0000-0002-1825-0097"
# By source: an identifier, the path that is requested, and the place of the list in the answer.
LISTS = {
    "openalex": (ORCID, "/works", ("results",)),
    "semanticscholar": ("1741101", "/author/1741101/papers", ("data",)),
    "inspire": ("E.Noether.1", "/literature", ("hits", "hits")),
    "ads": (ORCID, "/search/query", ("response", "docs")),
    "europepmc": (ORCID, "/search", ("resultList", "result")),
    "datacite": (ORCID, "/dois", ("data",)),
    "zotero": ("475425", "/users/475425/publications/items", ("items",)),
}


@pytest.fixture
def collect(tmp_path: Path, replay: Replay, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("OCTAVO_ADS_KEY", "s3cret")

    def run(*sources: str) -> Collection:
        return collect_records(Request(sources, bytes, cache=tmp_path))

    return run


def load(name: str) -> dict[str, Any]:
    return json.loads((ANSWERS / f"{name}.json").read_text(encoding="utf-8"))


def ask(collect: Any, replay: Replay, name: str, *pages: Any) -> Collection:
    """The result for these pages; an empty page ends lists without another end."""
    identifier, path, keys = LISTS[name]
    empty: Any = []
    for key in reversed(keys):
        empty = {key: empty}
    replay.reply(f"/{name}{path}", *map(Reply, pages), Reply(empty))
    return collect(f"{name}:{identifier}")


def describe(record: Record) -> list[str]:
    """The fields that show whether a record was read correctly, without empty ones."""
    names = ", ".join(map(str, record.author))
    parts = [
        record.type,
        write_styled(record.title),
        names,
        record.issued,
        record.container_title,
        record.volume,
        record.issue,
    ]
    parts += [record.page, record.publisher, record.doi, record.arxiv, record.status]
    others = [f"{name} {text}" for name, text in sorted({**record.texts, **record.extra}.items())]
    return [*filter(None, parts), *others]


# fmt: off
EXPECTED = {
    "openalex": [
        ["paper-conference", "Ideals in Rings", "Emmy Noether", "2024-11-13", "Symposium on Rings", "12–25",
         "10.1145/1.2", "2412.00002"],
        ["article-journal", "Rings, Counted", "Emmy Noether", "2018", "Journal of Rings", "6", "e4375",
         "issn 2167-8359"],
    ],
    "semanticscholar": [
        ["paper-conference", "Ideals in Rings", "Emmy Noether, B. L. van der Waerden", "2024-11-13",
         "Symposium on Rings and Their Ideals", "3", "12–25", "10.1145/1.2", "2412.00002", "pmid 33782057"],
        ["article", "A Preprint", "Emmy Noether", "2025", "2501.00001", "preprint"],
        ["article-journal", "Rings in Print", "Emmy Noether", "1950", "Journal of Rings", "LIX", "433–460",
         "10.1145/3"],
        ["article-journal", "Rings at Work", "Emmy Noether", "2023", "Nat. Rings"],
    ],
    "inspire": [
        ["article-journal", "Invariants of $SU(2)$: A Survey", "Emmy Noether, David Hilbert", "2020", "Phys.Rev.D",
         "101", "3", "10.1103/1", "2001.00001", "number 034001"],
        ["article", "A Measurement", "RING", "1999-01", "hep-th/9901001", "preprint"],
        ["thesis", "On Rings", "Emmy Noether", "2021-05", "Erlangen U.", "genre PhD thesis"],
    ],
    "ads": [
        ["article-journal", "Rings of Saturn ²", "Emmy Noether, G. D. Cassini", "2020-09", "The Astrophysical Journal",
         "900", "2", "100", "10.3847/1", "2007.00001"],
        ["thesis", "On Rings", "Emmy Noether", "2021", "University of Erlangen", "genre PhD thesis"],
        ["software", "ringtools", "Emmy Noether", "2023-06-26", "Zenodo", "10.5281/zenodo.1"],
        ["article", "Ring Theory", "Emmy Noether", "1988-11", "hep-th/9108028", "preprint"],
        ["article-journal", "ATel 7495: A New Ring", "Emmy Noether", "2015-05", "The Astronomer's Telegram", "7495",
         "1", "isbn 9783662575451", "series Telegrams"],
    ],
    "europepmc": [
        ["article-journal", "Rings in *E. coli*", "Emmy Noether, Ring Consortium", "2021-03-29",
         "BMJ (Clinical research ed.)", "372", "7", "n71", "10.1136/1", "issn 0959-8138",
         "pmid 33782057"],
        ["article", "Rings, a preprint", "E Noether", "2020-01-01", "bioRxiv",
         "10.1101/2020.01.01.000001", "preprint"],
        ["article-journal", "A Printed Ring", "Emmy Noether", "2025-12", "Ring reports", "issn 0959-8138",
         "pmid 412"],
        ["article-journal", "A Ring of a Year", "Emmy Noether", "2025", "Ring reports", "issn 0959-8138", "pmid 40"],
    ],
    "datacite": [
        ["dataset", "Tables of Rings", "Emmy Noether, Ring Consortium, David Hilbert", "2024-05-06", "Zenodo",
         "10.5281/zenodo.1", "version 1.1"],
        ["article", "A Preprint", "Emmy Noether", "2025", "2501.00001", "preprint"],
        ["document", "Slides on Rings", "Emmy Noether", "2023", "Zenodo", "10.5281/zenodo.3"],
        ["software", "noether/rings: Release", "Emmy Noether", "2020-01-02", "Zenodo", "10.5281/zenodo.4",
         "version v1"],
        ["document", "A Project on Rings", "Emmy Noether", "2020", "Open Science Framework", "10.17605/osf.io/1"],
    ],
    "zotero": [
        ["paper-conference", "Ideals in Rings", "Emmy Noether", "2024-11-13", "Symposium on Rings", "12–25",
         "10.1145/1.2", "language en"],
        ["software", "ringtools", "Ring Consortium", "2023"],
        ["article", "A Preprint", "Emmy Noether", "2025-01-01", "2501.00001", "preprint",
         "accessed 2026-01-01", "note arXiv:2501.00001 [math]", "number arXiv:2501.00001", "source arXiv.org"],
    ],
}
# fmt: on
DOUBTS = {
    "openalex": ["openalex:W1: warning: OpenAlex lists this work as retracted"],
    "europepmc": ["europepmc:33782057: warning: PubMed lists this work as retracted"],
    "datacite": [
        f"datacite:{ORCID}: warning: DOIs of single versions left out, because another covers all versions: 1"
    ],
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_works_is_read(collect: Any, replay: Replay, name: str) -> None:
    collection = ask(collect, replay, name, load(name))
    assert [describe(record) for record in collection.records] == EXPECTED[name]
    assert [str(problem) for problem in collection.problems] == DOUBTS.get(name, [])
    assert {record.source for record in collection.records} == {SOURCES[name].title}
    assert all(record.key and record.place.startswith(f"{name}:") for record in collection.records)


NEXT: dict[str, dict[str, Any]] = {
    "openalex": {"meta": {"next_cursor": "c2"}},
    "semanticscholar": {"next": 500},
    "inspire": {"links": {"next": "https://inspirehep.net/api/literature?page=2"}},
    "europepmc": {"nextCursorMark": "c2", "request": {"cursorMark": "*"}},
    "datacite": {"links": {"next": "https://api.datacite.org/dois?page=2"}},
    "zotero": {},
}


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("openalex", "cursor=c2"),
        ("semanticscholar", "offset=500"),
        ("inspire", "page=2"),
        ("ads", "start=50"),
        ("europepmc", "cursorMark=c2"),
        ("datacite", "page%5Bnumber%5D=2"),
        ("zotero", "start=100"),
    ],
)
def test_a_list_is_read_to_its_end(collect: Any, replay: Replay, name: str, asked: str) -> None:
    page = load(name)
    first = {**page, **NEXT.get(name, {})}
    if name == "ads":
        first["response"] = {**page["response"], "numFound": 55}
    collection = ask(collect, replay, name, first, page)
    assert len(collection.records) == len(EXPECTED[name])  # the pages hold the same
    assert asked in replay.asked[1][0]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("second", [Reply("no", 404), Reply({"error": "no list here"}), Reply("{"), Reply("[]")])
def test_half_a_list_is_refused(collect: Any, replay: Replay, name: str, second: Reply) -> None:
    page = {**load(name), **NEXT.get(name, {})}
    if name == "ads":
        page["response"]["numFound"] = 55
    identifier, path, _ = LISTS[name]
    replay.reply(f"/{name}{path}", Reply(page), second)
    collection = collect(f"{name}:{identifier}")
    assert collection.records == []
    (problem,) = collection.problems
    assert str(problem).startswith(f"{name}:")
    assert problem.severity == "error"


ODD: list[Any] = [None, 7, "", "\ud800\x1b[2J", [], {}, [[None]], {"a": [1]}, True]


def distort(value: Any, odd: Any, path: tuple[Any, ...] = ()) -> Any:
    """Copies of a value, each with a different part, at any depth, replaced by something odd."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        changed = dict(value) if isinstance(value, dict) else list(value)
        changed[key] = odd
        yield changed
        for inner in distort(part, odd):
            changed = dict(value) if isinstance(value, dict) else list(value)
            changed[key] = inner
            yield changed


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_an_odd_shape_anywhere_in_a_work_is_a_record_or_a_named_problem(
    collect: Any, replay: Replay, monkeypatch: pytest.MonkeyPatch, name: str, odd: Any
) -> None:
    monkeypatch.setattr(Collection, "_is_repeated", lambda *_: False)  # many of these works become the same record
    page = load(name)
    _, _, keys = LISTS[name]
    works = page
    for key in keys:
        works = works[key]
    page_of_odd_works = list(distort(works[0], odd))
    answer: Any = page_of_odd_works
    for key in reversed(keys):
        answer = {key: answer}
    collection = ask(collect, replay, name, answer)
    errors = [problem for problem in collection.problems if problem.severity == "error"]
    assert len(collection.records) + len(errors) == len(page_of_odd_works)
    assert all(str(problem).isprintable() for problem in collection.problems)


CROSSREF = [
    *["paper-conference", "Ideals in Rings: A Survey", "Emmy Noether, Ring Consortium", "2026-07-13"],
    *["Symposium on Rings", "12–25", "ACM", "10.1145/1.2", "2412.00002", "event Rings '26: Symposium on Rings"],
    *["event_date 2026-07-13", "event_place Erlangen, Germany", "isbn 9798400700507", "number 12-25"],
]


def test_a_complete_crossref_item_is_read(collect: Any, replay: Replay) -> None:
    replay.reply("/doi/10.1145/1.2", Reply(load("doi")))
    collection = collect("doi:10.1145/1.2")
    assert [describe(record) for record in collection.records] == [CROSSREF]
    assert collection.records[0].abstract == "We decompose $x$."
    assert [str(problem) for problem in collection.problems] == [
        "doi:10.1145/1.2: warning: Crossref lists a notice about this work, correction: 10.1145/9"
    ]


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_an_odd_shape_anywhere_in_crossrefs_item_is_a_record_or_a_named_error(odd: Any) -> None:
    class Offline:
        """A service with a single answer."""

        body = ""

        def ask(self, _: str, parse: Any, *__: Any, **___: Any) -> Any:
            return parse(Answer("https://api.crossref.org/", "application/json", self.body, ""))

    service = Offline()
    for changed in distort(load("doi"), odd):
        service.body = json.dumps(changed)
        try:
            record, *problems = doi.fetch(service, "10.1145/1.2")
        except SourceError as error:
            record, problems = None, [error]
        assert record is None or isinstance(record, Record)
        assert all(str(problem).isprintable() for problem in problems)


def test_hal_is_read_as_bibtex(collect: Any, replay: Replay) -> None:
    replay.reply("/hal/search/", Reply((ANSWERS / "hal.bib").read_bytes(), kind="application/x-bibtex"))
    collection = collect("hal:emmy-noether", "https://hal.science/hal-01234567v1/document")
    assert collection.problems == []
    assert describe(collection.records[0])[:3] == [
        "paper-conference",
        "Idéaux dans les anneaux",
        "Emmy Noether, David Hilbert",
    ]
    assert [describe(record)[0] for record in collection.records[:3]] == ["paper-conference", "thesis", "article"]
    assert [record.texts.get("genre") for record in collection.records[:3]] == [None, "PhD thesis", None]
    assert [record.status for record in collection.records[:3]] == ["", "", "preprint"]
    assert {record.source for record in collection.records} == {"HAL"}
    assert ["authIdHal_s%3Aemmy-noether" in replay.asked[0][0], "halId_s%3Ahal-01234567&" in replay.asked[1][0]] == [
        True,
        True,
    ]


@pytest.mark.parametrize("source", ["inspire:983328", f"inspire:{ORCID}", "https://inspirehep.net/authors/983328?ui=1"])
def test_an_author_of_inspire_is_searched_by_name(collect: Any, replay: Replay, source: str) -> None:
    ids = [{"schema": "ORCID", "value": ORCID}, {"schema": "INSPIRE BAI", "value": "E.Noether.1"}]
    for path in ("/inspire/authors/983328", f"/inspire/orcid/{ORCID}"):
        replay.reply(path, Reply({"metadata": {"ids": ids}}))
    replay.reply("/inspire/literature", Reply(load("inspire")))
    assert len(collect(source).records) == len(EXPECTED["inspire"])
    assert "q=a+E.Noether.1&" in replay.asked[1][0]


def test_a_thesis_that_an_author_of_inspire_supervised_is_left_out(collect: Any, replay: Replay) -> None:
    page = load("inspire")
    thesis = page["hits"]["hits"][2]["metadata"]
    thesis["authors"] = [
        {"full_name": "Deuring, Max"},
        {"full_name": "Noether, Emmy", "inspire_roles": ["supervisor"]},
    ]
    collection = ask(collect, replay, "inspire", page)
    assert [record.title for record in collection.records] == ["Invariants of $SU(2)$: A Survey", "A Measurement"]
    message = "inspire:E.Noether.1: warning: theses by others, which this author supervised, left out: 1"
    assert list(map(str, collection.problems)) == [message]


def test_an_author_of_inspire_without_a_name_is_a_problem(collect: Any, replay: Replay) -> None:
    replay.reply("/inspire/authors/983328", Reply({"metadata": {"ids": [None, {"schema": "ORCID"}]}}))
    (problem,) = collect("inspire:983328").problems
    assert str(problem) == "inspire:983328: INSPIRE's record of this author has no name to search by"


@pytest.mark.parametrize(
    ("source", "name", "path", "asked"),
    [
        ("openalex:W1", "openalex", "/works/W1", "/openalex/works/W1"),
        ("https://openalex.org/w1", "openalex", "/works/W1", "/openalex/works/W1"),
        ("zenodo:1", "datacite", "/dois/10.5281/zenodo.1", "/datacite/dois/10.5281/zenodo.1"),
        ("https://zenodo.org/records/1", "datacite", "/dois/10.5281/zenodo.1", "/datacite/dois/10.5281/zenodo.1"),
    ],
)
def test_a_single_work_is_looked_up(
    collect: Any, replay: Replay, source: str, name: str, path: str, asked: str
) -> None:
    works = load(name)[LISTS[name][2][0]]
    replay.reply(f"/{name}{path}", Reply(works[0] if name == "openalex" else {"data": works[0]}))
    (record,) = collect(source).records
    assert describe(record) == EXPECTED[name][0]
    assert [path for path, _ in replay.asked] == [asked]


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("pubmed:33782057", "EXT_ID%3A33782057+AND+SRC%3AMED"),
        ("https://pubmed.ncbi.nlm.nih.gov/33782057/", "EXT_ID%3A33782057+AND+SRC%3AMED"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC8005924/", "PMCID%3APMC8005924"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/pmc8005924", "PMCID%3APMC8005924"),
        ("https://europepmc.org/article/MED/33782057", "EXT_ID%3A33782057+AND+SRC%3AMED"),
        ("https://europepmc.org/article/PMC/PMC8005924", "PMCID%3APMC8005924"),
        (f"https://europepmc.org/authors/{ORCID}", f"AUTHORID%3A%22{ORCID}%22"),
        (f"ads:{ORCID}", f"q=orcid%3A{ORCID}"),
        ("ads:2020ApJ...900..100N", "q=bibcode%3A%222020ApJ...900..100N%22"),
        ("https://ui.adsabs.harvard.edu/abs/2020A%26A...900..100N/abstract", "bibcode%3A%222020A%26A...900..100N%22"),
        ("https://ui.adsabs.harvard.edu/public-libraries/hHGU1Ef-TpacAhicI3J8kQ", "docs%28library%2FhHGU1Ef-TpacAhic"),
        ("zotero:users/475425", "/users/475425/items/top?"),
        ("https://www.zotero.org/groups/2205533/rings/library", "/groups/2205533/items/top?"),
        ("https://www.zotero.org/groups/2205533/rings/collections/9KH9TNSJ/items", "/collections/9KH9TNSJ/items/top?"),
        ("zotero:users/475425/collections/9KH9TNSJ", "/users/475425/collections/9KH9TNSJ/items/top?"),
        ("https://www.semanticscholar.org/author/Emmy-Noether/1741101", "/author/1741101/papers?"),
        ("https://cv.hal.science/emmy-noether", "authIdHal_s%3Aemmy-noether&"),
        (f"https://commons.datacite.org/orcid.org/{ORCID}", "%22https%3A%2F%2Forcid.org%2F0000"),
        ("https://dblp.uni-trier.de/pid/65/9612.html", "/dblp/pid/65/9612.bib"),
    ],
)
def test_an_address_or_another_form_of_an_identifier_requests_the_same_page(
    collect: Any, replay: Replay, source: str, asked: str
) -> None:
    collect(source)
    assert asked in replay.asked[0][0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ORCID, ("orcid", ORCID)),
        ("10.1145/1.2", ("doi", "10.1145/1.2")),
        (f"orcid.org/{ORCID}", ("orcid", ORCID)),
        (f"HTTPS://ORCID.org/{ORCID}", ("orcid", ORCID)),
        ("www.semanticscholar.org/author/1741101", ("semanticscholar", "1741101")),
        ("openalex:https://openalex.org/authors/a1", ("openalex", "A1")),
        ("OpenAlex: A1", ("openalex", "A1")),
        ("refs.bib", None),
        ("10.bib", None),
        ("papers/doi.org.bib", None),
        ("C:\\refs.bib", None),
        ("https://notdoi.org/10.1145/1.2", None),
    ],
)
def test_anything_that_can_only_be_a_source_is_recognized(text: str, found: tuple[str, str] | None) -> None:
    assert parse_source(text) == found


@pytest.mark.parametrize(
    ("form", "title"), [(form, source.title) for source in SOURCES.values() for form in source.forms]
)
def test_every_documented_form_is_understood(form: str, title: str) -> None:
    found = parse_source(form)
    assert found is not None
    assert SOURCES[found[0]].title == title


@pytest.mark.parametrize(
    "source",
    [
        "datacite:x",
        "zotero:emmy",
        "https://www.zotero.org/emmynoether",
        "inspire:Noether",
        "semanticscholar:Emmy",
        "https://hal.science/",
        "pubmed:PM1",
    ],
)
def test_an_invalid_identifier_is_an_error_that_shows_valid_ones(collect: Any, source: str) -> None:
    with pytest.raises(OctavoError, match=r"is not a valid .* identifier; expected the form"):
        collect(source)


@pytest.mark.parametrize("prefix", ["", "orcid:", "ads:", "europepmc:", "openalex:"])
def test_a_wrong_digit_in_an_orcid_id_is_named(collect: Any, prefix: str) -> None:
    with pytest.raises(OctavoError, match=r"a digit is wrong \(expected 7 as the last one\)"):
        collect(f"{prefix}0000-0002-1825-0098")


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("https://scholar.google.com/citations?user=x", "export them as BibTeX"),
        ("https://example.org/", "octavo import --help"),
    ],
)
def test_an_address_of_no_known_source_is_reported(collect: Any, address: str, message: str) -> None:
    with pytest.raises(OctavoError, match=message):
        collect(address)


@pytest.mark.parametrize(
    ("name", "header", "sent"),
    [
        ("semanticscholar", "x-api-key", "s3cret"),
        ("ads", "Authorization", "Bearer s3cret"),
        ("zotero", "Zotero-API-Key", "s3cret"),
    ],
)
def test_a_key_is_sent_as_the_source_expects(
    collect: Any, replay: Replay, monkeypatch: pytest.MonkeyPatch, name: str, header: str, sent: str
) -> None:
    monkeypatch.setenv(f"OCTAVO_{name.upper()}_KEY", "s3cret")
    ask(collect, replay, name, load(name))
    headers = {key.lower(): value for key, value in replay.asked[0][1].items()}
    assert headers[header.lower()] == sent


def test_openalex_gets_its_key_with_each_page(
    collect: Any, replay: Replay, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("OCTAVO_OPENALEX_KEY", "s3cret")
    ask(collect, replay, "openalex", {**load("openalex"), **NEXT["openalex"]}, load("openalex"))
    assert ["api_key=s3cret" in path for path, _ in replay.asked] == [True, True]
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and b"s3cret" in file.read_bytes()]


def test_without_its_key_ads_is_not_requested(collect: Any, replay: Replay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OCTAVO_ADS_KEY")
    (problem,) = collect(f"ads:{ORCID}").problems
    assert "ADS needs a key, which is free: get one at https://ui.adsabs.harvard.edu/user/settings/token" in str(
        problem
    )
    assert "OCTAVO_ADS_KEY or, as `ads: KEY`, in " in str(problem)
    assert replay.asked == []


WITHOUT = (
    "; OpenAlex allows more with a key, which is free: get one at https://openalex.org/settings/api and put it into "
)


@pytest.mark.parametrize(
    ("key", "status", "message"),
    [
        ("", 429, WITHOUT),
        ("", 402, WITHOUT),
        ("s3cret", 429, ""),
        ("s3cret", 403, "; check the key in OCTAVO_OPENALEX_KEY"),
    ],
)
def test_an_exhausted_quota_or_an_invalid_key_is_reported_in_a_sentence(
    collect: Any, replay: Replay, monkeypatch: pytest.MonkeyPatch, key: str, status: int, message: str
) -> None:
    monkeypatch.setenv("OCTAVO_OPENALEX_KEY", key)
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "11987"}
    replay.reply("/openalex/works", Reply({"error": "x", "message": "Insufficient budget."}, status, headers=headers))
    (problem,) = collect(f"openalex:{ORCID}").problems
    wait = "; retry in 11987 s" if status == 429 else ""
    _, _, rest = str(problem).partition(f"(HTTP {status}); 'Insufficient budget.'")
    assert rest.startswith(message + (wait if not message else ""))
    assert rest.endswith(wait)
    assert ("key" in rest) == bool(message)


def test_authors_that_openalex_leaves_out_are_reported(collect: Any, replay: Replay) -> None:
    page = load("openalex")
    page["results"][0] |= {"is_authors_truncated": True, "is_retracted": False}
    collection = ask(collect, replay, "openalex", page)
    assert collection.records[0].is_cut
    assert "openalex:W1 has them all" in str(collection.problems[0])


# Orcid and doi.org


def ask_orcid(collect: Any, replay: Replay, **work: Any) -> Collection:
    base = f"/orcid/{ORCID}"
    replay.reply(f"{base}/works", Reply({"group": [{"work-summary": [{"put-code": 3}]}]}))
    described = {"put-code": 3, "title": {"title": {"value": "A Report"}}, "type": "report", **work}
    replay.reply(f"{base}/works/3", Reply({"bulk": [{"work": described}]}))
    name = {"given-names": {"value": "Emmy"}, "family-name": {"value": "Noether"}, "credit-name": None}
    replay.reply(f"{base}/person", Reply({"name": name}))
    return collect(f"orcid:{ORCID}")


def test_a_work_without_authors_in_orcid_gets_its_owner_and_a_warning(collect: Any, replay: Replay) -> None:
    collection = ask_orcid(collect, replay)
    (record,) = collection.records
    assert ([str(author) for author in record.author], record.author[0].orcid) == (["Emmy Noether"], ORCID)
    assert record.is_cut
    assert [str(problem) for problem in collection.problems] == [
        f"orcid:{ORCID}/3: warning: ORCID names no authors of this work but its owner; add the others by hand"
    ]


def test_authors_in_orcids_citation_are_read(collect: Any, replay: Replay) -> None:
    cited = "@techreport{a, title={A Report}, author={Hilbert, David and Noether, Emmy}, year=1918}"
    collection = ask_orcid(collect, replay, citation={"citation-type": "bibtex", "citation-value": cited})
    (record,) = collection.records
    assert [str(author) for author in record.author] == ["David Hilbert", "Emmy Noether"]
    assert (record.is_cut, collection.problems) == (False, [])


NOTICE = {"DOI": "10.1145/9", "type": "retraction", "label": "Retraction", "updated": {"date-parts": [[2026, 8, 1]]}}


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("updated-by", "Crossref lists a notice about this work, retraction: 10.1145/9"),
        ("update-to", "Crossref lists this as a notice about another work, retraction: 10.1145/9"),
    ],
)
def test_a_retraction_is_reported(collect: Any, replay: Replay, field: str, message: str) -> None:
    replay.reply("/doi/10.1145/1.2", Reply(make_csl(**{field: [NOTICE]})))
    collection = collect("doi:10.1145/1.2")
    assert len(collection.records) == 1
    assert [str(problem) for problem in collection.problems] == [f"doi:10.1145/1.2: warning: {message}"]


def notify(**notice: Any) -> dict[str, Any]:
    """A retraction notice as Crossref sends it since it acquired the Retraction Watch database."""
    return {"updated-by": [{**NOTICE, "source": "retraction-watch", "record-id": "20946", **notice}]}


def test_a_retracted_work_gets_its_status_and_a_link_to_the_notice(collect: Any, replay: Replay) -> None:
    replay.reply("/doi/10.1145/1.2", Reply(make_csl(**notify())))
    (record,) = collect("doi:10.1145/1.2").records
    assert (record.status, record.links) == ("retracted", {"retraction": "https://doi.org/10.1145/9"})


def test_a_corrected_work_links_to_the_correction_and_keeps_its_status(collect: Any, replay: Replay) -> None:
    replay.reply("/doi/10.1145/1.2", Reply(make_csl(**notify(type="erratum", label="Erratum"))))
    (record,) = collect("doi:10.1145/1.2").records
    assert (record.status, record.links) == ("", {"correction": "https://doi.org/10.1145/9"})


def test_a_notice_of_another_kind_changes_nothing(collect: Any, replay: Replay) -> None:
    replay.reply("/doi/10.1145/1.2", Reply(make_csl(**notify(type="new_version", label="New version"))))
    (record,) = collect("doi:10.1145/1.2").records
    assert (record.status, record.links) == ("", {})


def relate(kind: str, identifier: str) -> dict[str, Any]:
    return {"relation": {kind: [{"id-type": "doi", "id": identifier, "asserted-by": "subject"}]}}


def test_a_published_paper_knows_its_preprint_on_arxiv(collect: Any, replay: Replay) -> None:
    replay.reply("/doi/10.1145/1.2", Reply(make_csl(**relate("has-preprint", "10.48550/arXiv.2411.08982"))))
    assert collect("doi:10.1145/1.2").records[0].arxiv == "2411.08982"


def test_crossrefs_event_is_read(collect: Any, replay: Replay) -> None:
    event = {"name": "OSDI '26", "location": "Seattle, WA", "start": {"date-parts": [[2026, 7, 13]]}, "acronym": "OSDI"}
    replay.reply("/doi/10.1145/1.2", Reply(make_csl(event=event)))
    (record,) = collect("doi:10.1145/1.2").records
    assert record.texts == {"event": "OSDI '26", "event_place": "Seattle, WA", "event_date": "2026-07-13"}


@pytest.mark.parametrize("odd", [{"name": {}}, {"a": 1}, {"start": 7, "name": "X"}, [[]], 7, "OSDI"])
def test_an_odd_event_refuses_no_paper(collect: Any, replay: Replay, odd: Any) -> None:
    replay.reply("/doi/10.1145/1.2", Reply(make_csl(event=odd)))
    collection = collect("doi:10.1145/1.2")
    assert (len(collection.records), collection.problems) == (1, [])


def make_preprint(**changes: Any) -> dict[str, Any]:
    published = {"type": "posted-content", "container-title": "", "DOI": "10.1101/7", "publisher": "openRxiv"}
    return make_csl(**published, **changes)


def test_a_preprint_leads_to_the_published_paper_and_is_one_work_with_it(collect: Any, replay: Replay) -> None:
    replay.reply("/doi/10.1101/7", Reply(make_preprint(**relate("is-preprint-of", "10.1145/1.2"))))
    replay.reply("/doi/10.1145/1.2", Reply(make_csl()))
    collection = collect("doi:10.1101/7")
    assert [(record.status, record.doi) for record in collection.records] == [
        ("preprint", "10.1145/1.2"),
        ("", "10.1145/1.2"),
    ]
    assert [str(problem) for problem in collection.problems] == [
        "doi:10.1101/7: warning: Crossref says that this preprint is published as 10.1145/1.2, "
        "which is imported in its place"
    ]


def test_a_preprint_keeps_its_own_address_where_the_paper_cannot_be_looked_up(collect: Any, replay: Replay) -> None:
    replay.reply("/doi/10.1101/7", Reply(make_preprint(**relate("is-preprint-of", "10.1145/1.2"))))
    (record,) = collect("doi:10.1101/7").records
    assert describe_record(record)["links.paper"] == "https://doi.org/10.1101/7"


def test_a_preprint_that_is_not_published_is_looked_up_once(collect: Any, replay: Replay) -> None:
    replay.reply("/doi/10.1101/7", Reply(make_preprint()))
    assert [record.doi for record in collect("doi:10.1101/7").records] == ["10.1101/7"]
    assert len(replay.asked) == 1


@pytest.mark.parametrize("relation", [None, [], {"is-preprint-of": None}, {"is-preprint-of": [7, {"id": "no DOI"}]}])
def test_an_odd_relation_changes_nothing(collect: Any, replay: Replay, relation: Any) -> None:
    replay.reply("/doi/10.1101/7", Reply(make_preprint(relation=relation)))
    assert collect("doi:10.1101/7").records[0].doi == "10.1101/7"
