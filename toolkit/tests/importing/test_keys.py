"""Keys for sources: where they are found, and that no message shows one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from octavo.errors import OctavoError
from octavo.importing.sources.service import find_key_file, read_key

KNOWN = ("openalex", "ads")


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("APPDATA" if os.name == "nt" else "XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("OCTAVO_OPENALEX_KEY", raising=False)
    file = find_key_file()
    file.parent.mkdir()
    return file


def write(file: Path, text: str, mode: int = 0o600) -> None:
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)


def test_keys_are_optional(key_file: Path) -> None:
    assert read_key("openalex", KNOWN) == ""
    write(key_file, "# nothing yet\n")
    assert read_key("openalex", KNOWN) == ""


def test_the_environment_takes_precedence_over_the_file(key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(key_file, "openalex: s3cret\nads: 012345\n")
    assert (read_key("openalex", KNOWN), read_key("ads", KNOWN)) == ("s3cret", "012345")
    monkeypatch.setenv("OCTAVO_OPENALEX_KEY", " other ")
    assert read_key("openalex", KNOWN) == "other"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("openalec: s3cret", "'openalec' takes no key (did you mean 'openalex'?)"),
        ("zzz: s3cret", "'zzz' takes no key (expected openalex or ads)"),
        ("openalex: s3cret with space", "the key for openalex has a space or a character that no key has"),
        ("openalex: s3crét", "the key for openalex has a space or a character that no key has"),
        ("ads: x\nopenalex: [s3cret", "2: not YAML; expected lines as `name: KEY`"),
        ("s3cret", "expected lines as `name: KEY`"),
        ("openalex: [s3cret]", "expected lines as `name: KEY`"),
        ("- openalex: s3cret", "expected lines as `name: KEY`"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_without_a_key(key_file: Path, text: str, message: str) -> None:
    write(key_file, text)
    with pytest.raises(OctavoError) as error:
        read_key("openalex", KNOWN)
    assert str(error.value).startswith(f"{key_file}:")
    assert message in str(error.value)
    assert "s3c" not in str(error.value)
    assert error.value.__cause__ is None


def test_a_file_in_another_encoding_is_named(key_file: Path) -> None:
    key_file.write_bytes(b"openalex: \xff")
    with pytest.raises(OctavoError, match="can't be read: not UTF-8"):
        read_key("openalex", KNOWN)


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such permissions")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o602])
def test_a_file_that_others_can_read_is_refused(key_file: Path, mode: int) -> None:
    write(key_file, "openalex: s3cret", mode)
    with pytest.raises(OctavoError, match=r"others can read your keys; run: chmod 600 .*keys\.yml"):
        read_key("openalex", KNOWN)
