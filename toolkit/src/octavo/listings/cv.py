"""The CV: its sections, in the order that the profile chooses, and the lists of single tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from octavo.listings.entries import entry_list
from octavo.listings.profile import prose
from octavo.listings.publications import publication_list
from octavo.model.catalog import EARLIER_WORK, name_section
from octavo.model.profile import Profile

if TYPE_CHECKING:
    import pandas as pd


def cv_sections(profile: Profile, frames: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, Markup | None]]:
    """Heading and content of each section of the CV, in the order of the PDF's; `frames` has the tables by name."""
    for name in profile.cv.sections:
        if name == EARLIER_WORK:
            content = prose(profile.earlier_work)
        elif name == "publications":
            content = publication_list(frames[name], owner=profile.names)
        else:
            content = entry_list(name, frames[name], owner=profile.names)
        yield name_section(name), content


def experience_list(experience: pd.DataFrame) -> Markup | None:
    """The rows of `experience`, in their order."""
    return entry_list("experience", experience)


def education_list(education: pd.DataFrame) -> Markup | None:
    """The rows of `education`, in their order."""
    return entry_list("education", education)


def research_list(research: pd.DataFrame) -> Markup | None:
    """The rows of `research`, in their order."""
    return entry_list("research", research)


def award_list(awards: pd.DataFrame) -> Markup | None:
    """The rows of `awards`, in their order."""
    return entry_list("awards", awards)


def talk_list(talks: pd.DataFrame) -> Markup | None:
    """The rows of `talks`, in their order."""
    return entry_list("talks", talks)


def teaching_list(teaching: pd.DataFrame) -> Markup | None:
    """The rows of `teaching`, in their order."""
    return entry_list("teaching", teaching)


def service_list(service: pd.DataFrame) -> Markup | None:
    """The rows of `service`, in their order."""
    return entry_list("service", service)


def software_list(software: pd.DataFrame) -> Markup | None:
    """The rows of `software`, in their order."""
    return entry_list("software", software)
