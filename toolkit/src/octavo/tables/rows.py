"""Rows: the tables in `data/`, checked and typed.

    for paper in load_rows(Publication):
        print(paper.title, paper.date)

Rows are in the order in which they are shown: unpublished work first, then the newest publications; other tables
newest first if their class says so, and otherwise as in the file. Rows without a date come last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, cast

from octavo.errors import DataError, OctavoError, Problem, has_errors
from octavo.model.catalog import ROWS, TABLES
from octavo.model.citations import CitationCount
from octavo.model.entries import find_date, name_anchors
from octavo.model.fields import Field, Kind, Role, list_fields, list_roles, load_mapping
from octavo.model.links import complete_links
from octavo.model.person import Directory, Person
from octavo.model.profile import Profile, list_owner_names
from octavo.model.publications import Publication
from octavo.model.row import Picture, Row
from octavo.model.texts import ENGLISH, Chosen, Languages, choose_texts
from octavo.model.vocabulary import UNPUBLISHED
from octavo.model.words import count_noun, suggest
from octavo.tables.data_folder import DataFolder, find_data_folder, read_data_folder

R = TypeVar("R", bound=Row)


def load_rows(row_type: type[R], data: Path | None = None, *, hidden: bool = False) -> Sequence[R]:
    """The rows of a class's table, hidden ones only if requested; none if the table has no file.

    Raises:
        DataError: if any table of the folder has an error; it holds all of them, of all tables.
    """
    return CheckedTables(data).list_rows(row_type, hidden=hidden)


def load_profile(data: Path | None = None) -> Profile:
    """The profile of the site's owner.

    Raises:
        DataError: if any table of the folder has an error; it holds all of them, of all tables.
    """
    return CheckedTables(data).profile


class CheckedTables:
    """All tables of a folder, read once for callers that need several of them.

    Raises:
        DataError: if any has an error; it holds all of them.
    """

    def __init__(self, data: Path | None = None) -> None:
        self._folder = read_data_folder(data or find_data_folder())
        errors = [problem for problem in self._folder.list_problems() if problem.severity == "error"]
        if errors:
            raise DataError(errors)

    def list_rows(self, row_type: type[R], *, hidden: bool = False) -> Sequence[R]:
        """The rows of a class's table, those with `hidden: true` only if requested; none if the table has no file."""
        return _type_table(row_type, self._folder, hidden)

    @property
    def profile(self) -> Profile:
        """The profile of the site's owner."""
        missing = self._folder.missing
        chosen = choose_texts(Profile, self._folder.files["profile"].rows[0], self._folder.languages)
        profile: Profile = load_mapping(Profile, chosen.values | {"translations": chosen.translations})
        shown = [profile.name, *profile.translations.get("name", {}).values()]
        photo = "" if profile.photo in missing else profile.photo
        return replace(
            profile,
            names=list_owner_names(profile.names, shown),
            links=tuple(link for link in profile.links if link.url not in missing),
            photo=photo,
            picture=self._folder.pictures.found.get(photo),
            cv=replace(profile.cv, sections=tuple(dict.fromkeys(profile.cv.sections))),
        )


def find_table(name: str) -> type[Row]:
    """The class of a table's rows.

    Raises:
        OctavoError: if there is no such table.
    """
    if name not in TABLES:
        known = suggest(name, list(TABLES), most=0)
        raise OctavoError(f"no table is named {name!r} ({known}); read one of your own with yaml.safe_load")
    return TABLES[name]


def check_tables(data: Path | None = None) -> list[Problem]:
    """Every problem of every table, errors and warnings, by file and line; empty if there is none."""
    folder = read_data_folder(data or find_data_folder())
    problems = folder.list_problems()
    is_readable = not has_errors(problems)
    return sorted([*problems, *_check_sections(folder)]) if is_readable else problems


def type_rows(
    row_type: type[R],
    rows: Iterable[Mapping[str, Any]],
    dead: Collection[str] = (),
    pictures: Mapping[str, Picture] = MappingProxyType({}),
    languages: Languages = ENGLISH,
) -> list[R]:
    """Checked rows, as plain data, with typed values, in the table's order.

    Addresses that are `dead` are left out of links; `pictures` are by their addresses.
    """
    plain = list(rows)
    anchors = name_anchors(row_type, plain, languages.default)
    chosen = (choose_texts(row_type, row, languages, row_type.find_language(row)) for row in plain)
    typed = [_make_row(row_type, row, anchor, dead, pictures) for row, anchor in zip(chosen, anchors, strict=True)]
    return sorted(typed, key=_rank_row, reverse=True) if row_type.table.newest_first else typed


