"""People: whom you work with, under a heading for each relation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from octavo.html import join
from octavo.listings.entries import show_entries
from octavo.listings.groups import group_section
from octavo.model.person import GROUPS, Person
from octavo.tables.frames import iterate_rows

if TYPE_CHECKING:
    import pandas as pd


def people_list(people: pd.DataFrame) -> Markup | None:
    """The rows of `people` with a relation; no headings if all have the same one, None if nobody has any."""
    groups: dict[str, list[Person]] = {group: [] for group in GROUPS}
    for person in iterate_rows(people, Person):
        if person.group:
            groups[person.group].append(person)
    shown = {group: _show_group(persons) for group, persons in groups.items() if persons}
    if len(shown) < 2:
        return next(iter(shown.values()), None)
    return join("\n", [group_section(group, group.lower(), content) for group, content in shown.items()])


def _show_group(people: Sequence[Person]) -> Markup | None:
    """A line each, unless there is more to say than name, place, and date."""
    return show_entries(
        Person, people, compact=not any(person.thesis or person.now or person.text for person in people)
    )
