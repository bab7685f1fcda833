"""Names of languages, as a switch between them and link previews say them."""

from __future__ import annotations

from functools import lru_cache


@lru_cache
def name_language(tag: str) -> str:
    """What the language calls itself, with a capital letter; the tag if CLDR doesn't know it."""
    from babel import Locale, UnknownLocaleError  # only where a site has several languages

    try:
        name = Locale.parse(tag, sep="-").get_display_name() or tag
    except (UnknownLocaleError, ValueError):
        return tag
    return name[:1].upper() + name[1:]


@lru_cache
def name_locale(tag: str) -> str:
    """Open Graph's name of the language with the country where most people speak it: `de_DE` for `de`."""
    from babel.core import get_global

    parts = tag.split("-")
    likely = get_global("likely_subtags").get(parts[0], "").rpartition("_")[2]
    region = parts[-1] if len(parts) > 1 and len(parts[-1]) == 2 else likely
    return f"{parts[0]}_{region}" if region else parts[0]
