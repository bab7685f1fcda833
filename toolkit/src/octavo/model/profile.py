"""The profile: whose page it is, as the pages, documents and exports read it."""

from __future__ import annotations

from dataclasses import dataclass

from octavo.model.vocabulary import CV_SECTIONS


@dataclass(frozen=True, slots=True)
class ProfileLink:
    """A link of the home page's row of links."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class CvSettings:
    """How the CV is made."""

    file: str = ""
    """Where the site has it, as `docs/cv.pdf`; empty: no CV as a file."""
    paper: str = "a4"
    """`a4` or `us-letter`."""
    sections: tuple[str, ...] = CV_SECTIONS
    """Those that were chosen, in their order, or all that are known."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Whose page it is; what isn't given is an empty text or tuple."""

    name: str
    names: tuple[str, ...] = ()
    """How the name occurs in lists of authors; the name itself if nothing else is given."""
    position: str = ""
    affiliation: str = ""
    affiliation_url: str = ""
    department: str = ""
    pronouns: str = ""
    email: str = ""
    orcid: str = ""
    photo: str = ""
    """A picture's path among the site's files; empty if the file isn't there."""
    location: str = ""
    links: tuple[ProfileLink, ...] = ()
    """In the owner's order, without those to files that aren't there."""
    earlier_work: str = ""
    """Inline Markdown."""
    cv: CvSettings = CvSettings()
