"""The profile: who the site's owner is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, NamedTuple, TypeAlias

from octavo.model.authors import Author
from octavo.model.catalog import CV_SECTIONS
from octavo.model.fields import Derived, Kind
from octavo.model.kinds import (
    Address,
    Count,
    Email,
    FixedLine,
    Flag,
    InlineMarkdown,
    Line,
    Orcid,
    PdfFile,
    PictureFile,
    ProperName,
)
from octavo.model.row import Picture
from octavo.model.texts import Translations
from octavo.model.vocabulary import Paper
from octavo.model.words import check_word

# The names aren't in the schema; otherwise, a new table would change the profile's schema, too.
_SECTION = Kind(
    lambda value: check_word(value, CV_SECTIONS),
    {"type": "string"},
    name="table's name, or earlier_work",
    refers="section",
)

AUTHORS_SHOWN = 10
# Hiding one or two names saves no space, because the note about it takes as much.
_SPARED = 2


@dataclass(frozen=True, slots=True)
class ProfileLink:
    """A link in the home page's row of links."""

    label: Annotated[Line, "GitHub"]
    """The label of the link."""
    url: Address
    """Where it leads."""


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Where someone works."""

    name: Annotated[ProperName, "Bryn Mawr College"]
    """The university or company."""
    url: Address = ""
    """Its website."""
    department: Annotated[Line, "Department of Mathematics"] = ""
    """Your department there."""


@dataclass(frozen=True, slots=True)
class CvSettings:
    """How the CV is made."""

    file: PdfFile = ""
    """Its path in the site, such as docs/cv.pdf; without it, no PDF is made."""
    paper: Annotated[Paper, "us-letter"] = "a4"
    """The paper size of the PDF."""
    sections: tuple[Annotated[str, _SECTION, "[education, publications]"], ...] = CV_SECTIONS
    """Its sections, in this order; by default, all of them."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The site's owner; fields that are left out are empty."""

    name: Annotated[ProperName, "Emmy Noether"]
    """Your name, as shown on the site; in several scripts, `{en: Emmy Noether, ar: إيمي نويتر}`."""
    names: Annotated[tuple[FixedLine, ...], "[E. Noether, Emmy Noether]"] = ()
    """Other forms of your name in lists of authors; filters show the first of them."""
    authors_shown: Count = AUTHORS_SHOWN
    """How many authors of a work are named before "and 12 more"; you are always named."""
    position: Annotated[Line, "Visiting Professor"] = ""
    """Your position or title."""
    affiliation: Annotated[ProperName, "Bryn Mawr College"] = ""
    """Where you work."""
    affiliation_url: Address = ""
    """Its website."""
    department: Annotated[Line, "Department of Mathematics"] = ""
    """Your department there."""
    affiliations: tuple[Affiliation, ...] = ()
    """Where you work, if there are several places; listed after `affiliation` if both are given."""
    pronouns: Annotated[Line, "she/her"] = ""
    """Your pronouns."""
    email: Email = ""
    """Shown on the home page and in the CV."""
    email_guard: Flag = False
    """Show it as `name at example dot org`, without a link, and leave it out of files for machines."""
    orcid: Orcid = ""
    """Your bare ORCID iD."""
    photo: PictureFile = ""
    """A picture among the site's files, such as assets/photo.jpg."""
    picture: Annotated[Picture | None, Derived] = None
    """The photo, once its file is read; None if it isn't there."""
    location: Annotated[ProperName, "Bryn Mawr, Pennsylvania"] = ""
    """City and country."""
    links: tuple[ProfileLink, ...] = ()
    """Your links, in the order shown."""
    earlier_work: InlineMarkdown = ""
    """A paragraph on what you did before."""
    cv: CvSettings = CvSettings()
    """How the CV is made."""
    translations: Annotated[Translations, Derived] = field(default_factory=dict)
    """The fields that are given in several languages, by language, the default one first."""

    @property
    def workplaces(self) -> tuple[Affiliation, ...]:
        """Every affiliation, given in either form; one that is only a department has no name."""
        single = Affiliation(self.affiliation, self.affiliation_url, self.department)
        return (single, *self.affiliations) if single.name or single.department else self.affiliations

    @property
    def public_email(self) -> str:
        """The e-mail address for files that machines read; empty if it is guarded."""
        return "" if self.email_guard else self.email


def list_owner_names(names: Iterable[str], shown: Iterable[str]) -> tuple[str, ...]:
    """The names by which the owner is recognized among authors: `names`, and `name` in every language."""
    return tuple(dict.fromkeys([*names, *shown]))


Owner: TypeAlias = Profile | Sequence[str]
"""The owner: the profile, or only the owner's names."""


class Byline(NamedTuple):
    """The authors of a work that are named."""

    shown: tuple[Author, ...]
    """The first ones, in order; all of them unless they are too many."""
    hidden: int = 0
    """How many others there are."""
    including: tuple[Author, ...] = ()
    """The owner, if among the others."""


def fold_authors(authors: Sequence[Author], owner: Owner = ()) -> Byline:
    """All authors, or the first ones and the owner if there are more than the profile's `authors_shown`."""
    most = owner.authors_shown if isinstance(owner, Profile) else AUTHORS_SHOWN
    if len(authors) <= most + _SPARED:
        return Byline(tuple(authors))
    rest, names = authors[most:], list_names(owner)
    return Byline(tuple(authors[:most]), len(rest), tuple(author for author in rest if author.is_named(names)))


def list_names(owner: Owner) -> Sequence[str]:
    """The owner's names, the one that the site uses first."""
    return owner.names if isinstance(owner, Profile) else owner
