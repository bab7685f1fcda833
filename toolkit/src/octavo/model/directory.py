"""The directory: who an author is, by the names and ORCID iDs that `people.yml` gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from octavo.model.authors import Author, normalize_name
from octavo.model.person import Person


class Directory:
    """People by name and by ORCID iD, without names that several people have, or the owner has."""

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
        """The author, who has the address, name, and ORCID iD of a known person unless that is hidden."""
        person = self._people.get(author.orcid) or self._people.get(author.normalized)
        if person is None or person.hidden or (author.orcid and person.orcid not in (author.orcid, None)):
            return author
        orcid = author.orcid or person.orcid or ""
        return replace(author, orcid=orcid, address=person.address, known_as=person.name)