def _check_sections(folder: DataFolder) -> Iterator[Problem]:
    """Tables that have rows, but aren't among the sections that the profile chooses for the CV."""
    claims = [(file, claim) for file, claim in folder.list_claims() if claim.kind == "section"]
    chosen = {claim.value for _, claim in claims}
    for row_type in ROWS if claims else ():
        table = row_type.table
        rows = [row for row in _type_table(row_type, folder, hidden=False) if row.belongs_in_cv]
        if rows and table.in_cv and table.name not in chosen:
            file, last = claims[-1]
            left_out = f"{table.name} ({count_noun(len(rows), 'row')})"
            message = f"{last.field.rpartition('[')[0]}: leaves out {left_out}, so the CV doesn't show it"
            yield Problem(file.path, last.line, last.column, message, "warning")


# The last typed rows, and their input.
_TYPED: dict[tuple[type[Row], bool, str], tuple[object, Sequence[Row]]] = {}


def _type_table(row_type: type[R], folder: DataFolder, hidden: bool) -> Sequence[R]:
    file = folder.files.get(row_type.table.name)
    if file is None:
        return ()
    others = [folder.files[name].key for name in ("people", "profile", "citations") if name in folder.files]
    languages = folder.languages
    source = file.key, folder.missing, folder.pictures.found, others, languages.default
    known = _TYPED.get((row_type, hidden, languages.current))
    if known is None or known[0] != source:
        rows = (row for row in file.rows if hidden or not row.get("hidden"))
        typed = type_rows(row_type, rows, folder.missing, folder.pictures.found, languages)
        known = _TYPED[row_type, hidden, languages.current] = (
            source,
            _attach_citations(_identify_people(typed, folder), folder),
        )
    return cast("Sequence[R]", known[1])


def _make_row(
    row_type: type[R], chosen: Chosen, anchor: str, dead: Collection[str], pictures: Mapping[str, Picture]
) -> R:
    fields, row = list_fields(row_type), chosen.values
    values = {
        name: fields[name].load(value) for name, value in row.items() if not _is_missing_file(fields[name], value, dead)
    }
    for name in list_roles(row_type).get(Role.LINKS, ()):
        values[name] = complete_links(values.get(name, {}), dead, doi=row.get("doi"), arxiv=row.get("arxiv"))
    picture = pictures.get(row.get("image", ""))
    return row_type(**values, anchor=anchor, picture=picture, foreign=chosen.foreign, translations=chosen.translations)


def _identify_people(rows: Sequence[R], folder: DataFolder) -> Sequence[R]:
    """The rows, with the table of people's facts about their authors."""
    file = folder.files.get(Person.table.name)
    if file is None:
        return tuple(rows)
    directory = Directory(type_rows(Person, file.rows, folder.missing, languages=folder.languages), folder.owner)
    return tuple(_identify(row, directory) for row in rows)


def _identify(row: R, directory: Directory) -> R:
    named: dict[str, Any] = {
        name: tuple(map(directory.identify, people))
        for name in list_roles(type(row)).get(Role.PEOPLE, ())
        if (people := getattr(row, name))
    }
    return replace(row, **named) if named else row


def _attach_citations(rows: Sequence[R], folder: DataFolder) -> Sequence[R]:
    """Publications with their citation counts; other rows unchanged."""
    file = folder.files.get(CitationCount.table.name)
    if file is None or not rows or not isinstance(rows[0], Publication):
        return rows
    counts: dict[str, list[CitationCount]] = {}
    for count in type_rows(CitationCount, file.rows):
        counts.setdefault(count.publication, []).append(count)
    attached: Iterable[dict[str, Any]] = ({"citations": tuple(counts.get(row.id or "", ()))} for row in rows)
    return tuple(replace(row, **fields) for row, fields in zip(rows, attached, strict=True))


def _is_missing_file(field: Field, value: Any, dead: Collection[str]) -> bool:
    is_file = isinstance(field.holds, Kind) and field.holds.refers in ("link", "file", "picture")
    return is_file and not field.required and isinstance(value, str) and value in dead


# The first heading ranks highest.
_UNPUBLISHED_RANKS = {heading: rank for rank, heading in enumerate(dict.fromkeys([*UNPUBLISHED.values()][::-1]), 1)}


def _rank_row(row: Row) -> tuple[Any, ...]:
    """The rank of a row: by date, rows without one lowest; rows of the same rank stay in the file's order."""
    date = find_date(row)
    rank = _UNPUBLISHED_RANKS.get(row.shelf, 0) if isinstance(row, Publication) else 0
    return (rank, date is not None, (date.last, date.first) if date else ())
