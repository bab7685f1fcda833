"""News: what happened, a line each."""

from typing import Annotated

from octavo.model.kinds import Date, InlineMarkdown, Line, PublicationId
from octavo.model.row import Row, Table, declare


@declare(Table("news", in_cv=False, newest_first=True))
class NewsItem(Row):
    """Something that happened, in a line."""

    date: Date
    """When it happened."""
    text: InlineMarkdown
    """What happened."""
    kind: Annotated[Line | None, "milestone"] = None
    """A word by which the news can be filtered, as paper or milestone."""
    publication: PublicationId | None = None
    """The id of the publication that it is about."""

    @property
    def year(self) -> int:
        """The year under which it is listed."""
        return self.date.year
