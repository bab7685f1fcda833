"""Awards: prizes, fellowships and scholarships."""

from typing import Annotated

from octavo.model.fields import Export, Role
from octavo.model.kinds import Date, InlineMarkdown, ProperName, PublicationId, Title
from octavo.model.row import Row, Table, declare


@declare(Table("awards", compact=True, resume="awards"))
class Award(Row):
    """An award, fellowship or scholarship."""

    title: Annotated[Title, "Ackermann–Teubner Memorial Award"]
    """What it is called."""
    awarder: Annotated[ProperName | None, Role.DETAIL, "Universität Leipzig", Export(resume="awarder")] = None
    """Who gave it."""
    date: Date | None = None
    """When it was given."""
    text: InlineMarkdown | None = None
    """Anything else, such as how many receive it."""
    publication: PublicationId | None = None
    """The id of the publication that it is for."""
