"""The CV: its sections, in the order that the profile chooses, and the lists of single tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from octavo.listings.entries import entry_list, show_entries
from octavo.listings.profile import prose
from octavo.listings.publications import publication_list
from octavo.model.catalog import EARLIER_WORK, TABLES, name_section
from octavo.model.profile import Profile
from octavo.tables.frames import iterate_rows

if TYPE_CHECKING:
    import pandas as pd


def cv_sections(profile: Profile, frames: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, Markup | None]]:
    """Heading and content of each section of the CV, in the order of the PDF's; `frames` has the tables by name."""
    for name in profile.cv.sections:
        if name == EARLIER_WORK:
            content = prose(profile.earlier_work)
        elif name == "publications":
            content = publication_list(frames[name], brief=True, owner=profile)
        else:
            rows = iterate_rows(frames[name], TABLES[name])
            content = show_entries(TABLES[name], [row for row in rows if row.belongs_in_cv], profile)
        yield name_section(name), content


# The list of one table, for pages that show it alone: `experience_list(frame)`.
experience_list = partial(entry_list, "experience")
education_list = partial(entry_list, "education")
research_list = partial(entry_list, "research")
award_list = partial(entry_list, "awards")
talk_list = partial(entry_list, "talks")
teaching_list = partial(entry_list, "teaching")
service_list = partial(entry_list, "service")
media_list = partial(entry_list, "media")
software_list = partial(entry_list, "software")
