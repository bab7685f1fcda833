"""Names of languages: in the language itself, and with a country."""

from __future__ import annotations

import pytest

from octavo.language.tags import name_language, name_locale


@pytest.mark.parametrize(
    ("tag", "name", "locale"),
    [
        ("en", "English", "en_US"),
        ("de", "Deutsch", "de_DE"),
        ("de-AT", "Deutsch (Österreich)", "de_AT"),
        ("fr", "Français", "fr_FR"),
        ("ar", "العربية", "ar_EG"),
        ("zh-Hant", "中文 (繁體)", "zh_CN"),
        ("tlh", "tlh", "tlh"),
    ],
)
def test_a_language_has_the_name_that_its_speakers_use(tag: str, name: str, locale: str) -> None:
    assert (name_language(tag), name_locale(tag)) == (name, locale)
