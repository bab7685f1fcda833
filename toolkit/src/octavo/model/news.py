"""News: what happened, a line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from octavo.model.fields import Example
from octavo.model.kinds import Date, Id, InlineMarkdown, Line
from octavo.model.row import Row, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsItem(Row):
    """Something that happened, in a line."""

    table: ClassVar = Table("news", in_cv=False, newest_first=True)

    date: Date
    """When it happened."""
    text: InlineMarkdown
    """What happened."""
    kind: Annotated[Line | None, Example("milestone")] = None
    """A word by which the news can be filtered, as paper or milestone."""
    publication: Id | None = None
    """The id of the publication that it is about."""

    @property
    def year(self) -> int:
        """The year under which it is listed."""
        return self.date.year
