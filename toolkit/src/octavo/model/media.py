"""Media: what newspapers, podcasts, and blogs report about you or your work."""

from typing import Annotated

from octavo.model.fields import Export, Role
from octavo.model.kinds import Address, Date, InlineMarkdown, Line, ProperName
from octavo.model.row import Row, Table, declare


@declare(Table("media", compact=True, newest_first=True, resume_type="media"))
class MediaItem(Row):
    """An article, interview, or broadcast about you or your work."""

    title: Annotated[Line, Role.TITLE, "The mathematician who changed physics"]
    """Its headline."""
    url: Annotated[Address | None, Role.ADDRESS, Export(resume="url")] = None
    """Where it can be read, heard, or seen."""
    outlet: Annotated[ProperName | None, Role.DETAIL, "The New York Times", Export(resume="entity")] = None
    """The newspaper, station, or site."""
    date: Date | None = None
    """When it appeared."""
    text: InlineMarkdown | None = None
    """Anything else, such as what it is about."""
