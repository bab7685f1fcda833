"""Fields in several languages: the text in the current language is shown, if there is one."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.language.current import written_in
from octavo.model.catalog import Experience, NewsItem
from octavo.model.person import Person
from octavo.model.publications import Publication
from octavo.model.texts import Languages, Text, choose_texts
from octavo.tables import load_table
from octavo.tables.frames import build_frame, iterate_rows
from octavo.tables.rows import check_tables, load_profile, load_rows
from tests.tables import write_paper, write_tables

BOTH = "title: {en: Invariant Problems, de: Invariante Probleme}"


def write_title(project: Path, *lines: str, site: str = "") -> Path:
    """Write a publication with these lines as its title, in a site with these settings."""
    if site:
        (project / "_quarto.yml").write_text(site, encoding="utf-8")
    row = "- id: noether-1918\n  authors: [E. Noether]\n  type: article-journal\n"
    return write_tables(project, publications=row + "".join(f"  {line}\n" for line in lines))


def load_paper(data: Path, language: str) -> Publication:
    with written_in(language):
        return load_rows(Publication, data)[0]


def list_languages(texts: Iterable[str]) -> list[str]:
    """The language of each text; empty for text in the current one."""
    return [text.language if isinstance(text, Text) else "" for text in texts]


def list_messages(data: Path) -> list[str]:
    return [str(problem).partition("data/")[2] for problem in check_tables(data)]


# Which text is shown


@pytest.mark.parametrize(
    ("language", "title", "foreign"),
    [
        ("en", "Invariant Problems", {}),
        ("de", "Invariante Probleme", {}),
        ("de-AT", "Invariante Probleme", {}),
        ("fr", "Invariant Problems", {"title": "en"}),
    ],
)
def test_the_text_is_in_the_current_language_or_else_in_that_of_the_project(
    tmp_path: Path, language: str, title: str, foreign: dict[str, str]
) -> None:
    row = load_paper(write_title(tmp_path, BOTH), language)
    assert (row.title, row.foreign) == (title, foreign)


def test_without_either_language_the_first_text_is_shown(tmp_path: Path) -> None:
    row = load_paper(write_title(tmp_path, "title: {fr: Anneaux, it: Anelli}"), "de")
    assert (row.title, row.foreign) == ("Anneaux", {"title": "fr"})


def test_plain_text_is_in_the_language_of_the_project(tmp_path: Path) -> None:
    data = write_title(tmp_path, "title: Ringe", "award: Bester Aufsatz", site="lang: de\n")
    assert load_paper(data, "de").foreign == {}
    assert load_paper(data, "en").foreign == {"title": "de", "award": "de"}


def test_plain_text_of_a_work_is_in_the_language_of_the_row(tmp_path: Path) -> None:
    row = load_paper(write_title(tmp_path, "title: Ringe", "tldr: On rings.", "language: German"), "en")
    assert row.foreign == {"title": "de"}


def test_a_plain_name_is_in_no_language(tmp_path: Path) -> None:
    row = load_paper(write_title(tmp_path, "title: Rings", "venue: OSDI", "publisher: Springer"), "de")
    assert row.foreign == {"title": "en"}


def test_topics_and_labels_of_links_are_chosen_one_by_one(tmp_path: Path) -> None:
    links = "links: [{label: {en: Notes, de: Notizen}, url: 'https://a.org'}, {label: Errata, url: 'https://b.org'}]"
    row = load_paper(write_title(tmp_path, BOTH, "topics: [{en: rings, de: Ringe}, groups]", links), "de")
    assert row.topics == ("Ringe", "groups")
    assert list(row.links) == ["Notizen", "Errata"]
    assert [list_languages(texts) for texts in (row.topics, row.links)] == [["", "en"], ["", "en"]]


def test_rows_loaded_in_turn_are_in_their_languages(tmp_path: Path) -> None:
    data = write_title(tmp_path, BOTH)
    titles = [load_paper(data, language).title for language in ("en", "de", "en", "de")]
    assert titles == ["Invariant Problems", "Invariante Probleme"] * 2


def test_a_changed_language_of_the_project_is_noticed_with_unchanged_tables(tmp_path: Path) -> None:
    data = write_title(tmp_path, "title: {fr: Anneaux, de: Ringe}", site="lang: de\n")
    assert load_paper(data, "en").title == "Ringe"
    (tmp_path / "_quarto.yml").write_text("lang: fr\n", encoding="utf-8")
    assert load_paper(data, "en").title == "Anneaux"


def test_without_a_page_the_language_is_that_of_the_tables_project(tmp_path: Path) -> None:
    data = write_title(tmp_path, BOTH, site="lang: de\n")
    assert load_rows(Publication, data)[0].title == "Invariante Probleme"


# What is cited


@pytest.mark.parametrize(
    ("lines", "original"),
    [([BOTH], "en"), ([BOTH, "language: de"], "de"), (["title: {fr: Anneaux, it: Anelli}"], "fr")],
)
def test_the_original_comes_first_among_the_translations(tmp_path: Path, lines: list[str], original: str) -> None:
    row = load_paper(write_title(tmp_path, *lines), "it")
    assert list(row.translations) == ["title"]
    assert next(iter(row.translations["title"])) == original


def test_rows_keep_their_languages_through_a_data_frame(tmp_path: Path) -> None:
    data = write_title(tmp_path, BOTH, "tldr: Symmetries conserve.")
    with written_in("de"):
        rows = load_rows(Publication, data)
        again = list(iterate_rows(build_frame(Publication, rows), Publication))
        assert again == list(rows)
        assert list_languages([again[0].title, again[0].tldr or ""]) == ["", "en"]
        frame = load_table("publications", data)
    assert frame["foreign"][0] == {"tldr": "en"}
    assert frame["translations"][0] == {"title": {"en": "Invariant Problems", "de": "Invariante Probleme"}}


def test_a_text_that_a_page_edits_keeps_its_language(tmp_path: Path) -> None:
    with written_in("de"):
        frame = load_table("publications", write_title(tmp_path, "title: Rings"))
        [row] = iterate_rows(frame.assign(title=frame["title"].str.upper()), Publication)
    assert (row.title, list_languages([row.title])) == ("RINGS", ["en"])


def test_anchors_are_the_same_in_every_language(tmp_path: Path) -> None:
    data = write_tables(tmp_path, news="- {date: 2026-01, text: {de: Neuer Aufsatz, en: New paper}}\n")
    anchors = set()
    for language in ("en", "de", "fr"):
        with written_in(language):
            anchors.add(load_rows(NewsItem, data)[0].anchor)
    assert anchors == {"news-2026-01-new-paper"}


# Names


PROFILE = "name: {en: Emmy Noether, ar: إيمي نويتر}\nnames: [E. Noether]\n"


def test_the_owner_is_found_under_the_name_in_every_script(tmp_path: Path) -> None:
    paper = write_paper("a").replace("E. Noether", "إيمي نويتر, Emmy Noether, E. Artin")
    data = write_tables(tmp_path, profile=PROFILE, publications=paper)
    for language, name in (("en", "Emmy Noether"), ("ar", "إيمي نويتر")):
        with written_in(language):
            profile, [row] = load_profile(data), load_rows(Publication, data)
        assert (profile.name, list_languages([profile.name])) == (name, [""])
        assert [author.is_named(profile.names) for author in row.authors] == [True, True, False]


def test_a_person_is_linked_under_the_name_in_every_script(tmp_path: Path) -> None:
    people = "- {name: {en: Emil Artin, ja: エミール・アルティン}, url: 'https://artin.org'}\n"
    paper = write_paper("a").replace("E. Noether", "エミール・アルティン, Emil Artin")
    data = write_tables(tmp_path, people=people, publications=paper)
    assert [author.address for author in load_paper(data, "en").authors] == ["https://artin.org"] * 2
    assert {author.known_as for author in load_paper(data, "ja").authors} == {"エミール・アルティン"}
    assert load_rows(Person, data)[0].name == "Emil Artin"


def test_the_owners_name_in_any_script_is_not_that_of_another_person(tmp_path: Path) -> None:
    data = write_tables(tmp_path, profile=PROFILE, people="- name: {en: X. Noether, ar: إيمي نويتر}\n")
    assert any("is also the owner's" in message for message in list_messages(data))


def test_places_and_links_of_a_profile_are_in_the_current_language(tmp_path: Path) -> None:
    profile = """
        name: N. Body
        affiliation: {en: University of Göttingen, de: Universität Göttingen}
        department: Mathematics
        affiliations: [{name: Bryn Mawr, department: {en: Physics, de: Physik}}]
        links: [{label: {en: Lab, de: Labor}, url: 'https://a.org'}, {label: Blog, url: 'https://b.org'}]
    """
    with written_in("de"):
        loaded = load_profile(write_tables(tmp_path, profile=profile))
    first, second = loaded.workplaces
    texts = [first.name, first.department, second.name, second.department, *(link.label for link in loaded.links)]
    assert texts == ["Universität Göttingen", "Mathematics", "Bryn Mawr", "Physik", "Labor", "Blog"]
    assert list_languages(texts) == ["", "en", "", "", "", "en"]


# How mappings may be written


@pytest.mark.parametrize(
    "lines",
    [
        ["title:", "  en: A Long Title", "  no: En lang tittel"],
        ["title:", "  en: >-", "    A Long", "    Title", "  'no': En lang tittel"],
        ['title: {"en": "A Long Title", "no": "En lang tittel",}'],
        ["title: &both {en: A Long Title, no: En lang tittel}", "container_title: *both"],
        ["title: {no: En lang tittel, en: &t A Long Title}", "container_title: *t"],
    ],
)
def test_a_mapping_may_have_any_yaml_form_and_norwegian_is_not_false(tmp_path: Path, lines: list[str]) -> None:
    data = write_title(tmp_path, *lines)
    assert list_messages(data) == []
    titles = [load_paper(data, tag).title for tag in ("en", "no", "nb")]
    assert titles == ["A Long Title", "En lang tittel", "En lang tittel"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("title: {en: A, ge: B}", "5:18: publications[0].title.ge: 'ge' is not a language tag (did you mean 'de'?)"),
        (
            "title: {}",
            "5:10: publications[0].title: is an empty mapping (expected text, or text by language: {en: …, de: …})",
        ),
        ("title: {en: A, de: ''}", "5:22: publications[0].title.de: is empty (leave the key out instead)"),
        ("title: {en: A, de: }", "5:22: publications[0].title.de: is empty (leave the key out instead)"),
        ("title: {en: A, de: {at: B}}", "5:22: publications[0].title.de: a mapping is not text"),
        ("title: {en: A, de: [B]}", "5:22: publications[0].title.de: a list is not text"),
        ("title: {en: A, en: B}", "5:18: duplicate key 'en' (first on line 5)"),
        (
            "title: {en: A, EN: B}",
            "5:18: publications[0].title.EN: is there twice; case doesn't matter in a language tag",
        ),
        (
            "title: {en: A, de: '[a](javascript:b)'}",
            "5:22: publications[0].title.de: '[a](javascript:b)' has a link in it",
        ),
        ("doi: {en: 10.1/x}", "5:8: publications[0].doi: a mapping is not text"),
        ("volume: {en: 12}", "5:11: publications[0].volume: a mapping is not text"),
    ],
)
def test_a_fault_in_a_mapping_is_reported_with_its_place(tmp_path: Path, line: str, message: str) -> None:
    messages = list_messages(write_title(tmp_path, "hidden: false", line))
    assert any(found.startswith(f"publications.yml:{message}") for found in messages), messages


def test_a_language_that_the_site_does_not_have_is_a_warning(tmp_path: Path) -> None:
    site = "lang: en\nlanguages: [en, de]\n"
    data = write_title(tmp_path, "title: {en: Rings, de-AT: Ringe, fr: Anneaux}", site=site)
    assert list_messages(data) == [
        "publications.yml:4:40: warning: publications[0].title.fr: the site isn't written in 'fr' "
        "(`languages:` has en, de), so this text isn't shown"
    ]
    write_title(tmp_path, "title: {en: Rings, fr: Anneaux}", "venue: {en: Math. Ann., fr: Annales}", site=site)
    assert [message.partition(", so ")[2] for message in list_messages(data)] == [
        "this text and 1 other in it aren't shown"
    ]


@pytest.mark.parametrize("stated", ["German", "ngerman", "de", "pt-BR", "zh-Hant", "tlh"])
def test_the_language_of_a_work_is_a_tag_or_a_name(tmp_path: Path, stated: str) -> None:
    assert list_messages(write_title(tmp_path, "title: Ringe", f"language: {stated}")) == []


def test_an_unknown_language_of_a_work_is_a_warning(tmp_path: Path) -> None:
    assert list_messages(write_title(tmp_path, "title: tlhIngan", "language: Klingonisch")) == [
        "publications.yml:5:13: warning: publications[0].language: 'Klingonisch' is not a known language "
        "(expected a tag such as de or pt-BR)"
    ]


def test_links_in_text_of_every_language_are_checked(tmp_path: Path) -> None:
    data = write_tables(tmp_path, news="- date: 2026\n  text: {en: New, de: 'Neu: [da](gone.pdf)'}\n")
    assert list_messages(data)[0].startswith("news.yml:2:23: news[0].text.de: 'gone.pdf' is not in")


def test_a_hidden_row_in_several_languages_stays_hidden(tmp_path: Path) -> None:
    data = write_title(tmp_path, BOTH, "hidden: true")
    with written_in("de"):
        assert load_rows(Publication, data) == ()
        assert load_rows(Publication, data, hidden=True)[0].title == "Invariante Probleme"


# In general


TAGS = st.sampled_from(["en", "de", "de-AT", "fr", "ar", "zh-Hant", "zh-Hans", "no"])
TEXTS = st.one_of(st.text(min_size=1), st.dictionaries(TAGS, st.text(min_size=1), min_size=1))


@given(organization=TEXTS, position=TEXTS, current=TAGS, default=TAGS)
def test_every_choice_is_one_of_the_texts_and_has_its_language_if_it_differs(
    organization: str | dict[str, str], position: str | dict[str, str], current: str, default: str
) -> None:
    plain = {"organization": organization, "position": position, "date": "2026"}
    chosen = choose_texts(Experience, plain, Languages(current, default))
    assert chosen.values["date"] == "2026"
    for name in ("organization", "position"):
        given_texts, shown = plain[name], chosen.values[name]
        if isinstance(given_texts, dict):
            tag = chosen.foreign.get(name)
            assert shown in given_texts.values() if tag is None else shown == given_texts[tag]
            assert chosen.translations[name] == given_texts
            assert current not in given_texts or (shown == given_texts[current] and tag is None)
        else:
            assert shown == given_texts
            assert name not in chosen.translations


def test_text_keeps_its_language_when_copied_to_another_process() -> None:
    text = pickle.loads(pickle.dumps(Text("Ringe", "de")))  # noqa: S301  made here
    assert (text, text.language) == ("Ringe", "de")
