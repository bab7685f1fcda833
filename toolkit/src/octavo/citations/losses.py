"""Losses: what a format can't hold.

What a format holds is found by trying: if its text is the same without a value, the value isn't in it. So nothing has
to be listed by hand for each format, and a new field of the table is reported until a format has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from octavo.markdown import plain_title
from octavo.model.authors import Author
from octavo.model.dates import PartialDate
from octavo.model.fields import Role, is_inline, list_fields
from octavo.model.publications import Publication
from octavo.model.words import count_noun

Write = Callable[[Publication], str]
"""Writes a row in a format."""

_FIELDS = list_fields(Publication)
# All fields except those that only determine how a row is found or shown on the site.
_TOLD = [
    name for name, field in _FIELDS.items() if field.role not in (Role.BOOKKEEPING, Role.PICTURE) or name == "extra"
]


_IDENTIFIERS = ("doi", "arxiv")


def list_losses(rows: Iterable[Publication], write: Write) -> Iterator[str]:
    """What the format can't hold, such as `tldr (3 publications)`."""
    alike: dict[object, list[Publication]] = {}
    for row in rows:
        translated = tuple(name for name in _TOLD if len(row.translations.get(name, ())) > 1)
        said = (part for part, _ in _list_lesser(row))
        alike.setdefault((row.type, row.status, translated, *said), []).append(row)
    counts = Counter[str]()
    for first, *others in alike.values():
        counts.update(dict.fromkeys(_list_lost(first, write), 1 + len(others)))
    for name, number in counts.items():
        yield f"{name} ({count_noun(number, 'publication')})"


def _list_lost(row: Publication, write: Write) -> Iterator[str]:
    cited = replace(row.original, translations={})
    whole, lost = write(cited), ""
    for part, lesser in _list_lesser(cited):
        if part.partition(":")[0] != lost and write(lesser) == whole:
            lost = part
            yield part
    for name, texts in row.translations.items():
        if name in _TOLD and len(texts) > 1 and write(replace(cited, translations={name: texts})) == whole:
            yield f"{name}: translations"


def _list_lesser(row: Publication) -> Iterator[tuple[str, Publication]]:
    """The row without one of its facts, and that fact's name: a field, then parts of it, such as `date: day`."""
    for name in _TOLD:
        value = getattr(row, name)
        if name == "type":
            if value != "document":
                yield name, replace(row, type="document")
        elif value and value != "published":
            nothing: Any = () if isinstance(value, tuple) else None
            if not isinstance(value, Mapping):  # which is reported part by part
                yield name, replace(row, **{name: nothing})
            for part, lesser in _list_lesser_values(name, value):
                if part in _IDENTIFIERS and name == "links" and getattr(row, part):
                    continue  # its address follows from the identifier
                yield f"{name}: {part}", replace(row, **{name: lesser})


def _list_lesser_values(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, PartialDate):
        yield from _list_lesser_dates(value.edtf)
    elif isinstance(value, Mapping):
        yield from ((str(key), {other: text for other, text in value.items() if other != key}) for key in value)
    elif _FIELDS[name].role is Role.PEOPLE:
        for part in list_fields(Author):
            if any(getattr(person, part) for person in value):
                yield part, tuple(replace(person, **{part: type(getattr(person, part))()}) for person in value)
    elif is_inline(_FIELDS[name]) and (plain := plain_title(value)) != value:
        yield "Markdown", plain


def _list_lesser_dates(edtf: str) -> Iterator[tuple[str, PartialDate]]:
    start, _, end = edtf.partition("/")
    if end:
        yield "end", PartialDate.parse(start)
        if end != "..":
            yield "start", PartialDate.parse(end)
        return
    parts = start.split("-")
    for count, name in enumerate(("month", "day")[: len(parts) - 1], 1):
        yield name, PartialDate.parse("-".join(parts[:count]))
