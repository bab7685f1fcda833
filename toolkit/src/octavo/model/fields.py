"""Fields: how a table's class declares what each field holds, and where outputs put it.

A table is a frozen dataclass. A field's type is annotated with its role, an example as text, and its names in exports;
the docstring below the field is its meaning:

    office: Annotated[Line | None, Role.DETAIL, "USPTO", Export(resume="entity")] = None
    # and below it, as a docstring: The patent office.

Validation, JSON Schemas, DataFrame columns, listings, the CV, and exports are all derived from `list_fields`.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from dataclasses import Field as DataclassField
from enum import Enum, auto
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from octavo.model.words import check_word


class Role(Enum):
    """The role of a field in an entry, the form in which listings, the CV, and exports show a row."""

    TITLE = auto()
    """A name that only this row has: a talk's title."""
    ADDRESS = auto()
    """The address that the title links to: a person's homepage."""
    HEAD = auto()
    """Takes the title's place, but other rows may share it: an organization, a degree."""
    PEOPLE = auto()
    DETAIL = auto()
    """Follows the title, in the order of the fields: a position, an event."""
    PLACE = auto()
    """Follows the details, except where a format has its own field for a place."""
    NOTE = auto()
    """A line of its own that begins with the field's name: `Thesis: …`."""
    DATE = auto()
    TEXT = auto()
    STATUS = auto()
    LINKS = auto()
    PICTURE = auto()
    """Is shown beside an entry, or belongs to such a field."""
    BOOKKEEPING = auto()
    """Determines how a row is found or shown; not part of the entry."""


class Export(NamedTuple):
    """A field's names in other systems' formats, if its role doesn't determine them."""

    csl: str = ""
    bibtex: str = ""
    """The name in BibTeX or biblatex, for any type of entry."""
    ris: str = ""
    resume: str = ""
    """JSON Resume's."""
    rendercv: str = ""


Reference = Literal["link", "file", "picture", "text", "publication", "person", "section", "language", "original"]
"""What a value refers to: a page or file, such a file itself, links, a publication's id, or a person's name.

`language` is the language of text that is given in several, `original` that of a work.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """The rules for a single value."""

    check: Callable[[Any], Any]
    """Returns the checked value; raises ValueError with the mistake and what is allowed."""
    schema: Mapping[str, Any]
    """The schema for editors, which infer the types of scalars: to them, `date: 2026` is a number."""
    load: Callable[[Any], Any] | None = None
    """Converts the checked value to the typed one."""
    name: str = "text"
    """Its name in the field reference."""
    refers: Reference | None = None
    """The kind of thing that it refers to, which must exist."""
    translated: Literal["", "text", "name"] = ""
    """Whether it may be given in several languages; a name that isn't has no language."""


@dataclass(frozen=True, slots=True, eq=False)
class Nested:
    """A mapping inside a row."""

    shape: type
    """The dataclass whose fields are the mapping's keys."""
    read_text: Callable[[str], Mapping[str, Any]] | None = None
    """Parses the short form, which is text, if there is one."""
    check: Callable[[Mapping[str, Any]], None] = lambda plain: None
    """Raises ValueError if the fields contradict each other."""
    load: Callable[[Mapping[str, Any]], Any] | None = None
    """Makes the typed value, by default an instance of `shape`."""
    name: str = ""
    """Its name in the field reference, if that isn't a list of its keys."""
    items: Nested | None = None
    """The items of its list form, if it has one."""


class Derived:
    """Marks a field that is computed when the table is read."""


