"""Talks: lectures, keynotes and seminars."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from octavo.model.fields import Example, Export, Role
from octavo.model.kinds import Date, Id, InlineMarkdown, Line
from octavo.model.links import Links
from octavo.model.row import Row, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk(Row):
    """A talk that was given."""

    table: ClassVar = Table("talks", newest_first=True, json_resume_type="talk")

    title: Annotated[Line, Role.TITLE, Example("Hyperkomplexe Systeme")]
    event: Annotated[
        Line | None, Role.DETAIL, Example("International Congress of Mathematicians"), Export(json_resume="entity")
    ] = None
    date: Date | None = None
    location: Annotated[Line | None, Role.PLACE, Example("Zürich")] = None
    text: InlineMarkdown | None = None
    links: Links = field(default_factory=dict)
    publication: Id | None = None
    """The id of the publication that it is about."""
