"""Text in another language than the page's is in an element that declares its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from markupsafe import Markup

from octavo import listings, tables
from octavo.language.current import written_in
from octavo.listings.foreign import mark, name_language
from octavo.listings.paper import paper_body
from octavo.markdown import render_inline
from octavo.model.catalog import TABLES
from octavo.model.fields import Kind, Role, list_fields
from octavo.model.publications import Publication
from octavo.model.texts import Text
from octavo.tables.rows import load_profile, load_rows
from tests.reading import Element, read_html
from tests.tables import write_tables

WORD = re.compile("Wort_[a-z_]+")
# Text that is joined with other text, or shown nowhere.
UNMARKED = {"genre", "series", "topics"}


def write_row(row_type: type, language: str = "de") -> dict[str, Any]:
    """A row with a word in this language in every field that allows one, and the other required fields."""
    row: dict[str, Any] = {}
    for field in list_fields(row_type).values():
        if isinstance(field.holds, Kind) and field.holds.translated:
            text = {language: f"Wort_{field.name}"}
            row[field.name] = [text] if field.many else text
        elif field.required:
            row[field.name] = field.example
    if row_type is Publication:
        row |= {"id": "a", "authors": ["E. Noether"], "event": {language: "Wort_event"}}
        del row["venue"]
    return {name: value for name, value in row.items() if name not in UNMARKED}


def list_words(element: Element, language: str = "") -> Iterator[tuple[str, str]]:
    """Each word in the element, with its language."""
    language = element.attributes.get("lang", language)
    for name in ("alt", "aria-label"):
        if name != "aria-label" or element.tag == "video":
            yield from ((word, language) for word in WORD.findall(element.attributes.get(name, "")))
    for child in element.children:
        if isinstance(child, str):
            yield from ((word, language) for word in WORD.findall(child))
        else:
            yield from list_words(child, language)


def check(shown: Markup | None, *words: str) -> None:
    found = dict(list_words(read_html(str(shown))))
    assert set(words) <= set(found)
    assert {word: language for word, language in found.items() if language != "de"} == {}


def name_words(row_type: type, *left_out: str) -> list[str]:
    return [f"Wort_{name}" for name in write_row(row_type) if name not in left_out and name in SHOWN[row_type]]


SHOWN = {
    row_type: {
        name
        for name, field in list_fields(row_type).items()
        if isinstance(field.holds, Kind) and field.holds.translated and field.role is not Role.PICTURE
    }
    for row_type in TABLES.values()
}


@pytest.mark.parametrize("name", [name for name in TABLES if name not in ("publications", "news", "citations")])
def test_the_language_of_all_text_in_every_table_is_marked(tmp_path: Path, name: str) -> None:
    row_type = TABLES[name]
    data = write_tables(tmp_path, **{name: yaml.safe_dump([write_row(row_type)])})
    for compact in (True, False):
        shown = listings.entries.show_entries(row_type, load_rows(row_type, data), compact=compact)
        check(shown, *name_words(row_type))
    check(listings.entry_list(name, tables.load_table(name, data)), *name_words(row_type))


def test_the_language_of_all_text_of_a_publication_is_marked_in_lists_and_on_its_page(tmp_path: Path) -> None:
    data = write_tables(tmp_path, publications=yaml.safe_dump([write_row(Publication)]))
    frame, [row] = tables.load_table("publications", data), load_rows(Publication, data)
    listed = ["title", "container_title", "award", "note", "tldr"]
    check(listings.publication_list(frame), *(f"Wort_{name}" for name in listed))
    check(listings.publication_explorer(frame, least=1), *(f"Wort_{name}" for name in [*listed, "abstract"]))
    check(paper_body(row, "", previous=row), *name_words(Publication, "topics", "genre", "series"))


def test_news_is_marked(tmp_path: Path) -> None:
    data = write_tables(tmp_path, news="- {date: 2026, text: {de: Wort_text}}\n")
    check(listings.news_list(tables.load_table("news", data)), "Wort_text")


def test_a_profile_is_marked(tmp_path: Path) -> None:
    profile = """
        name: N. Body
        position: {de: Wort_position}
        pronouns: {de: Wort_pronouns}
        affiliation: {de: Wort_affiliation}
        department: {de: Wort_department}
        location: {de: Wort_location}
        links: [{label: {de: Wort_label}, url: 'https://example.org'}]
        earlier_work: {de: Wort_earlier}
    """
    loaded = load_profile(write_tables(tmp_path, profile=profile))
    words = ["position", "pronouns", "affiliation", "department", "location", "label"]
    check(listings.profile_header(loaded), *(f"Wort_{word}" for word in words))
    check(listings.prose(loaded.earlier_work), "Wort_earlier")


def test_labels_of_links_and_descriptions_of_pictures_are_marked(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    row = (
        "{title: T, image: assets/a.svg, alt: {de: Wort_alt}, links: [{label: {de: Wort_label}, url: 'https://a.org'}]}"
    )
    data = write_tables(tmp_path, research=f"- {row}\n")
    check(listings.research_list(tables.load_table("research", data)), "Wort_alt", "Wort_label")


def test_text_in_the_language_of_the_page_is_not_marked(tmp_path: Path) -> None:
    data = write_tables(tmp_path, publications=yaml.safe_dump([write_row(Publication)]))
    with written_in("de"):
        assert "lang=" not in str(listings.publication_explorer(tables.load_table("publications", data), least=1))


def test_the_direction_is_declared_if_it_differs() -> None:
    assert name_language(Text("حلقات VTC", "ar")) == {"lang": "ar", "dir": "rtl"}
    assert name_language(Text("Ringe", "de")) == {"lang": "de"}
    with written_in("ar"):
        assert name_language(Text("Ringe", "de")) == {"lang": "de", "dir": "ltr"}


def test_a_marked_text_keeps_its_markup_and_is_escaped() -> None:
    assert mark(Text("*Ringe* <i>", "de"), render_inline) == '<span lang="de"><em>Ringe</em> &lt;i&gt;</span>'
    assert mark(Text("R & S", "de")) == '<span lang="de">R &amp; S</span>'
    assert (mark("R & S"), mark(None)) == ("R &amp; S", "")


def test_the_search_finds_a_title_in_its_other_languages(tmp_path: Path) -> None:
    row = "- {id: a, title: {en: Rings, de: Ringe}, type: article, authors: [E. Noether]}\n"
    shown = listings.publication_explorer(
        tables.load_table("publications", write_tables(tmp_path, publications=row)), least=1
    )
    assert '"texts":["Ringe"]' in str(shown)


def test_a_pages_own_rows_can_be_listed_with_those_of_a_table(tmp_path: Path) -> None:
    import pandas as pd

    row = "- {id: a, title: {de: Ringe}, type: article, authors: [E. Noether]}\n"
    frame = tables.load_table("publications", write_tables(tmp_path, publications=row))
    own = pd.DataFrame(
        [{"id": "b", "title": "Own", "type": "article", "authors": (), "hidden": False, "selected": False}]
    )
    shown = str(listings.publication_list(pd.concat([frame, own])))
    assert '<a href="/publications/a.html" lang="de">Ringe</a>' in shown
    assert '<a href="/publications/b.html">Own</a>' in shown
