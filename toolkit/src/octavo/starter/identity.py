"""The identity of a new site: whose it is, and where it will stand."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from octavo.errors import OctavoError
from octavo.model.authors import Author, parse_author


@dataclass(frozen=True)
class Identity:
    """What the owner of a new site is asked for; all but the name may be empty."""

    name: str
    affiliation: str = ""
    site_url: str = ""
    links: tuple[tuple[str, str], ...] = ()
    orcid: str = ""

    @property
    def description(self) -> str:
        """One sentence for search engines."""
        return f"{self.name}, {self.affiliation}." if self.affiliation else f"The homepage of {self.name}."

    @property
    def address(self) -> str:
        """The site's address; one that can't be anybody's as long as there is none."""
        return self.site_url or "https://octavo.example"

    @property
    def names(self) -> list[str]:
        """The name as lists of authors have it: in full, and with initials."""
        author = read_name(self.name)
        if author is None or not author.given or not author.family:
            return [self.name]
        initials = " ".join(f"{part[0]}." for part in author.given.replace("-", " ").split())
        short = " ".join(part for part in (initials, author.particle, author.family, author.suffix) if part)
        return list(dict.fromkeys([self.name, short]))

    @property
    def file_name(self) -> str:
        """The name, as a file of the site may be called: `Ada_Nowak`."""
        return "_".join("".join(sign if sign.isalnum() else " " for sign in self.name).split())


def read_name(name: str) -> Author | None:
    """The name in its parts, if it can be told apart."""
    try:
        return parse_author(name)
    except ValueError:
        return None


def check_identity(identity: Identity) -> None:
    """OctavoError where the name is none or the address isn't one that a site can have."""
    if not identity.name.strip() or not identity.file_name:
        raise OctavoError("a new site needs its owner's name")
    if any(sign < " " for text in (identity.name, identity.affiliation) for sign in text):
        raise OctavoError("name and affiliation are one line each")
    parts = urlsplit(identity.address)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise OctavoError(f"{identity.address!r} is not a site's address (expected https://name.example)")


def parse_link(text: str) -> tuple[str, str]:
    """A link as the command line has it, `LABEL=ADDRESS`; OctavoError where it isn't one."""
    label, equals, address = (part.strip() for part in text.partition("="))
    if not label or not equals or not address:
        raise OctavoError(f"{text!r} is not a link (expected GitHub=https://github.com/name)")
    return label, address
