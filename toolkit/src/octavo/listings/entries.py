"""Entries: the rows of a table as a list, by the roles of their fields, for the CV and for the people you work with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from markupsafe import Markup

from octavo.html import element, join
from octavo.language.current import in_one_language
from octavo.language.words import name_value, write_label, write_word
from octavo.listings.foreign import mark, name_language
from octavo.listings.links import link, link_row
from octavo.listings.parts import group_section, time_element
from octavo.listings.pictures import thumbnail
from octavo.listings.profile import prose
from octavo.listings.publications import author_lines, author_names, marks_note, publication_list, status_element
from octavo.markdown import plain_title, render_inline, render_title
from octavo.model.catalog import EARLIER_WORK, TABLES, name_section
from octavo.model.entries import Entry, group_entries, join_dates
from octavo.model.fields import Role, list_roles
from octavo.model.person import CIRCLES, Circle, Person
from octavo.model.profile import Owner, Profile
from octavo.model.row import Row
from octavo.tables.frames import DataFrame, iterate_rows
from octavo.tables.rows import find_table

# The others are in the plural.
_ANCHORS: dict[Circle, str] = {"staff": "staff", "alumni": "alumni"}


@in_one_language
def entry_list(table: str, frame: DataFrame, *, owner: Owner = ()) -> Markup | None:
    """The rows of a table, in their order, an `owner` among their people in bold; None if there are no rows.

    Raises:
        OctavoError: if there is no such table.
    """
    row_type = find_table(table)
    return show_entries(row_type, iterate_rows(frame, row_type), owner)


@in_one_language
def show_entries(
    row_type: type[Row], rows: Iterable[Row], owner: Owner = (), *, compact: bool | None = None, portraits: bool = False
) -> Markup | None:
    """Rows of one class as a list, `compact` as requested, or as their table is; None if there are none.

    `portraits` are pictures of one size, with room for those that are missing.
    """
    dated = Role.DATE in list_roles(row_type)
    compact = row_type.table.compact if compact is None else compact
    items = []
    groups = group_entries(rows)
    if not groups:
        return None
    for entry, *others in groups:
        parts = _show_line(entry, owner) if compact else _show_entry(entry, owner)
        body = element("div", parts) if dated and (len(parts) > 1 or not compact) else parts
        shown = None if compact else thumbnail(entry.picture, entry.alt)
        class_ = "pictured" if shown else None
        items.append(element("li", shown, body, _dates(entry, others), id=entry.anchor or None, class_=class_))
    variant = f"dated {'compact' if compact else 'full'}" if dated else row_type.table.name
    listing = element("ul", items, class_=f"listing {variant}{' portraits' if portraits else ''}")
    return join("\n", [listing, marks_note(entries[0].people for entries in groups)])


def _dates(entry: Entry, others: Sequence[Entry]) -> Markup | None:
    """The date, or the dates of several rows, each with its row's anchor."""
    if not others:
        return time_element(entry.date)
    anchors = [element("span", id=other.anchor) for other in others if other.anchor]
    return element("span", join_dates([entry, *others]), anchors, class_="date")


def _show_entry(entry: Entry, owner: Owner) -> list[Markup]:
    details = join(write_word("list-separator"), map(mark, [*entry.details, entry.place]))
    parts = [
        element("h3", _title(entry)) if entry.title else None,
        *author_lines(entry.people, owner),
        element("p", details, class_="details") if details else None,
        *(
            element(
                "p", write_label(label), element("cite", render_title(note), **name_language(note)), class_="details"
            )
            for label, note in entry.notes
        ),
        element("p", mark(entry.text, render_inline)) if entry.text else None,
        element("p", status_element(entry.status), class_="venue") if entry.status else None,
        link_row(entry.links, about=plain_title(entry.title)),
    ]
    return [part for part in parts if part]


def _title(entry: Entry) -> Markup:
    if entry.address:
        return link(render_title(entry.title), entry.address, **name_language(entry.title))
    return mark(entry.title, render_title)


def _show_line(entry: Entry, owner: Owner) -> list[Markup]:
    text = mark(entry.text, render_inline)
    notes = [join("", [write_label(label), mark(note, render_title)]) for label, note in entry.notes]
    status = name_value("status", entry.status) if entry.status else None
    details = [author_names(entry.people, owner), *map(mark, [*entry.details, entry.place]), *notes, text, status]
    said = join(write_word("list-separator"), details)
    line = element("p", join(" — ", [element("strong", _title(entry)), said]))
    links = link_row(entry.links, about=plain_title(entry.title))
    return [line, links] if links else [line]


@in_one_language
def people_list(people: DataFrame) -> Markup | None:
    """The rows of `people` with a relation; no headings if all have the same one, None if nobody has any."""
    circles: dict[Circle, list[Person]] = {circle: [] for circle in CIRCLES}
    for person in iterate_rows(people, Person):
        if person.circle:
            circles[person.circle].append(person)
    shown = {circle: _show_circle(persons) for circle, persons in circles.items() if persons}
    if len(shown) < 2:
        return next(iter(shown.values()), None)
    return join("\n", [_circle_section(circle, content) for circle, content in shown.items()])


def _circle_section(circle: Circle, content: Markup | None) -> Markup:
    return group_section(name_value("people", circle), _ANCHORS.get(circle, f"{circle}s"), content)


def _show_circle(people: Sequence[Person]) -> Markup | None:
    """A line each, unless there is more to show than name, place, and date."""
    portraits = any(person.picture for person in people)
    is_full = portraits or any(person.thesis or person.now or person.text for person in people)
    return show_entries(Person, people, compact=not is_full, portraits=portraits)


def cv_sections(profile: Profile, frames: Mapping[str, DataFrame]) -> Iterator[tuple[str, Markup | None]]:
    """Heading and content of each section of the CV, in the order of the PDF's; `frames` has the tables by name."""
    for name in profile.cv.sections:
        if name == EARLIER_WORK:
            content = prose(profile.earlier_work)
        elif name == "publications":
            content = publication_list(frames[name], brief=True, owner=profile)
        else:
            # A CV shows what was done, not the faces of those who did it.
            frame = frames[name].drop(columns="picture") if name == "people" else frames[name]
            rows = iterate_rows(frame, TABLES[name])
            content = show_entries(TABLES[name], [row for row in rows if row.belongs_in_cv], profile)
        yield name_section(name), content


# The list of one table, for pages that show it alone: `experience_list(frame)`.
experience_list = partial(entry_list, "experience")
education_list = partial(entry_list, "education")
research_list = partial(entry_list, "research")
award_list = partial(entry_list, "awards")
talk_list = partial(entry_list, "talks")
teaching_list = partial(entry_list, "teaching")
service_list = partial(entry_list, "service")
media_list = partial(entry_list, "media")
software_list = partial(entry_list, "software")
