"""API keys for sources, from the environment or from one file of the user's, never from the site."""

from __future__ import annotations

import os
from pathlib import Path

import yaml

from octavo.errors import OctavoError, quote_value
from octavo.model.words import suggest

_SHARED = 0o077
"""Permission bits of everyone but the owner."""


def read_key(name: str, known: tuple[str, ...]) -> str:
    """The key for the source `name`: from `OCTAVO_<NAME>_KEY`, or from the file; empty if there is none.

    Raises:
        OctavoError: If the file or the key can't be used; never with a part of a key in its message.
    """
    variable = f"OCTAVO_{name.upper()}_KEY"
    given = os.environ.get(variable, "").strip()
    place, key = (variable, given) if given else (str(find_key_file()), _load_keys(known).get(name, ""))
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise OctavoError(f"{place}: the key for {name} has a space or a character that no key has")
    return key


def find_key_file() -> Path:
    """Where the user's keys are kept, each on a line as `openalex: KEY`."""
    folder = os.environ.get("APPDATA" if os.name == "nt" else "XDG_CONFIG_HOME")
    return (Path(folder) if folder else Path.home() / ".config") / "octavo" / "keys.yml"


def _load_keys(known: tuple[str, ...]) -> dict[str, str]:
    file = find_key_file()
    try:
        text = file.read_text(encoding="utf-8")
        is_shared = os.name == "posix" and file.stat().st_mode & _SHARED
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise OctavoError(f"{file}: can't be read: {getattr(error, 'strerror', None) or 'not UTF-8'}") from None
    if is_shared:
        raise OctavoError(f"{file}: others can read your keys; run: chmod 600 {file}")
    keys = _parse_keys(text, file)
    for name in keys:
        if name not in known:
            raise OctavoError(f"{file}: {quote_value(name)} takes no key ({suggest(name, known, most=0)})")
    return keys


def _parse_keys(text: str, file: Path) -> dict[str, str]:
    """The file's content; YAML's own messages would quote a key."""
    try:
        keys = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes texts only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise OctavoError(f"{file}:{mark.line + 1 if mark else 1}: not YAML; expected lines as `name: KEY`") from None
    if keys in (None, ""):
        return {}
    if not isinstance(keys, dict) or not all(isinstance(part, str) for pair in keys.items() for part in pair):
        raise OctavoError(f"{file}: expected lines as `name: KEY`")
    return {name: key.strip() for name, key in keys.items()}
