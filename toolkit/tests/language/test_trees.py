"""The languages of a site: as `_quarto.yml` lists them, in mappings of text, and from the trees of paths."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.errors import PageError
from octavo.language.trees import choose_text, read_languages, split_path


def _state(root: Path, settings: str) -> Path:
    (root / "_quarto.yml").write_text(settings, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("settings", "languages"),
    [
        ("lang: en\n", ()),
        ("languages: [en]\n", ()),
        ("lang: pt-BR\nlanguages: [pt-BR, zh-Hant, en]\n", ("pt-BR", "zh-Hant", "en")),
    ],
)
def test_a_site_with_more_than_one_language_has_trees(
    settings: str, languages: tuple[str, ...], tmp_path: Path
) -> None:
    assert tuple(read_languages(_state(tmp_path, settings))) == languages


@pytest.mark.parametrize(
    ("stated", "fault"),
    [
        ("en", "must be a list"),
        ("[]", "must be a list"),
        ("[en, 3]", "must be a list"),
        ("[en, German]", "'German' is not a language tag (did you mean 'de'?)"),
        ("[en, de_AT]", "'de_AT' is not a language tag (did you mean 'de-AT'?)"),
        ("[en, ../x]", "is not a language tag"),
        ("[en, de, en]", "names a language twice"),
        ("[de, en]", "begins with 'de', but `lang:` says 'en'"),
    ],
)
def test_invalid_languages_are_reported_with_their_line(stated: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(PageError, match=r"^_quarto\.yml:2: `languages:` ") as error:
        read_languages(_state(tmp_path, f"lang: en\nlanguages: {stated}\n"))
    assert fault in str(error.value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"en": "News", "de": "Aktuelles"}, "Aktuelles"),
        ({"en": "News", "fr": "Actualités"}, "News"),
        ("News", "News"),
        ({"text": "News", "href": "/news.html"}, {"text": "News", "href": "/news.html"}),
        ({}, {}),
    ],
)
def test_a_mapping_by_language_yields_the_text_in_the_language_or_the_first(value: object, text: object) -> None:
    assert choose_text(value, "de") == text


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("de/news.html", ("de", "news.html")),
        ("news.html", ("en", "news.html")),
        ("de", ("en", "de")),
        ("en/news.html", ("en", "en/news.html")),
        ("posts/de/a.qmd", ("en", "posts/de/a.qmd")),
    ],
)
def test_a_path_is_in_the_tree_of_its_first_folder(path: str, expected: tuple[str, str]) -> None:
    assert split_path(path, ["en", "de"]) == expected