class OfWork:
    """Marks text of the work itself, such as its title, which is in the work's language."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a table, as its class declares it."""

    name: str
    holds: Kind | Nested
    """The kind of its value, or of each item."""
    base: Any
    """The type of its values: `str`, `bool`, `PartialDate`, …"""
    many: bool
    """Whether it is a list."""
    required: bool
    """Whether every row needs it; if so, a list needs at least one item."""
    default: Any
    marks: tuple[Any, ...]

    @property
    def role(self) -> Role | None:
        """Its own role, or that of its kind."""
        return next((mark for mark in self.marks if isinstance(mark, Role)), None)

    @property
    def export(self) -> Export:
        """Its names in other formats."""
        return next((mark for mark in self.marks if isinstance(mark, Export)), Export())

    @property
    def example(self) -> str:
        """Its own example, or that of its kind; empty if there is none."""
        return next((mark for mark in self.marks if isinstance(mark, str)), "")

    def load(self, plain: Any) -> Any:
        """The typed value of a checked one."""
        make = _find_loader(self.holds)
        if self.many:
            return tuple(map(make, plain) if make else plain)
        return make(plain) if make else plain


def is_inline(field: Field) -> bool:
    """Whether it holds inline Markdown."""
    return isinstance(field.holds, Kind) and field.holds.refers == "text"


def _list_fields(shape: type) -> Mapping[str, Field]:
    """The fields that may be written in a table, by name, in the order in which rows have them."""
    hints = get_type_hints(shape, include_extras=True)
    made = [_make_field(field, hints[field.name]) for field in fields(shape)]
    # Fields that many tables share come after a table's own.
    made.sort(key=lambda field: (field.name == "hidden", field.role is Role.PICTURE))
    return {field.name: field for field in made if Derived not in field.marks}


def _list_roles(shape: type) -> Mapping[Role, tuple[str, ...]]:
    """The names of the fields of each role, in the order of the fields."""
    roles: dict[Role, tuple[str, ...]] = {}
    for field in list_fields(shape).values():
        if field.role:
            roles[field.role] = (*roles.get(field.role, ()), field.name)
    return roles


# Typed like this because mypy believes that classes of frozen dataclasses can't be hashed.
list_fields: Callable[[type], Mapping[str, Field]] = lru_cache(maxsize=64)(_list_fields)
list_roles: Callable[[type], Mapping[Role, tuple[str, ...]]] = lru_cache(maxsize=64)(_list_roles)


def load_mapping(shape: type, plain: Mapping[str, Any]) -> Any:
    """An instance of the class with typed values in place of checked ones; derived values are already typed."""
    declared = list_fields(shape)
    return shape(**{name: declared[name].load(value) if name in declared else value for name, value in plain.items()})


def _make_field(field: DataclassField[Any], hint: Any) -> Field:
    marks = tuple(_unwrap(hint))
    many = get_origin(marks[-1]) is tuple
    if many:
        marks = (*marks[:-1], *_unwrap(get_args(marks[-1])[0]))
    base = marks[-1]
    holds = next((mark for mark in marks if isinstance(mark, Kind | Nested)), None)
    if get_origin(base) is Literal:
        holds, base = make_choice(get_args(base)), str
    elif holds is None and isinstance(base, type) and is_dataclass(base):
        holds = Nested(base)
    required = field.default is MISSING and field.default_factory is MISSING
    return Field(field.name, holds or Kind(str, {}), base, many, required, field.default, marks[:-1])


def _unwrap(hint: Any) -> Iterator[Any]:
    """The marks of a type, outer ones first, and at the end the type itself without them and without None."""
    if get_origin(hint) is Annotated:
        inner, *marks = get_args(hint)
        yield from reversed(marks)
        yield from _unwrap(inner)
    elif get_origin(hint) in (Union, types.UnionType):
        yield from _unwrap(next(part for part in get_args(hint) if part is not type(None)))
    else:
        yield hint


def make_choice(words: tuple[str, ...]) -> Kind:
    """One of a few words."""
    return Kind(lambda value: check_word(value, words), {"enum": list(words)}, name=" · ".join(words))


def _find_loader(holds: Kind | Nested) -> Callable[[Any], Any] | None:
    if isinstance(holds, Kind) or holds.load:
        return holds.load
    return lambda plain: load_mapping(holds.shape, plain)
