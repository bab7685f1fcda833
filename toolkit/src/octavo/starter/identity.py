"""The identity of a new site: whose it is, and where it will stand."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from octavo.authors import Author, parse_author
from octavo.console import visible
from octavo.errors import OctavoError, quote_value

# No query or fragment, and nothing that is Markdown: Quarto hands the address to its template through Pandoc.
_ADDRESS = re.compile(r"https?://(?!.*(?:[^A-Za-z0-9]_|~.*~))[\w.-]+(?::\d+)?(?:/[\w.~%-]*)*")


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
    def initial(self) -> str:
        """The first letter of the name, whatever stands before it."""
        return next((sign.upper() for sign in self.name if sign.isalnum()), "")

    @property
    def file_name(self) -> str:
        """The name as a file name: `Ada_Nowak`; letters of every script with their marks, at most 80 of them."""
        kept = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in self.name)
        return "_".join(kept.split())[:80]


def read_name(name: str) -> Author | None:
    """The name in its parts, if it can be told apart."""
    try:
        return parse_author(name)
    except ValueError:
        return None


def check_identity(identity: Identity) -> None:
    """OctavoError where the name has no letter, a text holds more than text, or a site can't have the address."""
    if not identity.file_name:
        raise OctavoError("a new site needs its owner's name, with at least one letter")
    for text in (identity.name, identity.affiliation, *(label for label, _ in identity.links)):
        if visible(text) != text or "\n" in text or "\t" in text:
            raise OctavoError(
                f"{quote_value(text)}: name, affiliation, and link labels are one line each, "
                "without control or bidirectional characters"
            )
    if not _ADDRESS.fullmatch(identity.address):
        raise OctavoError(f"{quote_value(identity.address)} is not a site's address (expected https://name.example)")


def parse_link(text: str) -> tuple[str, str]:
    """A link as the command line has it, `LABEL=ADDRESS`; OctavoError if it isn't one."""
    label, equals, address = (part.strip() for part in text.partition("="))
    if not label or not equals or not address:
        raise OctavoError(f"{text!r} is not a link (expected GitHub=https://github.com/name)")
    return label, address
