"""The catalog: every table, in the order in which a CV shows them."""

from __future__ import annotations

from collections.abc import Mapping

from octavo.language.words import name_value
from octavo.model.awards import Award
from octavo.model.citations import CitationCount
from octavo.model.education import Education
from octavo.model.experience import Experience
from octavo.model.media import MediaItem
from octavo.model.news import NewsItem
from octavo.model.patents import Patent
from octavo.model.person import Person
from octavo.model.publications import Publication
from octavo.model.research import Research
from octavo.model.row import Row
from octavo.model.service import Service
from octavo.model.software import Software
from octavo.model.talks import Talk
from octavo.model.teaching import Teaching

ROWS: tuple[type[Row], ...] = (
    Education,
    Experience,
    Research,
    Publication,
    Patent,
    Award,
    Talk,
    Teaching,
    Person,
    Service,
    Software,
    MediaItem,
    NewsItem,
    CitationCount,
)

TABLES: Mapping[str, type[Row]] = {row_type.table.name: row_type for row_type in ROWS}
"""The class of each table's rows, by the table's name."""

EARLIER_WORK = "earlier_work"
CV_SECTIONS = (*(row_type.table.name for row_type in ROWS if row_type.table.in_cv), EARLIER_WORK)
"""The sections of a CV: tables, and the profile's text about earlier work."""


def name_section(section: str) -> str:
    """The heading of a CV's section."""
    return name_value("cv", section)
