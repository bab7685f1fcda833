"""A row of each table: its fields, which of them it needs, and what they mean to whoever fills them in."""

from __future__ import annotations

from dataclasses import asdict
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from octavo.model.authors import parse_author
from octavo.model.kinds import (
    Address,
    ArxivId,
    Date,
    Doi,
    Flag,
    Id,
    InlineMarkdown,
    Line,
    Orcid,
    Text,
)
from octavo.model.vocabulary import PublicationType, Status


class Mapping(BaseModel):
    """A mapping with known keys only; a key without a value counts as left out."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _leave_out_empty(cls, value: Any) -> Any:
        if isinstance(value, dict) and None in value.values():
            return {key: part for key, part in value.items() if part is not None or key not in cls.model_fields}
        return value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:
        """The model's JSON Schema, each field described by the text below it.

        Pydantic's `use_attribute_docstrings` would read them whenever a table is checked, a quarter of the time that
        the models take.
        """
        from octavo.model.docstrings import read_docstrings

        described = handler(schema)
        properties = handler.resolve_ref_schema(described)["properties"]
        for name, text in read_docstrings(cls).items():
            properties[name] = {"description": text, **properties[name]}
        return described


class Links(Mapping):
    """Addresses by role."""

    paper: Address | None = None
    """The paper itself, as a page or a PDF."""
    arxiv: Address | None = None
    """Its arXiv page; where `arxiv` names the identifier, this isn't needed."""
    doi: Address | None = None
    """Its DOI's page; where `doi` names the DOI, this isn't needed."""
    poster: Address | None = None
    slides: Address | None = None
    code: Address | None = None
    video: Address | None = None
    data: Address | None = None
    website: Address | None = None
    publisher: Address | None = None
    """Its page at the publisher."""


class AuthorParts(Mapping):
    """An author by the parts of the name, or an organization by its literal name."""

    given: Line | None = None
    family: Line | None = None
    particle: Line | None = None
    """van der, de la, von."""
    suffix: Line | None = None
    """Jr., III."""
    literal: Line | None = None
    """The name of an organization, printed as it stands."""
    equal: Flag = False
    """Contributed equally with the others so marked."""
    corresponding: Flag = False
    """Is the one to write to."""
    orcid: Orcid | None = None

    @model_validator(mode="after")
    def _needs_a_name(self) -> AuthorParts:
        if bool(self.family) == bool(self.literal):
            raise ValueError("an author needs either family or literal")
        if self.literal and (self.given or self.particle or self.suffix):
            raise ValueError("a literal name has no other parts")
        return self


def _read_author(value: Any) -> Any:
    return _split_name(value) if isinstance(value, str) else value


@lru_cache(maxsize=65536)
def _split_name(text: str) -> dict[str, Any]:
    return {key: part for key, part in asdict(parse_author(text)).items() if part}


AuthorField = Annotated[
    AuthorParts,
    BeforeValidator(_read_author, json_schema_input_type=Annotated[str, Field(examples=["E. Noether"])] | AuthorParts),
]


class Row(Mapping):
    """What every row may have."""

    id: Id | None = None
    """A short, readable, lasting name of the row."""
    hidden: Flag = False
    """Keep the row, but show it nowhere."""


class Publication(Row):
    """A paper, with all its versions; the address of its page comes from its id."""

    id: Id
    """A short, readable, lasting name; also the address of its page."""
    title: Line
    authors: list[AuthorField] = Field(min_length=1)
    """In the paper's order: E. Noether, or Noether, E., or by parts."""
    date: Date | None = None
    """When it appeared or will appear."""
    type: PublicationType
    """One of CSL's types."""
    venue: Line | None = None
    """Its short name without the year, as OSDI."""
    container_title: Line | None = None
    """The full name of the proceedings, journal or book."""
    volume: Line | None = None
    issue: Line | None = None
    page: Line | None = None
    """Pages, as 12–25."""
    publisher: Line | None = None
    status: Status | None = None
    """Where it stands while it isn't simply published."""
    award: Line | None = None
    topics: list[Line] = Field(default_factory=list)
    abstract: Text | None = None
    doi: Doi | None = None
    """The identifier alone, as 10.1145/3576915.3616582."""
    arxiv: ArxivId | None = None
    """The identifier alone, as 2411.08982."""
    links: Links | None = None
    selected: Flag = False
    """Show it on the home page."""


class NewsItem(Row):
    """Something that happened, in a line."""

    date: Date
    text: InlineMarkdown
    kind: Line | None = None
    """A word by which the news can be filtered, as paper or milestone."""
    publication: Id | None = None
    """The id of the publication that it is about."""


class Research(Row):
    """A line of research."""

    title: Line
    text: InlineMarkdown | None = None
    status: Status | None = None
    links: Links | None = None
    publication: Id | None = None
    """The id of the publication that came of it."""


class Experience(Row):
    """A position."""

    organization: Line
    position: Line
    unit: Line | None = None
    """The group, team or department."""
    date: Date | None = None
    location: Line | None = None
    text: InlineMarkdown | None = None
    links: Links | None = None


class Education(Row):
    """A degree, done or under way."""

    institution: Line | None = None
    degree: Line
    area: Line | None = None
    date: Date | None = None
    thesis: Line | None = None
    text: InlineMarkdown | None = None
    links: Links | None = None


class Award(Row):
    """An award, fellowship or scholarship."""

    title: Line
    awarder: Line | None = None
    date: Date | None = None
    text: InlineMarkdown | None = None
    publication: Id | None = None
    """The id of the publication that it is for."""


class Talk(Row):
    """A talk that was given."""

    title: Line
    event: Line | None = None
    date: Date | None = None
    location: Line | None = None
    text: InlineMarkdown | None = None
    links: Links | None = None
    publication: Id | None = None
    """The id of the publication that it is about."""


class Teaching(Row):
    """A course."""

    title: Line
    role: Line | None = None
    institution: Line | None = None
    date: Date | None = None
    text: InlineMarkdown | None = None
    links: Links | None = None


class Service(Row):
    """Work for the community."""

    role: Line
    organization: Line | None = None
    date: Date | None = None
    text: InlineMarkdown | None = None
    links: Links | None = None


class Software(Row):
    """A program."""

    title: Line
    text: InlineMarkdown | None = None
    date: Date | None = None
    links: Links | None = None
    language: Line | None = None
    """The language that it is written in."""
