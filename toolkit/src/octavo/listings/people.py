"""People: whom you work with, under a heading for each relation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from octavo.html import join
from octavo.language.current import in_one_language
from octavo.language.words import name_value
from octavo.listings.entries import show_entries
from octavo.listings.groups import group_section
from octavo.model.person import CIRCLES, Circle, Person
from octavo.tables.frames import iterate_rows

if TYPE_CHECKING:
    import pandas as pd

# Others have an s at their end.
_ANCHORS: dict[Circle, str] = {"staff": "staff", "alumni": "alumni"}


@in_one_language
def people_list(people: pd.DataFrame) -> Markup | None:
    """The rows of `people` with a relation; no headings if all have the same one, None if nobody has any."""
    circles: dict[Circle, list[Person]] = {circle: [] for circle in CIRCLES}
    for person in iterate_rows(people, Person):
        if person.circle:
            circles[person.circle].append(person)
    shown = {circle: _show_circle(persons) for circle, persons in circles.items() if persons}
    if len(shown) < 2:
        return next(iter(shown.values()), None)
    return join("\n", [_section(circle, content) for circle, content in shown.items()])


def _section(circle: Circle, content: Markup | None) -> Markup:
    return group_section(name_value("people", circle), _ANCHORS.get(circle, f"{circle}s"), content)


def _show_circle(people: Sequence[Person]) -> Markup | None:
    """A line each, unless there is more to say than name, place, and date."""
    return show_entries(
        Person, people, compact=not any(person.thesis or person.now or person.text for person in people)
    )
