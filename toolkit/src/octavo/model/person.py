"""People: those you work with, advise, or learned from; authors with one of their names are linked to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Any, Literal, get_args

from octavo.model.authors import Author, normalize_name, parse_author
from octavo.model.fields import Export, Kind, Role
from octavo.model.identifiers import make_orcid_address
from octavo.model.kinds import Address, Date, FixedLine, InlineMarkdown, Line, Orcid, ProperName, Title
from octavo.model.row import PicturedRow, Table, declare

Relation = Literal["advisor", "mentor", "postdoc", "student", "staff", "visitor", "collaborator"]

Circle = Relation | Literal["alumni"]
CIRCLES: tuple[Circle, ...] = (*get_args(Relation)[:-1], "alumni", "collaborator")
"""The parts of a list of people, in their order."""

_LINE: Kind = get_args(FixedLine)[1]


def _check_name(value: Any) -> str:
    name: str = _LINE.check(value)
    parse_author(name)
    return name


_NAME = Kind(_check_name, _LINE.schema, name="name of a person", refers="person")
Name = Annotated[str, _NAME, "E. Artin"]
"""A person's name in lists of authors."""


@declare(Table("people", resume_type="advising"))
class Person(PicturedRow):
    """Someone you work with; the CV lists the people you advise."""

    name: Annotated[str, replace(_NAME, translated="name"), Role.TITLE, "Emil Artin"]
    """The name in lists of people; in several scripts, `{en: Emil Artin, ja: エミール・アルティン}`."""
    names: Annotated[tuple[Name, ...], Role.BOOKKEEPING, "[E. Artin]"] = ()
    """Other forms of the name in lists of authors, where it is linked."""
    url: Annotated[Address | None, Role.ADDRESS, Export(resume="url")] = None
    """The person's homepage; without it, names lead to the ORCID page."""
    orcid: Annotated[Orcid | None, Role.BOOKKEEPING] = None
    """The bare ORCID iD; distinguishes people of the same name."""
    relation: Annotated[Relation | None, Role.BOOKKEEPING, "student"] = None
    """The person's relation to you; without it, only names are linked. A `student` is in the CV."""
    degree: Annotated[Line | None, Role.DETAIL, "Ph.D.", Export(resume="roles")] = None
    """The degree that a student received or is working toward."""
    affiliation: Annotated[ProperName | None, Role.DETAIL, "Universität Göttingen", Export(resume="entity")] = None
    """Where the person works or studies."""
    date: Date | None = None
    """When, or from when to when: 2019–2023."""
    thesis: Annotated[Title | None, Role.NOTE, "Über die Zerlegung von Primzahlen"] = None
    """The title of the thesis, in inline Markdown."""
    now: Annotated[Line | None, Role.NOTE, "Professor, Universität Hamburg"] = None
    """A former student's or postdoc's present position; with it, the person is listed among the alumni."""
    text: InlineMarkdown | None = None
    """Anything else."""

    @property
    def address(self) -> str:
        """The address that the person's name links to; empty if there is none."""
        return self.url or (make_orcid_address(self.orcid) if self.orcid else "")

    @property
    def circle(self) -> Circle | None:
        """The group in a list of people that the person belongs to."""
        return "alumni" if self.now and self.relation in ("student", "postdoc") else self.relation

    @property
    def belongs_in_cv(self) -> bool:
        """Whether it is one of the students advised."""
        return self.relation == "student"


class Directory:
    """People by name and by ORCID iD, without names shared by several people or with the owner."""

    def __init__(self, people: Iterable[Person], owner: Iterable[str] = ()) -> None:
        self._people: dict[str, Person | None] = {}
        for person in people:
            names = (person.name, *person.translations.get("name", {}).values(), *person.names)
            keys = {normalize_name(name) for name in names}
            for key in [*keys, *([person.orcid] if person.orcid else [])]:
                self._people[key] = None if key in self._people else person
        for name in owner:
            self._people.pop(normalize_name(name), None)

    def identify(self, author: Author) -> Author:
        """The author, with the address, name, and ORCID iD of a known person unless that row is hidden."""
        person = self._people.get(author.orcid) or self._people.get(author.normalized)
        if person is None or person.hidden or (author.orcid and person.orcid not in (author.orcid, None)):
            return author
        orcid = author.orcid or person.orcid or ""
        return replace(author, orcid=orcid, address=person.address, known_as=person.name)
