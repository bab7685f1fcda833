"""Originals: the version of text in several languages with which a source's text is compared.

Sources describe a work in one language. They correct the text in that language; the others stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from octavo.importing.comparing import is_alike, is_same
from octavo.language.tags import choose_language, read_language
from octavo.model.fields import Kind
from octavo.model.publications import Publication
from octavo.model.texts import choose_text, list_text_fields

_TEXTS = {field.name: field.many for field in list_text_fields(Publication) if isinstance(field.holds, Kind)}


class Original:
    """A row as written, before validation, with one text in place of several.

    Args:
        row: The row.
        language: The one of the project.
        said: What sources say of the row, now and before.
    """

    def __init__(self, row: Mapping[str, Any], language: str, said: Sequence[Mapping[str, Any]] = ()) -> None:
        written = read_language(str(row.get("language") or ""))
        self._wanted = [tag for tag in (written, language) if tag]
        self._written = row
        self._tags = {
            name: _find_said(name, row[name], said) or choose_language(row[name], self._wanted)
            for name, is_list in _TEXTS.items()
            if not is_list and _is_texts(row.get(name))
        }
        self.row = {**row, **{name: row[name][tag] for name, tag in self._tags.items()}}
        for name, is_list in _TEXTS.items():
            if is_list and isinstance(items := row.get(name), list):
                self.row[name] = [self._read_item(item) for item in items]

    def restore(self, path: str, value: Any) -> tuple[str, Any]:
        """The path of the one text to edit, as `title.de`, and its value; in lists, the texts of items that stay."""
        if path in self._tags:
            return f"{path}.{self._tags[path]}", value
        written = self._written.get(path)
        if _TEXTS.get(path) and isinstance(written, list):
            known = [(self._read_item(item), item) for item in written]
            return path, [next((item for text, item in known if is_same(text, new)), new) for new in value]
        return path, value

    def _read_item(self, item: Any) -> Any:
        return choose_text(item, *self._wanted) if _is_texts(item) else item


def list_versions(row: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The row in each language that its text is in; unchanged if no text is in several."""
    texts = (row[name] for name, is_list in _TEXTS.items() if not is_list and _is_texts(row.get(name)))
    for tag in dict.fromkeys(tag for value in texts for tag in value) or [""]:
        yield Original({**row, "language": None}, tag).row if tag else row


def _is_texts(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value) and all(isinstance(text, str) for text in value.values())


def _find_said(name: str, texts: Mapping[str, str], said: Iterable[Mapping[str, Any]]) -> str:
    """The language of the text that some source says; empty if none does."""
    values = [fields[name] for fields in said if name in fields]
    return next((tag for tag, text in texts.items() if any(is_alike(name, text, value) for value in values)), "")
