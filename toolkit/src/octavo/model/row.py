"""The row: what the rows of all tables have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, ClassVar, NamedTuple, Self, TypeVar, dataclass_transform

from octavo.model.fields import Derived, Role
from octavo.model.kinds import AltText, Flag, Id, PictureFile, VideoFile
from octavo.model.texts import Foreign, Translations


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture among the site's files; width and height are in pixels, as it is shown upright."""

    path: str
    """From the project's folder, as assets/photo.jpg."""
    digest: str
    """Of the file's bytes."""
    width: int
    height: int
    transparent: bool = False
    vector: bool = False
    """Whether it is an SVG, which has no pixels and is published as it is."""
    animated: bool = False


class Table(NamedTuple):
    """What a table's class says besides its fields."""

    name: str
    """Its file is `data/<name>.yml`."""
    in_cv: bool = True
    compact: bool = False
    """Whether an entry takes one line."""
    merged: bool = False
    """Whether rows that differ in their dates alone are one entry, with all of the dates."""
    newest_first: bool = False
    """Whether rows are sorted by date; otherwise they stay in the file's order."""
    resume: str = "projects"
    """The section of JSON Resume."""
    resume_type: str = ""
    """The `type` of its projects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row may have."""

    table: ClassVar[Table]

    id: Id | None = None
    """A short, readable, lasting name of the row."""
    hidden: Flag = False
    """Keep the row, but show it nowhere."""
    anchor: Annotated[str, Derived] = ""
    """The id of the row's element on a page."""
    picture: Annotated[Picture | None, Derived] = None
    """That of its `image`, in tables that have this field; None if its file isn't there."""
    foreign: Annotated[Foreign, Derived] = field(default_factory=dict)
    """The language of each field whose text isn't in the current one: `{"title": "de"}`."""
    translations: Annotated[Translations, Derived] = field(default_factory=dict)
    """The fields that are given in several languages: `{"title": {"de": …, "en": …}}`, the original first."""

    @classmethod
    def find_gap(cls, plain: Mapping[str, Any]) -> tuple[str, str] | None:
        """A field that a row with these checked values lacks, and the message; None if it lacks none."""
        return None

    @classmethod
    def find_language(cls, plain: Mapping[str, Any]) -> str:
        """The language of the work that a row with these checked values is about; empty if it says none."""
        return ""

    @property
    def original(self) -> Self:
        """The row with the texts that are cited, which are the work's own, in place of those that are shown."""
        texts: dict[str, Any] = {name: next(iter(values.values())) for name, values in self.translations.items()}
        return replace(self, **texts) if texts else self

    @property
    def belongs_in_cv(self) -> bool:
        """Whether the CV has the row, if it has the table."""
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturedRow(Row):
    """What a row may have that is shown with a picture."""

    image: Annotated[PictureFile | None, Role.PICTURE, "assets/rings.png"] = None
    """A picture among the site's files, shown small beside the entry and large on a page of its own."""
    alt: Annotated[AltText | None, Role.PICTURE, "Two rings, one inside the other"] = None
    """A description for people who can't see the picture; '' if it is only decoration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmedRow(PicturedRow):
    """What a row may have that is shown with a picture or a film on a page of its own."""

    video: Annotated[VideoFile | None, Role.PICTURE] = None
    """A short silent film among the site's files, on a page of its own in place of the picture."""


R = TypeVar("R", bound=Row)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def declare(table: Table) -> Callable[[type[R]], type[R]]:
    """Make a class the frozen dataclass of a table's rows."""

    def make_dataclass(row_type: type[R]) -> type[R]:
        row_type.table = table
        return dataclass(frozen=True, slots=True, kw_only=True)(row_type)

    return make_dataclass
