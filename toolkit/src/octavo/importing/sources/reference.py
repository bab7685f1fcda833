"""What sources there are, for the command's help and for docs/sources.md."""

from __future__ import annotations

from pathlib import Path

from octavo.importing.sources.catalogue import SOURCES, Source

_INTRODUCTION = """\
<!-- Made by toolkit/scripts/build_schemas.py from the catalogue of sources. -->
# Sources of publications

`octavo import` takes files (`.bib`, `.ris`, CSL `.json`) and any of these, as written here or as the address in your
browser. Without a source, it asks those that your profile links to.

| source | what it brings | key |
| --- | --- | --- |
"""
_KEYS = """
Keys are free. Put one into the environment, as `OCTAVO_OPENALEX_KEY`, or into `octavo/keys.yml` in your own
configuration folder (`~/.config`, `$XDG_CONFIG_HOME`, or `%APPDATA%`), which nobody else may read (`chmod 600`):

    openalex: KEY
    ads: KEY

A key is sent to its source alone, and neither stored with the answers nor shown. OpenAlex counts lists against a daily
budget, which is ten times as large with a key; single works (`openalex:W…`) are free.
"""


def describe_sources(key_file: Path) -> str:
    """The forms and the keys, as the help shows them."""
    forms = [
        f"  {form:<47} {source.title}: {what}" for source in SOURCES.values() for form, what in source.forms.items()
    ]
    keyed = ", ".join(source.name for source in SOURCES.values() if source.key)
    keys = [f"keys, for {keyed}:", f"  OCTAVO_<NAME>_KEY in the environment, or name: KEY in {key_file}"]
    return "\n".join(["sources, as here or as the address in your browser:", *forms, "", *keys])


def format_reference() -> str:
    """The page for the docs."""
    rows = (
        f"| `{form}` | {source.title}: {what} | {_describe_key(source)} |\n"
        for source in SOURCES.values()
        for form, what in source.forms.items()
    )
    return _INTRODUCTION + "".join(rows) + _KEYS


def _describe_key(source: Source) -> str:
    if source.key is None:
        return ""
    return f"[{'needed' if source.key.is_needed else 'allows more'}]({source.key.page})"
