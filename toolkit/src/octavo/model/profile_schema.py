"""The profile: the one mapping that says whose page it is."""

from __future__ import annotations

from pydantic import Field

from octavo.model.kinds import Address, Email, File, InlineMarkdown, Line, Orcid, PdfFile
from octavo.model.row_schemas import Mapping
from octavo.model.vocabulary import CvSection, Paper


class ProfileLink(Mapping):
    """A link of the home page's row of links."""

    label: Line
    url: Address


class CvSettings(Mapping):
    """How the CV is made."""

    file: PdfFile | None = None
    """Where the site has it, as docs/cv.pdf."""
    paper: Paper | None = None
    sections: list[CvSection] = Field(default_factory=list)
    """Which sections it has, in this order."""


class Profile(Mapping):
    """Whose page it is."""

    name: Line
    names: list[Line] = Field(default_factory=list)
    """How the name occurs in lists of authors."""
    position: Line | None = None
    affiliation: Line | None = None
    affiliation_url: Address | None = None
    department: Line | None = None
    pronouns: Line | None = None
    email: Email | None = None
    orcid: Orcid | None = None
    photo: File | None = None
    """A picture among the site's files, as assets/photo.jpg."""
    location: Line | None = None
    links: list[ProfileLink] = Field(default_factory=list)
    """In the order in which they are shown."""
    earlier_work: InlineMarkdown | None = None
    cv: CvSettings | None = None
