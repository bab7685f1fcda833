"""The files derived from the interface words: their keys for mypy, and the format's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from textwrap import fill

from octavo.language.current import written_in
from octavo.language.words import DEFAULT, Text, find_locale, list_languages, read_words

PACKAGE = Path(__file__).parents[1] / "src" / "octavo"
KEYS = PACKAGE / "language" / "keys.py"
FORMAT = PACKAGE / "format"
FORMAT_WORDS = FORMAT / "filters" / "words.lua"
_MADE = "Made by toolkit/scripts/build_schemas.py from octavo/language/words."
_ENGLISH_DATE = "{month} {day}, {year}"
_ENGLISH_MONTHS = """
January February March April May June July August September October November December
""".split()  # noqa: SIM905  a list of words reads best as words
# CLDR's letters for the parts of a date.
_PARTS = {"d": "{day}", "MMMM": "{month}", "M": "{number}", "y": "{year}"}


def list_word_files() -> dict[Path, str]:
    """Both files, with their content."""
    return {KEYS: _format_keys(read_words(DEFAULT)), FORMAT_WORDS: _format_lua()}


def _format_keys(words: Mapping[str, Text]) -> str:
    counted = [key for key, text in words.items() if not isinstance(text, str)]
    others = [key for key in words if key not in counted]
    return (
        f'# {_MADE}\n"""The keys of words, so that a misspelled one is a type error."""\n\n'
        f"from typing import Literal\n\n"
        f"Word = Literal[\n{_list(others)}\n]  # fmt: skip\n"
        '"""A word, or a sentence."""\n\n'
        f"Counted = Literal[\n{_list(counted)}\n]  # fmt: skip\n"
        '"""A word with a form for each plural category."""\n'
    )


def _list(keys: Iterable[str]) -> str:
    words = ", ".join(f'"{key}"' for key in keys)
    return fill(words, 119, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)


def _format_lua() -> str:
    files = [file for kind in ("html", "lua") for file in sorted(FORMAT.rglob(f"*.{kind}")) if file != FORMAT_WORDS]
    texts = " ".join(file.read_text(encoding="utf-8") for file in files)
    used = {
        key for keys in re.findall(r'\$words\.([a-z-]+)\$|words\.([a-z]+)|"([a-z]+-[a-z-]+)"', texts) for key in keys
    }
    languages = "".join(_format_language(tag, used) for tag in list_languages())
    return f"-- {_MADE}\n-- The words that the template and the filters show.\n\nreturn {{\n{languages}}}\n"


def _format_language(tag: str, used: set[str]) -> str:
    words = {key: text for key, text in read_words(tag).items() if key in used and isinstance(text, str)}
    pattern, months = _describe_dates(tag)
    lines = [f"    [{_quote(key)}] = {_quote(text)},\n" for key, text in {**words, "date": pattern}.items()]
    names = ", ".join(map(_quote, months))
    return f"  [{_quote(tag)}] = {{\n{''.join(lines)}    months = {{ {names} }},\n  }},\n"


def _describe_dates(tag: str) -> tuple[str, list[str]]:
    """The pattern of a full date, and the names of the months."""
    with written_in(tag):
        locale = find_locale()
    if locale is None:
        return _ENGLISH_DATE, _ENGLISH_MONTHS
    months = locale.months["format"]["wide"]
    pattern = str(locale.date_formats["long"].pattern)
    parts = re.findall(r"'([^']*)'|([dMy]+)|([^'dMy]+)", pattern)
    text = "".join(quoted or _PARTS.get(part, "") or other for quoted, part, other in parts)
    return text, [months[number] for number in range(1, 13)]


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
